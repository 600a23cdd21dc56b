import { createHash } from 'node:crypto';
import type { DatabaseSchema, Table } from '../sql/index.ts';

/** Puts tables into one order and computes the fingerprint: it changes with tables, columns, keys and comments, not with row counts. */
export function makeSchema(
  dialect: DatabaseSchema['dialect'],
  defaultSchema: string | null,
  tables: readonly Table[],
): DatabaseSchema {
  const name = (table: Table): string => `${table.ref.schema ?? ''}\u0000${table.ref.name}`;
  const sorted = [...tables].sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0));
  const hash = createHash('sha256');
  for (const table of sorted) {
    const columns = table.columns.map((column) => [column.name, column.nativeType, column.nullable, column.comment]);
    hash.update(
      JSON.stringify([
        table.ref,
        table.kind,
        table.comment,
        columns,
        table.primaryKey,
        table.uniqueKeys,
        table.foreignKeys,
      ]),
    );
  }
  return { dialect, defaultSchema, tables: sorted, fingerprint: hash.digest('hex').slice(0, 32) };
}
