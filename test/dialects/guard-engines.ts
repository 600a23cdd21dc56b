/** The real engines behind the guard's suites, each holding the shop of the corpora. */

import { DatabaseSync } from 'node:sqlite';
import { DuckDBInstance } from '@duckdb/node-api';
import { PGlite } from '@electric-sql/pglite';
import mysql from 'mysql2/promise';
import pg from 'pg';
import type { DialectName } from '../../src/sql/index.ts';
import { createMysqlDatabase, createPostgresDatabase } from '../support/services.ts';

/** Runs statements on one engine; rows come as arrays of JSON texts, so that they compare exactly. */
export interface GuardEngine {
  readonly dialect: DialectName;
  execute(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

const asText = (row: readonly unknown[]): string =>
  JSON.stringify(row, (_, value) =>
    typeof value === 'bigint'
      ? `${value}n`
      : Buffer.isBuffer(value) || value instanceof Uint8Array
        ? Buffer.from(value).toString('hex')
        : value,
  );

export async function openDuckdb(): Promise<GuardEngine> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  return {
    dialect: 'duckdb',
    execute: async (sql) => void (await connection.run(sql)),
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowsJson().map(asText),
    close: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export async function openSqlite(): Promise<GuardEngine> {
  const database = new DatabaseSync(':memory:');
  return {
    dialect: 'sqlite',
    execute: async (sql) => database.exec(sql),
    rows: async (sql) => {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      return (statement.all() as unknown as unknown[][]).map(asText);
    },
    close: async () => database.close(),
  };
}

export async function openPglite(): Promise<GuardEngine> {
  const database = await PGlite.create();
  return {
    dialect: 'postgres',
    execute: async (sql) => void (await database.exec(sql)),
    rows: async (sql) => (await database.query<unknown[]>(sql, [], { rowMode: 'array' })).rows.map(asText),
    close: () => database.close(),
  };
}

export async function openPostgres(): Promise<GuardEngine> {
  const { url, drop } = await createPostgresDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    dialect: 'postgres',
    execute: async (sql) => void (await client.query(sql)),
    rows: async (sql) => (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows.map(asText),
    close: async () => {
      await client.end();
      await drop();
    },
  };
}

export async function openMysql(): Promise<GuardEngine> {
  const { url, drop } = await createMysqlDatabase();
  const connection = await mysql.createConnection({
    uri: url,
    rowsAsArray: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
  });
  return {
    dialect: 'mysql',
    execute: async (sql) => void (await connection.query(sql)),
    rows: async (sql) => ((await connection.query(sql))[0] as unknown as unknown[][]).map(asText),
    close: async () => {
      await connection.end();
      await drop();
    },
  };
}
