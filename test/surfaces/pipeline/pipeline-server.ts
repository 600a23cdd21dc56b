/** A server with the pipeline API in this process, over a small shop in SQLite. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pino from 'pino';
import { stringify } from 'yaml';
import { type Engine, loadAuthClients, loadConfig, openEngine } from '../../../src/engine/index.ts';
import { createServer, type HttpServer } from '../../../src/server/index.ts';
import { createTestHome } from '../../support/state.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { success: boolean; code: number; message: string; data: Data; error?: WireError };
}
// biome-ignore lint/suspicious/noExplicitAny: what an API answers is checked by what is expected of it
export type Data = any;
interface WireError {
  readonly type: string;
  readonly code: string;
  readonly details: string;
  readonly invalid_params?: string[];
  readonly missing_params?: string[];
  readonly timestamp: string;
}

export interface PipelineServer {
  readonly url: string;
  readonly home: string;
  readonly engine: Engine;
  readonly app: HttpServer;
  readonly logger: Parameters<typeof createServer>[0]['logger'];
  /** Where `table_list_file` is looked up. */
  readonly workingDirectory: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  upload(path: string, name: string, content: string | Uint8Array, fields?: Record<string, string>): Promise<Answer>;
  /** Creates a task and gives its id. */
  create(body?: Record<string, unknown>): Promise<string>;
  /** Waits until nothing runs, and gives the status. */
  settled(id: string): Promise<Data>;
  directory(id: string): string;
  close(): Promise<void>;
}

/** Three small tables with keys and comments that the names give. */
export function makeShop(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`
    CREATE TABLE region (id INTEGER PRIMARY KEY, region_name TEXT NOT NULL, is_active INTEGER NOT NULL);
    CREATE TABLE customer (id INTEGER PRIMARY KEY, customer_name TEXT NOT NULL, region_id INTEGER REFERENCES region (id));
    CREATE TABLE sales_order (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id),
      order_date TEXT NOT NULL, status TEXT NOT NULL, amount NUMERIC NOT NULL);
    INSERT INTO region VALUES (1, 'North', 1), (2, 'South', 1), (3, 'West', 0);`);
  for (let id = 1; id <= 12; id += 1) {
    database.exec(`INSERT INTO customer VALUES (${id}, 'Customer ${id}', ${(id % 3) + 1})`);
  }
  for (let id = 1; id <= 60; id += 1) {
    const status = ['new', 'paid', 'sent'][id % 3];
    const day = String((id % 28) + 1).padStart(2, '0');
    database.exec(
      `INSERT INTO sales_order VALUES (${id}, ${(id % 12) + 1}, '2025-0${(id % 6) + 1}-${day}', '${status}', ${id * 7.5})`,
    );
  }
  database.close();
}

export async function startPipeline(
  options: { readonly pipeline?: Record<string, unknown>; readonly config?: Record<string, unknown> } = {},
): Promise<PipelineServer> {
  const { home, remove } = await createTestHome();
  const workingDirectory = mkdtempSync(join(tmpdir(), 'querent-lists-'));
  makeShop(join(home, 'shop.sqlite'));
  mkdirSync(join(home, 'conf'), { recursive: true });
  const namespace = { shop: { type: 'sqlite', name: 'shop', uri: `sqlite:///${join(home, 'shop.sqlite')}` } };
  writeFileSync(
    join(home, 'conf', 'agent.yml'),
    stringify({
      agent: { namespace },
      ...options.config,
      pipeline: { default_connection: 'shop', working_directory: workingDirectory, ...options.pipeline },
    }),
  );
  const environment = { QUERENT_HOME: home };
  const loaded = loadConfig({ environment });
  const logger = pino({ level: 'silent' });
  const engine = await openEngine(loaded, { logger });
  const app = await createServer({ engine, authClients: () => loadAuthClients(home, environment), logger });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });

  const call: PipelineServer['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}/api/v0${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
  };
  return {
    url,
    home,
    engine,
    app,
    logger,
    workingDirectory,
    call,
    async upload(path, name, content, fields = {}) {
      const form = new FormData();
      for (const [field, value] of Object.entries(fields)) form.set(field, value);
      form.set('file', new File([typeof content === 'string' ? content : new Uint8Array(content)], name));
      const response = await fetch(`${url}/api/v0${path}`, { method: 'POST', body: form });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
    },
    async create(body = {}) {
      const { data } = (await call('POST', '/data_pipeline/tasks', body)).body;
      return data.task_id as string;
    },
    async settled(id) {
      for (;;) {
        const { data } = (await call('GET', `/data_pipeline/tasks/${id}`)).body;
        const live = (await engine.pipeline.isLive(id)) || data.current_step !== null;
        if (!live) return (await call('GET', `/data_pipeline/tasks/${id}`)).body.data;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    directory: (id) => join(home, 'data_pipeline', 'training_data', id),
    async close() {
      await app.close();
      await engine.close();
      await remove();
      rmSync(workingDirectory, { recursive: true, force: true });
    },
  };
}
