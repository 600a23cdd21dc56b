/** Facts about dates that a question may refer to, so that a model need not compute them. */
import { DateTime } from 'luxon';

/** Lines such as `last month: 2025-01-01 up to, without, 2025-02-01`. */
export function dateContext(today: string): string {
  const day = DateTime.fromISO(today, { zone: 'utc' });
  if (!day.isValid) return `today: ${today}`;
  const range = (from: DateTime, to: DateTime): string => `${from.toISODate()} up to, without, ${to.toISODate()}`;
  const month = day.startOf('month');
  const quarter = day.startOf('quarter');
  const year = day.startOf('year');
  const week = day.startOf('week');
  return [
    `today: ${today} (${day.setLocale('en').toFormat('cccc')})`,
    `this week (from Monday): ${range(week, week.plus({ weeks: 1 }))}`,
    `last week: ${range(week.minus({ weeks: 1 }), week)}`,
    `this month: ${range(month, month.plus({ months: 1 }))}`,
    `last month: ${range(month.minus({ months: 1 }), month)}`,
    `this quarter: ${range(quarter, quarter.plus({ months: 3 }))}`,
    `last quarter: ${range(quarter.minus({ months: 3 }), quarter)}`,
    `this year: ${range(year, year.plus({ years: 1 }))}`,
    `last year: ${range(year.minus({ years: 1 }), year)}`,
    `last 30 days: ${range(day.minus({ days: 29 }), day.plus({ days: 1 }))}`,
  ].join('\n');
}
