/** "how many tracks does each have?" after a list of playlists: a measure for each of the things that were listed. */
import { EMPTY_SELECT, type Expr, type SelectItem, type SelectPlan } from '../../../../sql/index.ts';
import { connect, type JoinEdge } from '../../grammar/join-graph.ts';
import { firstMeasure, resolveOrdinal } from '../../grammar/plan-parts.ts';
import type { Resolution } from '../../grammar/resolve.ts';
import { isBridge, type SchemaIndex } from '../../grammar/schema-index.ts';
import { JoinedSources } from '../plan/previous-frame.ts';

/** The things of a plain list with a measure each, none of them lost; null when that cannot be told. */
export function measuredEach(
  base: SelectPlan,
  measures: Resolution['measures'],
  index: SchemaIndex,
): SelectPlan | null {
  const [asked, ...more] = measures;
  if (asked === undefined || more.length > 0 || base.groupBy.length > 0 || firstMeasure(base) !== undefined)
    return null;
  if (base.distinct || base.offset !== null || asked.choice === null) return null;
  const sources = new JoinedSources(index, base);
  const [root] = sources.tables;
  if (root === undefined || !sources.known || base.sources[0]?.alias !== sources.alias(root)) return null;
  const { table, labels, columns } = index.tables[root]!;
  const own = (name: string): Expr => ({ kind: 'column', source: sources.alias(root)!, column: name });
  const starred = base.items.some((item) => item.expr.kind === 'star');
  const items: readonly SelectItem[] = starred
    ? labels.map((at) => ({ expr: own(columns[at]!.column.name), alias: null }))
    : base.items;
  const target = asked.choice.table;
  const path = connect(index.joins, root, [target], (edge) => !sources.tables.includes(edge.to));
  if (items.length === 0 || table.primaryKey.length === 0 || path === null || !isSafe(path, index)) return null;
  if (!sources.require(target, true)) return null;
  const measure = measureOf(asked, sources, index, path);
  if (measure === null) return null;
  const orderBy = base.orderBy.map((one) => ({ ...one, expr: resolveOrdinal(one.expr, base) }));
  const groupBy = [...table.primaryKey.map(own), ...items.map((item) => item.expr), ...orderBy.map((one) => one.expr)];
  const distinct = groupBy.filter(
    (expr, i) => groupBy.findIndex((other) => JSON.stringify(other) === JSON.stringify(expr)) === i,
  );
  return sources.joined({
    ...EMPTY_SELECT,
    items: [...items, measure],
    where: base.where,
    groupBy: distinct,
    sources: base.sources,
    orderBy: orderBy.length > 0 ? orderBy : [{ expr: measure.expr, descending: true, nulls: null }],
    limit: base.limit,
  });
}

/** Each row of the target is met once by each thing: over one key, or over a table of pairs. */
function isSafe(path: readonly JoinEdge[], index: SchemaIndex): boolean {
  const many = path.filter((edge) => !edge.toOne);
  if (many.length !== 1 || path[0] !== many[0]) return false;
  return path.length === 1 || (path.length === 2 && isBridge(index.tables[path[0]!.to]!)) || path.length === 0;
}

function measureOf(
  { slot, choice }: Resolution['measures'][number],
  sources: JoinedSources,
  index: SchemaIndex,
  path: readonly JoinEdge[],
): SelectItem | null {
  const table = choice === null ? null : index.tables[choice.table]!;
  if (table === null || choice === null) return null;
  if (slot.kind === 'count' && choice.kind === 'table') {
    const first = path.length > 1 ? path.at(-1)!.pairs[0]!.to : (table.table.primaryKey[0] ?? path[0]!.pairs[0]!.to);
    const key: Expr = { kind: 'column', source: sources.alias(choice.table)!, column: first };
    const expr: Expr = { kind: 'aggregate', fn: 'count', arg: key, distinct: path.length > 1, filter: null };
    return { expr, alias: `${table.table.ref.name.toLowerCase()}_count` };
  }
  if (slot.kind !== 'value' || choice.kind !== 'column') return null;
  const { column, traits } = table.columns[choice.column]!;
  const fn = slot.fn ?? (traits.adds === 'avg' ? 'avg' : 'sum');
  const arg = sources.column(choice.table, choice.column)!;
  return {
    expr: { kind: 'aggregate', fn, arg, distinct: false, filter: null },
    alias: `${fn}_${column.name.toLowerCase()}`,
  };
}
