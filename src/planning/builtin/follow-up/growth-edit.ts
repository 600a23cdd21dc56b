import type { Expr, Predicate, SelectPlan } from '../../../sql/index.ts';
import { earlier, growthItems, percentChange } from '../grammar/compile-analytics.ts';
import type { DateColumn } from '../grammar/date-columns.ts';
import { withFilter } from '../grammar/knowledge-measure.ts';
import { and, inPeriod } from '../grammar/predicates.ts';
import { fromIso, toIso } from '../periods/calendar.ts';
import { columnsOf, conjuncts, isAggregated, withGroups } from './plan-edits.ts';

interface Dated {
  readonly expr: Expr;
  readonly date: DateColumn;
  readonly type:
    | 'integer'
    | 'decimal'
    | 'float'
    | 'text'
    | 'boolean'
    | 'date'
    | 'time'
    | 'timestamp'
    | 'interval'
    | 'binary'
    | 'json'
    | 'uuid'
    | 'array'
    | 'other';
}

/**
 * 同比 / 环比 on the previous answer: over its time groups the change from row to row; for one period the same
 * measure of the period before (or a year before) beside it; else by month.
 */
export function growthEdit(plan: SelectPlan, base: 'year' | 'previous', dated: Dated | null): SelectPlan | null {
  const measure = plan.items.find((item) => isAggregated(item.expr));
  if (measure === undefined || dated === null) return null;
  const whole = periodOf(plan.where, dated.expr);
  const timed = plan.groupBy.some(isTime);
  if (base === 'year' && timed && whole !== null && fromIso(whole.end) - fromIso(whole.start) < 366) {
    // Too short for a year-on-year row by row: the whole period against the same one a year before.
    const flat: SelectPlan = {
      ...plan,
      items: plan.items.filter((item) => !isTime(item.expr)),
      groupBy: plan.groupBy.filter((expr) => !isTime(expr)),
      orderBy: [],
    };
    return growthEdit(flat, base, dated);
  }
  const grouped = plan.groupBy.find((expr) => expr.kind === 'date-trunc' || expr.kind === 'date-part');
  if (grouped !== undefined) {
    const grain = grouped.kind === 'date-trunc' ? grouped.grain : 'year';
    const others = plan.groupBy.filter((expr) => expr !== grouped);
    return {
      ...plan,
      items: [...plan.items, ...growthItems(measure.expr, grouped, base, grain, others)],
      orderBy: [{ expr: grouped, descending: false, nulls: null }],
      limit: null,
    };
  }
  const span = periodOf(plan.where, dated.expr);
  if (span === null) {
    const month: Expr = { kind: 'date-trunc', grain: 'month', arg: dated.expr };
    const monthly = withGroups({ ...plan, limit: null }, [{ expr: month, alias: 'month' }], [month], false);
    return growthEdit(monthly, base, dated);
  }
  const rest = conjuncts(plan.where).filter((one) => !mentions(one, dated.expr));
  const before = earlier({ ...span, grain: grainOf(span) }, base);
  const now = inPeriod(dated.expr, span, dated.date, dated.type);
  const then = inPeriod(dated.expr, before, dated.date, dated.type);
  if (now === null || then === null) return null;
  const current = withFilter(measure.expr, now);
  const past = withFilter(measure.expr, then);
  const dims = plan.items.filter((item) => !isAggregated(item.expr));
  return {
    ...plan,
    items: [
      ...dims,
      { expr: current, alias: 'current' },
      { expr: past, alias: 'previous' },
      { expr: percentChange(current, past), alias: 'change_percent' },
    ],
    where: and([...rest, { kind: 'or', args: [now, then] }]),
    orderBy: dims.length > 0 ? [{ expr: current, descending: true, nulls: null }] : [],
  };
}

const isTime = (expr: Expr): boolean => expr.kind === 'date-trunc' || expr.kind === 'date-part';

const mentions = (predicate: Predicate, date: Expr): boolean =>
  date.kind === 'column' &&
  columnsOf(predicate).some((one) => one.source === date.source && one.column === date.column);

/** The closed period that the plan is limited to, read off its conditions. */
function periodOf(where: Predicate | null, date: Expr): { start: string; end: string } | null {
  let start: string | null = null;
  let end: string | null = null;
  for (const one of conjuncts(where)) {
    if (
      one.kind !== 'comparison' ||
      !mentions(one, date) ||
      one.right.kind !== 'literal' ||
      typeof one.right.value !== 'string'
    )
      continue;
    const value = one.right.value.slice(0, 10);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) continue;
    if (one.op === '>=') start = value;
    else if (one.op === '<') end = toIso(fromIso(value) - 1);
    else if (one.op === '<=') end = value;
    else if (one.op === '=') start = end = value;
  }
  return start === null || end === null ? null : { start, end };
}

function grainOf(span: { readonly start: string; readonly end: string }): 'year' | 'quarter' | 'month' | 'day' {
  const days = fromIso(span.end) - fromIso(span.start) + 1;
  return days >= 365 ? 'year' : days >= 89 && days <= 92 ? 'quarter' : days >= 28 && days <= 31 ? 'month' : 'day';
}
