/**
 * What differs between the SQL dialects, as data first: the one renderer in `render/` reads these flags and
 * tables. A new dialect is one object of this type plus its row in `dialects.ts`.
 */
import type { CastExpr, DateAddExpr, DateDiffExpr, DateGrain, DatePartExpr } from '../plan/plan.ts';
import type { DialectName } from './dialect-name.ts';

/** What is known of an operand when a date function is rendered. */
export interface DateOperand {
  /** The rendered operand, safe to use as a function argument. */
  readonly sql: string;
  /** The rendered operand, parenthesised when needed beside an operator. */
  readonly tight: string;
  /** `unknown` when neither the schema nor the expression tells. */
  readonly type: 'date' | 'timestamp' | 'text' | 'unknown';
}

export interface Dialect {
  readonly name: DialectName;
  /** For messages: `PostgreSQL`. */
  readonly label: string;

  // Identifiers
  readonly identifierQuote: '"' | '`';
  /** Names that keep their meaning without quotes (when not reserved): the engine must not fold their case. */
  readonly bareIdentifier: RegExp;
  readonly reservedWords: ReadonlySet<string>;
  /** Longest output alias in UTF-8 bytes; longer ones are shortened. */
  readonly maxAliasBytes: number;
  /** Whether identifiers differ by case once quoted. */
  readonly caseSensitiveNames: boolean;

  // Literals
  /** How a backslash survives in a string: as it is, doubled in `E'…'`, or doubled in a plain string. */
  readonly backslash: 'plain' | 'e-string' | 'doubled';
  /** How a NUL character is written in a string; null: text cannot hold one. */
  readonly nul:
    | { readonly kind: 'call'; readonly sql: string }
    | { readonly kind: 'escape'; readonly sql: string }
    | null;
  /** `DATE '2024-01-01'`, or the plain string where dates are text. */
  readonly typedDateLiterals: boolean;
  /** `TRUE`/`FALSE`, or `1`/`0` where booleans are numbers. */
  readonly booleanLiterals: boolean;

  // Predicates
  /** Case-insensitive pattern match: `ILIKE`, or `LIKE` where that ignores case already. */
  readonly insensitiveLike: 'ILIKE' | 'LIKE';
  /** Case-sensitive match: `LIKE`, SQLite's `GLOB`, or `LIKE` under a binary collation. */
  readonly sensitiveLike: 'like' | 'glob' | 'like-collate-binary';
  /** Whether `\` escapes in LIKE without an `ESCAPE` clause. */
  readonly likeEscapesByDefault: boolean;
  /** Whether comparing or matching a column with a constant of another type is an error rather than a conversion. */
  readonly strictTypes: boolean;

  // Clauses
  /** Where NULLs go when nothing is said. */
  readonly nullsWithout: { readonly ascending: 'first' | 'last'; readonly descending: 'first' | 'last' };
  /** `NULLS LAST`, or a leading `x IS NULL` key where the clause is missing. */
  readonly nullsClause: boolean;
  readonly filterClause: boolean;
  /** Operands of a set operation that need grouping: in parentheses, or wrapped in a sub-select. */
  readonly setOperandGrouping: 'parentheses' | 'sub-select';
  /** INTERSECT before UNION and EXCEPT, or strictly from left to right. */
  readonly intersectBindsTighter: boolean;
  /** `LIMIT` value that means all rows, where OFFSET needs one; null: OFFSET stands alone. */
  readonly unlimited: string | null;
  /** Whether `IN (SELECT … LIMIT n)` is allowed. */
  readonly limitInMembership: boolean;
  /** Whether a column that is neither grouped nor aggregated is refused. */
  readonly strictGrouping: boolean;

  // Expressions
  /** Number type that makes `/` divide exactly enough; null: `/` divides as decimals already. */
  readonly divisionCast: 'decimal' | 'float' | null;
  /** Whether `x / 0` is NULL. */
  readonly zeroDivisionIsNull: boolean;
  /** Division of whole numbers towards zero. */
  wholeDivision(left: string, right: string): string;
  readonly concatOperator: boolean;
  readonly castTypes: Readonly<Record<CastExpr['to'], string>>;
  /** A cast that is a function call here (`DATE(x)`); undefined: the plain CAST. */
  castCall(to: CastExpr['to'], arg: string): string | undefined;
  /** Cuts the fraction of a number that is not known to be whole, before a cast to integer would round it. */
  truncate(arg: string): string | null;
  readonly lengthFunction: string;
  readonly substringFunction: string;
  /** Whether ROUND with digits wants an exact decimal. */
  readonly roundNeedsDecimal: boolean;
  /** Null: the engine has no such aggregate. */
  median(arg: string): string | null;
  stddev(arg: string): string | null;

  // Dates
  dateTrunc(grain: DateGrain, arg: DateOperand): string;
  /** A whole number; `loose` may be any number type (it is compared, not shown). */
  datePart(part: DatePartExpr['part'], arg: DateOperand, loose: boolean): string;
  dateAdd(amount: number, unit: DateAddExpr['unit'], arg: DateOperand): string;
  dateDiff(unit: DateDiffExpr['unit'], from: DateOperand, to: DateOperand): string;
}
