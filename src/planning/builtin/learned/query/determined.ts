/**
 * Whether what is shown beside the groups is one thing per group: a country beside the losses per typhoon is not when a typhoon
 * has many countries. Functional dependencies of SQL:1999 (feature T301), over keys and foreign keys.
 */
import type { SchemaIndex } from '../schema/schema-index.ts';
import type { Query } from './query.ts';

/** False when a shown column may differ between the rows of one group. True without groups. */
export function isDetermined(query: Query, schema: SchemaIndex): boolean {
  if (query.group.length === 0) return true;
  const grouped = new Set(query.group);
  const plain = query.select.filter((t) => t.agg === '' && t.col >= 0);
  if (plain.every((t) => grouped.has(t.col))) return true;
  const tables = determinedTables(query.group, schema);
  return plain.every(
    ({ col }) =>
      grouped.has(col) ||
      tables.has(schema.columns[col]!.table) ||
      // The same key on the other side of the join.
      schema.linked[col]!.some((other) => grouped.has(other)),
  );
}

/** Tables of which there is one row per group. Names stand for what they name. */
function determinedTables(group: readonly number[], schema: SchemaIndex): Set<number> {
  const found = new Set<number>();
  const isKey = (col: number): boolean => {
    const { unique, naming, table } = schema.columns[col]!;
    return unique || naming || (schema.tables[table]!.primary.length === 0 && schema.columns[col]!.primary);
  };
  const open: number[] = [];
  const add = (table: number): void => {
    if (found.has(table)) return;
    found.add(table);
    open.push(table);
  };
  const follow = (col: number): void => {
    if (schema.columns[col]!.foreign || isKey(col))
      for (const other of schema.linked[col]!) if (isKey(other)) add(schema.columns[other]!.table);
  };
  for (const col of group) {
    if (isKey(col)) add(schema.columns[col]!.table);
    follow(col);
  }
  for (let table = open.pop(); table !== undefined; table = open.pop())
    for (const col of schema.tables[table]!.columns) if (schema.columns[col]!.foreign) follow(col);
  return found;
}
