/** What binding a statement to a catalog found. */
import type { Table, TableRef } from '../schema/database-schema.ts';
import type { ColumnUse, OutputColumn } from './scope.ts';

export type BindingCode =
  | 'unknown-table'
  | 'unknown-column'
  | 'table-not-allowed'
  | 'sql-not-read-only'
  | 'form-not-supported';

export interface BindingProblem {
  readonly code: BindingCode;
  readonly message: string;
  /** The name at fault, as written; null when it is not about a name. */
  readonly name: string | null;
  /** Names close to it that do exist. */
  readonly nearest: readonly string[];
  readonly position: number | null;
}

/** One place where a base table is read. */
export interface BaseReference {
  readonly table: Table;
  /** Offsets of the (qualified) name, without alias. */
  readonly start: number;
  readonly end: number;
  /** The table's name as the statement spells it, without quotes. */
  readonly writtenName: string;
  /** The alias or the table's own name: what qualifies its columns. */
  readonly alias: { readonly text: string; readonly quoted: boolean } | null;
  /** True when the reference carries something only a stored table can have (partition, index hint, sample, ONLY). */
  readonly tableOnly: boolean;
}

/** A column reference qualified by schema and table; `start`–`end` covers the qualifier `schema.table`. */
export interface SchemaQualifiedColumn {
  readonly start: number;
  readonly end: number;
  readonly table: Table;
}

export interface ColumnUsage {
  readonly table: TableRef;
  readonly column: string;
  readonly use: ColumnUse;
}

export interface JoinUsage {
  readonly kind: string;
  /** Pairs of base columns that the join sets equal; empty for cross and non-equi joins. */
  readonly equalities: readonly { readonly left: ColumnUsage; readonly right: ColumnUsage }[];
}

export interface Binding {
  readonly problems: readonly BindingProblem[];
  readonly references: readonly BaseReference[];
  readonly schemaQualified: readonly SchemaQualifiedColumn[];
  readonly columns: readonly ColumnUsage[];
  readonly joins: readonly JoinUsage[];
  readonly output: readonly OutputColumn[];
  /** Names of functions and aggregates as written in the tree, lower case. */
  readonly functions: readonly string[];
  /** Names of the functions that stand in FROM, lower case. */
  readonly tableFunctions: readonly string[];
  readonly counts: {
    readonly selects: number;
    readonly subqueries: number;
    readonly ctes: number;
    readonly setOperations: number;
    readonly windows: number;
  };
}
