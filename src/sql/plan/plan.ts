/**
 * The plan: a logical query as plain, read-only, serialisable data. Planners write it, renderers turn it
 * into the SQL of one dialect, follow-ups edit it. It can only read: there is no node that writes.
 *
 * Scoping: each source of a {@link SelectPlan} has an alias unique within the whole plan tree; a
 * {@link ColumnExpr} names the alias, so a sub-query refers to an outer source simply by that alias.
 */
import type { Scalar, TableRef } from '../schema/database-schema.ts';

export type Plan = SelectPlan | SetPlan;

export interface SelectPlan {
  readonly kind: 'select';
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  /** The first source is the root; every later one has a join. Empty for `SELECT 1`. */
  readonly sources: readonly Source[];
  readonly where: Predicate | null;
  readonly groupBy: readonly Expr[];
  readonly having: Predicate | null;
  readonly orderBy: readonly OrderItem[];
  readonly limit: number | null;
  readonly offset: number | null;
}

/** UNION, INTERSECT, EXCEPT of two plans with equally many items. Order and limit apply to the whole. */
export interface SetPlan {
  readonly kind: 'set';
  readonly op: 'union' | 'union-all' | 'intersect' | 'except';
  readonly left: Plan;
  readonly right: Plan;
  /** `column` expressions here name output columns by `ordinal` items only. */
  readonly orderBy: readonly OrderItem[];
  readonly limit: number | null;
  readonly offset: number | null;
}

export interface SelectItem {
  readonly expr: Expr;
  /** Output column name; null lets the renderer take the column's own name or make one. */
  readonly alias: string | null;
}

export type Source = TableSource | PlanSource;

export interface TableSource {
  readonly kind: 'table';
  readonly alias: string;
  readonly table: TableRef;
  readonly join: Join | null;
}

export interface PlanSource {
  readonly kind: 'plan';
  readonly alias: string;
  readonly plan: Plan;
  readonly join: Join | null;
}

export interface Join {
  readonly kind: 'inner' | 'left' | 'cross';
  /** Null only for `cross`. */
  readonly on: Predicate | null;
}

export interface OrderItem {
  readonly expr: Expr;
  readonly descending: boolean;
  /** Where NULLs go; null leaves the renderer's default: last, in every dialect. */
  readonly nulls: 'first' | 'last' | null;
}

export type Expr =
  | ColumnExpr
  | StarExpr
  | LiteralExpr
  | OrdinalExpr
  | AggregateExpr
  | ArithmeticExpr
  | NegateExpr
  | DateTruncExpr
  | DatePartExpr
  | DateAddExpr
  | DateDiffExpr
  | CaseExpr
  | CastExpr
  | FunctionExpr
  | WindowExpr
  | ScalarPlanExpr;

export interface ColumnExpr {
  readonly kind: 'column';
  /** Alias of the source. */
  readonly source: string;
  readonly column: string;
}

/** `*`, or `alias.*`. Only as a select item or as the argument of `count`. */
export interface StarExpr {
  readonly kind: 'star';
  readonly source: string | null;
}

export type LiteralType = 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'timestamp' | 'null';

/** A constant. Dates are `YYYY-MM-DD`, timestamps `YYYY-MM-DD HH:MM:SS`; exact decimals may be strings. */
export interface LiteralExpr {
  readonly kind: 'literal';
  readonly value: Scalar;
  readonly type: LiteralType;
}

/** Refers to a select item by its 0-based position (GROUP BY and ORDER BY only). */
export interface OrdinalExpr {
  readonly kind: 'ordinal';
  readonly index: number;
}

export type AggregateName = 'count' | 'sum' | 'avg' | 'min' | 'max' | 'median' | 'stddev';

export interface AggregateExpr {
  readonly kind: 'aggregate';
  readonly fn: AggregateName;
  readonly arg: Expr;
  readonly distinct: boolean;
  /** Rows that count, as in `FILTER (WHERE …)`; rendered as CASE where the dialect lacks FILTER. */
  readonly filter: Predicate | null;
}

export interface ArithmeticExpr {
  readonly kind: 'arithmetic';
  /**
   * `/` divides as decimals in every dialect, `div` divides whole numbers towards zero; both yield NULL for a
   * zero divisor.
   */
  readonly op: '+' | '-' | '*' | '/' | 'div' | '%';
  readonly left: Expr;
  readonly right: Expr;
}

export interface NegateExpr {
  readonly kind: 'negate';
  readonly arg: Expr;
}

export type DateGrain = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour';

/** The first instant of the period that holds `arg`; weeks start on Monday. A date (hour: timestamp) in every dialect. */
export interface DateTruncExpr {
  readonly kind: 'date-trunc';
  readonly grain: DateGrain;
  readonly arg: Expr;
}

export interface DatePartExpr {
  readonly kind: 'date-part';
  /** `weekday`: 1 = Monday … 7 = Sunday. */
  readonly part: 'year' | 'quarter' | 'month' | 'week' | 'day' | 'weekday' | 'hour';
  readonly arg: Expr;
}

export interface DateAddExpr {
  readonly kind: 'date-add';
  readonly arg: Expr;
  readonly amount: number;
  readonly unit: 'year' | 'month' | 'day' | 'hour';
}

/** Whole `unit`s from `from` to `to`. Days are exact; years and months count calendar boundaries. */
export interface DateDiffExpr {
  readonly kind: 'date-diff';
  readonly unit: 'year' | 'month' | 'day';
  readonly from: Expr;
  readonly to: Expr;
}

export interface CaseExpr {
  readonly kind: 'case';
  readonly whens: readonly { readonly when: Predicate; readonly then: Expr }[];
  readonly otherwise: Expr | null;
}

export interface CastExpr {
  readonly kind: 'cast';
  readonly arg: Expr;
  readonly to: 'integer' | 'decimal' | 'float' | 'text' | 'date' | 'timestamp';
}

/** The few scalar functions that all dialects can render with one meaning. */
export interface FunctionExpr {
  readonly kind: 'function';
  readonly name:
    | 'coalesce'
    | 'nullif'
    | 'abs'
    | 'round'
    | 'lower'
    | 'upper'
    | 'length'
    | 'concat'
    | 'trim'
    | 'substring';
  readonly args: readonly Expr[];
}

export interface WindowExpr {
  readonly kind: 'window';
  readonly fn:
    | AggregateExpr
    | { readonly kind: 'ranking'; readonly name: 'row_number' | 'rank' | 'dense_rank' }
    | LagExpr;
  readonly partitionBy: readonly Expr[];
  readonly orderBy: readonly OrderItem[];
  /** Running total from the partition's start to the current row; null is the dialect's default frame. */
  readonly frame: 'running' | { readonly precedingRows: number } | null;
}

export interface LagExpr {
  readonly kind: 'lag';
  readonly arg: Expr;
  readonly offset: number;
}

/** A plan with one item and at most one row, used as a value. */
export interface ScalarPlanExpr {
  readonly kind: 'scalar-plan';
  readonly plan: Plan;
}

export type ComparisonOp = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type Predicate =
  | { readonly kind: 'comparison'; readonly op: ComparisonOp; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'between'; readonly arg: Expr; readonly low: Expr; readonly high: Expr; readonly negated: boolean }
  | { readonly kind: 'in'; readonly arg: Expr; readonly values: readonly Expr[]; readonly negated: boolean }
  | { readonly kind: 'in-plan'; readonly arg: Expr; readonly plan: Plan; readonly negated: boolean }
  | {
      readonly kind: 'like';
      readonly arg: Expr;
      /** SQL pattern with `%` and `_`; `\` escapes, in every dialect. */
      readonly pattern: string;
      readonly negated: boolean;
      readonly caseInsensitive: boolean;
    }
  | { readonly kind: 'is-null'; readonly arg: Expr; readonly negated: boolean }
  | { readonly kind: 'exists'; readonly plan: Plan; readonly negated: boolean }
  | { readonly kind: 'and' | 'or'; readonly args: readonly Predicate[] }
  | { readonly kind: 'not'; readonly arg: Predicate };
