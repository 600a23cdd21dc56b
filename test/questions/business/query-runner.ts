/** A database to run SQL text on, with plain values; the same data on every engine. */
import { DatabaseSync } from 'node:sqlite';
import { DuckDBInstance } from '@duckdb/node-api';
import { PGlite, types } from '@electric-sql/pglite';
import mysql from 'mysql2/promise';
import pg from 'pg';
import type { DialectName } from '../../../src/sql/index.ts';
import { createMysqlDatabase, createPostgresDatabase } from '../../support/services.ts';

export type PlainCell = string | number | null;
export type PlainRow = readonly PlainCell[];

export interface QueryRunner {
  readonly dialect: DialectName;
  rows(sql: string): Promise<PlainRow[]>;
  close(): Promise<void>;
}

export async function openSqlite(path: string): Promise<QueryRunner> {
  const database = new DatabaseSync(path, { readOnly: true });
  return {
    dialect: 'sqlite',
    rows: async (sql) => {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      return plainRows(statement.all() as unknown as unknown[][]);
    },
    close: async () => database.close(),
  };
}

export async function openDuckdb(path: string): Promise<QueryRunner> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  return {
    dialect: 'duckdb',
    rows: async (sql) => plainRows((await connection.runAndReadAll(sql)).getRowsJson()),
    close: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** An embedded Postgres whose data directory nobody else has open. */
export async function openPglite(folder: string): Promise<QueryRunner> {
  const database = await PGlite.create(folder);
  const text = (value: string): string => value;
  const parsers = { [types.DATE]: text, [types.TIMESTAMP]: text, [types.NUMERIC]: text, [types.INT8]: text };
  return {
    dialect: 'postgres',
    rows: async (sql) => plainRows((await database.query<unknown[]>(sql, [], { rowMode: 'array', parsers })).rows),
    close: () => database.close(),
  };
}

/** Copies every table of an SQLite file to a new database of the PostgreSQL server. */
export async function mirrorToPostgres(path: string): Promise<QueryRunner> {
  const { url, drop } = await createPostgresDatabase();
  const client = new pg.Client({ connectionString: url, types: { getTypeParser: () => (value: string) => value } });
  await client.connect();
  for (const statement of copyStatements(path, 'postgres')) await client.query(statement);
  return {
    dialect: 'postgres',
    rows: async (sql) => plainRows((await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows),
    close: async () => {
      await client.end();
      await drop();
    },
  };
}

/** Copies every table of an SQLite file to a new database of the MariaDB or MySQL server. */
export async function mirrorToMysql(path: string): Promise<QueryRunner> {
  const { url, drop } = await createMysqlDatabase();
  const connection = await mysql.createConnection({ uri: url, dateStrings: true, charset: 'utf8mb4' });
  for (const statement of copyStatements(path, 'mysql')) await connection.query(statement);
  return {
    dialect: 'mysql',
    rows: async (sql) => plainRows((await connection.query({ sql, rowsAsArray: true }))[0] as unknown[][]),
    close: async () => {
      await connection.end();
      await drop();
    },
  };
}

const ROWS_PER_INSERT = 500;
type Server = 'postgres' | 'mysql';

/** DDL and data of all tables, with primary keys; names stay as they are. */
function* copyStatements(path: string, server: Server): Generator<string> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database
      .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
      .all()
      .map((row) => String(row.name));
    for (const table of tables) {
      const columns = database
        .prepare('SELECT name, type, pk FROM pragma_table_info(?)')
        .all(table)
        .map((row) => ({
          name: String(row.name),
          type: columnType(String(row.type), Number(row.pk) > 0, server),
          key: Number(row.pk),
        }));
      const keys = columns.filter((column) => column.key > 0).sort((a, b) => a.key - b.key);
      const lines = columns.map((column) => `${quoted(column.name, server)} ${column.type}`);
      if (keys.length > 0) lines.push(`PRIMARY KEY (${keys.map((column) => quoted(column.name, server)).join(', ')})`);
      const tail = server === 'mysql' ? ' CHARACTER SET utf8mb4 COLLATE utf8mb4_bin' : '';
      yield `CREATE TABLE ${quoted(table, server)} (${lines.join(', ')})${tail}`;
      const select = database.prepare(`SELECT * FROM "${table}"`);
      select.setReturnArrays(true);
      const rows = select.all() as unknown as unknown[][];
      for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
        const values = rows
          .slice(at, at + ROWS_PER_INSERT)
          .map((row) => `(${row.map((value, i) => literal(value, columns[i]!.type, server)).join(', ')})`);
        yield `INSERT INTO ${quoted(table, server)} VALUES ${values.join(', ')}`;
      }
    }
  } finally {
    database.close();
  }
}

const quoted = (name: string, server: Server): string => (server === 'mysql' ? `\`${name}\`` : `"${name}"`);

function columnType(declared: string, isKey: boolean, server: Server): string {
  const type = declared.toUpperCase();
  const mysqlServer = server === 'mysql';
  if (/INT/.test(type)) return 'BIGINT';
  if (/NUMERIC|DECIMAL/.test(type)) return 'DECIMAL(18, 4)';
  if (/REAL|FLOAT|DOUBLE/.test(type)) return mysqlServer ? 'DOUBLE' : 'DOUBLE PRECISION';
  if (/BOOL/.test(type)) return 'BOOLEAN';
  if (/DATETIME|TIMESTAMP/.test(type)) return mysqlServer ? 'DATETIME' : 'TIMESTAMP';
  if (/DATE/.test(type)) return 'DATE';
  if (/BLOB/.test(type)) return mysqlServer ? 'LONGBLOB' : 'BYTEA';
  return mysqlServer ? (isKey ? 'VARCHAR(255)' : 'LONGTEXT') : 'TEXT';
}

function literal(value: unknown, type: string, server: Server): string {
  if (value === null || value instanceof Uint8Array) return 'NULL';
  if (type === 'BOOLEAN') return Number(value) === 1 ? 'TRUE' : 'FALSE';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const text = String(value).replaceAll("'", "''");
  return `'${server === 'mysql' ? text.replaceAll('\\', '\\\\') : text}'`;
}

function plainRows(rows: readonly (readonly unknown[])[]): PlainRow[] {
  return rows.map((row) => row.map(plainCell));
}

/** Numbers are numbers whatever their type, midnight is its day, a boolean is 0 or 1, padding is gone. */
function plainCell(value: unknown): PlainCell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  const text = String(value).trimEnd();
  if (/^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text)) return Number(text);
  return text.replace(/^(\d{4}-\d{2}-\d{2})[T ]00:00:00(\.0+)?$/, '$1');
}
