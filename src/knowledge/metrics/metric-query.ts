import type { DateGrain, Scalar } from '../../sql/index.ts';

/** A condition on a dimension, as it comes out of a question. */
export interface MetricFilter {
  /** `dimension`, `entity__dimension`, or a longer path of entities. */
  readonly dimension: string;
  readonly op: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not-in' | 'like' | 'is-null' | 'is-not-null';
  readonly values: readonly Scalar[];
}

/** A condition on a metric's value. */
export interface MetricCondition {
  readonly op: '<' | '<=' | '>' | '>=' | '=';
  /** Exact decimals may be text. */
  readonly value: number | string;
}

/** Calendar days, both included, `YYYY-MM-DD`. */
export interface DayPeriod {
  readonly from: string;
  readonly to: string;
}

/** What is asked of one or several metrics. */
export interface MetricQuery {
  /** Group by these; a time dimension may end in a grain: `order__order_date__month`. */
  readonly dimensions?: readonly string[];
  /** Also group by the metrics' own time in this grain. */
  readonly grain?: DateGrain | null;
  readonly filters?: readonly MetricFilter[];
  readonly period?: DayPeriod | null;
  /** Only groups where the first metric's value fulfils all of these. */
  readonly having?: readonly MetricCondition[];
  /** Default: time first, then the dimensions. `value` orders by the first metric. */
  readonly orderBy?: { readonly by: 'value' | 'keys'; readonly descending: boolean };
  readonly limit?: number | null;
}

export interface MetricFailure {
  readonly code: 'unknown-metric' | 'unknown-dimension' | 'ambiguous-dimension' | 'needs-period' | 'unsupported';
  /** Says what is wrong and what would do instead. */
  readonly message: string;
}

/** Thrown while compiling; {@link compileMetric} turns it into a failure. */
export class MetricCompileError extends Error {
  readonly code: MetricFailure['code'];

  constructor(code: MetricFailure['code'], message: string) {
    super(message);
    this.code = code;
  }
}
