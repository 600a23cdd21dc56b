import {
  type DateGrain,
  EMPTY_SELECT,
  type Expr,
  type OrderItem,
  type Predicate,
  type SelectItem,
  type SelectPlan,
  sameExpr,
} from '../../../sql/index.ts';
import { hasHan } from '../text/language.ts';
import { withComparison } from './comparison.ts';
import { type Compilation, same } from './compilation.ts';
import { comparePeriods, runningItem, shareItem } from './compile-analytics.ts';
import { compileFilter } from './compile-filter.ts';
import { measureAlias, measureExpr } from './compile-measure.ts';
import { compileCondition, dateExpr, isHaving, mergeFilters, whereParts } from './compile-where.ts';
import { dimItems } from './dim-items.ts';
import { and, literalFor } from './predicates.ts';
import { rankWithin } from './rank-within.ts';
import type { Resolution } from './resolve.ts';
import { freshAlias } from './source-builder.ts';

export function grainExpr(expr: Expr, grain: DateGrain, time: 'date' | 'year'): Expr {
  if (time === 'year') return expr;
  return grain === 'year' ? { kind: 'date-part', part: 'year', arg: expr } : { kind: 'date-trunc', grain, arg: expr };
}

export function compileAggregate(state: Compilation): SelectPlan | null {
  const { frame, resolution, sources } = state;
  const dims: SelectItem[] = [];
  const groups: Expr[] = [];
  let time: Expr | null = null;
  const order = resolution.order[0];
  const dimChoices = resolution.dims.flatMap((one) => (one.choice === null ? [] : [one.choice]));
  if (resolution.entity !== null && !dimChoices.some((choice) => same(choice, resolution.entity!)))
    dimChoices.unshift(resolution.entity);
  for (const choice of dimChoices) {
    const { items, groups: by } = dimItems(state, choice);
    for (const item of items) if (!dims.some((other) => sameExpr(other.expr, item.expr))) dims.push(item);
    for (const expr of by) if (!groups.some((other) => sameExpr(other, expr))) groups.push(expr);
  }
  if (groups.length === 0 && resolution.measures.length > 0 && !frame.share) {
    // "male and female employees": one row for each of the named values.
    const named = mergeFilters(resolution.filters).find(
      (one) =>
        new Set(one.hits.map((hit) => hit.value)).size > 1 && !one.filter.negated && one.filter.alternatives === 'and',
    );
    const first = named?.hits[0];
    if (first !== undefined) {
      const expr = sources.column(first.table, first.column);
      dims.push({ expr, alias: null });
      groups.push(expr);
    }
  }
  const measures: { expr: Expr; alias: string | null }[] = [];
  const slots = [...resolution.measures];
  if (slots.length === 0 && order !== undefined && order.choice !== null && order.order.by !== 'first-measure')
    slots.push({ slot: order.order.by, choice: order.choice });
  if (slots.length === 0) {
    for (const { condition, choice } of resolution.conditions)
      if (isHaving(state, condition, choice)) slots.push({ slot: condition.operand, choice });
  }
  if (slots.length === 0) {
    if (resolution.dims.length === 0) return null;
    slots.push({ slot: { kind: 'count', unit: null, distinct: false }, choice: null });
    if (!frame.dims.some((dim) => dim.kind === 'unit' && dim.unit !== null) || resolution.context.length === 0)
      state.doubts.push({ name: 'count-assumed', cost: 0.7 });
  }
  if (
    slots.some(
      (one) =>
        one.slot.kind === 'count' && one.choice?.kind === 'table' && dimChoices.some((dim) => same(dim, one.choice!)),
    )
  )
    state.doubts.push({ name: 'count-of-groups', cost: 3 });
  if (sources.fanOut > 0)
    state.doubts.push({ name: 'fan-out', cost: slots.some((one) => one.slot.kind !== 'count') ? 0.6 : 0.2 });
  if (frame.compare) return comparePeriods(state, dims, groups, slots, whereParts, measureExpr, dateExpr);
  for (const [i, dim] of resolution.dims.entries()) {
    if (dim.slot.kind !== 'grain') continue;
    // A comparison of one period with the one before has no time groups but those that are asked for.
    if (frame.growth !== null && frame.periods.length === 1 && dim.slot.unit?.grain == null) continue;
    const date = dateExpr(state, dim.slot.anchor ?? frame.periods[0]?.anchor ?? frame.anchor);
    if (date === null) return null;
    const expr = grainExpr(date.expr, dim.slot.grain, date.date.time);
    time ??= expr;
    dims.splice(Math.min(i, dims.length), 0, { expr, alias: dim.slot.grain });
    groups.splice(Math.min(i, groups.length), 0, expr);
  }
  const perThing = averagePerThing(state, slots);
  if (perThing !== null) {
    dims.length = 0;
    groups.length = 0;
  }
  const ratio = frame.share && dims.length === 0 && (resolution.filters.length > 0 || resolution.conditions.length > 0);
  /** What each slot measures; `measures` are those of them that are shown. */
  const slotExprs: Expr[] = [];
  for (const { slot, choice } of slots) {
    const expr = perThing ?? measureExpr(state, slot, choice);
    if (expr === null) return null;
    slotExprs.push(expr);
    const twice =
      slot.kind === 'value' &&
      slot.fn === null &&
      choice !== null &&
      slots.some(
        (other) =>
          other.slot !== slot &&
          other.choice !== null &&
          same(other.choice, choice) &&
          other.slot.kind === 'value' &&
          other.slot.fn !== null,
      );
    if (twice || measures.some((other) => sameExpr(other.expr, expr))) continue;
    measures.push({ expr, alias: measureAlias(state, slot, choice, expr) });
  }
  const having: Predicate[] = [];
  for (const { condition, choice } of resolution.conditions) {
    if (!isHaving(state, condition, choice)) continue;
    const slot = condition.operand;
    const twin = slots.findIndex(
      (one) =>
        one.choice !== null &&
        choice !== null &&
        same(one.choice, choice) &&
        (slot.kind === 'count' || one.slot.kind !== 'count'),
    );
    const expr =
      twin >= 0 && (slot.kind === 'count' || (slot.kind === 'value' && slot.fn === null))
        ? slotExprs[twin]!
        : measureExpr(state, slot, choice);
    if (expr === null) return null;
    having.push(
      condition.op === 'between'
        ? {
            kind: 'between',
            arg: expr,
            low: literalFor(condition.low, null),
            high: literalFor(condition.high, null),
            negated: false,
          }
        : {
            kind: 'comparison',
            op: condition.op === 'null' || condition.op === 'not-null' ? '=' : condition.op,
            left: expr,
            right: literalFor(condition.low, null),
          },
    );
  }
  if (having.length > 0 && groups.length === 0) return countOfGroups(state, slots, having);
  if (
    resolution.order.length > 0 &&
    groups.length === 0 &&
    resolution.dims.length === 0 &&
    resolution.measures.length === 0
  )
    return null;
  const where = whereParts(state);
  if (where === null) return null;
  let items: SelectItem[] = [...dims, ...measures.map(({ expr, alias }) => ({ expr, alias }))];
  let filter = and([...where, ...state.extra]);
  if (ratio) {
    const measure = measures[0]!.expr;
    if (measure.kind !== 'aggregate') return null;
    const conditions = and([
      ...resolution.filters.map((one) => compileFilter(state, one)),
      ...resolution.conditions.map((one) => compileCondition(state, one.condition, one.choice)),
    ]);
    const rest = where.slice(
      resolution.filters.length +
        resolution.conditions.filter((one) => !isHaving(state, one.condition, one.choice)).length,
    );
    const part: Expr = { ...measure, filter: conditions };
    items = [{ expr: percent(part, measure), alias: 'percentage' }];
    filter = and([...rest, ...state.extra]);
  } else if (frame.share) {
    if (dims.length === 0) return null;
    items.push(shareItem(measures[0]!.expr));
  }
  if (frame.running && time !== null) items.push(runningItem(measures[0]!.expr, time));
  const orderBy: OrderItem[] = [];
  const first = measures[0]!.expr;
  for (const one of resolution.order) {
    let expr = first;
    if (one.order.by !== 'first-measure') {
      const twin = slots.findIndex(
        (slot) => one.choice !== null && slot.choice !== null && same(slot.choice, one.choice),
      );
      if (twin >= 0) expr = slotExprs[twin]!;
      else {
        const other = measureExpr(state, one.order.by, one.choice);
        if (other === null) return null;
        expr = other;
        items.push({ expr, alias: null });
      }
    }
    if (!orderBy.some((item) => sameExpr(item.expr, expr)))
      orderBy.push({ expr, descending: one.order.descending, nulls: null });
  }
  if (groups.length === 0) orderBy.length = 0;
  if (orderBy.length === 0 && groups.length > 0)
    orderBy.push(
      time !== null ? { expr: time, descending: false, nulls: null } : { expr: first, descending: true, nulls: null },
    );
  if (time !== null && resolution.order.length === 0)
    for (const item of dims) if (item.expr !== time) orderBy.push({ expr: item.expr, descending: false, nulls: null });
  const plan: SelectPlan = {
    ...EMPTY_SELECT,
    items,
    sources: sources.sources(),
    where: filter,
    groupBy: groups,
    having: and(having),
    orderBy,
    limit: groups.length === 0 ? null : frame.limit,
    offset: groups.length === 0 ? null : frame.offset,
  };
  if (frame.growth !== null) {
    const date = dateExpr(state, frame.periods[0]?.anchor ?? frame.anchor);
    return date === null ? null : withComparison(plan, frame.growth, date, state.today);
  }
  const outer = resolution.dims.filter((one) => one.slot.kind === 'unit' && one.choice !== null);
  if (
    frame.limit !== null &&
    resolution.entity !== null &&
    orderBy[0] !== undefined &&
    outer.length > 0 &&
    outer.every((one) => !same(one.choice!, resolution.entity!))
  ) {
    // "top 3 products by revenue in each category".
    const partition = outer.flatMap((one) => dimItems(state, one.choice!).groups);
    return rankWithin(plan, partition, orderBy[0], frame.limit, sources.taken);
  }
  return plan;
}

/** "average revenue per customer": the total over the number of customers, not the average line. */
export function averagePerThing(state: Compilation, slots: Resolution['measures']): Expr | null {
  const only = slots[0];
  const lines = only?.slot.kind === 'value' && only.slot.fn === 'avg' && only.choice?.kind === 'line-revenue';
  const counts = only?.slot.kind === 'count' && state.frame.averagePer;
  // "average freight per order" over a column of the orders themselves: the plain average.
  const one = state.resolution.dims[0]?.choice;
  if (
    slots.length === 1 &&
    state.resolution.dims.length === 1 &&
    state.resolution.order.length === 0 &&
    only?.slot.kind === 'value' &&
    only.slot.fn === 'avg' &&
    only.choice?.kind === 'column' &&
    one?.kind === 'table'
  ) {
    if (one.table === only.choice.table) return measureExpr(state, only.slot, only.choice);
    const { adds } = state.index.tables[only.choice.table]!.columns[only.choice.column]!.traits;
    const key = state.index.tables[one.table]!.table.primaryKey[0];
    const sum =
      /平均每/.test(state.text) && adds === 'sum' && key !== undefined
        ? measureExpr(state, { ...only.slot, fn: 'sum' }, only.choice)
        : null;
    if (sum !== null)
      return {
        kind: 'arithmetic',
        op: '/',
        left: sum,
        right: {
          kind: 'aggregate',
          fn: 'count',
          arg: state.sources.named(one.table, key!),
          distinct: true,
          filter: null,
        },
      };
  }
  if (slots.length !== 1 || only === undefined || (!lines && !counts)) return null;
  const { resolution, sources, index } = state;
  const dim = resolution.dims[0];
  const things = dim !== undefined && resolution.dims.length === 1 && dim.choice?.kind === 'table' ? dim.choice : null;
  const key = things === null ? undefined : index.tables[things.table]!.table.primaryKey[0];
  // 各地区的平均销售额 asks for an average in each of them, 平均每个地区 for one of all.
  const inEach = lines && hasHan(state.text) && !/平均每/.test(state.text);
  if (things === null || key === undefined || resolution.order.length > 0 || inEach) {
    state.doubts.push({ name: 'average-of-lines', cost: counts ? 4 : 2 });
    return null;
  }
  const rows: Expr = {
    kind: 'aggregate',
    fn: 'count',
    arg: { kind: 'star', source: null },
    distinct: false,
    filter: null,
  };
  const sum = only.slot.kind === 'value' ? measureExpr(state, { ...only.slot, fn: 'sum' }, only.choice) : rows;
  if (sum === null) return null;
  return {
    kind: 'arithmetic',
    op: '/',
    left: sum,
    right: { kind: 'aggregate', fn: 'count', arg: sources.named(things.table, key), distinct: true, filter: null },
  };
}

/** "how many customers have more than 5 orders": counts the groups that meet the condition. */
export function countOfGroups(
  state: Compilation,
  slots: Resolution['measures'],
  having: readonly Predicate[],
): SelectPlan | null {
  const { resolution, sources, index, frame } = state;
  const counted = slots[0];
  if (
    slots.length !== 1 ||
    counted?.slot.kind !== 'count' ||
    counted.choice?.kind !== 'table' ||
    resolution.order.length > 0 ||
    frame.share
  )
    return null;
  const key = index.tables[counted.choice.table]!.table.primaryKey.map((column) =>
    sources.named(counted.choice!.table, column),
  );
  const where = whereParts(state);
  if (key.length === 0 || where === null) return null;
  const inner: SelectPlan = {
    ...EMPTY_SELECT,
    items: key.map((expr) => ({ expr, alias: null })),
    sources: sources.sources(),
    where: and([...where, ...state.extra]),
    groupBy: key,
    having: and(having),
  };
  const alias = freshAlias('groups', sources.taken);
  return {
    ...EMPTY_SELECT,
    items: [
      {
        expr: { kind: 'aggregate', fn: 'count', arg: { kind: 'star', source: null }, distinct: false, filter: null },
        alias: measureAlias(state, counted.slot, counted.choice, { kind: 'star', source: null }),
      },
    ],
    sources: [{ kind: 'plan', alias, plan: inner, join: null }],
  };
}

export function percent(part: Expr, whole: Expr): Expr {
  return {
    kind: 'arithmetic',
    op: '/',
    left: { kind: 'arithmetic', op: '*', left: { kind: 'literal', value: 100, type: 'integer' }, right: part },
    right: whole,
  };
}
