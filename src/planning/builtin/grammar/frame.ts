import type { AggregateName, ComparisonOp, DateGrain, Scalar } from '../../../sql/index.ts';
import type { Superlative } from '../lexicon/superlatives.ts';
import type { Period } from '../periods/period.ts';
import type { Unit } from './units.ts';

/** What a question asks for, before names are resolved to tables and columns. */
export interface Frame {
  readonly measures: MeasureSlot[];
  readonly dims: DimSlot[];
  /** The things to list, rank or count groups of; null when the question names none. */
  entity: Unit | null;
  /** Columns to show in a list. */
  readonly columns: Unit[];
  readonly filters: ValueFilter[];
  readonly conditions: Condition[];
  readonly periods: PeriodFilter[];
  readonly order: OrderSlot[];
  limit: number | null;
  /** Rows to leave out first: "the second most expensive". */
  offset: number | null;
  readonly flags: FlagFilter[];
  /** Date column that the question names instead of a table, e.g. 每年入职人数. */
  anchor: Unit | null;
  readonly absent: Unit[];
  readonly present: Unit[];
  /** Tables that are mentioned and must be joined although nothing of them is shown. */
  readonly context: Unit[];
  distinct: boolean;
  share: boolean;
  growth: 'year' | 'previous' | null;
  running: boolean;
  compare: boolean;
  /** "average number of orders per customer". */
  averagePer: boolean;
  star: boolean;
  list: boolean;
  /** Units that play a part; the rest of the content words is uncovered. */
  readonly used: Set<Unit>;
  /** Guesses the reading rests on; each costs confidence. */
  readonly guesses: string[];
}

export type MeasureSlot =
  | { readonly kind: 'count'; readonly unit: Unit | null; readonly distinct: boolean }
  | { readonly kind: 'value'; readonly unit: Unit; readonly fn: AggregateName | null }
  | { readonly kind: 'average-order'; readonly unit: Unit }
  | {
      readonly kind: 'hint';
      readonly unit: Unit;
      readonly superlative: Superlative;
      readonly fn: AggregateName | null;
    };

export type DimSlot =
  | { readonly kind: 'unit'; readonly unit: Unit }
  | { readonly kind: 'grain'; readonly grain: DateGrain; readonly unit: Unit | null; readonly anchor: Unit | null };

export interface ValueFilter {
  readonly units: readonly Unit[];
  /** The column or table named beside the value. */
  readonly qualifier: Unit | null;
  readonly negated: boolean;
  /** How several values were joined: all of them asked about ("and"), or any ("or"). */
  readonly alternatives: 'and' | 'or';
  /** The word that ties the value to the partner of a self join ("reports to X"). */
  readonly through: Unit | null;
  /** Behind "by": the maker of the thing, never its own name. */
  readonly by: boolean;
  readonly match: 'equals' | 'contains' | 'starts' | 'ends';
}

export interface Condition {
  readonly operand: MeasureSlot;
  readonly op: ComparisonOp | 'between' | 'null' | 'not-null';
  readonly low: Scalar;
  readonly high: Scalar;
  readonly unit: Unit;
  readonly aggregated: boolean;
  /** The other date column that the operand is compared with: "shipped after the required date". */
  readonly than?: Unit;
  /** Compare with the average of the operand instead of a number. */
  readonly average?: boolean;
}

export interface FlagFilter {
  readonly unit: Unit;
  readonly value: boolean;
}

export interface PeriodFilter {
  readonly period: Period;
  readonly unit: Unit;
  readonly anchor: Unit | null;
}

export interface OrderSlot {
  readonly by: MeasureSlot | 'first-measure';
  readonly descending: boolean;
  readonly superlative: Superlative | null;
}

export function emptyFrame(): Frame {
  return {
    measures: [],
    dims: [],
    entity: null,
    columns: [],
    filters: [],
    conditions: [],
    periods: [],
    order: [],
    limit: null,
    offset: null,
    flags: [],
    anchor: null,
    absent: [],
    present: [],
    context: [],
    distinct: false,
    share: false,
    growth: null,
    running: false,
    compare: false,
    averagePer: false,
    star: false,
    list: false,
    used: new Set(),
    guesses: [],
  };
}
