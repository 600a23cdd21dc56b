/** The period of an analysis and the ones it is compared with. Days are ISO dates, both ends inclusive. */
import type { Period } from '../../../planning/index.ts';

export interface DayRange {
  readonly start: string;
  readonly end: string;
}

export interface AnalysisPeriods {
  /** Null: all of history. */
  readonly asked: DayRange | null;
  readonly current: DayRange;
  /** The same days one year before. */
  readonly yearBefore: DayRange;
  readonly grain: 'day' | 'week' | 'month';
}

const DAY_MS = 86_400_000;
const LONG_DAYS = 120;

const toDay = (iso: string): number => Date.parse(`${iso}T00:00:00Z`);
const toIso = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The question's first closed period, ended today at the latest; else the last twelve months. */
export function analysisPeriods(periods: readonly Period[], today: string): AnalysisPeriods {
  const named = periods.find((period) => period.start !== null);
  const asked = named?.start ? { start: named.start, end: [named.end ?? today, today].sort()[0] ?? today } : null;
  const valid = asked !== null && asked.start <= asked.end ? asked : null;
  const current = valid ?? { start: nextDay(yearEarlier(today)), end: today };
  const days = (toDay(current.end) - toDay(current.start)) / DAY_MS + 1;
  return {
    asked: valid,
    current,
    yearBefore: { start: yearEarlier(current.start), end: yearEarlier(current.end) },
    grain: days > LONG_DAYS ? 'month' : days > 45 ? 'week' : 'day',
  };
}

const nextDay = (iso: string): string => toIso(toDay(iso) + DAY_MS);

/** 29 February becomes the 28th. */
function yearEarlier(iso: string): string {
  const [year = '', rest = ''] = [iso.slice(0, 4), iso.slice(4)];
  return `${Number(year) - 1}${rest === '-02-29' ? '-02-28' : rest}`;
}
