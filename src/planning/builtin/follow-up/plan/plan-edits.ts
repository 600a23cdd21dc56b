/** Small edits of plans, as pure functions: the vocabulary of follow-up questions. */
import {
  type Expr,
  type OrderItem,
  type Plan,
  type Predicate,
  type SelectItem,
  type SelectPlan,
  sameExpr,
} from '../../../../sql/index.ts';
import { countedOnce } from '../../grammar/counted-once.ts';
import { columnsOf, conjuncts, isAggregated, isTime, resolveOrdinal } from '../../grammar/plan-parts.ts';
import { and } from '../../grammar/predicates.ts';

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

/**
 * Adds grouping expressions before the measures; what is grouped already stays as it is. The first N were those of the
 * groups that were there: they are not the first N of finer groups. (`coarse`: the new groups only say more of the old.)
 */
export function withGroups(
  plan: SelectPlan,
  items: readonly SelectItem[],
  groups: readonly Expr[],
  replace: boolean,
  coarse = false,
): SelectPlan {
  const measures = plan.items.filter((item) => isAggregated(item.expr));
  const dims = replace ? [] : plan.items.filter((item) => !isAggregated(item.expr));
  const fresh = items.filter((item) => !dims.some((other) => sameExpr(other.expr, item.expr)));
  const kept = replace ? [] : plan.groupBy.map((expr) => resolveOrdinal(expr, plan));
  const added = groups.filter((expr) => !kept.some((other) => sameExpr(other, expr)));
  const finer = !coarse && kept.length > 0 && added.length > 0;
  const first = measures[0]?.expr;
  const timed = items.find((item) => isTime(item.expr));
  const ordered = plan.orderBy.map((item) => ({ ...item, expr: resolveOrdinal(item.expr, plan) }));
  const orderBy: OrderItem[] = kept.length > 0 ? ordered : ordered.filter((item) => isAggregated(item.expr));
  const limit = finer ? null : plan.limit;
  if (timed !== undefined && limit === null)
    orderBy.splice(0, orderBy.length, { expr: timed.expr, descending: false, nulls: null });
  else if (orderBy.length === 0 && first !== undefined) orderBy.push({ expr: first, descending: true, nulls: null });
  return { ...plan, items: [...dims, ...fresh, ...measures], groupBy: [...kept, ...added], orderBy, limit };
}

/** The plan without the groups that `drop` names. */
export function withoutGroups(plan: SelectPlan, drop: (expr: Expr) => boolean): SelectPlan {
  const groupBy = plan.groupBy.map((expr) => resolveOrdinal(expr, plan)).filter((expr) => !drop(expr));
  return {
    ...plan,
    items: plan.items.filter((item) => !drop(item.expr)),
    groupBy,
    orderBy:
      groupBy.length === 0
        ? []
        : plan.orderBy
            .map((item) => ({ ...item, expr: resolveOrdinal(item.expr, plan) }))
            .filter((item) => !drop(item.expr)),
    limit: groupBy.length === 0 ? null : plan.limit,
  };
}

/** A list that is to be grouped: its rows are counted, all of them and not only those that were shown. */
export function countedRows(plan: SelectPlan): SelectPlan | null {
  if (plan.distinct || plan.groupBy.length > 0 || plan.sources.length === 0) return null;
  return { ...plan, items: [{ expr: COUNT_ROWS, alias: 'count' }], orderBy: [], limit: null, offset: null };
}

export const COUNT_ROWS: Expr = {
  kind: 'aggregate',
  fn: 'count',
  arg: { kind: 'star', source: null },
  distinct: false,
  filter: null,
};

/** {@link countedOnce} for all measures of a plan, wherever they stand. */
export function planCountedOnce(plan: SelectPlan, key: Expr): SelectPlan | null {
  const once = (expr: Expr): Expr | null => (isAggregated(expr) ? countedOnce(expr, key) : expr);
  const items = plan.items.map((item) => ({ ...item, expr: once(item.expr) }));
  const orderBy = plan.orderBy.map((item) => ({ ...item, expr: once(item.expr) }));
  if (plan.having !== null || [...items, ...orderBy].some((item) => item.expr === null)) return null;
  const whole = <T extends { readonly expr: Expr | null }>(list: readonly T[]): (T & { readonly expr: Expr })[] =>
    list.flatMap((item) => (item.expr === null ? [] : [{ ...item, expr: item.expr }]));
  return { ...plan, items: whole(items), orderBy: whole(orderBy) };
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
  const ordered = existing === undefined ? null : resolveOrdinal(existing.expr, plan);
  const shown = plan.items.some((item) => ordered !== null && isAggregated(item.expr) && sameExpr(item.expr, ordered));
  const by = expr === null && shown ? ordered : (measure ?? ordered);
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
