/** Workflows on a small real SQLite database, with the builtin planner, a scripted one, or a scripted model. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { stringify } from 'yaml';
import { loadConfig, openQueryEngine, type QueryEngine } from '../../src/engine/index.ts';
import { silentLogger } from '../../src/kernel/index.ts';
import type { Candidate, Planner } from '../../src/planning/index.ts';
import { type PersonInput, type RunEvent, type RunRequest, runWorkflow } from '../../src/workflows/index.ts';
import { freshHome } from '../support/process.ts';

export interface ShopRun {
  readonly events: readonly RunEvent[];
  readonly end: Extract<RunEvent, { type: 'run-end' }>;
  /** Types of the nodes that ran, in order. */
  readonly nodes: readonly string[];
  readonly nodeIds: readonly string[];
  readonly rows: readonly (readonly unknown[])[] | null;
  readonly sql: string | null;
  /** The `details` of the first detail with this action. */
  detail(action: string): Readonly<Record<string, unknown>> | undefined;
  /** What reflection chose, round by round. */
  readonly strategies: readonly string[];
}

export interface ShopRunOptions {
  readonly question?: string;
  readonly request?: Partial<RunRequest>;
  readonly planner?: Planner;
  readonly inputs?: readonly PersonInput[];
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

export interface Shop {
  readonly file: string;
  readonly engine: QueryEngine;
  run(workflow: string, options?: ShopRunOptions): Promise<ShopRun>;
  close(): Promise<void>;
}

/** A database of customers and orders; `config` is what the configuration file says besides the namespace. */
export async function openShop(
  config: { readonly agent?: object; readonly planning?: object; readonly limits?: object } = {},
): Promise<Shop> {
  const { home, remove } = freshHome();
  const file = join(home, 'shop.sqlite');
  const database = new DatabaseSync(file);
  database.exec(`CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id), ordered_on DATE NOT NULL, amount NUMERIC NOT NULL);
    INSERT INTO customers VALUES (1,'Ann','Springfield'),(2,'Bob','Shelbyville'),(3,'Cleo','Springfield');
    INSERT INTO orders VALUES (1,1,'2024-03-05',10),(2,1,'2024-04-01',20),(3,2,'2024-03-09',5),(4,3,'2024-05-01',7)`);
  database.close();
  mkdirSync(join(home, 'documents', 'shop'), { recursive: true });
  writeFileSync(join(home, 'documents', 'shop', 'rules.md'), '# Amounts\nAmounts are net of tax, in euro.\n');
  const path = join(home, 'agent.yml');
  const { agent = {}, ...sections } = config;
  writeFileSync(
    path,
    stringify({
      agent: { namespace: { shop: { type: 'sqlite', name: 'shop', uri: `sqlite:///${file}` } }, ...agent },
      ...sections,
    }),
  );
  const loaded = loadConfig({ environment: { QUERENT_HOME: home, HOME: home }, file: path, writeMissing: false });
  const engine = await openQueryEngine(loaded, { logger: silentLogger });
  return {
    file,
    engine,
    async run(workflow, options = {}) {
      const events: RunEvent[] = [];
      const inputs = [...(options.inputs ?? [])];
      const request: RunRequest = {
        workflow,
        namespace: 'shop',
        question: options.question ?? 'how many customers',
        database: null,
        schemaName: null,
        today: '2026-01-15',
        notes: [],
        subjectPath: [],
        planMode: false,
        previous: [],
        ...options.request,
      };
      const services = options.planner ? { ...engine.services, planner: options.planner } : engine.services;
      const end = await runWorkflow(request, services, {
        owner: 'test',
        signal: options.signal ?? AbortSignal.timeout(30_000),
        emit: async (event) => {
          events.push(event);
          options.onEvent?.(event);
        },
        ...(options.inputs ? { nextInput: async () => inputs.shift() ?? { action: 'reject' } } : {}),
      });
      const output = events.find((event) => event.type === 'output-ready');
      const details = events.filter((event) => event.type === 'node-detail');
      return {
        events,
        end,
        nodes: events.flatMap((event) => (event.type === 'node-start' ? [event.nodeType] : [])),
        nodeIds: events.flatMap((event) => (event.type === 'node-start' ? [event.nodeId] : [])),
        rows: output?.result?.rows ?? null,
        sql: output?.sql ?? null,
        detail: (action) => details.find((event) => event.action === action)?.details,
        strategies: details
          .filter((event) => event.action === 'reflection_analysis')
          .map((event) => String(event.details.strategy)),
      };
    },
    async close() {
      await engine.close();
      remove();
    },
  };
}

/** A planner that always offers these statements, best first. */
export function plannerOf(...statements: readonly string[]): Planner {
  const candidates = statements.map(
    (sql, index): Candidate => ({
      plan: null,
      sql,
      confidence: 0.9 - index * 0.1,
      mappings: [],
      reading: `reading ${index + 1}`,
    }),
  );
  return {
    name: 'builtin',
    plan: async () => ({ kind: 'answer', planner: 'builtin', language: 'en', candidates }),
  };
}
