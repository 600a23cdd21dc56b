import type { Expr, Predicate, SelectItem, SelectPlan } from '../../sql/index.ts';
import { shiftExpr } from './day-arithmetic.ts';
import { allOf, dateLiteral, FactQuery, inPeriod } from './fact-query.ts';
import { MetricCompileError } from './metric-query.ts';
import type { Leaf } from './metric-tree.ts';
import { aggregate, aggregateOf, type CompileContext, column, exprs, select, timeOf } from './plan-parts.ts';
import type { TimeWindow } from './semantic-layer.ts';

/**
 * A measure accumulated up to the end of each period (its last day with facts): since ever, since the start of a
 * coarser period, or over a trailing window. The last item is the value.
 *
 * Each period is paired with every fact that counts for it, so distinct counts, averages and gaps in the data come out
 * right; sums and counts are added up per day first.
 */
export function cumulativePlan(context: CompileContext, leaf: Leaf): SelectPlan {
  if (leaf.offsets.length > 0) {
    throw new MetricCompileError(
      'unsupported',
      `the accumulated measure "${leaf.measure.name}" cannot be taken with an offset`,
    );
  }
  return (context.query.grain ?? null) === null ? upToOneDay(context, leaf) : perPeriod(context, leaf);
}

/** Without a grain: one value (or one per dimension) as of the period's last day. */
function upToOneDay(context: CompileContext, leaf: Leaf): SelectPlan {
  const { layer, query, aliases } = context;
  const facts = new FactQuery(layer, leaf.model, aliases);
  const keys = dimensionItems(facts, query.dimensions ?? []);
  const time = timeOf(facts, leaf);
  const where = conditions(facts, leaf, context);
  const span = leaf.cumulative?.window ?? spanToDate(leaf);
  if (query.period != null) where.push(inPeriod(time, query.period)[1]!);
  if (span !== null) {
    if (query.period == null) {
      throw new MetricCompileError(
        'needs-period',
        `${leaf.measure.name} is accumulated over a span of time; give a period or a time grain`,
      );
    }
    where.push(...since(leaf, time, dateLiteral(query.period.to)));
  }
  const value = aggregate(leaf.measure, facts.measured(leaf.measure), null);
  return select({
    items: [...keys, { expr: value, alias: 'value' }],
    sources: facts.sources,
    where: allOf(where),
    groupBy: exprs(keys),
  });
}

function perPeriod(context: CompileContext, leaf: Leaf): SelectPlan {
  const { query, aliases } = context;
  const grain = query.grain!;
  const spine = aliases.take('periods');
  const facts = aliases.take('facts');
  const daily = dailyFacts(context, leaf);
  const last = column(spine, 'last_day');
  const day = column(facts, 'day');
  const on: Predicate[] = [{ kind: 'comparison', op: '<=', left: day, right: last }, ...since(leaf, day, last)];
  const keys: SelectItem[] = [
    { expr: column(spine, 'period'), alias: grain },
    ...daily.keys.map((item) => ({ expr: column(facts, item.alias!), alias: item.alias })),
  ];
  const measured = column(facts, 'measured');
  const value = daily.summed ? aggregateOf('sum', measured) : aggregate(leaf.measure, measured, null);
  return select({
    items: [...keys, { expr: value, alias: 'value' }],
    sources: [
      { kind: 'plan', alias: spine, plan: periods(context, leaf), join: null },
      { kind: 'plan', alias: facts, plan: daily.plan, join: { kind: 'inner', on: allOf(on) } },
    ],
    groupBy: exprs(keys),
  });
}

/** The periods that have facts, each with its last day, within the query's period. */
function periods(context: CompileContext, leaf: Leaf): SelectPlan {
  const { layer, query, aliases } = context;
  const facts = new FactQuery(layer, leaf.model, aliases);
  const time = timeOf(facts, leaf);
  const period: Expr = { kind: 'date-trunc', grain: query.grain!, arg: time };
  return select({
    items: [
      { expr: period, alias: 'period' },
      { expr: aggregateOf('max', { kind: 'date-trunc', grain: 'day', arg: time }), alias: 'last_day' },
    ],
    sources: facts.sources,
    where: query.period == null ? null : allOf(inPeriod(time, query.period)),
    groupBy: [period],
  });
}

function dailyFacts(
  context: CompileContext,
  leaf: Leaf,
): { readonly plan: SelectPlan; readonly keys: readonly SelectItem[]; readonly summed: boolean } {
  const { layer, query, aliases } = context;
  const facts = new FactQuery(layer, leaf.model, aliases);
  const keys = dimensionItems(facts, query.dimensions ?? []);
  const time = timeOf(facts, leaf);
  const day: Expr = { kind: 'date-trunc', grain: 'day', arg: time };
  const summed = ['sum', 'sum_boolean', 'count'].includes(leaf.measure.agg);
  const measured = facts.measured(leaf.measure);
  const where = conditions(facts, leaf, context);
  if (query.period != null) where.push(inPeriod(time, query.period)[1]!);
  const plan = select({
    items: [
      { expr: day, alias: 'day' },
      ...keys,
      { expr: summed ? aggregate(leaf.measure, measured, null) : measured, alias: 'measured' },
    ],
    sources: facts.sources,
    where: allOf(where),
    groupBy: summed ? [day, ...exprs(keys)] : [],
  });
  return { plan, keys, summed };
}

function conditions(facts: FactQuery, leaf: Leaf, context: CompileContext): Predicate[] {
  return [
    ...leaf.filters.map((text) => facts.condition(text)),
    ...(context.query.filters ?? []).map((filter) => facts.filter(filter)),
  ];
}

/** What is too old to count as of `last`. */
function since(leaf: Leaf, day: Expr, last: Expr): Predicate[] {
  const window = leaf.cumulative?.window ?? null;
  const grain = leaf.cumulative?.grainToDate ?? null;
  if (window !== null) return [{ kind: 'comparison', op: '>', left: day, right: shiftExpr(last, window, -1) }];
  if (grain !== null)
    return [{ kind: 'comparison', op: '>=', left: day, right: { kind: 'date-trunc', grain, arg: last } }];
  return [];
}

const spanToDate = (leaf: Leaf): TimeWindow | null =>
  leaf.cumulative?.grainToDate == null ? null : { count: 1, grain: leaf.cumulative.grainToDate };

const dimensionItems = (facts: FactQuery, names: readonly string[]): SelectItem[] =>
  names.map((name) => ({ expr: facts.dimension(name), alias: name.split('__').at(-1)! }));
