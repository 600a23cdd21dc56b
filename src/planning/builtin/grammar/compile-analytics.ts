import type { DateGrain, Expr, Predicate, SelectItem, SelectPlan } from '../../../sql/index.ts';
import { addMonths, fromIso, toIso } from '../periods/calendar.ts';
import type { Period } from '../periods/period.ts';
import type { Choice } from './choices.ts';
import type { Compilation } from './compilation.ts';
import type { measureExpr } from './compile-measure.ts';
import type { dateExpr } from './compile-where.ts';
import type { MeasureSlot } from './frame.ts';
import { and, inPeriod } from './predicates.ts';

const times = (left: Expr, right: Expr): Expr => ({ kind: 'arithmetic', op: '*', left, right });
const HUNDRED: Expr = { kind: 'literal', value: 100, type: 'integer' };

/** Share of the total in percent: 100 · x / Σ x over all groups. */
export function shareItem(measure: Expr): SelectItem {
  const total: Expr = {
    kind: 'window',
    fn: { kind: 'aggregate', fn: 'sum', arg: measure, distinct: false, filter: null },
    partitionBy: [],
    orderBy: [],
    frame: null,
  };
  return { expr: { kind: 'arithmetic', op: '/', left: times(HUNDRED, measure), right: total }, alias: 'percentage' };
}

/** The value of the period before (or a year before) and the change in percent. */
export function growthItems(
  measure: Expr,
  time: Expr,
  base: 'year' | 'previous',
  grain: DateGrain,
  partitionBy: readonly Expr[],
): SelectItem[] {
  const offset =
    base === 'previous' ? 1 : ({ year: 1, quarter: 4, month: 12, week: 52, day: 365, hour: 1 } as const)[grain];
  const before: Expr = {
    kind: 'window',
    fn: { kind: 'lag', arg: measure, offset },
    partitionBy,
    orderBy: [{ expr: time, descending: false, nulls: null }],
    frame: null,
  };
  return [
    { expr: before, alias: 'previous' },
    { expr: percentChange(measure, before), alias: 'change_percent' },
  ];
}

export function percentChange(now: Expr, before: Expr): Expr {
  return {
    kind: 'arithmetic',
    op: '/',
    left: times(HUNDRED, { kind: 'arithmetic', op: '-', left: now, right: before }),
    right: before,
  };
}

export function runningItem(measure: Expr, time: Expr): SelectItem {
  return {
    expr: {
      kind: 'window',
      fn: { kind: 'aggregate', fn: 'sum', arg: measure, distinct: false, filter: null },
      partitionBy: [],
      orderBy: [{ expr: time, descending: false, nulls: null }],
      frame: 'running',
    },
    alias: 'running_total',
  };
}

/** The period to compare with: a year earlier, or as long before. */
export function earlier(
  period: Pick<Period, 'start' | 'end' | 'grain'>,
  base: 'year' | 'previous',
): { start: string; end: string } {
  const start = fromIso(period.start!);
  const end = fromIso(period.end!);
  if (base === 'year') return { start: toIso(addMonths(start, -12)), end: toIso(addMonths(end, -12)) };
  const months = { year: 12, quarter: 3, month: 1 }[period.grain as 'year' | 'quarter' | 'month'];
  const wholeMonths = months !== undefined && period.start!.endsWith('-01') && addMonths(start, months) - 1 === end;
  if (wholeMonths) return { start: toIso(addMonths(start, -months)), end: toIso(start - 1) };
  const days = end - start + 1;
  return { start: toIso(start - days), end: toIso(start - 1) };
}

type Slots = readonly { readonly slot: MeasureSlot; readonly choice: Choice | null }[];

/** One column per period: 2023 against 2024, or a period against the same one a year before, with the change. */
export function comparePeriods(
  state: Compilation,
  dims: readonly SelectItem[],
  groups: readonly Expr[],
  slots: Slots,
  where: (state: Compilation) => (Predicate | null)[] | null,
  measure: typeof measureExpr,
  dateOf: typeof dateExpr,
): SelectPlan | null {
  const { frame, sources } = state;
  const first = frame.periods[0];
  if (first === undefined || first.period.start === null || first.period.end === null) return null;
  const date = dateOf(state, first.anchor);
  if (date === null) return null;
  const spans =
    frame.periods.length >= 2
      ? frame.periods.map((one) => ({ start: one.period.start, end: one.period.end, name: one.period.originalText }))
      : [
          { start: first.period.start, end: first.period.end, name: 'current' },
          { ...earlier(first.period, frame.growth ?? 'previous'), name: 'previous' },
        ];
  const predicates = spans.map((span) => inPeriod(date.expr, span, date.date, date.type));
  const values: Expr[] = [];
  for (const predicate of predicates) {
    const expr = measure(state, slots[0]!.slot, slots[0]!.choice, predicate);
    if (expr === null) return null;
    values.push(expr);
  }
  const rest = where(state);
  if (rest === null) return null;
  const items: SelectItem[] = [...dims, ...values.map((expr, i) => ({ expr, alias: label(spans[i]!) }))];
  if (frame.growth !== null && values.length === 2) {
    const [now, before] =
      frame.periods.length >= 2 && (spans[0]!.start ?? '') < (spans[1]!.start ?? '')
        ? [values[1]!, values[0]!]
        : [values[0]!, values[1]!];
    items.push({ expr: percentChange(now, before), alias: 'change_percent' });
  }
  const periods = predicates.filter((one) => one !== null);
  for (const one of frame.periods)
    state.mappings.push({ unit: one.unit, meaning: `${one.period.start} – ${one.period.end}` });
  return {
    kind: 'select',
    distinct: false,
    items,
    sources: sources.sources(),
    where: and([...rest, { kind: 'or', args: periods }, ...state.extra]),
    groupBy: [...groups],
    having: null,
    orderBy: groups.length > 0 ? [{ expr: values[0]!, descending: true, nulls: null }] : [],
    limit: frame.limit,
    offset: null,
  };
}

function label(span: { readonly start: string | null; readonly end: string | null; readonly name: string }): string {
  if (span.name === 'current' || span.name === 'previous') return span.name;
  return /^[\p{L}\p{N}_ ]{1,30}$/u.test(span.name) ? span.name : `${span.start}`;
}
