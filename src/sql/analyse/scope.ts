/** What a name can mean at one place of a statement. */
import type { Table, TableRef } from '../schema/database-schema.ts';

/** How a column is used; the clause that it stands in. */
export type ColumnUse = 'select' | 'filter' | 'group' | 'having' | 'order' | 'join' | 'window' | 'limit';

/** One column that a relation offers. */
export interface OutputColumn {
  readonly name: string;
  /** The base column that it hands on unchanged, else null. */
  readonly source: { readonly table: TableRef; readonly column: string } | null;
  /** An expression without a name: the engine makes one up, and it can only be named in quotes. */
  readonly unnamed: boolean;
}

/** One entry of a FROM clause. */
export interface Relation {
  /** The name that qualifies its columns; null when it has none. */
  readonly name: { readonly text: string; readonly quoted: boolean } | null;
  /** The base table behind it; null for sub-queries, CTEs and functions. */
  readonly table: Table | null;
  readonly columns: readonly OutputColumn[];
  /** True when it may offer columns that cannot be known here (functions, pivots). */
  readonly open: boolean;
  /** True when the engine's row number (`rowid`) can be read from it. */
  readonly hasRowId: boolean;
}

/** A query block: its FROM entries, its SELECT aliases and lambda parameters, and what surrounds it. */
export interface Scope {
  readonly relations: Relation[];
  readonly names: Set<string>;
  readonly parent: Scope | null;
}

/** A common table expression in reach. `columns` is null while its own body is being bound. */
export interface CteEntry {
  readonly name: { readonly name: string; readonly quoted: boolean };
  readonly output: { readonly columns: readonly OutputColumn[]; readonly open: boolean };
  readonly usable: boolean;
}

/** The CTEs in reach, innermost first. */
export interface CteScope {
  readonly entries: CteEntry[];
  readonly parent: CteScope | null;
}

export const newScope = (parent: Scope | null): Scope => ({ relations: [], names: new Set(), parent });
