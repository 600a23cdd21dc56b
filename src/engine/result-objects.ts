import { type Cell, uniqueColumnNames } from '../execution/index.ts';
import type { RunRows } from '../workflows/index.ts';

/** One object per row, keyed by column name; the form in which every surface shows rows. */
export function rowObjects(result: RunRows): Record<string, Cell>[] {
  const names = uniqueColumnNames(result.columns.map((column) => column.name));
  return result.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])));
}
