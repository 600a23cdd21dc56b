import type { DateAddExpr, Expr } from '../../sql/index.ts';
import type { DayPeriod } from './metric-query.ts';
import type { TimeWindow } from './semantic-layer.ts';

/** `expr` moved by the window, forward for sign 1, back for -1. */
export function shiftExpr(arg: Expr, window: TimeWindow, sign: 1 | -1): DateAddExpr {
  const { months, days } = inMonthsOrDays(window);
  return months === 0
    ? { kind: 'date-add', arg, amount: sign * days, unit: 'day' }
    : { kind: 'date-add', arg, amount: sign * months, unit: 'month' };
}

/** The period one window earlier. A period that ends with its month still does, so that whole months stay whole. */
export function shiftPeriodBack(period: DayPeriod, window: TimeWindow): DayPeriod {
  return { from: shiftDayBack(period.from, window, false), to: shiftDayBack(period.to, window, isMonthEnd(period.to)) };
}

/** The day `days` after an ISO day. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function inMonthsOrDays(window: TimeWindow): { readonly months: number; readonly days: number } {
  switch (window.grain) {
    case 'year':
      return { months: 12 * window.count, days: 0 };
    case 'quarter':
      return { months: 3 * window.count, days: 0 };
    case 'month':
      return { months: window.count, days: 0 };
    case 'week':
      return { months: 0, days: 7 * window.count };
    case 'day':
      return { months: 0, days: window.count };
  }
}

function shiftDayBack(day: string, window: TimeWindow, keepMonthEnd: boolean): string {
  const { months, days } = inMonthsOrDays(window);
  if (months === 0) return addDays(day, -days);
  const date = new Date(`${day}T00:00:00Z`);
  const target = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1));
  const lastDay = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(keepMonthEnd ? lastDay : Math.min(date.getUTCDate(), lastDay));
  return target.toISOString().slice(0, 10);
}

const isMonthEnd = (day: string): boolean => addDays(day, 1).endsWith('-01');
