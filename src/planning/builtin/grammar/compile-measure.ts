import type { AggregateExpr, AggregateName, Expr, Predicate } from '../../../sql/index.ts';
import type { Choice } from './choices.ts';
import { type Compilation, tableName } from './compilation.ts';
import type { MeasureSlot } from './frame.ts';
import { mergeMeasure } from './knowledge-measure.ts';
import type { SchemaIndex } from './schema-index.ts';

/** What the name of a column of aggregated figures begins with. */
export const AGGREGATE_PREFIX: Readonly<Record<AggregateName, string>> = {
  sum: 'total',
  avg: 'average',
  min: 'minimum',
  max: 'maximum',
  count: 'count',
  median: 'median',
  stddev: 'stddev',
};

/** A measure as an expression over the joined sources. */
export function measureExpr(
  state: Compilation,
  slot: MeasureSlot,
  choice: Choice | null,
  filter: Predicate | null = null,
): Expr | null {
  const { sources, index } = state;
  const aggregate = (fn: AggregateExpr['fn'], arg: Expr, distinct = false): AggregateExpr => ({
    kind: 'aggregate',
    fn,
    arg,
    distinct,
    filter,
  });
  if (slot.kind === 'count' && choice === null) {
    const { resolution } = state;
    const named = resolution.filters.some(
      (one) => one.hits[0]?.table === sources.root && index.tables[sources.root]!.labels.includes(one.hits[0].column),
    );
    // 有几部喜剧片: the one row that is called Comedy is not what is counted.
    if (named && resolution.context.length === 0) return null;
    if (resolution.dims.some((one) => one.choice?.kind === 'table' && one.choice.table === sources.root))
      state.doubts.push({ name: 'count-of-groups', cost: 3 });
    return aggregate('count', { kind: 'star', source: null });
  }
  if (choice === null) return null;
  if (choice.kind === 'measure') {
    const whole = mergeMeasure(state, choice.measure, filter);
    if (slot.kind !== 'value' || slot.fn !== 'avg' || whole?.kind !== 'aggregate' || whole.fn !== 'sum') return whole;
    // "average revenue": of the rows that add up to it, if not of orders, days or regions.
    state.doubts.push({ name: 'average-of-what', cost: 2.5 });
    return { ...whole, fn: 'avg' };
  }
  if (slot.kind === 'count') {
    if (choice.kind === 'column') return aggregate('count', sources.column(choice.table, choice.column), true);
    const key = index.tables[choice.table]!.table.primaryKey;
    const multiplied = choice.table !== sources.root ? true : sources.fanOut > 0;
    if (!multiplied && !slot.distinct) return aggregate('count', { kind: 'star', source: null });
    if (key.length === 1) return aggregate('count', sources.named(choice.table, key[0]!), true);
    if (choice.table !== sources.root) state.doubts.push({ name: 'count-of-multiplied-rows', cost: 1 });
    return aggregate('count', { kind: 'star', source: null });
  }
  const value = valueExpr(state, choice);
  if (value === null) return null;
  if (slot.kind === 'average-order') return averageOrder(state, choice, aggregate('sum', value));
  const fn = slot.fn ?? extremeOf(state, slot, choice) ?? defaultAggregate(state, choice);
  if (fn !== 'min' && fn !== 'max' && fn !== 'count' && !addsUp(state, choice)) return null;
  if (sources.root !== choice.table && fn !== 'min' && fn !== 'max')
    state.doubts.push({ name: 'sum-of-multiplied-rows', cost: 2.5 });
  return aggregate(fn, value);
}

/** Dates and texts have no sum and no average. */
function addsUp({ index }: Compilation, choice: Choice): boolean {
  return choice.kind !== 'column' || index.tables[choice.table]!.columns[choice.column]!.traits.time !== 'date';
}

export function valueExpr(state: Compilation, choice: Choice): Expr | null {
  const { sources } = state;
  if (choice.kind === 'column') return sources.column(choice.table, choice.column);
  if (choice.kind !== 'line-revenue') return null;
  const product: Expr = {
    kind: 'arithmetic',
    op: '*',
    left: sources.column(choice.table, choice.quantity),
    right: sources.column(choice.table, choice.price),
  };
  if (choice.discount === null) return product;
  const rest: Expr = {
    kind: 'arithmetic',
    op: '-',
    left: { kind: 'literal', value: 1, type: 'integer' },
    right: sources.column(choice.table, choice.discount),
  };
  return { kind: 'arithmetic', op: '*', left: product, right: rest };
}

/** "highest paid": the best value of each, where values do not add up. */
export function extremeOf(state: Compilation, slot: MeasureSlot, choice: Choice): 'max' | 'min' | null {
  if (choice.kind !== 'column') return null;
  const ranked = state.frame.order.find((order) => order.by === slot && order.superlative !== null);
  const { adds } = state.index.tables[choice.table]!.columns[choice.column]!.traits;
  if (ranked === undefined || adds !== 'avg') return null;
  return ranked.descending ? 'max' : 'min';
}

export function defaultAggregate(state: Compilation, choice: Choice): AggregateExpr['fn'] {
  if (choice.kind !== 'column') return 'sum';
  const { adds } = state.index.tables[choice.table]!.columns[choice.column]!.traits;
  if (adds === 'avg') state.doubts.push({ name: 'average-assumed', cost: 0.5 });
  return adds === 'avg' ? 'avg' : 'sum';
}

/** Average order value: revenue per order, whatever table holds the amounts. */
export function averageOrder(state: Compilation, choice: Choice, sum: AggregateExpr): Expr {
  const order = orderTable(state.index, choice.table);
  if (order === choice.table || order === null) return { ...sum, fn: 'avg' };
  state.sources.require([order]);
  const key = state.index.tables[order]!.table.primaryKey[0];
  if (key === undefined) return { ...sum, fn: 'avg' };
  return {
    kind: 'arithmetic',
    op: '/',
    left: sum,
    right: { kind: 'aggregate', fn: 'count', arg: state.sources.named(order, key), distinct: true, filter: sum.filter },
  };
}

export function orderTable(index: SchemaIndex, table: number): number | null {
  const isOrder = (i: number): boolean =>
    /(?:^|_|\b)(?:orders?|invoices?|sales?|purchases?)$/i.test(index.tables[i]!.table.ref.name) ||
    /订单$|订单表$|发票/.test(index.tables[i]!.table.comment ?? index.tables[i]!.table.ref.name);
  if (isOrder(table)) return table;
  return index.joins.edges[table]!.find((edge) => edge.toOne && isOrder(edge.to))?.to ?? null;
}

export function measureAlias(state: Compilation, slot: MeasureSlot, choice: Choice | null, expr: Expr): string | null {
  if (choice?.kind === 'measure') return state.measures[choice.measure]!.name;
  if (slot.kind === 'average-order') return 'average_order_value';
  if (choice?.kind === 'line-revenue')
    return slot.kind === 'value' && slot.fn === 'avg' ? 'average_revenue' : 'revenue';
  if (slot.kind === 'count') {
    if (choice === null) return 'count';
    const name =
      choice.kind === 'column'
        ? state.index.tables[choice.table]!.columns[choice.column]!.column.name
        : tableName(state, choice.table);
    return `${name.replace(/[^\p{L}\p{N}_]+/gu, '_').toLowerCase()}_count`;
  }
  if (choice?.kind === 'column' && expr.kind === 'aggregate') {
    const prefix = AGGREGATE_PREFIX[expr.fn];
    const name = state.index.tables[choice.table]!.columns[choice.column]!.column.name.replace(
      /(?<=[a-z])(?=[A-Z])/g,
      '_',
    ).toLowerCase();
    return name.startsWith(prefix) ? name : `${prefix}_${name.replace(/[^\p{L}\p{N}_]+/gu, '_')}`;
  }
  return null;
}
