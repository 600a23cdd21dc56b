import { type TreeObject, type TreeValue, treeName } from '../parse/index.ts';
import type { Column, DatabaseSchema, Table } from '../schema/database-schema.ts';
import { bare, tablesOf } from './tree-search.ts';

export interface KnownColumn {
  readonly table: Table;
  readonly column: Column;
  /** The name by which the block calls the table. */
  readonly label: string;
}

/** The base column of a column expression in a block, when exactly one table of the block has it. */
export function knownColumn(
  value: TreeValue | undefined,
  select: TreeObject,
  schema: DatabaseSchema,
): KnownColumn | null {
  const node = bare(value);
  if (node?.variant !== 'column') return null;
  const name = treeName(node.data.name)?.name.toLowerCase();
  const qualifier = treeName(node.data.table)?.name.toLowerCase();
  const hits = knownTables(select, schema).flatMap(({ table, label }): KnownColumn[] => {
    if (qualifier !== undefined && qualifier !== label.toLowerCase()) return [];
    const column = table.columns.find((one) => one.name.toLowerCase() === name);
    return column ? [{ table, column, label }] : [];
  });
  return hits.length === 1 ? (hits[0] ?? null) : null;
}

/** The catalog's tables of one block, under the names that the block gives them. */
export const knownTables = (
  select: TreeObject,
  schema: DatabaseSchema,
): { readonly table: Table; readonly label: string }[] =>
  tablesOf(select).flatMap(({ name, alias }) => {
    const table = schema.tables.find((one) => one.ref.name.toLowerCase() === name.toLowerCase());
    return table ? [{ table, label: alias ?? name }] : [];
  });

/** True when the columns hold a key of the table: at most one row for each combination. */
export function isUniqueBy(table: Table, columns: readonly string[]): boolean {
  const given = new Set(columns.map((column) => column.toLowerCase()));
  return [table.primaryKey, ...table.uniqueKeys].some(
    (key) => key.length > 0 && key.every((column) => given.has(column.toLowerCase())),
  );
}
