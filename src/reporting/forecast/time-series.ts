/** Reads a result as a regular time series: its grain, its labels and its values, gaps filled. */
import { DateTime } from 'luxon';
import type { Cell } from '../../execution/index.ts';
import { type ChartData, columnRoles, numberOf } from '../charts/index.ts';

export type SeriesGrain = 'year' | 'quarter' | 'month' | 'week' | 'day';

export interface TimeSeries {
  readonly timeColumn: string;
  readonly valueColumn: string;
  readonly grain: SeriesGrain;
  /** First day of each period, `YYYY-MM-DD`, without gaps. */
  readonly periods: readonly string[];
  readonly values: readonly number[];
  /** Periods that the result lacked; their values are interpolated linearly. */
  readonly filled: number;
}

/** Why a result is no series that can be forecast. */
export type SeriesProblem =
  | 'no-time-column'
  | 'no-measure'
  | 'repeated-periods'
  | 'unreadable-periods'
  | 'irregular-periods'
  | 'too-few-periods';

const MAX_FILLED_SHARE = 0.2;
const GRAINS: readonly SeriesGrain[] = ['year', 'quarter', 'month', 'week', 'day'];

/** The day on which a cell's period begins, or null when it is no period. */
export function periodStart(cell: Cell): DateTime | null {
  if (typeof cell === 'number')
    return Number.isInteger(cell) && cell >= 1000 && cell <= 2999 ? DateTime.utc(cell) : null;
  if (typeof cell !== 'string') return null;
  const match =
    /^(\d{4})(?:[-/年](\d{1,2}))?(?:[-/月](\d{1,2}))?[日月年]?(?:[T ].*)?$/.exec(cell) ??
    /^(\d{4})[-\s]?Q([1-4])$/i.exec(cell)?.map((part, i) => (i === 2 ? String(Number(part) * 3 - 2) : part));
  if (!match) return null;
  const [, year, month = '1', day = '1'] = match;
  const date = DateTime.utc(Number(year), Number(month), Number(day));
  return date.isValid ? date : null;
}

/** Takes the first time column and the first measure; rows of one series only. */
export function readTimeSeries(data: ChartData): TimeSeries | SeriesProblem {
  const roles = columnRoles(data);
  const time = roles.find((column) => column.role === 'time');
  const measure = roles.find((column) => column.role === 'measure');
  if (!time) return 'no-time-column';
  if (!measure) return 'no-measure';
  const points = new Map<number, { date: DateTime; value: number }>();
  for (const row of data.rows) {
    const cell = row[time.index] ?? null;
    const value = numberOf(row[measure.index] ?? null);
    if (cell === null || value === null) continue;
    const date = periodStart(cell);
    if (!date) return 'unreadable-periods';
    if (points.has(date.toMillis())) return 'repeated-periods';
    points.set(date.toMillis(), { date, value });
  }
  const sorted = [...points.values()].sort((a, b) => a.date.toMillis() - b.date.toMillis());
  if (sorted.length < 2) return 'too-few-periods';
  return regular(sorted, time.name, measure.name);
}

function regular(
  points: readonly { date: DateTime; value: number }[],
  timeColumn: string,
  valueColumn: string,
): TimeSeries | SeriesProblem {
  const first = points[0]!.date;
  const last = points.at(-1)!.date;
  const grain = GRAINS.find((one) => points.every(({ date }) => fits(first, date, one)));
  if (!grain) return 'irregular-periods';
  const known = new Map(points.map(({ date, value }) => [date.toMillis(), value]));
  const periods: DateTime[] = [];
  for (let date = first; date <= last; date = step(first, grain, periods.length)) periods.push(date);
  const filled = periods.length - points.length;
  if (filled > periods.length * MAX_FILLED_SHARE) return 'irregular-periods';
  return {
    timeColumn,
    valueColumn,
    grain,
    periods: periods.map((date) => date.toISODate()!),
    values: interpolated(periods.map((date) => known.get(date.toMillis()) ?? null)),
    filled,
  };
}

/** The period that lies `count` after a start. */
export function step(start: DateTime, grain: SeriesGrain, count: number): DateTime {
  return grain === 'quarter' ? start.plus({ months: 3 * count }) : start.plus({ [`${grain}s`]: count });
}

function fits(first: DateTime, date: DateTime, grain: SeriesGrain): boolean {
  const unit = grain === 'quarter' ? 'months' : (`${grain}s` as const);
  const distance = date.diff(first, unit).as(unit) / (grain === 'quarter' ? 3 : 1);
  return Number.isInteger(distance);
}

function interpolated(values: readonly (number | null)[]): number[] {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  return values.map((value, index) => {
    if (value !== null) return value;
    const before = known.filter((one) => one.index < index).at(-1)!;
    const after = known.find((one) => one.index > index)!;
    return before.value + ((after.value - before.value) * (index - before.index)) / (after.index - before.index);
  });
}
