import type { DateGrain } from '../../../sql/index.ts';
import { calendarSpan, rollingStart } from './calendar.ts';
import type { Day, Span } from './period.ts';

export interface RuleContext {
  readonly today: Day;
  readonly fiscalStart: number;
  readonly weekStart: 1 | 7;
}

export type Rule = readonly [RegExp, (match: RegExpMatchArray, context: RuleContext) => Span | null];

/** A calendar period around today: this month (0), last month (-1), next month (1). */
export function calendar(context: RuleContext, grain: DateGrain, shift: number): Span {
  return { ...calendarSpan(context.today, grain, shift, context.weekStart), grain, kind: 'relative' };
}

/** The last `count` grains up to and including today. */
export function rolling(context: RuleContext, grain: DateGrain, count: number): Span | null {
  if (count < 1 || count > 100_000) return null;
  return { start: rollingStart(context.today, grain, count), end: context.today, grain, kind: 'relative' };
}

/** Start of a fiscal year that is named by the calendar year it ends in. */
export function fiscalYear(context: RuleContext, year: number): { year: number; month: number } {
  return context.fiscalStart === 1 ? { year, month: 1 } : { year: year - 1, month: context.fiscalStart };
}

/** Two-digit years: 00–69 → 2000s, 70–99 → 1900s. */
export function fullYear(text: string): number {
  const value = Number(text);
  if (text.length > 2) return value;
  return value < 70 ? 2000 + value : 1900 + value;
}
