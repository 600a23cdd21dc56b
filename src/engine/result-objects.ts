import type { Cell } from '../execution/index.ts';
import type { RunRows } from '../workflows/index.ts';

/** Column names made unique: a repeated `name` becomes `name_2`, `name_3`. */
export function uniqueColumnNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let n = 2; used.has(unique); n += 1) unique = `${name}_${n}`;
    used.add(unique);
    return unique;
  });
}

/** One object per row, keyed by column name; the form in which every surface shows rows. */
export function rowObjects(result: RunRows): Record<string, Cell>[] {
  const names = uniqueColumnNames(result.columns.map((column) => column.name));
  return result.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])));
}
