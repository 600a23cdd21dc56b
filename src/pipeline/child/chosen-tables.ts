/** Which tables of a database a task works on. */
import { EngineError } from '../../kernel/index.ts';
import type { DatabaseSchema, Table } from '../../sql/index.ts';

/**
 * The listed tables in the list's order, or every table of the default schema.
 *
 * @throws EngineError `not-found` when none of the listed tables exists
 */
export function chosenTables(
  schema: DatabaseSchema,
  names: readonly string[] | null,
  onMissing: (name: string) => void = () => {},
): readonly Table[] {
  if (names === null) {
    const own = schema.tables.filter((table) => table.ref.schema === null || table.ref.schema === schema.defaultSchema);
    return own.length > 0 ? own : schema.tables;
  }
  const chosen = new Set<Table>();
  for (const name of names) {
    const table = findTable(schema, name);
    if (table) chosen.add(table);
    else onMissing(name);
  }
  if (chosen.size === 0) {
    throw new EngineError(
      'not-found',
      `None of the listed tables exists in the database: ${names.slice(0, 10).join(', ')}.`,
    );
  }
  return [...chosen];
}

/** By its name or `schema.name`; the exact spelling first, then any case. */
export function findTable(schema: DatabaseSchema, name: string): Table | null {
  const parts = name.split('.');
  const [schemaName, tableName] = parts.length > 1 ? [parts[0]!, parts.slice(1).join('.')] : [null, name];
  const sameSchema = (table: Table, same: (a: string, b: string) => boolean): boolean =>
    schemaName === null
      ? table.ref.schema === null || table.ref.schema === schema.defaultSchema
      : same(table.ref.schema ?? schema.defaultSchema ?? schemaName, schemaName);
  for (const same of [
    (a: string, b: string) => a === b,
    (a: string, b: string) => a.toLowerCase() === b.toLowerCase(),
  ]) {
    const found = schema.tables.find((table) => same(table.ref.name, tableName) && sameSchema(table, same));
    if (found) return found;
  }
  return null;
}
