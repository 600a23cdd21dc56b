import type { Expr, OrderItem, SelectItem, SelectPlan } from '../../../sql/index.ts';
import { freshAlias } from './source-builder.ts';

/**
 * The first `count` rows of every group: the inner plan gets a rank over its partition, the outer one keeps the
 * ranks that count. Null when an item has no name to refer to.
 */
export function rankWithin(
  inner: SelectPlan,
  partitionBy: readonly Expr[],
  order: OrderItem,
  count: number,
  taken: Set<string>,
): SelectPlan | null {
  const names: string[] = [];
  const items: SelectItem[] = [];
  for (const item of inner.items) {
    const base = item.alias ?? (item.expr.kind === 'column' ? item.expr.column : null);
    if (base === null) return null;
    let name = base;
    for (let i = 2; names.includes(name); i += 1) name = `${base}_${i}`;
    names.push(name);
    items.push({ expr: item.expr, alias: name });
  }
  const rank: Expr = {
    kind: 'window',
    fn: { kind: 'ranking', name: 'rank' },
    partitionBy,
    orderBy: [order],
    frame: null,
  };
  const alias = freshAlias('ranked', taken);
  const column = (name: string): Expr => ({ kind: 'column', source: alias, column: name });
  return {
    kind: 'select',
    distinct: false,
    items: names.map((name) => ({ expr: column(name), alias: null })),
    sources: [
      {
        kind: 'plan',
        alias,
        plan: { ...inner, items: [...items, { expr: rank, alias: 'rank_in_group' }], orderBy: [], limit: null },
        join: null,
      },
    ],
    where: {
      kind: 'comparison',
      op: '<=',
      left: column('rank_in_group'),
      right: { kind: 'literal', value: count, type: 'integer' },
    },
    groupBy: [],
    having: null,
    orderBy: [
      { expr: column(names[0]!), descending: false, nulls: null },
      { expr: column('rank_in_group'), descending: false, nulls: null },
    ],
    limit: null,
    offset: null,
  };
}
