/** Real databases of every kind, made from statements and dropped after. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DuckDBInstance } from '@duckdb/node-api';
import { PGlite } from '@electric-sql/pglite';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { describe } from 'vitest';
import { type DatasourceConfig, parseConnectionUrl } from '../../src/execution/index.ts';
import type { DialectName } from '../../src/sql/index.ts';
import { createMysqlDatabase, createPostgresDatabase, describeWithMysql, describeWithPostgres } from './services.ts';

export interface TestDatabase {
  readonly config: DatasourceConfig;
  /** Runs statements as the owner, outside the datasource. The datasource may be open, except for DuckDB. */
  exec(...statements: string[]): Promise<void>;
  /** Reads rows as the owner. */
  rows(sql: string): Promise<unknown[][]>;
  drop(): Promise<void>;
}

export interface TestEngine {
  readonly kind: 'duckdb' | 'sqlite' | 'postgres' | 'mysql' | 'embedded';
  readonly dialect: DialectName;
  /** A suite that runs when the engine is there. */
  readonly describe: (name: string, body: () => void) => void;
  create(...statements: string[]): Promise<TestDatabase>;
  /** A query that works for minutes and returns one row. */
  readonly heavy: string;
}

/** An empty temporary folder; `remove` deletes it. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'querent-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

const duckdb: TestEngine = {
  kind: 'duckdb',
  dialect: 'duckdb',
  describe,
  heavy: 'SELECT count(*) FROM range(1000000) a(x), range(1000000) b(y) WHERE (x * y) % 7 = 3',
  async create(...statements) {
    const folder = temporaryFolder();
    const path = join(folder.path, 'test.duckdb');
    const open = async <T>(work: (run: (sql: string) => Promise<unknown[][]>) => Promise<T>): Promise<T> => {
      const instance = await DuckDBInstance.create(path);
      const connection = await instance.connect();
      try {
        return await work(async (sql) => (await connection.run(sql)).getRowsJson());
      } finally {
        connection.closeSync();
        instance.closeSync();
      }
    };
    const database: TestDatabase = {
      config: { kind: 'duckdb', path },
      exec: (...sql) =>
        open(async (run) => {
          for (const statement of sql) await run(statement);
        }),
      rows: (sql) => open((run) => run(sql)),
      drop: async () => folder.remove(),
    };
    await database.exec(...statements);
    return database;
  },
};

const sqlite: TestEngine = {
  kind: 'sqlite',
  dialect: 'sqlite',
  describe,
  heavy: 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3000000000) SELECT count(*) FROM n',
  async create(...statements) {
    const folder = temporaryFolder();
    const path = join(folder.path, 'test.sqlite');
    const open = <T>(work: (db: DatabaseSync) => T): T => {
      const db = new DatabaseSync(path);
      try {
        return work(db);
      } finally {
        db.close();
      }
    };
    const database: TestDatabase = {
      config: { kind: 'sqlite', path },
      exec: async (...sql) =>
        open((db) => {
          for (const statement of sql) db.exec(statement);
        }),
      rows: async (sql) =>
        open((db) => {
          const statement = db.prepare(sql);
          statement.setReturnArrays(true);
          return statement.all() as unknown as unknown[][];
        }),
      drop: async () => folder.remove(),
    };
    await database.exec(...statements);
    return database;
  },
};

const HEAVY_SERIES =
  'SELECT count(*) FROM generate_series(1::bigint, 100000) a(x), generate_series(1::bigint, 100000) b(y) WHERE (x * y) % 7 = 3';

const postgres: TestEngine = {
  kind: 'postgres',
  dialect: 'postgres',
  describe: describeWithPostgres,
  heavy: HEAVY_SERIES,
  async create(...statements) {
    const { url, drop } = await createPostgresDatabase();
    const open = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return await work(client);
      } finally {
        await client.end();
      }
    };
    const database: TestDatabase = {
      config: parseConnectionUrl(url),
      exec: (...sql) =>
        open(async (client) => {
          for (const statement of sql) await client.query(statement);
        }),
      rows: (sql) => open(async (client) => (await client.query({ text: sql, rowMode: 'array' })).rows as unknown[][]),
      drop,
    };
    await database.exec(...statements);
    return database;
  },
};

const mariadb: TestEngine = {
  kind: 'mysql',
  dialect: 'mysql',
  describe: describeWithMysql,
  heavy:
    'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000) SELECT count(*) FROM n a, n b, n c WHERE (a.x * b.x * c.x) % 7 = 3',
  async create(...statements) {
    const { url, drop } = await createMysqlDatabase();
    const open = async <T>(work: (connection: mysql.Connection) => Promise<T>): Promise<T> => {
      const connection = await mysql.createConnection({ uri: url, charset: 'utf8mb4' });
      try {
        return await work(connection);
      } finally {
        await connection.end();
      }
    };
    const database: TestDatabase = {
      config: parseConnectionUrl(url),
      exec: (...sql) =>
        open(async (connection) => {
          for (const statement of sql) await connection.query(statement);
        }),
      rows: (sql) =>
        open(async (connection) => (await connection.query({ sql, rowsAsArray: true }))[0] as unknown as unknown[][]),
      drop,
    };
    await database.exec(...statements);
    return database;
  },
};

const embedded: TestEngine = {
  kind: 'embedded',
  dialect: 'postgres',
  describe,
  heavy: HEAVY_SERIES,
  async create(...statements) {
    const folder = temporaryFolder();
    const path = join(folder.path, 'data');
    const open = async <T>(work: (db: PGlite) => Promise<T>): Promise<T> => {
      const db = await PGlite.create(path);
      try {
        return await work(db);
      } finally {
        await db.close();
      }
    };
    const database: TestDatabase = {
      config: { kind: 'embedded', path },
      exec: (...sql) =>
        open(async (db) => {
          for (const statement of sql) await db.exec(statement);
        }),
      rows: (sql) => open(async (db) => (await db.query<unknown[]>(sql, [], { rowMode: 'array' })).rows as unknown[][]),
      drop: async () => folder.remove(),
    };
    await database.exec(...statements);
    return database;
  },
};

export const TEST_ENGINES: readonly TestEngine[] = [duckdb, sqlite, postgres, mariadb, embedded];
