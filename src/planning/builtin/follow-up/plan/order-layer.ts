/** The first rows in another order: they stay the rows that they were ("the five dearest, sorted by name"). */
import { EMPTY_SELECT, type Expr, type SelectPlan, sameExpr } from '../../../../sql/index.ts';
import { namedItems } from '../../grammar/comparison.ts';
import { resolveOrdinal } from '../../grammar/plan-parts.ts';

export interface Reordered {
  readonly by: Expr;
  readonly descending: boolean;
}

const FIRST = 'first_rows';
const column = (name: string): Expr => ({ kind: 'column', source: FIRST, column: name });

/** Null where the order is by something that grouped rows do not have, or of all columns at once. */
export function withOrder(base: SelectPlan, { by, descending }: Reordered): SelectPlan | null {
  if (base.items.some((item) => item.expr.kind === 'star')) return null;
  const orderBy = base.orderBy.map((one) => ({ ...one, expr: resolveOrdinal(one.expr, base) }));
  const items = [...namedItems(base, base.items.some((item) => sameExpr(item.expr, by)) ? [] : [by])];
  const name = items.find((item) => sameExpr(item.expr, by))!.alias!;
  return {
    ...EMPTY_SELECT,
    items: base.items.map((item, i) => ({ expr: column(items[i]!.alias!), alias: item.alias })),
    sources: [{ kind: 'plan', alias: FIRST, plan: { ...base, items, orderBy }, join: null }],
    orderBy: [{ expr: column(name), descending, nulls: null }],
  };
}

/** Undoes {@link withOrder}; null when there is no such order. */
export function splitOrder(plan: SelectPlan): { readonly base: SelectPlan; readonly order: Reordered } | null {
  const [source, ...more] = plan.sources;
  const [ordered] = plan.orderBy;
  if (source?.kind !== 'plan' || source.alias !== FIRST || source.plan.kind !== 'select' || more.length > 0)
    return null;
  const inner = source.plan;
  const meaning = (expr: Expr): Expr | null =>
    (expr.kind === 'column' && inner.items.find((item) => item.alias === expr.column)?.expr) || null;
  const by = ordered === undefined ? null : meaning(ordered.expr);
  const items = plan.items.flatMap((item) => {
    const expr = meaning(item.expr);
    return expr === null ? [] : [{ expr, alias: item.alias }];
  });
  return by === null ? null : { base: { ...inner, items }, order: { by, descending: ordered!.descending } };
}
