/** The whole way on real engines: catalog → model → guard → rows, in each dialect's own words. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DuckDBInstance } from '@duckdb/node-api';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCatalog } from '../../src/catalog/index.ts';
import {
  type Datasource,
  type DatasourceConfig,
  openDatasource,
  parseConnectionUrl,
} from '../../src/execution/index.ts';
import { createModels, parseModelsConfig } from '../../src/llm/index.ts';
import { createLlmPlanner, type LlmPlanner } from '../../src/planning/index.ts';
import { type DatabaseSchema, guardReadOnly } from '../../src/sql/index.ts';
import { answer, type ScriptedModelServer, startScriptedModelServer } from '../support/scripted-model-server.ts';
import {
  createMysqlDatabase,
  createPostgresDatabase,
  describeWithMysql,
  describeWithPostgres,
} from '../support/services.ts';

const CREATE = [
  'CREATE TABLE shops (id INTEGER PRIMARY KEY, city VARCHAR(40))',
  'CREATE TABLE sales (id INTEGER PRIMARY KEY, shop_id INTEGER REFERENCES shops(id), sold_on DATE, amount DECIMAL(10,2))',
  "INSERT INTO shops VALUES (1, 'Rome'), (2, '上海')",
  "INSERT INTO sales VALUES (1, 1, '2025-01-05', 10.50), (2, 1, '2025-01-20', 4.50), (3, 2, '2025-02-02', 7.25)",
];

interface Opened {
  readonly config: DatasourceConfig;
  readonly drop: () => Promise<void>;
}

async function inFolder(make: (path: string) => Promise<DatasourceConfig>): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'querent-llm-'));
  return { config: await make(folder), drop: () => rm(folder, { recursive: true, force: true }) };
}

const engines = {
  sqlite: {
    monthOf: (column: string) => `strftime('%Y-%m', ${column})`,
    open: () =>
      inFolder(async (folder) => {
        const path = join(folder, 'shop.sqlite');
        const database = new DatabaseSync(path);
        for (const sql of CREATE) database.exec(sql);
        database.close();
        return { kind: 'sqlite', path };
      }),
  },
  duckdb: {
    monthOf: (column: string) => `strftime(${column}, '%Y-%m')`,
    open: () =>
      inFolder(async (folder) => {
        const path = join(folder, 'shop.duckdb');
        const instance = await DuckDBInstance.create(path);
        const connection = await instance.connect();
        for (const sql of CREATE) await connection.run(sql);
        connection.closeSync();
        instance.closeSync();
        return { kind: 'duckdb', path };
      }),
  },
  postgres: {
    monthOf: (column: string) => `to_char(${column}, 'YYYY-MM')`,
    open: async (): Promise<Opened> => {
      const { url, drop } = await createPostgresDatabase();
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      for (const sql of CREATE) await client.query(sql);
      await client.end();
      return { config: parseConnectionUrl(url), drop };
    },
  },
  mysql: {
    monthOf: (column: string) => `DATE_FORMAT(${column}, '%Y-%m')`,
    open: async (): Promise<Opened> => {
      const { url, drop } = await createMysqlDatabase();
      const connection = await mysql.createConnection({ uri: url });
      for (const sql of CREATE) await connection.query(sql);
      await connection.end();
      return { config: parseConnectionUrl(url), drop };
    },
  },
} as const;

function suite(name: keyof typeof engines): void {
  const { open, monthOf } = engines[name];
  let opened: Opened;
  let datasource: Datasource;
  let schema: DatabaseSchema;
  let server: ScriptedModelServer;
  let planner: LlmPlanner;

  beforeAll(async () => {
    opened = await open();
    datasource = await openDatasource(opened.config);
    schema = await createCatalog().snapshot(datasource, { key: name });
    server = await startScriptedModelServer();
    const models = { main: { type: 'openai-compatible', base_url: server.url, model: 'scripted' } };
    planner = createLlmPlanner({ models: createModels(parseModelsConfig({ target: 'main', models })) });
  });
  afterAll(async () => {
    await server?.close();
    await datasource?.close();
    await opened?.drop();
  });

  const ask = async (...replies: string[]) => {
    server.script(...replies.map((sql) => answer(JSON.stringify({ sql }))));
    const previous = server.requests.length;
    const result = await planner.plan({
      question: 'monthly amount by city',
      schema,
      today: '2025-02-10',
      previous: [],
      knowledge: { terms: [], examples: [], measures: [], notes: [] },
    });
    return { result, requests: server.requests.slice(previous) };
  };

  it('answers with rows from the engine', async () => {
    const month = monthOf('s.sold_on');
    const { result, requests } = await ask(
      `SELECT ${month} AS month, p.city, SUM(s.amount) AS amount FROM sales s JOIN shops p ON p.id = s.shop_id GROUP BY ${month}, p.city ORDER BY 1, 2`,
    );
    if (result.kind !== 'answer') throw new Error(JSON.stringify(result));
    const guarded = await guardReadOnly(result.candidates[0]?.sql ?? '', { schema, maxRows: 100 });
    if (!guarded.ok) throw new Error(guarded.failure.message);
    const run = await datasource.run(guarded.value.sql, { timeoutMs: 5_000, maxRows: 100 });
    if (!run.ok) throw new Error(run.failure.message);
    expect(run.value.rows.map(([when, city, amount]) => [when, city, Number(amount)])).toEqual([
      ['2025-01', 'Rome', 15],
      ['2025-02', '上海', 7.25],
    ]);
    const prompt = requests[0]?.body.messages?.[1]?.content ?? '';
    expect(prompt).toMatch(/key \(shop_id\) -> shops \(id\)/);
    expect(prompt).toContain('上海');
  });

  it('gets nothing past the guard that a model makes up or is talked into', async () => {
    for (const sql of ['SELECT profit FROM sales', 'UPDATE sales SET amount = 0', 'SELECT 1; DROP TABLE sales']) {
      const { result, requests } = await ask(sql, sql);
      expect(result.kind).toBe('cannot');
      expect(requests).toHaveLength(2);
    }
  });
}

describe('a model on SQLite', () => suite('sqlite'));
describe('a model on DuckDB', () => suite('duckdb'));
describeWithPostgres('a model on PostgreSQL', () => suite('postgres'));
describeWithMysql('a model on MariaDB or MySQL', () => suite('mysql'));
