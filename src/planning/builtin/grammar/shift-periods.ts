/** Periods moved back in time: a year, or by their own length. */
import type { DateGrain, Expr, Predicate } from '../../../sql/index.ts';
import { addMonths, fromIso, toIso } from '../periods/calendar.ts';
import { conjuncts, mentions } from './plan-parts.ts';

export interface Span {
  readonly start: string;
  readonly end: string;
}

export interface Shift {
  readonly unit: 'month' | 'day';
  readonly amount: number;
}

export const YEAR: Shift = { unit: 'month', amount: 12 };
/** From one row of a series to the next. */
export const STEPS: Readonly<Record<DateGrain, Shift | null>> = {
  year: YEAR,
  quarter: { unit: 'month', amount: 3 },
  month: { unit: 'month', amount: 1 },
  week: { unit: 'day', amount: 7 },
  day: { unit: 'day', amount: 1 },
  hour: null,
};
/** The period that a comparison looks at; as far into it as today is into its own. */
export function earlierSpan(span: Span, comparison: 'year' | 'previous', today: string): Span {
  const shift = comparison === 'year' ? YEAR : lengthOf(span);
  const running = span.start <= today && span.end > today;
  const whole = toIso(fromIso(back(toIso(fromIso(span.end) + 1), shift)) - 1);
  return { start: back(span.start, shift), end: running ? back(today, shift) : whole };
}

/** How far back as long a period begins: whole months by months, anything else by its days. */
export function lengthOf(span: Span): Shift {
  const start = fromIso(span.start);
  const next = fromIso(span.end) + 1;
  if (span.start.endsWith('-01') && toIso(next).endsWith('-01'))
    for (let months = 1; addMonths(start, months) <= next; months += 1)
      if (addMonths(start, months) === next) return { unit: 'month', amount: months };
  return { unit: 'day', amount: next - start };
}

/** A day moved back. */
export const back = (iso: string, { unit, amount }: Shift): string =>
  toIso(unit === 'month' ? addMonths(fromIso(iso), -amount) : fromIso(iso) - amount);

/** As far into the other period as today is into its own. */
export function sameDay(span: Span, today: string, other: Span): string {
  const end = fromIso(other.start) + fromIso(today) - fromIso(span.start);
  return toIso(Math.min(end, fromIso(other.end)));
}

/** A condition on the date moved back; an end that has not come yet is today's. Null when it is no plain condition. */
export function shifted(predicate: Predicate, shift: Shift, today: string): Predicate | null {
  if (predicate.kind === 'and' || predicate.kind === 'or') {
    const args = predicate.args.map((one) => shifted(one, shift, today));
    return args.some((one) => one === null) ? null : { ...predicate, args: args.filter((one) => one !== null) };
  }
  const move = (expr: Expr, side: 'start' | 'last' | 'next'): Expr | null => {
    if (expr.kind !== 'literal') return null;
    if (typeof expr.value === 'number') return { ...expr, value: expr.value - shift.amount / 12 };
    if (typeof expr.value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(expr.value)) return null;
    const date = expr.value.slice(0, 10);
    const tail = expr.value.slice(10);
    if (side === 'next' && date > toIso(fromIso(today) + 1))
      return { ...expr, value: toIso(fromIso(back(today, shift)) + 1) + tail };
    return { ...expr, value: back(side === 'last' && date > today ? today : date, shift) + tail };
  };
  if (predicate.kind === 'comparison') {
    const side = predicate.op === '<' ? 'next' : predicate.op === '<=' ? 'last' : 'start';
    const right = move(predicate.right, side);
    return right === null || predicate.op === '!=' ? null : { ...predicate, right };
  }
  if (predicate.kind !== 'between' || predicate.negated) return null;
  const low = move(predicate.low, 'start');
  const high = move(predicate.high, 'last');
  return low === null || high === null ? null : { ...predicate, low, high };
}

/** The closed period that conditions limit a date to. */
export function periodOf(where: Predicate | null, date: Expr): Span | null {
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
