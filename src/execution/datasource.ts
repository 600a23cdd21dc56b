/** The port between the engine and a database that can be queried. Implementations: `datasources/<kind>/`. */
import type { Outcome } from '../kernel/index.ts';
import type { ColumnType, DatabaseSchema, DialectName, ReadOnlySql } from '../sql/index.ts';

export interface BinaryCell {
  readonly $binary: 'base64';
  readonly data: string;
}

/**
 * One cell as JSON. Integers beyond 2^53 and decimals are strings, dates `YYYY-MM-DD`, timestamps
 * `YYYY-MM-DD HH:MM:SS[.ffffff]` (with offset when the type has one), NULL is null, lists and structs are JSON.
 * Floats that JSON cannot hold are the strings `NaN`, `Infinity` and `-Infinity`.
 */
export type Cell = null | boolean | number | string | BinaryCell | readonly Cell[] | { readonly [key: string]: Cell };

export interface ResultColumn {
  readonly name: string;
  readonly type: ColumnType;
}

export interface ResultSet {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** True when the row or byte cap cut the result. */
  readonly truncated: boolean;
  readonly elapsedMs: number;
}

/** The few causes that repair, retry and surfaces branch on; each datasource maps its driver's codes to them. */
export const RUN_FAILURE_CODES = [
  'syntax',
  'unknown-table',
  'unknown-column',
  'type-mismatch',
  'permission',
  'not-read-only',
  'timeout',
  'cancelled',
  'connection',
  'resource',
  'busy',
  'other',
] as const;
export type RunFailureCode = (typeof RUN_FAILURE_CODES)[number];

export interface RunFailure {
  readonly code: RunFailureCode;
  /** The engine's message with secrets and host paths removed. */
  readonly message: string;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs: number;
  readonly maxRows: number;
  readonly maxBytes?: number;
}

export interface ExplainNode {
  readonly operation: string;
  readonly table: string | null;
  readonly index: string | null;
  readonly estimatedRows: number | null;
  readonly estimatedCost: number | null;
  readonly detail: string;
  readonly children: readonly ExplainNode[];
}

export interface ExplainResult {
  readonly text: string;
  readonly root: ExplainNode | null;
}

export interface Datasource {
  readonly dialect: DialectName;
  /** What was read with tolerance, e.g. short CSV rows padded with NULL; to be shown to the user. Absent: nothing. */
  readonly warnings?: readonly string[];
  /** Tables, columns, keys, comments and estimated row counts; no sampled values. */
  introspect(options?: { readonly signal?: AbortSignal }): Promise<DatabaseSchema>;
  /** Runs one guarded statement read-only. Cancelled or timed-out statements stop at the database. */
  run(sql: ReadOnlySql, options: RunOptions): Promise<Outcome<ResultSet, RunFailure>>;
  explain(sql: ReadOnlySql, options: RunOptions): Promise<Outcome<ExplainResult, RunFailure>>;
  close(): Promise<void>;
}
