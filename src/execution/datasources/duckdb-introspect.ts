/** Reads what a DuckDB database contains, by a few statements over its own catalog functions. */
import { type Column, type DatabaseSchema, type ForeignKey, readDefault, type Table } from '../../sql/index.ts';
import type { Cell } from '../datasource.ts';
import { makeSchema } from '../fingerprint.ts';
import { duckDbColumnType } from './duckdb-types.ts';

export type ReadRows = (sql: string) => Promise<readonly (readonly Cell[])[]>;

const OURS = 'database_name = current_database() AND NOT internal';

const TABLES = `
SELECT schema_name, table_name, comment, estimated_size, 'table' FROM duckdb_tables() WHERE ${OURS} AND NOT temporary
UNION ALL
SELECT schema_name, view_name, comment, NULL, 'view' FROM duckdb_views() WHERE ${OURS} AND NOT temporary`;

const COLUMNS = `
SELECT schema_name, table_name, column_name, data_type, is_nullable, comment, column_default FROM duckdb_columns()
WHERE ${OURS} ORDER BY schema_name, table_name, column_index`;

const CONSTRAINTS = `
SELECT schema_name, table_name, constraint_type, constraint_column_names, referenced_table, referenced_column_names
FROM duckdb_constraints() WHERE database_name = current_database() ORDER BY schema_name, table_name, constraint_index`;

const text = (cell: Cell | undefined): string => String(cell ?? '');
const textOrNull = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined || cell === '' ? null : String(cell);
const names = (cell: Cell | undefined): string[] => (Array.isArray(cell) ? cell.map(String) : []);
const keyOf = (schema: Cell | undefined, table: Cell | undefined): string => `${text(schema)}\u0000${text(table)}`;

interface Keys {
  primaryKey: string[];
  uniqueKeys: string[][];
  foreignKeys: ForeignKey[];
}

function readKeys(
  rows: readonly (readonly Cell[])[],
  refOf: (schema: Cell | undefined) => string | null,
): Map<string, Keys> {
  const keys = new Map<string, Keys>();
  for (const [schema, table, type, columns, referenced, referencedColumns] of rows) {
    const id = keyOf(schema, table);
    const entry = keys.get(id) ?? { primaryKey: [], uniqueKeys: [], foreignKeys: [] };
    keys.set(id, entry);
    if (type === 'PRIMARY KEY') {
      entry.primaryKey = names(columns);
    } else if (type === 'UNIQUE') {
      entry.uniqueKeys.push(names(columns));
    } else if (type === 'FOREIGN KEY') {
      entry.foreignKeys.push({
        columns: names(columns),
        referenced: { schema: refOf(schema), name: text(referenced) },
        referencedColumns: names(referencedColumns),
        origin: 'declared',
      });
    }
  }
  return keys;
}

/** The schema of a DuckDB database; `main` is the default schema. */
export async function introspectDuckDb(read: ReadRows): Promise<DatabaseSchema> {
  const refSchema = (schema: Cell | undefined): string | null => (schema === 'main' ? null : text(schema));
  const columns = new Map<string, Column[]>();
  for (const [schema, table, name, dataType, nullable, comment, expression] of await read(COLUMNS)) {
    const id = keyOf(schema, table);
    const list = columns.get(id) ?? [];
    columns.set(id, list);
    const found = readDefault(textOrNull(expression), 'duckdb');
    list.push({
      name: text(name),
      type: duckDbColumnType(text(dataType)),
      nativeType: text(dataType),
      nullable: nullable !== false,
      comment: textOrNull(comment),
      synonyms: [],
      values: null,
      ...(found && { default: found }),
    });
  }
  const keys = readKeys(await read(CONSTRAINTS), refSchema);
  const tables = (await read(TABLES)).map(([schema, name, comment, size, kind]): Table => {
    const id = keyOf(schema, name);
    const { primaryKey, uniqueKeys, foreignKeys } = keys.get(id) ?? { primaryKey: [], uniqueKeys: [], foreignKeys: [] };
    return {
      ref: { schema: refSchema(schema), name: text(name) },
      kind: kind === 'view' ? 'view' : 'table',
      comment: textOrNull(comment),
      synonyms: [],
      columns: columns.get(id) ?? [],
      primaryKey,
      uniqueKeys,
      foreignKeys,
      rowCount: typeof size === 'number' ? size : null,
    };
  });
  return makeSchema('duckdb', 'main', tables);
}
