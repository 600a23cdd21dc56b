/**
 * Semantic models and metrics as plain data, in the terms of MetricFlow and the dbt semantic layer. Names and
 * references are checked when the layer is loaded; expressions keep their text and are parsed again when compiled.
 */
import type { DateGrain, TableRef } from '../../sql/index.ts';

export interface Named {
  readonly name: string;
  readonly label: string | null;
  readonly description: string;
  /** Other names that people use, in any language (`meta.synonyms`). */
  readonly synonyms: readonly string[];
}

export type EntityType = 'primary' | 'unique' | 'natural' | 'foreign';

export interface Entity extends Named {
  readonly type: EntityType;
  /** An SQL expression over the model's columns; mostly a column. */
  readonly expr: string;
}

export interface Dimension extends Named {
  readonly type: 'categorical' | 'time';
  readonly expr: string;
  /** The finest grain of a time dimension; null for a categorical one. */
  readonly granularity: DateGrain | null;
}

export type MeasureAggregation =
  | 'sum'
  | 'count'
  | 'count_distinct'
  | 'average'
  | 'min'
  | 'max'
  | 'median'
  | 'sum_boolean';

export interface SemanticMeasure extends Named {
  readonly agg: MeasureAggregation;
  readonly expr: string;
  /**
   * Name of the time dimension that dates the measure's facts; null when there is none. Beyond MetricFlow it may be one
   * of a joined model (`order__order_date`), since the lines of an order seldom repeat its date.
   */
  readonly timeDimension: string | null;
}

export interface SemanticModel extends Named {
  readonly table: TableRef;
  /** Name of the entity that identifies a row, when the model has one. */
  readonly primaryEntity: string | null;
  readonly entities: readonly Entity[];
  readonly dimensions: readonly Dimension[];
  readonly measures: readonly SemanticMeasure[];
}

/** A span of time: `30 days`, `1 month`. */
export interface TimeWindow {
  readonly count: number;
  readonly grain: Exclude<DateGrain, 'hour'>;
}

/** A measure as a metric uses it. */
export interface MeasureInput {
  readonly measure: string;
  readonly filters: readonly string[];
  readonly fillNullsWith: number | null;
}

/** A metric as another metric uses it. */
export interface MetricInput {
  readonly metric: string;
  readonly alias: string;
  readonly filters: readonly string[];
  readonly offset: TimeWindow | null;
}

export type Metric = Named & { readonly filters: readonly string[] } & (
    | { readonly type: 'simple'; readonly input: MeasureInput }
    | { readonly type: 'ratio'; readonly numerator: MetricInput; readonly denominator: MetricInput }
    | { readonly type: 'derived'; readonly expr: string; readonly inputs: readonly MetricInput[] }
    | {
        readonly type: 'cumulative';
        readonly input: MeasureInput;
        /** At most one of the two; neither accumulates from the beginning of time. */
        readonly window: TimeWindow | null;
        readonly grainToDate: Exclude<DateGrain, 'hour'> | null;
      }
  );

export type MetricType = Metric['type'];

export interface SemanticLayer {
  readonly models: readonly SemanticModel[];
  readonly metrics: readonly Metric[];
}
