/** Calendar days as whole numbers since 1970-01-01, free of time zones. */
const MILLISECONDS_PER_DAY = 86_400_000;

/** The day number of a `YYYY-MM-DD` date. */
export const dayNumber = (isoDate: string): number => Date.parse(`${isoDate}T00:00:00Z`) / MILLISECONDS_PER_DAY;

/** The `YYYY-MM-DD` date of a day number. */
export const isoDay = (day: number): string => new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);

/** 0 = Sunday … 6 = Saturday. */
export const weekday = (day: number): number => new Date(day * MILLISECONDS_PER_DAY).getUTCDay();

/** The day number of the first day of the month `months` before the month of `day`. */
export function monthStart(day: number, months: number): number {
  const date = new Date(day * MILLISECONDS_PER_DAY);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1) / MILLISECONDS_PER_DAY;
}
