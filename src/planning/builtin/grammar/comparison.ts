/**
 * 同比 and 环比: a measure beside the same measure of an earlier period, as a layer over a plan that can be taken off
 * again. Over time groups each row stands beside the row one step (or a year) before, whether or not the earlier one is
 * among the rows shown; without time groups the period of the plan stands beside the one before. A period that is still
 * running is compared with as much of the earlier one.
 */
import {
  type ColumnType,
  EMPTY_SELECT,
  type Expr,
  type Join,
  type Plan,
  type Predicate,
  renameAliases,
  type SelectItem,
  type SelectPlan,
  sameExpr,
  walkExpr,
} from '../../../sql/index.ts';
import type { DateColumn } from './date-columns.ts';
import { withFilter } from './knowledge-measure.ts';
import { conjuncts, firstMeasure, isAggregated, isTime, mentions, resolveOrdinal } from './plan-parts.ts';
import { and, inPeriod } from './predicates.ts';
import { lengthOf, periodOf, type Shift, type Span, STEPS, sameDay, shifted, YEAR } from './shift-periods.ts';

/** What stands beside the measure: the same a year before, one step before, or of a period that was named. */
export type Comparison = 'year' | 'previous' | Span;

/** The column that dates the rows of a plan. */
export interface Dated {
  readonly expr: Expr;
  readonly date: DateColumn;
  readonly type: ColumnType;
}

/** The columns of a comparison. */
export const CURRENT = 'current';
export const PREVIOUS = 'previous';
export const CHANGE = 'change_percent';

const literal = (value: number): Expr => ({ kind: 'literal', value, type: 'integer' });

/** The change from `before` to `now` in percent. */
export function percentChange(now: Expr, before: Expr): Expr {
  const change: Expr = { kind: 'arithmetic', op: '-', left: now, right: before };
  const times: Expr = { kind: 'arithmetic', op: '*', left: literal(100), right: change };
  return { kind: 'arithmetic', op: '/', left: times, right: before };
}

/** Puts the earlier value and the change beside the first measure; null when the plan's dates do not allow it. */
export function withComparison(
  plan: SelectPlan,
  comparison: Comparison,
  dated: Dated,
  today: string,
): SelectPlan | null {
  const measure = firstMeasure(plan);
  if (measure === undefined || isDatedInside(measure.expr, dated.expr)) return null;
  const groups = plan.groupBy.map((expr) => resolveOrdinal(expr, plan));
  const time = groups.find(isTime) ?? groups.find((expr) => dated.date.time === 'year' && sameExpr(expr, dated.expr));
  const limited = conjuncts(plan.where).some((one) => mentions(one, dated.expr));
  if (time === undefined && limited) return besidePeriod(plan, measure, comparison, dated, today);
  if (typeof comparison === 'object') return null;
  if (time === undefined) {
    const monthly = withMonths(plan, groups, dated);
    return monthly === null ? null : withComparison(monthly, comparison, dated, today);
  }
  if (!limited && groups.length === 1 && time.kind === 'date-trunc')
    return besideRowBefore(plan, measure.expr, time, comparison);
  return besideSeries(plan, groups, time, comparison, dated, today);
}

/** A comparison without a period is shown month by month. */
function withMonths(plan: SelectPlan, groups: readonly Expr[], dated: Dated): SelectPlan | null {
  if (dated.date.time === 'year')
    return {
      ...plan,
      items: [{ expr: dated.expr, alias: null }, ...plan.items],
      groupBy: [dated.expr, ...groups],
      limit: null,
      orderBy: [],
    };
  const month: Expr = { kind: 'date-trunc', grain: 'month', arg: dated.expr };
  return {
    ...plan,
    items: [{ expr: month, alias: 'month' }, ...plan.items],
    groupBy: [month, ...groups],
    limit: null,
    orderBy: [],
  };
}

/** An unbroken series of all there is: the row before, or as many rows before as a year has. */
function besideRowBefore(
  plan: SelectPlan,
  measure: Expr,
  time: Extract<Expr, { kind: 'date-trunc' }>,
  comparison: 'year' | 'previous',
): SelectPlan | null {
  const rows = { year: 1, quarter: 4, month: 12, week: 52, day: 365, hour: null } as const;
  const offset = comparison === 'previous' ? 1 : rows[time.grain];
  if (offset === null) return null;
  const orderBy = [{ expr: time, descending: false, nulls: null }] as const;
  const before: Expr = {
    kind: 'window',
    fn: { kind: 'lag', arg: measure, offset },
    partitionBy: [],
    orderBy,
    frame: null,
  };
  return {
    ...plan,
    items: [...plan.items, { expr: before, alias: PREVIOUS }, { expr: percentChange(measure, before), alias: CHANGE }],
    orderBy,
    limit: null,
  };
}

/** One row for each group: the plan's period and the earlier one in two columns. */
function besidePeriod(
  plan: SelectPlan,
  measure: SelectItem,
  comparison: Comparison,
  dated: Dated,
  today: string,
): SelectPlan | null {
  const conditions = conjuncts(plan.where).filter((one) => mentions(one, dated.expr));
  const rest = conjuncts(plan.where).filter((one) => !mentions(one, dated.expr));
  const span = periodOf(plan.where, dated.expr);
  const now = and(conditions);
  let then: Predicate | null;
  if (typeof comparison === 'object') {
    const cut = span === null || span.end <= today || span.start > today ? comparison.end : null;
    then = inPeriod(
      dated.expr,
      { ...comparison, end: cut ?? sameDay(span!, today, comparison) },
      dated.date,
      dated.type,
    );
  } else {
    const shift = comparison === 'year' || dated.date.time === 'year' ? YEAR : span === null ? null : lengthOf(span);
    if (shift === null || (span === null && dated.date.time !== 'year')) return null;
    then = and(conditions.map((one) => shifted(one, shift, today)));
    if (conditions.some((one) => shifted(one, shift, today) === null)) return null;
  }
  if (now === null || then === null) return null;
  const current = withFilter(measure.expr, now);
  const past = withFilter(measure.expr, then);
  const dims = plan.items.filter((item) => !isAggregated(item.expr));
  return {
    ...plan,
    items: [
      ...dims,
      { expr: current, alias: CURRENT },
      { expr: past, alias: PREVIOUS },
      { expr: percentChange(current, past), alias: CHANGE },
    ],
    where: and([...rest, { kind: 'or', args: [now, then] }]),
    having: null,
    orderBy: dims.length > 0 ? [{ expr: current, descending: true, nulls: null }] : [],
  };
}

/** Time groups within a period, or beside other groups: two plans joined on their groups, the earlier one moved up. */
function besideSeries(
  plan: SelectPlan,
  groups: readonly Expr[],
  time: Expr,
  comparison: 'year' | 'previous',
  dated: Dated,
  today: string,
): SelectPlan | null {
  const step = stepOf(time, comparison);
  if (step === null) return null;
  const items = namedItems(plan, groups);
  const nameOf = (expr: Expr): string => items.find((item) => sameExpr(item.expr, expr))!.alias!;
  const measure = items.find((item) => isAggregated(item.expr))!;
  const present: SelectPlan = { ...plan, items, groupBy: groups, orderBy: [], limit: null, offset: null };
  const where = conjuncts(plan.where).map((one) => (mentions(one, dated.expr) ? shifted(one, step, today) : one));
  if (where.some((one) => one === null)) return null;
  const past: SelectPlan = {
    ...present,
    items: items.filter((item) => item === measure || groups.some((expr) => sameExpr(expr, item.expr))),
    where: and(where),
    having: null,
  };
  const shown = items.filter((item) => plan.items.some((one) => sameExpr(one.expr, item.expr)));
  const keys = [time, ...groups.filter((expr) => expr !== time)].map((expr) => nameOf(expr));
  return joinedWithEarlier({
    present,
    past,
    shown: shown.map((item) => item.alias!),
    measure: measure.alias!,
    keys,
    moved: (name, expr) => (name === keys[0] ? moved(expr, time, step) : expr),
    limit: plan.limit,
  });
}

/** Two plans of equal shape whose items have names: now, and earlier. */
export interface PresentAndPast {
  readonly present: Plan;
  readonly past: Plan;
  /** The items of `present` to show, in order. */
  readonly shown: readonly string[];
  readonly measure: string;
  /** The items that tell the rows apart, in the order of the rows. */
  readonly keys: readonly string[];
  /** The key of an earlier row as it is in the row that it stands beside. */
  readonly moved: (name: string, expr: Expr) => Expr;
  readonly limit: number | null;
}

/** Each row of `present` with the measure of its row in `past` and the change. */
export function joinedWithEarlier({ present, past, shown, measure, keys, moved, limit }: PresentAndPast): SelectPlan {
  const now = (name: string): Expr => ({ kind: 'column', source: 'present', column: name });
  const before = (name: string): Expr => ({ kind: 'column', source: 'past', column: name });
  const on = keys.map(
    (name): Predicate => ({ kind: 'comparison', op: '=', left: now(name), right: moved(name, before(name)) }),
  );
  const earlier = renameAliases(past, (alias) => `${alias}_past`);
  const join: Join = keys.length === 0 ? { kind: 'cross', on: null } : { kind: 'left', on: and(on) };
  const ordered = keys.filter((name) => shown.includes(name));
  return {
    ...EMPTY_SELECT,
    items: [
      ...shown.map((name) => ({ expr: now(name), alias: name })),
      { expr: before(measure), alias: PREVIOUS },
      { expr: percentChange(now(measure), before(measure)), alias: CHANGE },
    ],
    sources: [
      { kind: 'plan', alias: 'present', plan: present, join: null },
      { kind: 'plan', alias: 'past', plan: earlier, join },
    ],
    orderBy:
      limit === null
        ? ordered.map((name) => ({ expr: now(name), descending: false, nulls: null }))
        : [{ expr: now(measure), descending: true, nulls: null }],
    limit,
  };
}

/** The items with a name each, and the groups that are not shown. */
export function namedItems(plan: SelectPlan, groups: readonly Expr[]): readonly SelectItem[] {
  const hidden = groups.filter((expr) => !plan.items.some((item) => sameExpr(item.expr, expr)));
  const taken = new Set<string>();
  return [...plan.items, ...hidden.map((expr) => ({ expr, alias: null }))].map(({ expr, alias }) => {
    const base = alias ?? (expr.kind === 'column' ? expr.column : 'value');
    let name = base;
    for (let i = 2; taken.has(name); i += 1) name = `${base}_${i}`;
    taken.add(name);
    return { expr, alias: name };
  });
}

function stepOf(time: Expr, comparison: 'year' | 'previous'): Shift | null {
  if (time.kind === 'date-trunc')
    return comparison === 'previous'
      ? STEPS[time.grain]
      : time.grain === 'week'
        ? { unit: 'day', amount: 364 }
        : time.grain === 'hour'
          ? null
          : YEAR;
  // The month of any year stands beside itself; years stand beside the year before.
  return time.kind !== 'date-part' || time.part === 'year' || comparison === 'year' ? YEAR : null;
}

/** The time of an earlier row, moved to the row it is compared with. */
function moved(expr: Expr, time: Expr, step: Shift): Expr {
  if (time.kind === 'date-trunc') return { kind: 'date-add', arg: expr, amount: step.amount, unit: step.unit };
  if (time.kind === 'date-part' && time.part !== 'year') return expr;
  return { kind: 'arithmetic', op: '+', left: expr, right: literal(1) };
}

function isDatedInside(measure: Expr, date: Expr): boolean {
  let found = false;
  walkExpr(measure, {
    expr(one) {
      if (one.kind === 'aggregate' && one.filter !== null && mentions(one.filter, date)) found = true;
    },
  });
  return found;
}
