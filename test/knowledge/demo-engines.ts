/** The demo shop in every engine, for tests that run one plan everywhere. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DuckDBInstance } from '@duckdb/node-api';
import { PGlite, types } from '@electric-sql/pglite';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { createTableSql, type DemoTableData, insertSql } from '../../src/engine/demo/demo-table.ts';
import { buildShopDatabase } from '../../src/engine/demo/shop-database.ts';
import type { DialectName } from '../../src/sql/index.ts';
import { createMysqlDatabase, createPostgresDatabase } from '../support/services.ts';

/** Numbers are numbers whatever their type, dates are `YYYY-MM-DD`. */
export type PlainCell = string | number | boolean | null;
export type PlainRow = readonly PlainCell[];

export interface DemoEngine {
  readonly dialect: DialectName;
  query(sql: string): Promise<PlainRow[]>;
  close(): Promise<void>;
}

export async function openDuckdbDemo(tables: readonly DemoTableData[]): Promise<DemoEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'querent-demo-engine-'));
  const path = join(folder, 'shop.duckdb');
  await buildShopDatabase(path, tables);
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  return {
    dialect: 'duckdb',
    query: async (sql) => plainRows((await connection.runAndReadAll(sql)).getRowsJson()),
    close: async () => {
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function openSqliteDemo(tables: readonly DemoTableData[]): Promise<DemoEngine> {
  const database = new DatabaseSync(':memory:');
  for (const data of tables) {
    database.exec(createTableSql(data.table));
    for (const statement of insertSql(data)) database.exec(statement);
  }
  return {
    dialect: 'sqlite',
    query: async (sql) =>
      plainRows(
        database
          .prepare(sql)
          .all()
          .map((row) => Object.values(row)),
      ),
    close: async () => database.close(),
  };
}

export async function openPgliteDemo(tables: readonly DemoTableData[]): Promise<DemoEngine> {
  const database = await PGlite.create();
  for (const data of tables) {
    await database.exec(createTableSql(data.table));
    for (const statement of insertSql(data)) await database.exec(statement);
  }
  const text = (value: string): string => value;
  const parsers = { [types.DATE]: text, [types.TIMESTAMP]: text, [types.NUMERIC]: text };
  return {
    dialect: 'postgres',
    query: async (sql) => plainRows((await database.query<unknown[]>(sql, [], { rowMode: 'array', parsers })).rows),
    close: () => database.close(),
  };
}

export async function openPostgresDemo(tables: readonly DemoTableData[]): Promise<DemoEngine> {
  const { url, drop } = await createPostgresDatabase();
  const client = new pg.Client({ connectionString: url, types: { getTypeParser: () => (value: string) => value } });
  await client.connect();
  for (const data of tables) {
    await client.query(createTableSql(data.table));
    for (const statement of insertSql(data)) await client.query(statement);
  }
  return {
    dialect: 'postgres',
    query: async (sql) => plainRows((await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows),
    close: async () => {
      await client.end();
      await drop();
    },
  };
}

export async function openMysqlDemo(tables: readonly DemoTableData[]): Promise<DemoEngine> {
  const { url, drop } = await createMysqlDatabase();
  const connection = await mysql.createConnection({ uri: url, dateStrings: true, charset: 'utf8mb4' });
  for (const data of tables) {
    await connection.query(createTableSql(data.table));
    for (const statement of insertSql(data)) await connection.query(statement);
  }
  return {
    dialect: 'mysql',
    query: async (sql) => plainRows((await connection.query({ sql, rowsAsArray: true }))[0] as unknown[][]),
    close: async () => {
      await connection.end();
      await drop();
    },
  };
}

function plainRows(rows: readonly (readonly unknown[])[]): PlainRow[] {
  return rows.map((row) => row.map(plainCell));
}

export function plainCell(value: unknown): PlainCell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  const text = String(value);
  if (/^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text)) return Number(text);
  return text.replace(/^(\d{4}-\d{2}-\d{2})[T ]00:00:00(\.0+)?$/, '$1');
}

/** Equal as multisets, numbers within a relative 1e-6 (MySQL keeps few digits of a quotient). */
export function sameRows(left: readonly PlainRow[], right: readonly PlainRow[]): boolean {
  if (left.length !== right.length) return false;
  const sorted = (rows: readonly PlainRow[]): PlainRow[] =>
    [...rows].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const other = sorted(right);
  return sorted(left).every(
    (row, i) => row.length === other[i]!.length && row.every((cell, j) => same(cell, other[i]![j]!)),
  );
}

const sortKey = (row: PlainRow): string =>
  row.map((cell) => (typeof cell === 'number' ? cell.toPrecision(5) : String(cell))).join('\u0001');

const same = (a: PlainCell, b: PlainCell): boolean =>
  typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a)) : a === b;
