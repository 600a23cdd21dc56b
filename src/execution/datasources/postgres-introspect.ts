/** Reads what a PostgreSQL database contains: three set-based statements on pg_catalog, however many tables there are. */
import {
  type Column,
  type ColumnType,
  type DatabaseSchema,
  type ForeignKey,
  readDefault,
  type Table,
} from '../../sql/index.ts';
import { makeSchema } from '../fingerprint.ts';
import type { PostgresRows, PostgresSession } from './postgres-session.ts';
import { postgresColumnType } from './postgres-types.ts';

const VISIBLE = `
  c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  AND has_schema_privilege(n.oid, 'USAGE') AND (has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT'))`;

const tablesSql = (where: string): string => `
SELECT c.oid::text, n.nspname, c.relname, c.relkind, d.description, 
  (CASE WHEN pg_stat_get_live_tuples(c.oid) > 0 THEN pg_stat_get_live_tuples(c.oid) ELSE c.reltuples::bigint END)::text
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0 AND d.classoid = 'pg_catalog.pg_class'::regclass
WHERE ${VISIBLE} ${where}`;

const columnsSql = (where: string): string => `
SELECT a.attrelid::text, a.attnum::text, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text, d.description,
  (CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END)::text, t.typcategory,
  pg_get_expr(x.adbin, x.adrelid), (a.attidentity <> '' OR pg_get_expr(x.adbin, x.adrelid) LIKE 'nextval(%' AND EXISTS (
    SELECT 1 FROM pg_catalog.pg_depend s WHERE s.classid = 'pg_catalog.pg_class'::regclass AND s.refobjid = a.attrelid
    AND s.refobjsubid = a.attnum AND s.deptype = 'a'))::text, a.attgenerated
FROM pg_catalog.pg_attribute a
LEFT JOIN pg_catalog.pg_attrdef x ON x.adrelid = a.attrelid AND x.adnum = a.attnum
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = a.attnum AND d.classoid = 'pg_catalog.pg_class'::regclass
WHERE ${VISIBLE} AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege(c.oid, a.attnum, 'SELECT') ${where}
ORDER BY a.attrelid, a.attnum`;

const constraintsSql = (where: string): string => `
SELECT k.conrelid::text, k.contype, array_to_string(k.conkey, ','), k.confrelid::text, array_to_string(k.confkey, ',')
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype IN ('p', 'u', 'f') AND ${VISIBLE} ${where} ORDER BY k.conrelid, k.conname`;

interface Draft {
  readonly columns: Column[];
  readonly names: Map<string, string>;
  primaryKey: string[];
  readonly uniqueKeys: string[][];
  readonly foreignKeys: { readonly columns: string[]; readonly table: string; readonly keys: string }[];
}

function typeOf(oid: string, category: string, native: string): ColumnType {
  if (category === 'A') {
    return 'array';
  }
  if (category === 'E' || category === 'S') {
    return 'text';
  }
  const type = postgresColumnType(Number(oid));
  return type === 'text' && category === 'U' && native !== 'name' ? 'other' : type;
}

function defaultOf(sql: string | null, numbered: boolean, generated: boolean): Pick<Column, 'default'> {
  if (numbered) return { default: { sql: sql ?? 'generated as identity', meaning: { kind: 'numbered' } } };
  const found = readDefault(sql, 'postgres');
  if (!found) return {};
  return { default: generated ? { ...found, meaning: { kind: 'expression' } } : found };
}

function addColumn(draft: Draft, row: readonly (string | null)[]): void {
  const [, number, name, native, notNull, comment, oid, category, expression, numbered, generated] = row;
  draft.names.set(number!, name!);
  draft.columns.push({
    name: name!,
    type: typeOf(oid!, category!, native!),
    nativeType: native!,
    nullable: notNull !== 'true',
    comment: comment ?? null,
    synonyms: [],
    values: null,
    ...defaultOf(expression ?? null, numbered === 'true', (generated ?? '') !== ''),
  });
}

function addConstraint(draft: Draft, row: readonly (string | null)[]): void {
  const [, type, columns, table, keys] = row;
  const named = columns!.split(',').map((number) => draft.names.get(number));
  if (named.some((name) => name === undefined)) {
    return;
  }
  if (type === 'p') {
    draft.primaryKey = named as string[];
  } else if (type === 'u') {
    draft.uniqueKeys.push(named as string[]);
  } else {
    draft.foreignKeys.push({ columns: named as string[], table: table!, keys: keys! });
  }
}

/** The schema of the database, or of one schema of it when `only` names one. */
export async function introspectPostgres(session: PostgresSession, only: string | null): Promise<DatabaseSchema> {
  const where = only === null ? '' : `AND n.nspname = '${only.replaceAll("'", "''")}'`;
  const rowsOf = async (sql: string): Promise<PostgresRows['rows']> => (await session.query(sql)).rows;
  const defaultSchema = only ?? (await rowsOf('SELECT current_schema()'))[0]?.[0] ?? 'public';
  const tableRows = await rowsOf(tablesSql(where));
  const drafts = new Map<string, Draft>(
    tableRows.map((row) => [
      row[0]!,
      { columns: [], names: new Map(), primaryKey: [], uniqueKeys: [], foreignKeys: [] },
    ]),
  );
  for (const row of await rowsOf(columnsSql(where))) {
    const draft = drafts.get(row[0]!);
    if (draft !== undefined) {
      addColumn(draft, row);
    }
  }
  for (const row of await rowsOf(constraintsSql(where))) {
    const draft = drafts.get(row[0]!);
    if (draft !== undefined) {
      addConstraint(draft, row);
    }
  }
  const refs = new Map(
    tableRows.map((row) => [row[0]!, { schema: row[1] === defaultSchema ? null : row[1]!, name: row[2]! }]),
  );
  const foreignKeys = (draft: Draft): ForeignKey[] =>
    draft.foreignKeys.flatMap(({ columns, table, keys }): ForeignKey[] => {
      const referenced = refs.get(table);
      const names = keys.split(',').map((number) => drafts.get(table)?.names.get(number));
      return referenced === undefined || names.includes(undefined)
        ? []
        : [{ columns, referenced, referencedColumns: names as string[], origin: 'declared' }];
    });
  const tables = tableRows.map((row): Table => {
    const draft = drafts.get(row[0]!)!;
    const rows = Number(row[5]);
    const isView = row[3] === 'v' || row[3] === 'm';
    return {
      ref: refs.get(row[0]!)!,
      kind: isView ? 'view' : 'table',
      comment: row[4] ?? null,
      synonyms: [],
      columns: draft.columns,
      primaryKey: draft.primaryKey,
      uniqueKeys: draft.uniqueKeys,
      foreignKeys: foreignKeys(draft),
      // 0 and -1: empty, or neither counted nor analysed yet.
      rowCount: row[3] === 'v' || rows <= 0 ? null : rows,
    };
  });
  return makeSchema('postgres', defaultSchema, tables);
}
