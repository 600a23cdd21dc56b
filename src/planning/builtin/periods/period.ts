import type { DateGrain } from '../../../sql/index.ts';

/** A period named in a question: `start` and `end` are inclusive ISO dates; an open side is null. */
export interface Period {
  readonly originalText: string;
  /** Position of `originalText` in the question. */
  readonly offset: number;
  readonly start: string | null;
  readonly end: string | null;
  readonly grain: DateGrain;
  /** `specific`: fixed on the calendar; `relative`: depends on today; `range`: two ends or an open side. */
  readonly kind: 'specific' | 'range' | 'relative';
  readonly confidence: number;
}

export interface PeriodOptions {
  readonly language?: 'en' | 'zh';
  /** 1 (January, the default) to 12. Fiscal year N is the one that ends in calendar year N. */
  readonly fiscalYearStartMonth?: number;
  /** First day of a week: 1 = Monday (default, ISO and Chinese), 7 = Sunday. */
  readonly weekStart?: 1 | 7;
}

/** What a rule finds: a span of days before it gets its text. */
export interface Span {
  readonly start: Day | null;
  readonly end: Day | null;
  readonly grain: DateGrain;
  readonly kind: Period['kind'];
  readonly confidence?: number;
}

/** Days since 1970-01-01. */
export type Day = number;
