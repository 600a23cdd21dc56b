/** Small edits of plans, as pure functions: the vocabulary of follow-up questions. */
import {
  EMPTY_SELECT,
  type Expr,
  type OrderItem,
  type Plan,
  type Predicate,
  type SelectItem,
  type SelectPlan,
  sameExpr,
  walkExpr,
  walkPlan,
} from '../../../sql/index.ts';
import { and } from '../grammar/predicates.ts';

/** Conditions of a WHERE that must all hold. */
export function conjuncts(where: Predicate | null): readonly Predicate[] {
  if (where === null) return [];
  return where.kind === 'and' ? where.args.flatMap(conjuncts) : [where];
}

/** True when the expression aggregates or ranks over groups. */
export function isAggregated(expr: Expr): boolean {
  let found = false;
  walkExpr(expr, {
    expr(one) {
      if (one.kind === 'aggregate' || one.kind === 'window') found = true;
    },
  });
  return found;
}

/** Columns that a predicate speaks of. */
export function columnsOf(predicate: Predicate): readonly { readonly source: string; readonly column: string }[] {
  const found: { source: string; column: string }[] = [];
  const probe: SelectPlan = { ...EMPTY_SELECT, where: predicate };
  walkPlan(probe, {
    expr(one) {
      if (one.kind === 'column') found.push({ source: one.source, column: one.column });
    },
  });
  return found;
}

/** Adds conditions; an existing condition on the same columns is replaced. */
export function withConditions(plan: SelectPlan, added: readonly Predicate[]): SelectPlan {
  const keys = new Set(added.flatMap((one) => columnsOf(one).map((column) => `${column.source}.${column.column}`)));
  const kept = conjuncts(plan.where).filter(
    (one) => !columnsOf(one).some((column) => keys.has(`${column.source}.${column.column}`)),
  );
  return { ...plan, where: and([...kept, ...added]) };
}

/** Drops the conditions that `drop` names. */
export function withoutConditions(plan: SelectPlan, drop: (predicate: Predicate) => boolean): SelectPlan {
  return { ...plan, where: and(conjuncts(plan.where).filter((one) => !drop(one))) };
}

/** Adds grouping expressions before the measures; what is grouped already stays as it is. */
export function withGroups(
  plan: SelectPlan,
  items: readonly SelectItem[],
  groups: readonly Expr[],
  replace: boolean,
): SelectPlan {
  const measures = plan.items.filter((item) => isAggregated(item.expr));
  const dims = replace ? [] : plan.items.filter((item) => !isAggregated(item.expr));
  const fresh = items.filter((item) => !dims.some((other) => sameExpr(other.expr, item.expr)));
  const kept = replace ? [] : plan.groupBy.map((expr) => resolveOrdinal(expr, plan));
  const added = groups.filter((expr) => !kept.some((other) => sameExpr(other, expr)));
  const first = measures[0]?.expr;
  const orderBy: OrderItem[] =
    plan.groupBy.length > 0 && !replace
      ? plan.orderBy.map((item) => ({ ...item, expr: resolveOrdinal(item.expr, plan) }))
      : plan.orderBy
          .filter((item) => isAggregated(resolveOrdinal(item.expr, plan)))
          .map((item) => ({ ...item, expr: resolveOrdinal(item.expr, plan) }));
  const timed = items.find((item) => item.expr.kind === 'date-trunc' || item.expr.kind === 'date-part');
  if (timed !== undefined && plan.limit === null)
    orderBy.splice(0, orderBy.length, { expr: timed.expr, descending: false, nulls: null });
  else if (orderBy.length === 0 && first !== undefined) orderBy.push({ expr: first, descending: true, nulls: null });
  return { ...plan, items: [...dims, ...fresh, ...measures], groupBy: [...kept, ...added], orderBy };
}

export function resolveOrdinal(expr: Expr, plan: SelectPlan): Expr {
  return expr.kind === 'ordinal' ? (plan.items[expr.index]?.expr ?? expr) : expr;
}

/** Puts other measures in the place of the present ones; the order follows the first of them. */
export function withMeasures(plan: SelectPlan, measures: readonly SelectItem[]): SelectPlan {
  const dims = plan.items.filter((item) => !isAggregated(item.expr));
  const first = measures[0]!.expr;
  const orderBy = plan.orderBy.map((item) =>
    isAggregated(resolveOrdinal(item.expr, plan))
      ? { ...item, expr: first }
      : { ...item, expr: resolveOrdinal(item.expr, plan) },
  );
  return {
    ...plan,
    items: [...dims, ...measures],
    groupBy: plan.groupBy.map((expr) => resolveOrdinal(expr, plan)),
    having: null,
    orderBy,
  };
}

/** Orders by the first measure, or by `expr`, and keeps the first `limit` rows. */
export function withTop(
  plan: SelectPlan,
  limit: number | null,
  descending: boolean,
  expr: Expr | null = null,
): SelectPlan {
  const measure = expr ?? plan.items.find((item) => isAggregated(item.expr))?.expr ?? null;
  const existing = plan.orderBy[0];
  const by = measure ?? (existing === undefined ? null : resolveOrdinal(existing.expr, plan));
  return {
    ...plan,
    orderBy: by === null ? plan.orderBy : [{ expr: by, descending, nulls: null }],
    limit: limit ?? plan.limit,
  };
}

/** The select at the heart of a plan; null for set operations. */
export function asSelect(plan: Plan | null): SelectPlan | null {
  return plan !== null && plan.kind === 'select' ? plan : null;
}
