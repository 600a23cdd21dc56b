/** A small clinic in a real database of any kind, asked through HTTP by users with different rights. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { stringify } from 'yaml';
import {
  type Accounts,
  type Engine,
  type KnowledgeBase,
  loadConfig,
  openAccounts,
  openEngine,
  openKnowledgeBase,
} from '../../../src/engine/index.ts';
import { silentLogger } from '../../../src/kernel/index.ts';
import { createServer, type HttpServer } from '../../../src/server/index.ts';
import type { TestDatabase, TestEngine } from '../../support/engines.ts';
import { type ScriptedModelServer, startScriptedModelServer } from '../../support/scripted-model-server.ts';
import { createTestHome } from '../../support/state.ts';
import type { Answer } from './ask-client.ts';

export const PASSWORD = 'test-pass-1';

const months = Array.from({ length: 10 }, (_, n) => `2025-${String(n + 1).padStart(2, '0')}-10`);
const deliveries = months.flatMap((day, n) => [
  `(${2 * n + 1}, '${day}', 'main', ${100 + 10 * n})`,
  `(${2 * n + 2}, '${day}', 'annex', ${7000 + 100 * n})`,
]);

const TABLES = [
  'CREATE TABLE patients (patient_id INTEGER PRIMARY KEY, patient_name VARCHAR(20), city VARCHAR(20), region VARCHAR(20), ssn VARCHAR(20))',
  `INSERT INTO patients VALUES (1, 'Anna', 'Berlin', 'north', 'ssn-1001'), (2, 'Bela', 'Bern', 'south', 'ssn-1002'),
     (3, 'Cora', 'Hamburg', 'north', 'ssn-1003'), (4, 'Dora', 'Rome', 'south', 'ssn-1004'), (5, 'Egon', 'Rome', NULL, 'ssn-1005')`,
  'CREATE TABLE visits (visit_id INTEGER PRIMARY KEY, patient_id INTEGER, cost INTEGER, FOREIGN KEY (patient_id) REFERENCES patients (patient_id))',
  'INSERT INTO visits VALUES (1, 1, 10), (2, 1, 20), (3, 2, 400), (4, 3, 30), (5, 4, 500), (6, 5, 600)',
  'CREATE TABLE salaries (staff_name VARCHAR(20), salary INTEGER)',
  "INSERT INTO salaries VALUES ('Quincy', 91234)",
];

const DEPOT = [
  'CREATE TABLE deliveries (delivery_id INTEGER PRIMARY KEY, delivered_on DATE, store VARCHAR(20), amount INTEGER)',
  `INSERT INTO deliveries VALUES ${deliveries.join(', ')}`,
];

/** A user's way through the API, within one chat or in new ones. */
export interface Clinic {
  readonly home: string;
  readonly engine: Engine;
  readonly accounts: Accounts;
  readonly knowledge: KnowledgeBase;
  readonly model: ScriptedModelServer;
  /** Number of the clinic among the datasources. */
  readonly id: number;
  addUser(
    username: string,
    more?: { variables?: Record<string, string>; roles?: string[]; workspaces?: string[] },
  ): Promise<number>;
  post(path: string, body: Record<string, unknown>): Promise<{ statusCode: number; json(): unknown }>;
  /** In a new chat, over the only datasource of the user, unless the third argument says otherwise. */
  ask(
    username: string,
    question: string,
    place?: { readonly chatId?: number | null; readonly datasourceId?: number | null },
  ): Promise<Answer & { readonly chatId: number }>;
  /** Status of a chart's link. */
  picture(url: string | null | undefined): Promise<number>;
  close(): Promise<void>;
}

/** A namespace of the configuration for a test database. */
function namespaceOf(name: string, { config }: TestDatabase): Record<string, unknown> {
  switch (config.kind) {
    case 'postgres':
    case 'mysql': {
      const { kind, ...rest } = config;
      const given = Object.entries(rest).filter(([, value]) => value !== null);
      return { type: kind, name, ...Object.fromEntries(given) };
    }
    case 'files':
      throw new Error('the clinic is no set of files');
    default:
      return { type: config.kind, name, uri: config.path };
  }
}

export async function openClinic(on: TestEngine): Promise<Clinic> {
  const { home, remove } = await createTestHome();
  const model = await startScriptedModelServer();
  const databases = [await on.create(...TABLES), await on.create(...DEPOT)] as const;
  const namespace = { clinic: namespaceOf('clinic', databases[0]), depot: namespaceOf('depot', databases[1]) };
  const models = { main: { type: 'openai-compatible', base_url: model.url, api_key: 'k', model: 'm', max_retries: 0 } };
  mkdirSync(join(home, 'conf'), { recursive: true });
  writeFileSync(join(home, 'conf', 'agent.yml'), stringify({ agent: { namespace, models, target: 'main' } }));
  process.env.QUERENT_ADMIN_PASSWORD = PASSWORD;
  const loaded = loadConfig({ environment: { QUERENT_HOME: home, HOME: home } });
  const engine = await openEngine(loaded, { logger: silentLogger });
  const app: HttpServer = await createServer({
    engine,
    authClients: () => ({ clients: {}, jwt: { secret_key: 'x'.repeat(32), algorithm: 'HS256', expiration_hours: 1 } }),
    logger: pino({ level: 'silent' }),
  });
  const accounts = await openAccounts(loaded, { logger: silentLogger });
  const knowledge = await openKnowledgeBase(loaded, { logger: silentLogger });
  await accounts.moveDatasource((await accounts.datasource('depot')).id, 'elsewhere');
  const post: Clinic['post'] = (path, body) =>
    app.inject({ method: 'POST', url: `/api/v1/open/${path}`, payload: body });
  return {
    home,
    engine,
    accounts,
    knowledge,
    model,
    id: (await accounts.datasource('clinic')).id,
    async addUser(username, { variables = {}, roles = [], workspaces = ['default'] } = {}) {
      const user = { username, password: PASSWORD, isAdmin: false, roles, variables, workspaces };
      return (await accounts.users.add(user)).id;
    },
    post,
    async ask(username, question, { chatId = null, datasourceId = null } = {}) {
      const body = { username, password: PASSWORD, question, chat_id: chatId, datasource_id: datasourceId };
      const response = await post('ask', body);
      const { chat_id, answer } = response.json() as { chat_id: number; answer: Answer };
      return { ...answer, chatId: chat_id };
    },
    async picture(url) {
      const { pathname } = new URL(url ?? 'http://x/none');
      return (await app.inject({ method: 'GET', url: pathname })).statusCode;
    },
    async close() {
      delete process.env.QUERENT_ADMIN_PASSWORD;
      await knowledge.close();
      await accounts.close();
      await app.close();
      await engine.close();
      await model.close();
      for (const database of databases) await database.drop();
      await remove();
    },
  };
}

export const values = (given: Answer): unknown[] => (given.data?.data ?? []).flatMap((row) => Object.values(row));
export const listed = (given: Answer, column: string): unknown[] =>
  (given.data?.data ?? []).map((row) => row[column]).sort();
