/** A table as a CREATE TABLE statement of one dialect, for model prompts, documents and people. */
import type { Dialect } from '../dialects/dialect.ts';
import type { DialectName } from '../dialects/dialect-name.ts';
import { DIALECTS } from '../dialects/dialects.ts';
import type { Column, ColumnType, Table, TableRef } from '../schema/database-schema.ts';
import { identifier } from './identifiers.ts';
import { textLiteral } from './literals.ts';

export interface DdlOptions {
  /** The schema that needs no qualification. */
  readonly defaultSchema?: string | null;
  /** Declare inferred foreign keys too, marked by a comment. Default: declared ones only. */
  readonly inferredKeys?: boolean;
  /** Foreign keys need their tables to exist; false leaves them out. Default: true. */
  readonly foreignKeys?: boolean;
}

type TypeNames = Readonly<Record<ColumnType, string>>;

const TYPES: Readonly<Record<DialectName, TypeNames>> = {
  duckdb: {
    integer: 'BIGINT',
    decimal: 'DECIMAL(38, 10)',
    float: 'DOUBLE',
    text: 'VARCHAR',
    boolean: 'BOOLEAN',
    date: 'DATE',
    time: 'TIME',
    timestamp: 'TIMESTAMP',
    interval: 'INTERVAL',
    binary: 'BLOB',
    json: 'JSON',
    uuid: 'UUID',
    array: 'VARCHAR[]',
    other: 'VARCHAR',
  },
  sqlite: {
    integer: 'INTEGER',
    decimal: 'NUMERIC',
    float: 'REAL',
    text: 'TEXT',
    boolean: 'BOOLEAN',
    date: 'DATE',
    time: 'TIME',
    timestamp: 'DATETIME',
    interval: 'TEXT',
    binary: 'BLOB',
    json: 'TEXT',
    uuid: 'TEXT',
    array: 'TEXT',
    other: 'TEXT',
  },
  postgres: {
    integer: 'bigint',
    decimal: 'numeric',
    float: 'double precision',
    text: 'text',
    boolean: 'boolean',
    date: 'date',
    time: 'time',
    timestamp: 'timestamp',
    interval: 'interval',
    binary: 'bytea',
    json: 'jsonb',
    uuid: 'uuid',
    array: 'text[]',
    other: 'text',
  },
  mysql: {
    integer: 'BIGINT',
    decimal: 'DECIMAL(38, 10)',
    float: 'DOUBLE',
    text: 'TEXT',
    boolean: 'BOOLEAN',
    date: 'DATE',
    time: 'TIME',
    timestamp: 'DATETIME',
    interval: 'VARCHAR(64)',
    binary: 'LONGBLOB',
    json: 'JSON',
    uuid: 'CHAR(36)',
    array: 'JSON',
    other: 'TEXT',
  },
};

/** MySQL cannot index TEXT and BLOB without a length. */
const INDEXABLE: Readonly<Record<string, string>> = { TEXT: 'VARCHAR(255)', LONGBLOB: 'VARBINARY(255)' };

/** Native spellings that a dialect may be handed back verbatim: a type word, arguments, no surprises. */
const NATIVE_TYPE =
  /^[A-Za-z][A-Za-z0-9_ ]*(?:\(\s*\d+\s*(?:,\s*\d+\s*)?\))?(?: (?:unsigned|with time zone|without time zone))?(?:\[\])?$/;

/**
 * Writes CREATE TABLE with types, keys and comments; it executes on an empty database of that kind once the
 * referenced tables exist. Comments are clauses in MySQL, COMMENT ON statements in PostgreSQL and DuckDB, and
 * line comments in SQLite, which has none.
 *
 * @example renderTableDdl(table, 'sqlite') // 'CREATE TABLE users (\n  id INTEGER NOT NULL, -- the user\n …'
 */
export function renderTableDdl(table: Table, dialect: DialectName, options: DdlOptions = {}): string {
  const target = DIALECTS[dialect];
  const keyed = new Set([
    ...table.primaryKey,
    ...table.uniqueKeys.flat(),
    ...table.foreignKeys.flatMap((key) => key.columns),
  ]);
  const lines: Line[] = table.columns.map((column) => ({
    text: columnText(column, keyed.has(column.name), target),
    comment: column.comment,
  }));
  lines.push(...keyLines(table, target, options));
  const isLineComment = dialect === 'sqlite';
  const body = lines.map(({ text, comment }, index) => {
    const comma = index < lines.length - 1 ? ',' : '';
    return `  ${text}${comma}${isLineComment && comment ? ` -- ${oneLine(comment)}` : ''}`;
  });
  const name = tablePath(table.ref, target, options);
  const head = isLineComment && table.comment ? `-- ${oneLine(table.comment)}\n` : '';
  const tail =
    dialect === 'mysql' && table.comment ? ` COMMENT = ${textLiteral(withoutNul(table.comment), target)}` : '';
  return [
    `${head}CREATE TABLE ${name} (\n${body.join('\n')}\n)${tail};`,
    ...commentStatements(table, name, target),
  ].join('\n');
}

interface Line {
  readonly text: string;
  readonly comment: string | null;
}

function tablePath(ref: TableRef, dialect: Dialect, options: DdlOptions): string {
  const name = identifier(ref.name, dialect);
  return ref.schema === null || ref.schema === options.defaultSchema
    ? name
    : `${identifier(ref.schema, dialect)}.${name}`;
}

function columnText(column: Column, keyed: boolean, dialect: Dialect): string {
  const comment =
    dialect.name === 'mysql' && column.comment ? ` COMMENT ${textLiteral(withoutNul(column.comment), dialect)}` : '';
  return `${identifier(column.name, dialect)} ${typeText(column, keyed, dialect)}${column.nullable ? '' : ' NOT NULL'}${comment}`;
}

/** The engine's own spelling where it is plain and of this dialect's kind, else the dialect's word for the logical type. */
function typeText(column: Column, keyed: boolean, dialect: Dialect): string {
  const own = TYPES[dialect.name][column.type];
  const native = column.nativeType.trim();
  const sized = /^(?:var)?char|^character|^decimal|^numeric/i.test(native);
  const text = sized && NATIVE_TYPE.test(native) && (dialect.name !== 'mysql' || native.includes('(')) ? native : own;
  return keyed && dialect.name === 'mysql' ? (INDEXABLE[text] ?? text) : text;
}

function keyLines(table: Table, dialect: Dialect, options: DdlOptions): readonly Line[] {
  const names = (columns: readonly string[]): string => columns.map((name) => identifier(name, dialect)).join(', ');
  const lines: Line[] = [];
  if (table.primaryKey.length > 0) lines.push({ text: `PRIMARY KEY (${names(table.primaryKey)})`, comment: null });
  for (const key of table.uniqueKeys) lines.push({ text: `UNIQUE (${names(key)})`, comment: null });
  for (const key of options.foreignKeys === false ? [] : table.foreignKeys) {
    if (key.origin === 'inferred' && !options.inferredKeys) continue;
    const target = tablePath(key.referenced, dialect, options);
    const text = `FOREIGN KEY (${names(key.columns)}) REFERENCES ${target} (${names(key.referencedColumns)})`;
    lines.push({ text, comment: key.origin === 'inferred' ? 'inferred' : null });
  }
  return lines;
}

function commentStatements(table: Table, name: string, dialect: Dialect): readonly string[] {
  if (dialect.name !== 'postgres' && dialect.name !== 'duckdb') return [];
  const statements: string[] = [];
  if (table.comment) statements.push(`COMMENT ON TABLE ${name} IS ${textLiteral(withoutNul(table.comment), dialect)};`);
  for (const column of table.columns) {
    if (!column.comment) continue;
    const path = `${name}.${identifier(column.name, dialect)}`;
    statements.push(`COMMENT ON COLUMN ${path} IS ${textLiteral(withoutNul(column.comment), dialect)};`);
  }
  return statements;
}

const withoutNul = (text: string): string => text.replaceAll('\0', '');
const oneLine = (text: string): string => withoutNul(text).replace(/\s+/g, ' ').trim();
