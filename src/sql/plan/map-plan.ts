import { assertNever } from '../../kernel/index.ts';
import type { AggregateExpr, Expr, OrderItem, Plan, Predicate, SelectPlan, Source, WindowExpr } from './plan.ts';

/** Replacements of {@link mapPlan}; each gets a node whose children have been replaced already. */
export interface PlanMapper {
  expr?(expr: Expr): Expr;
  predicate?(predicate: Predicate): Predicate;
  source?(source: Source): Source;
  plan?(plan: Plan): Plan;
}

/** A copy of the plan with nodes replaced, from the leaves up. */
export function mapPlan(plan: Plan, mapper: PlanMapper): Plan {
  const mapped: Plan =
    plan.kind === 'set'
      ? {
          ...plan,
          left: mapPlan(plan.left, mapper),
          right: mapPlan(plan.right, mapper),
          orderBy: mapOrder(plan.orderBy, mapper),
        }
      : mapSelect(plan, mapper);
  return mapper.plan?.(mapped) ?? mapped;
}

function mapSelect(plan: SelectPlan, mapper: PlanMapper): SelectPlan {
  return {
    ...plan,
    items: plan.items.map((item) => ({ ...item, expr: mapExpr(item.expr, mapper) })),
    sources: plan.sources.map((source) => mapSource(source, mapper)),
    where: plan.where && mapPredicate(plan.where, mapper),
    groupBy: plan.groupBy.map((expr) => mapExpr(expr, mapper)),
    having: plan.having && mapPredicate(plan.having, mapper),
    orderBy: mapOrder(plan.orderBy, mapper),
  };
}

function mapSource(source: Source, mapper: PlanMapper): Source {
  const join = source.join?.on ? { ...source.join, on: mapPredicate(source.join.on, mapper) } : source.join;
  const mapped: Source =
    source.kind === 'plan' ? { ...source, join, plan: mapPlan(source.plan, mapper) } : { ...source, join };
  return mapper.source?.(mapped) ?? mapped;
}

const mapOrder = (items: readonly OrderItem[], mapper: PlanMapper): readonly OrderItem[] =>
  items.map((item) => ({ ...item, expr: mapExpr(item.expr, mapper) }));

/** A copy of the expression with nodes replaced. */
export function mapExpr(expr: Expr, mapper: PlanMapper): Expr {
  const mapped = mapInside(expr, mapper);
  return mapper.expr?.(mapped) ?? mapped;
}

function mapInside(expr: Expr, mapper: PlanMapper): Expr {
  const inner = (child: Expr): Expr => mapExpr(child, mapper);
  switch (expr.kind) {
    case 'column':
    case 'star':
    case 'literal':
    case 'ordinal':
      return expr;
    case 'aggregate':
      return mapAggregate(expr, mapper);
    case 'arithmetic':
      return { ...expr, left: inner(expr.left), right: inner(expr.right) };
    case 'negate':
    case 'date-trunc':
    case 'date-part':
    case 'date-add':
    case 'cast':
      return { ...expr, arg: inner(expr.arg) };
    case 'date-diff':
      return { ...expr, from: inner(expr.from), to: inner(expr.to) };
    case 'case':
      return {
        ...expr,
        // biome-ignore lint/suspicious/noThenProperty: the plan's own word for a branch; never awaited.
        whens: expr.whens.map(({ when, then }) => ({ when: mapPredicate(when, mapper), then: inner(then) })),
        otherwise: expr.otherwise && inner(expr.otherwise),
      };
    case 'function':
      return { ...expr, args: expr.args.map(inner) };
    case 'window':
      return {
        ...expr,
        fn: mapWindowFunction(expr.fn, mapper),
        partitionBy: expr.partitionBy.map(inner),
        orderBy: mapOrder(expr.orderBy, mapper),
      };
    case 'scalar-plan':
      return { ...expr, plan: mapPlan(expr.plan, mapper) };
    default:
      return assertNever(expr);
  }
}

function mapAggregate(expr: AggregateExpr, mapper: PlanMapper): AggregateExpr {
  return { ...expr, arg: mapExpr(expr.arg, mapper), filter: expr.filter && mapPredicate(expr.filter, mapper) };
}

function mapWindowFunction(fn: WindowExpr['fn'], mapper: PlanMapper): WindowExpr['fn'] {
  if (fn.kind === 'aggregate') return mapAggregate(fn, mapper);
  return fn.kind === 'lag' ? { ...fn, arg: mapExpr(fn.arg, mapper) } : fn;
}

/** A copy of the predicate with nodes replaced. */
export function mapPredicate(predicate: Predicate, mapper: PlanMapper): Predicate {
  const mapped = mapWithin(predicate, mapper);
  return mapper.predicate?.(mapped) ?? mapped;
}

function mapWithin(predicate: Predicate, mapper: PlanMapper): Predicate {
  const inner = (expr: Expr): Expr => mapExpr(expr, mapper);
  switch (predicate.kind) {
    case 'comparison':
      return { ...predicate, left: inner(predicate.left), right: inner(predicate.right) };
    case 'between':
      return { ...predicate, arg: inner(predicate.arg), low: inner(predicate.low), high: inner(predicate.high) };
    case 'in':
      return { ...predicate, arg: inner(predicate.arg), values: predicate.values.map(inner) };
    case 'in-plan':
      return { ...predicate, arg: inner(predicate.arg), plan: mapPlan(predicate.plan, mapper) };
    case 'like':
    case 'is-null':
      return { ...predicate, arg: inner(predicate.arg) };
    case 'exists':
      return { ...predicate, plan: mapPlan(predicate.plan, mapper) };
    case 'and':
    case 'or':
      return { ...predicate, args: predicate.args.map((arg) => mapPredicate(arg, mapper)) };
    case 'not':
      return { ...predicate, arg: mapPredicate(predicate.arg, mapper) };
    default:
      return assertNever(predicate);
  }
}

/** A copy whose sources are called otherwise, with every reference following. */
export function renameAliases(plan: Plan, rename: (alias: string) => string): Plan {
  return mapPlan(plan, {
    source: (source) => ({ ...source, alias: rename(source.alias) }),
    expr: (expr) =>
      expr.kind === 'column'
        ? { ...expr, source: rename(expr.source) }
        : expr.kind === 'star' && expr.source !== null
          ? { ...expr, source: rename(expr.source) }
          : expr,
  });
}
