import type { DateGrain } from '../../../sql/index.ts';
import type { Day } from './period.ts';

const DAY_MS = 86_400_000;

/** The day number of a calendar date; month may lie outside 1–12 and rolls over. */
export function day(year: number, month: number, date: number): Day {
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, date);
  return Math.round(time.getTime() / DAY_MS);
}

/** Year, month (1–12) and date of a day number. */
export function parts(value: Day): { year: number; month: number; date: number } {
  const time = new Date(value * DAY_MS);
  return { year: time.getUTCFullYear(), month: time.getUTCMonth() + 1, date: time.getUTCDate() };
}

export function isValidDate(year: number, month: number, date: number): boolean {
  if (month < 1 || month > 12 || date < 1 || year < 1 || year > 9999) return false;
  return parts(day(year, month, date)).month === month;
}

/** `YYYY-MM-DD` → day number. */
export function fromIso(iso: string): Day {
  const [year, month, date] = iso.split('-').map(Number) as [number, number, number];
  return day(year, month, date);
}

export function toIso(value: Day): string {
  const { year, month, date } = parts(value);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(value: Day): number {
  return ((((value + 3) % 7) + 7) % 7) + 1;
}

/** Same date `count` months later, clamped to the month's last day. */
export function addMonths(value: Day, count: number): Day {
  const { year, month, date } = parts(value);
  const last = day(year, month + count + 1, 1) - 1;
  return Math.min(day(year, month + count, date <= 28 ? date : 1) + (date <= 28 ? 0 : date - 1), last);
}

/** First and last day of the `grain` that holds `value`, shifted by `shift` grains. */
export function calendarSpan(
  value: Day,
  grain: DateGrain,
  shift: number,
  weekStart: 1 | 7 = 1,
): { start: Day; end: Day } {
  const { year, month } = parts(value);
  switch (grain) {
    case 'year':
      return { start: day(year + shift, 1, 1), end: day(year + shift, 12, 31) };
    case 'quarter': {
      const first = Math.floor((month - 1) / 3) * 3 + 1 + shift * 3;
      return { start: day(year, first, 1), end: day(year, first + 3, 1) - 1 };
    }
    case 'month':
      return { start: day(year, month + shift, 1), end: day(year, month + shift + 1, 1) - 1 };
    case 'week': {
      const back = weekStart === 1 ? weekday(value) - 1 : weekday(value) % 7;
      const start = value - back + shift * 7;
      return { start, end: start + 6 };
    }
    default:
      return { start: value + shift, end: value + shift };
  }
}

/** First day of `count` grains back, so that the span up to `value` covers `count` of them (rolling). */
export function rollingStart(value: Day, grain: DateGrain, count: number): Day {
  switch (grain) {
    case 'year':
      return addMonths(value, -12 * count) + 1;
    case 'quarter':
      return addMonths(value, -3 * count) + 1;
    case 'month':
      return addMonths(value, -count) + 1;
    case 'week':
      return value - count * 7 + 1;
    default:
      return value - count + 1;
  }
}

/** ISO week `week` of `year`: Monday to Sunday. */
export function isoWeek(year: number, week: number): { start: Day; end: Day } {
  const fourth = day(year, 1, 4);
  const start = fourth - (weekday(fourth) - 1) + (week - 1) * 7;
  return { start, end: start + 6 };
}
