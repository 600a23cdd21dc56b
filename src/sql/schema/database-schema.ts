/**
 * What a database contains, as plain data: the common ground of catalog, guard, renderers and planners.
 * Names are kept exactly as the database spells them.
 */
import type { DialectName } from '../dialects/dialect-name.ts';
import type { ColumnDefault } from './column-default.ts';

/** Logical column types; every engine's native types map to one of them. */
export const COLUMN_TYPES = [
  'integer',
  'decimal',
  'float',
  'text',
  'boolean',
  'date',
  'time',
  'timestamp',
  'interval',
  'binary',
  'json',
  'uuid',
  'array',
  'other',
] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** Names one table. `schema` is null where the engine has none (SQLite `main`) or it is the default one. */
export interface TableRef {
  readonly schema: string | null;
  readonly name: string;
}

/** One value as it travels in JSON: exact decimals and integers beyond 2^53 are strings. */
export type Scalar = string | number | boolean | null;

/** Sampled distinct values of a column. */
export interface ColumnValues {
  /** Distinct non-null values, at most the catalog's cap, most frequent first where the engine can tell cheaply. */
  readonly list: readonly Scalar[];
  /** True when `list` holds every distinct value of the column. */
  readonly complete: boolean;
  readonly min: Scalar;
  readonly max: Scalar;
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** The engine's own spelling, e.g. `varchar(40)`. */
  readonly nativeType: string;
  readonly nullable: boolean;
  readonly comment: string | null;
  /** Other names that people use for it (semantic models, terminology, demo synonyms). */
  readonly synonyms: readonly string[];
  /** Null until sampled, and for types that are never sampled (binary, json). */
  readonly values: ColumnValues | null;
  /** Absent when there is none, and where the engine does not tell. */
  readonly default?: ColumnDefault;
}

export interface ForeignKey {
  readonly columns: readonly string[];
  readonly referenced: TableRef;
  readonly referencedColumns: readonly string[];
  /** `inferred`: from names and value inclusion; never shown as if declared. */
  readonly origin: 'declared' | 'inferred';
}

export interface Table {
  readonly ref: TableRef;
  readonly kind: 'table' | 'view';
  readonly comment: string | null;
  readonly synonyms: readonly string[];
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly uniqueKeys: readonly (readonly string[])[];
  readonly foreignKeys: readonly ForeignKey[];
  /** Estimated or exact number of rows; null when unknown. */
  readonly rowCount: number | null;
}

export interface DatabaseSchema {
  readonly dialect: DialectName;
  /** The schema whose tables need no qualification (`public`, `main`); null where the engine has none. */
  readonly defaultSchema: string | null;
  readonly tables: readonly Table[];
  /** Changes when tables, columns, keys or comments change. */
  readonly fingerprint: string;
}
