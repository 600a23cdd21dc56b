import { assertNever } from '../../kernel/index.ts';
import type { Expr, OrderItem, Plan, Predicate, SelectPlan } from './plan.ts';

/** Callbacks of {@link walkPlan}; each node is reported before its children. */
export interface PlanVisitor {
  enterPlan?(plan: Plan): void;
  leavePlan?(plan: Plan): void;
  expr?(expr: Expr): void;
  predicate?(predicate: Predicate): void;
}

/** Visits every plan, expression and predicate of a plan, sub-plans included, in reading order. */
export function walkPlan(plan: Plan, visitor: PlanVisitor): void {
  visitor.enterPlan?.(plan);
  if (plan.kind === 'set') {
    walkPlan(plan.left, visitor);
    walkPlan(plan.right, visitor);
    walkOrder(plan.orderBy, visitor);
  } else {
    walkSelect(plan, visitor);
  }
  visitor.leavePlan?.(plan);
}

function walkSelect(plan: SelectPlan, visitor: PlanVisitor): void {
  for (const item of plan.items) walkExpr(item.expr, visitor);
  for (const source of plan.sources) {
    if (source.kind === 'plan') walkPlan(source.plan, visitor);
    if (source.join?.on) walkPredicate(source.join.on, visitor);
  }
  if (plan.where) walkPredicate(plan.where, visitor);
  for (const expr of plan.groupBy) walkExpr(expr, visitor);
  if (plan.having) walkPredicate(plan.having, visitor);
  walkOrder(plan.orderBy, visitor);
}

function walkOrder(items: readonly OrderItem[], visitor: PlanVisitor): void {
  for (const item of items) walkExpr(item.expr, visitor);
}

/** Visits an expression and everything inside it. */
export function walkExpr(expr: Expr, visitor: PlanVisitor): void {
  visitor.expr?.(expr);
  switch (expr.kind) {
    case 'column':
    case 'star':
    case 'literal':
    case 'ordinal':
      return;
    case 'aggregate':
      walkExpr(expr.arg, visitor);
      if (expr.filter) walkPredicate(expr.filter, visitor);
      return;
    case 'arithmetic':
      walkExpr(expr.left, visitor);
      walkExpr(expr.right, visitor);
      return;
    case 'negate':
    case 'date-trunc':
    case 'date-part':
    case 'date-add':
    case 'cast':
      walkExpr(expr.arg, visitor);
      return;
    case 'date-diff':
      walkExpr(expr.from, visitor);
      walkExpr(expr.to, visitor);
      return;
    case 'case':
      for (const branch of expr.whens) {
        walkPredicate(branch.when, visitor);
        walkExpr(branch.then, visitor);
      }
      if (expr.otherwise) walkExpr(expr.otherwise, visitor);
      return;
    case 'function':
      for (const arg of expr.args) walkExpr(arg, visitor);
      return;
    case 'window':
      if (expr.fn.kind === 'aggregate') walkExpr(expr.fn, visitor);
      else if (expr.fn.kind === 'lag') walkExpr(expr.fn.arg, visitor);
      for (const part of expr.partitionBy) walkExpr(part, visitor);
      walkOrder(expr.orderBy, visitor);
      return;
    case 'scalar-plan':
      walkPlan(expr.plan, visitor);
      return;
    default:
      assertNever(expr);
  }
}

/** Visits a predicate and everything inside it. */
export function walkPredicate(predicate: Predicate, visitor: PlanVisitor): void {
  visitor.predicate?.(predicate);
  switch (predicate.kind) {
    case 'comparison':
      walkExpr(predicate.left, visitor);
      walkExpr(predicate.right, visitor);
      return;
    case 'between':
      walkExpr(predicate.arg, visitor);
      walkExpr(predicate.low, visitor);
      walkExpr(predicate.high, visitor);
      return;
    case 'in':
      walkExpr(predicate.arg, visitor);
      for (const value of predicate.values) walkExpr(value, visitor);
      return;
    case 'in-plan':
      walkExpr(predicate.arg, visitor);
      walkPlan(predicate.plan, visitor);
      return;
    case 'like':
    case 'is-null':
      walkExpr(predicate.arg, visitor);
      return;
    case 'exists':
      walkPlan(predicate.plan, visitor);
      return;
    case 'and':
    case 'or':
      for (const arg of predicate.args) walkPredicate(arg, visitor);
      return;
    case 'not':
      walkPredicate(predicate.arg, visitor);
      return;
    default:
      assertNever(predicate);
  }
}
