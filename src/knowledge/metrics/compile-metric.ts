import { fail, type Outcome, ok } from '../../kernel/index.ts';
import type { Expr, OrderItem, Plan, Predicate, SelectItem, SelectPlan } from '../../sql/index.ts';
import { cumulativePlan } from './compile-cumulative.ts';
import { inMonthsOrDays, shiftExpr, shiftPeriodBack } from './day-arithmetic.ts';
import { ExpressionError } from './expression.ts';
import { AliasPool, allOf, FactQuery, inPeriod } from './fact-query.ts';
import { MetricCompileError, type MetricFailure, type MetricQuery } from './metric-query.ts';
import { distinct, type Leaf, type MetricTree, metricTree } from './metric-tree.ts';
import { aggregate, aggregateOf, type CompileContext, column, exprs, select, timeOf } from './plan-parts.ts';
import type { SemanticLayer } from './semantic-layer.ts';

/** {@link compileMetrics} of one metric. */
export const compileMetric = (
  layer: SemanticLayer,
  metric: string,
  query: MetricQuery = {},
): Outcome<Plan, MetricFailure> => compileMetrics(layer, [metric], query);

/**
 * Compiles metrics to one plan whose items are the time (when a grain is given), the dimensions, then the metrics.
 * Measures of one fact table come from one select; measures of several are aggregated apart and brought together per
 * group, so that no join multiplies facts. A group that only one of them has is kept.
 */
export function compileMetrics(
  layer: SemanticLayer,
  metrics: readonly string[],
  query: MetricQuery = {},
): Outcome<Plan, MetricFailure> {
  try {
    const trees = metrics.map((name) => metricTree(layer, name));
    const leaves = distinct(trees.flatMap((tree) => tree.leaves));
    const context: CompileContext = { layer, query, aliases: new AliasPool() };
    const only = leaves[0];
    if (leaves.length === 1 && only?.cumulative != null && only.offsets.length === 0) {
      return ok(arranged(namedValue(cumulativePlan(context, only), trees), query));
    }
    return ok(
      arranged(
        sharesOneSelect(leaves, query) ? oneSelect(context, trees, leaves) : combined(context, trees, leaves),
        query,
      ),
    );
  } catch (error) {
    if (error instanceof MetricCompileError) return fail({ code: error.code, message: error.message });
    if (error instanceof ExpressionError) return fail({ code: 'unsupported', message: error.message });
    throw error;
  }
}

/** True when one pass over one fact table gives all the measures. */
export function sharesOneSelect(leaves: readonly Leaf[], query: MetricQuery): boolean {
  const [first] = leaves;
  const needsTime = (query.grain ?? null) !== null || (query.period ?? null) !== null;
  return leaves.every(
    (leaf) =>
      leaf.model === first?.model &&
      leaf.cumulative === null &&
      leaf.offsets.length === 0 &&
      (!needsTime || leaf.measure.timeDimension === first.measure.timeDimension),
  );
}

function oneSelect(context: CompileContext, trees: readonly MetricTree[], leaves: readonly Leaf[]): SelectPlan {
  const { layer, query, aliases } = context;
  const first = leaves[0]!;
  const facts = new FactQuery(layer, first.model, aliases);
  const keys = keyItems(facts, first, query);
  const common = first.filters.filter((text) => leaves.every((leaf) => leaf.filters.includes(text)));
  const value = (leaf: Leaf): Expr => {
    const own = allOf(leaf.filters.filter((text) => !common.includes(text)).map((text) => facts.condition(text)));
    return filled(aggregate(leaf.measure, facts.measured(leaf.measure), own), leaf);
  };
  const values = trees.map((tree) => ({ expr: tree.build(value), alias: tree.metric.name }));
  const where = [...common.map((text) => facts.condition(text)), ...queryConditions(facts, first, query)];
  return select({ items: [...keys, ...values], sources: facts.sources, where: allOf(where), groupBy: exprs(keys) });
}

/** Each measure by itself, stacked with UNION ALL, one row per group: NULL keys meet, and nothing is joined. */
function combined(context: CompileContext, trees: readonly MetricTree[], leaves: readonly Leaf[]): SelectPlan {
  const branches = leaves.map((leaf, position) => {
    const plan = leaf.cumulative === null ? simplePlan(context, leaf) : cumulativePlan(context, leaf);
    const keys = plan.items.slice(0, -1);
    const values = leaves.map((other, i) => ({
      expr: i === position ? plan.items.at(-1)!.expr : nullLike(other),
      alias: `value_${i + 1}`,
    }));
    return { ...plan, items: [...keys, ...values] };
  });
  const alias = context.aliases.take('parts');
  const keys = branches[0]!.items
    .slice(0, -leaves.length)
    .map((item) => ({ ...item, expr: column(alias, item.alias!) }));
  const best = (leaf: Leaf): Expr => aggregateOf('max', column(alias, `value_${leaves.indexOf(leaf) + 1}`));
  const byKey = new Map(leaves.map((leaf) => [leaf.key, leaf]));
  const values = trees.map((tree) => ({
    expr: tree.build((leaf) => filled(best(byKey.get(leaf.key)!), leaf)),
    alias: tree.metric.name,
  }));
  const current = leaves.filter((leaf) => leaf.offsets.length === 0);
  const ownPeriod = current.map((leaf): Predicate => ({ kind: 'is-null', arg: best(leaf), negated: true }));
  return select({
    items: [...keys, ...values],
    sources: [{ kind: 'plan', alias, plan: branches.slice(1).reduce<Plan>(unionAll, branches[0]!), join: null }],
    groupBy: exprs(keys),
    having:
      keys.length > 0 && current.length > 0 && current.length < leaves.length
        ? ownPeriod.length === 1
          ? ownPeriod[0]!
          : { kind: 'or', args: ownPeriod }
        : null,
  });
}

function simplePlan(context: CompileContext, leaf: Leaf): SelectPlan {
  const { layer, query, aliases } = context;
  const facts = new FactQuery(layer, leaf.model, aliases);
  const keys = keyItems(facts, leaf, query);
  const where = [...leaf.filters.map((text) => facts.condition(text)), ...queryConditions(facts, leaf, query)];
  const value = aggregate(leaf.measure, facts.measured(leaf.measure), null);
  return select({
    items: [...keys, { expr: value, alias: 'value' }],
    sources: facts.sources,
    where: allOf(where),
    groupBy: exprs(keys),
  });
}

/** The select items that a query groups by: the time, moved forward by the measure's offsets, and the dimensions. */
export function keyItems(facts: FactQuery, leaf: Leaf, query: MetricQuery): SelectItem[] {
  const items: SelectItem[] = [];
  const grain = query.grain ?? null;
  if (grain !== null) {
    const moved = leaf.offsets.reduce<Expr>((expr, window) => shiftExpr(expr, window, 1), timeOf(facts, leaf));
    items.push({ expr: { kind: 'date-trunc', grain, arg: moved }, alias: grain });
  }
  for (const name of query.dimensions ?? []) {
    const plain = name.split('__').at(-1)!;
    const taken = items.some((item) => item.alias === plain);
    items.push({ expr: facts.dimension(name), alias: taken ? name : plain });
  }
  return items;
}

export function queryConditions(facts: FactQuery, leaf: Leaf, query: MetricQuery): Predicate[] {
  const conditions = (query.filters ?? []).map((filter) => facts.filter(filter));
  const period = query.period ?? null;
  if (period !== null) {
    const shifted = leaf.offsets.reduce(shiftPeriodBack, period);
    conditions.push(...inPeriod(timeOf(facts, leaf), shifted));
  } else if (leaf.offsets.length > 0 && (query.grain ?? null) === null) {
    throw new MetricCompileError(
      'needs-period',
      `${leaf.measure.name} is compared with an earlier period; give a period or a time grain`,
    );
  }
  if (
    (query.grain === 'day' || query.grain === 'hour') &&
    leaf.offsets.some((window) => inMonthsOrDays(window).months > 0)
  ) {
    conditions.push(onlyExactDays(timeOf(facts, leaf), leaf));
  }
  return conditions;
}

/** Drops days that have no counterpart (31 January, a month later), which would else pile up on the month's last day. */
function onlyExactDays(time: Expr, leaf: Leaf): Predicate {
  const there = leaf.offsets.reduce<Expr>((expr, window) => shiftExpr(expr, window, 1), time);
  const back = [...leaf.offsets].reverse().reduce<Expr>((expr, window) => shiftExpr(expr, window, -1), there);
  return { kind: 'comparison', op: '=', left: back, right: time };
}

const filled = (value: Expr, leaf: Leaf): Expr =>
  leaf.fillNullsWith === null
    ? value
    : {
        kind: 'function',
        name: 'coalesce',
        args: [value, { kind: 'literal', value: leaf.fillNullsWith, type: 'integer' }],
      };

const unionAll = (left: Plan, right: Plan): Plan => ({
  kind: 'set',
  op: 'union-all',
  left,
  right,
  orderBy: [],
  limit: null,
  offset: null,
});

/** NULL of a type that meets the measure's values in a UNION: an untyped one would be text to PostgreSQL. */
function nullLike(leaf: Leaf): Expr {
  const isTime = leaf.model.dimensions.some((field) => field.type === 'time' && field.expr === leaf.measure.expr);
  if (isTime && (leaf.measure.agg === 'min' || leaf.measure.agg === 'max')) {
    return { kind: 'cast', arg: { kind: 'literal', value: null, type: 'null' }, to: 'date' };
  }
  const zero: Expr = { kind: 'literal', value: 0, type: 'integer' };
  return { kind: 'function', name: 'nullif', args: [zero, zero] };
}

function namedValue(plan: SelectPlan, trees: readonly MetricTree[]): SelectPlan {
  const value = plan.items.at(-1)!.expr;
  const values = trees.map((tree) => ({ expr: tree.build((leaf) => filled(value, leaf)), alias: tree.metric.name }));
  return { ...plan, items: [...plan.items.slice(0, -1), ...values] };
}

function arranged(ungated: SelectPlan, query: MetricQuery): SelectPlan {
  const keys = (query.dimensions?.length ?? 0) + ((query.grain ?? null) === null ? 0 : 1);
  const plan = gated(ungated, keys, query);
  const limit = query.limit ?? null;
  if (keys === 0) return { ...plan, limit };
  const by = (index: number, descending: boolean): OrderItem => ({
    expr: { kind: 'ordinal', index },
    descending,
    nulls: null,
  });
  const byKeys = Array.from({ length: keys }, (_, i) =>
    by(i, query.orderBy?.by === 'keys' && query.orderBy.descending),
  );
  const orderBy = query.orderBy?.by === 'value' ? [by(keys, query.orderBy.descending), ...byKeys] : byKeys;
  return { ...plan, orderBy, limit };
}

/** The first metric is the item after the keys; its expression is made of aggregates, so it may stand in HAVING. */
function gated(plan: SelectPlan, keys: number, query: MetricQuery): SelectPlan {
  const left = plan.items[keys]!.expr;
  const conditions = (query.having ?? []).map(({ op, value }): Predicate => {
    const type = typeof value === 'number' && Number.isInteger(value) ? 'integer' : 'decimal';
    return { kind: 'comparison', op, left, right: { kind: 'literal', value, type } };
  });
  return { ...plan, having: allOf([...(plan.having === null ? [] : [plan.having]), ...conditions]) };
}
