/** Reads what a MySQL or MariaDB database contains, by a few set-based statements on information_schema. */
import {
  type Column,
  type ColumnDefault,
  type DatabaseSchema,
  type ForeignKey,
  readDefault,
  type Table,
} from '../../../sql/index.ts';
import type { Cell } from '../../datasource.ts';
import { makeSchema } from '../../fingerprint.ts';
import { mysqlColumnType } from './mysql-types.ts';

export type ReadRows = (sql: string) => Promise<readonly (readonly Cell[])[]>;

const TABLES = `
SELECT table_name, table_type, table_rows, table_comment FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')`;

const COLUMNS = `
SELECT table_name, column_name, data_type, column_type, is_nullable, column_comment, column_default, extra FROM information_schema.columns
WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position`;

const KEYS = `
SELECT table_name, index_name, column_name FROM information_schema.statistics
WHERE table_schema = DATABASE() AND non_unique = 0 AND sub_part IS NULL ORDER BY table_name, index_name, seq_in_index`;

const REFERENCES = `
SELECT table_name, constraint_name, column_name, referenced_table_name, referenced_column_name FROM information_schema.key_column_usage
WHERE table_schema = DATABASE() AND referenced_table_schema = DATABASE() ORDER BY table_name, constraint_name, ordinal_position`;

/** MariaDB's JSON is text with this check. */
const JSON_CHECKS = `
SELECT table_name, check_clause FROM information_schema.check_constraints
WHERE constraint_schema = DATABASE() AND check_clause LIKE 'json_valid(%'`;

const text = (cell: Cell | undefined): string => String(cell ?? '');
const textOrNull = (cell: Cell | undefined): string | null => (text(cell) === '' ? null : text(cell));

function grouped(rows: readonly (readonly Cell[])[], ...keys: number[]): Map<string, (readonly Cell[])[]> {
  const groups = new Map<string, (readonly Cell[])[]>();
  for (const row of rows) {
    const key = keys.map((i) => text(row[i])).join('\u0000');
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [row]);
    } else {
      group.push(row);
    }
  }
  return groups;
}

/** MariaDB stores what was written; MySQL stores a constant's bare text, and says so of anything else. */
function defaultOf(value: Cell | undefined, extra: string, type: string, mariadb: boolean): ColumnDefault | null {
  if (/auto_increment/i.test(extra)) return { sql: 'auto_increment', meaning: { kind: 'numbered' } };
  if (value === null || value === undefined) return null;
  const sql = text(value);
  // As text a bit string is no constant of any other type.
  const isConstant = !mariadb && !/DEFAULT_GENERATED/i.test(extra) && !/^(?:bit|b'|(?:var)?binary)/i.test(type);
  if (!isConstant || /^current_timestamp/i.test(sql)) return readDefault(sql, 'mysql');
  const isNumber = /int|decimal|float|double/i.test(type);
  return { sql, meaning: { kind: isNumber ? 'number' : 'text', value: sql } };
}

function toColumn(row: readonly Cell[], json: ReadonlySet<string>, mariadb: boolean): Column {
  const [table, name, dataType, columnType, nullable, comment, value, extra] = row;
  const found = defaultOf(value, text(extra), text(columnType), mariadb);
  const isJson = json.has(`${text(table)}\u0000${text(name)}`);
  return {
    name: text(name),
    type: isJson ? 'json' : mysqlColumnType(text(dataType), text(columnType)),
    nativeType: isJson ? 'json' : text(columnType),
    nullable: text(nullable) === 'YES',
    comment: textOrNull(comment),
    synonyms: [],
    values: null,
    ...(found && { default: found }),
  };
}

/** The schema of the connection's database. `mariadb` tells which of the two it is. */
export async function introspectMysql(read: ReadRows, mariadb: boolean): Promise<DatabaseSchema> {
  const checks = mariadb ? await read(JSON_CHECKS) : [];
  const json = new Set(
    checks.map(([table, clause]) => `${text(table)}\u0000${/^json_valid\(`(.*)`\)$/i.exec(text(clause))?.[1] ?? ''}`),
  );
  const columns = grouped(await read(COLUMNS), 0);
  const indexes = [...grouped(await read(KEYS), 0, 1).values()];
  const references = [...grouped(await read(REFERENCES), 0, 1).values()];
  const tables = (await read(TABLES)).map(([tableName, type, rows, comment]): Table => {
    const name = text(tableName);
    const mine = indexes.filter((index) => text(index[0]![0]) === name);
    const names = (index: readonly (readonly Cell[])[]): string[] => index.map((row) => text(row[2]));
    const isView = type === 'VIEW';
    return {
      ref: { schema: null, name },
      kind: isView ? 'view' : 'table',
      comment: isView ? null : textOrNull(comment),
      synonyms: [],
      columns: (columns.get(name) ?? []).map((row) => toColumn(row, json, mariadb)),
      primaryKey: mine.filter((index) => index[0]![1] === 'PRIMARY').flatMap(names),
      uniqueKeys: mine.filter((index) => index[0]![1] !== 'PRIMARY').map(names),
      foreignKeys: references
        .filter((parts) => text(parts[0]![0]) === name)
        .map(
          (parts): ForeignKey => ({
            columns: names(parts),
            referenced: { schema: null, name: text(parts[0]![3]) },
            referencedColumns: parts.map((row) => text(row[4])),
            origin: 'declared',
          }),
        ),
      // An estimate; 0 also stands for one that was not made yet.
      rowCount: isView || Number(rows ?? 0) === 0 ? null : Number(rows),
    };
  });
  return makeSchema('mysql', null, tables);
}
