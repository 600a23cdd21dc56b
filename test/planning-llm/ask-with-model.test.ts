/** The program itself with a model in its configuration: who answers, what is spent, and that no key comes out. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type Answer, loadConfig, openQueryEngine } from '../../src/engine/index.ts';
import { silentLogger } from '../../src/kernel/index.ts';
import { freshHome, runQuerent } from '../support/process.ts';
import {
  answer,
  type ScriptedModelServer,
  type Step,
  startScriptedModelServer,
} from '../support/scripted-model-server.ts';

const KEY = 'sk-program-secret-13579';
const { home, remove } = freshHome();
const file = join(home, 'clinic.sqlite');
let server: ScriptedModelServer;

beforeAll(() => {
  const database = new DatabaseSync(file);
  database.exec(`CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT, born TEXT);
    CREATE TABLE visits (id INTEGER PRIMARY KEY, patient_id INTEGER REFERENCES patients(id), seen_on TEXT, fee NUMERIC);
    INSERT INTO patients VALUES (1,'Ann','1980-01-01'),(2,'Bob','1990-01-01');
    INSERT INTO visits VALUES (1,1,'2025-01-01',10),(2,1,'2025-02-01',20),(3,2,'2025-02-03',5)`);
  database.close();
});
beforeEach(async () => {
  server = await startScriptedModelServer();
});
afterEach(() => server.close());
afterAll(remove);

/** Writes the configuration; the key is a reference to the environment. */
function configure(planning: Record<string, unknown>): string {
  const config = {
    agent: {
      target: 'main',
      models: {
        main: {
          type: 'openai-compatible',
          base_url: server.url,
          api_key: `$${'{CLINIC_KEY}'}`,
          model: 'scripted',
          max_retries: 0,
        },
      },
    },
    planning,
  };
  mkdirSync(join(home, 'conf'), { recursive: true });
  const path = join(home, 'conf', 'model.yml');
  writeFileSync(path, stringify(config));
  return path;
}

async function ask(question: string, planning: Record<string, unknown>): Promise<Answer> {
  const environment = { QUERENT_HOME: home, HOME: home, CLINIC_KEY: KEY };
  const loaded = loadConfig({ environment, file: configure(planning), writeMissing: false });
  const engine = await openQueryEngine(loaded, { logger: silentLogger });
  try {
    const events: unknown[] = [];
    const given = await engine.answer({
      question,
      database: file,
      language: null,
      signal: AbortSignal.timeout(30_000),
      onEvent: (event) => void events.push(event),
    });
    expect(JSON.stringify([given, events])).not.toContain(KEY);
    return given;
  } finally {
    await engine.close();
  }
}

/** Text of every file below a folder. */
function everything(folder: string): string {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) => (statSync(path).isDirectory() ? everything(path) : readFileSync(path, 'latin1')))
    .join('\n');
}

const LAST_VISIT =
  'SELECT p.name, MAX(v.seen_on) AS last_seen FROM patients p JOIN visits v ON v.patient_id = p.id GROUP BY p.name ORDER BY p.name';
const sql = (text: string): Step => answer(JSON.stringify({ sql: text, explanation: 'Latest visit of each patient' }));

it('a model answers on the command line, guarded and run like any other SQL', async () => {
  server.script(sql(LAST_VISIT));
  const args = ['ask', 'when did we last see everybody?', '--db', file, '--config', configure({ mode: 'llm' })];
  const run = await runQuerent([...args, '--format', 'json'], { home, env: { CLINIC_KEY: KEY } });
  expect(JSON.parse(run.stdout)).toMatchObject({
    outcome: 'answer',
    planner: 'llm',
    reading: 'Latest visit of each patient',
    rows: [
      { name: 'Ann', last_seen: '2025-02-01' },
      { name: 'Bob', last_seen: '2025-02-03' },
    ],
  });
  expect(run.code).toBe(0);
  expect(run.stdout + run.stderr).not.toContain(KEY);
  expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
});

it('a model that wants to write gets nothing run, and the refusal says why', async () => {
  server.otherwise(() => sql('DELETE FROM visits'));
  expect(await ask('when did we last see everybody?', { mode: 'llm' })).toMatchObject({
    outcome: 'cannot',
    sql: null,
    reading: expect.stringContaining('sql-not-read-only'),
  });
  const database = new DatabaseSync(file, { readOnly: true });
  expect(database.prepare('SELECT COUNT(*) AS n FROM visits').get()).toEqual({ n: 3 });
  database.close();
});

it('asks no model what the builtin planner knows, nor to change data', async () => {
  expect(await ask('how many patients', { mode: 'auto' })).toMatchObject({ outcome: 'answer', planner: 'builtin' });
  expect(await ask('delete all patients', { mode: 'llm' })).toMatchObject({ outcome: 'cannot' });
  expect(server.requests).toHaveLength(0);
});

it('asks the model in auto mode for what the builtin planner cannot do', async () => {
  server.script(sql(LAST_VISIT));
  expect(await ask('zuletzt gesehen je Person?', { mode: 'auto' })).toMatchObject({
    outcome: 'answer',
    planner: 'llm',
  });
});

it('a model that is down leaves an honest refusal', async () => {
  server.otherwise(() => ({ do: 'status', status: 401, message: `bad key ${KEY}` }));
  expect(await ask('zuletzt gesehen je Person?', { mode: 'auto' })).toMatchObject({ outcome: 'cannot' });
  expect(await ask('zuletzt gesehen je Person?', { mode: 'llm' })).toMatchObject({ outcome: 'cannot' });
});

it('a run whose budget does not hold one call sends nothing and says so', async () => {
  const capped = await ask('zuletzt gesehen je Person?', { mode: 'llm', max_tokens_per_run: 100 }).catch(String);
  expect(JSON.stringify(capped)).toMatch(/budget/);
  expect(server.requests).toHaveLength(0);
});

it('leaves no key in anything it writes', () => {
  expect(everything(home)).not.toContain(KEY);
});
