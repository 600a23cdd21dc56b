/** Rights end to end on a real database: what a restricted user gets equals what a smaller database would give. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createChatStore } from '../../../src/chats/index.ts';
import { type Accounts, type Engine, loadConfig, openAccounts, openEngine } from '../../../src/engine/index.ts';
import { silentLogger } from '../../../src/kernel/index.ts';
import { createServer, type HttpServer } from '../../../src/server/index.ts';
import { openState } from '../../../src/storage/index.ts';
import { answer, type ScriptedModelServer, startScriptedModelServer } from '../../support/scripted-model-server.ts';
import { createTestHome, type TestHome } from '../../support/state.ts';
import type { Answer } from './ask-client.ts';
import { coversAll, verifies } from './requirements.ts';

const PASSWORD = 'test-pass-1';
let home: TestHome;
let engine: Engine;
let app: HttpServer;
let accounts: Accounts;
let model: ScriptedModelServer;

coversAll('RIGHT');

const PATIENTS = [
  [1, 'Anna', 'Berlin', 'north', 'ssn-1001'],
  [2, 'Bela', 'Bern', 'south', 'ssn-1002'],
  [3, 'Cora', 'Hamburg', 'north', 'ssn-1003'],
  [4, 'Dora', 'Rome', 'south', 'ssn-1004'],
  [5, 'Egon', 'Rome', null, 'ssn-1005'],
] as const;

async function createClinic(file: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const quoted = (value: string | number | null) => (typeof value === 'string' ? `'${value}'` : String(value));
  for (const sql of [
    'CREATE TABLE patients (patient_id INTEGER PRIMARY KEY, patient_name VARCHAR, city VARCHAR, region VARCHAR, ssn VARCHAR)',
    `INSERT INTO patients VALUES ${PATIENTS.map((row) => `(${row.map(quoted).join(', ')})`).join(', ')}`,
    'CREATE TABLE visits (visit_id INTEGER PRIMARY KEY, patient_id INTEGER REFERENCES patients (patient_id), cost INTEGER)',
    'INSERT INTO visits VALUES (1, 1, 10), (2, 1, 20), (3, 2, 400), (4, 3, 30), (5, 4, 500), (6, 5, 600)',
    'CREATE TABLE salaries (staff_name VARCHAR, salary INTEGER)',
    "INSERT INTO salaries VALUES ('Quincy', 91234)",
  ]) {
    await connection.run(sql);
  }
  connection.closeSync();
  instance.closeSync();
}

beforeAll(async () => {
  home = await createTestHome();
  model = await startScriptedModelServer();
  const clinic = join(home.home, 'clinic.duckdb');
  await createClinic(clinic);
  await createClinic(join(home.home, 'depot.duckdb'));
  mkdirSync(join(home.home, 'conf'), { recursive: true });
  const namespace = {
    clinic: { type: 'duckdb', name: 'clinic', uri: `duckdb:///${clinic}` },
    depot: { type: 'duckdb', name: 'depot', uri: `duckdb:///${join(home.home, 'depot.duckdb')}` },
  };
  const models = { main: { type: 'openai-compatible', base_url: model.url, api_key: 'k', model: 'm', max_retries: 0 } };
  writeFileSync(join(home.home, 'conf', 'agent.yml'), stringify({ agent: { namespace, models, target: 'main' } }));
  process.env.QUERENT_ADMIN_PASSWORD = PASSWORD;
  const loaded = loadConfig({ environment: { QUERENT_HOME: home.home, HOME: home.home } });
  engine = await openEngine(loaded, { logger: silentLogger });
  app = await createServer({
    engine,
    authClients: () => ({ clients: {}, jwt: { secret_key: 'x'.repeat(32), algorithm: 'HS256', expiration_hours: 1 } }),
    logger: pino({ level: 'silent' }),
  });
  accounts = await openAccounts(loaded, { logger: silentLogger });
  const add = (
    username: string,
    variables: Record<string, string>,
    roles: readonly string[],
    workspaces = ['default'],
  ) => accounts.users.add({ username, password: PASSWORD, isAdmin: false, roles, variables, workspaces });
  await add('rita', { region: 'north' }, ['regional']);
  await add('noah', {}, ['regional']);
  const tom = await add('tom', {}, []);
  await add('wanda', {}, [], ['elsewhere']);
  const { id } = await accounts.datasource('clinic');
  const regional = { kind: 'role', name: 'regional' } as const;
  const all = { schema: null, allowed: true, hiddenColumns: [], rows: null, datasourceId: id };
  await accounts.grant({
    ...all,
    subject: regional,
    table: 'patients',
    hiddenColumns: ['ssn'],
    rows: { column: 'region', term: 'eq', variable: 'region' },
  });
  await accounts.grant({ ...all, subject: regional, table: 'salaries', allowed: false });
  await accounts.grant({
    ...all,
    subject: { kind: 'user', id: tom.id },
    table: 'patients',
    rows: {
      logic: 'or',
      items: [
        { column: 'city', term: 'like', value: 'Ber' },
        { column: 'region', term: 'null' },
      ],
    },
  });
  await accounts.moveDatasource((await accounts.datasource('depot')).id, 'elsewhere');
});
afterAll(async () => {
  delete process.env.QUERENT_ADMIN_PASSWORD;
  await accounts?.close();
  await app?.close();
  await engine?.close();
  await model?.close();
  await home?.remove();
});

const post = (path: string, body: Record<string, unknown>) =>
  app.inject({ method: 'POST', url: `/api/v1/open/${path}`, payload: body });

async function ask(username: string, question: string): Promise<Answer> {
  const response = await post('ask', { username, password: PASSWORD, question });
  return (response.json() as { answer: Answer }).answer;
}

const values = (given: Answer): unknown[] => (given.data?.data ?? []).flatMap((row) => Object.values(row));
const listed = (given: Answer, column: string): unknown[] => (given.data?.data ?? []).map((row) => row[column]).sort();

describe('rights', () => {
  verifies('RIGHT-1', async () => {
    expect(values(await ask('rita', 'how many patients'))).toEqual([2]);
    expect(values(await ask('tom', 'how many patients'))).toEqual([3]);
    expect(listed(await ask('rita', 'show all patients'), 'patient_name')).toEqual(['Anna', 'Cora']);
    expect(listed(await ask('tom', 'show all patients'), 'patient_name')).toEqual(['Anna', 'Bela', 'Egon']);
    const byCity = await ask('rita', 'number of patients by city');
    expect(listed(byCity, 'city')).toEqual(['Berlin', 'Hamburg']);
    const cost = await ask('rita', 'total cost of visits by city');
    expect(values(cost).sort()).toEqual([30, 30, 'Berlin', 'Hamburg']);
    const top = await ask('tom', 'which city has the most patients');
    expect(values(top)).not.toContain('Rome');
  });

  verifies('RIGHT-2', async () => {
    const everything = await ask('rita', 'show all patients');
    expect(everything.data?.fields).toEqual(['patient_id', 'patient_name', 'city', 'region']);
    for (const question of [
      'ssn of the patients',
      'patients by ssn',
      'total salary',
      'show all salaries',
      'ssn-1001',
    ]) {
      const { title: _, ...given } = await ask('rita', question);
      expect(JSON.stringify(given), question).not.toMatch(/ssn-\d|91234|Quincy/);
      expect(given.sql ?? '', question).not.toMatch(/ssn\b|salar/i);
      // What the person typed may be repeated; names that were not typed may not appear.
      expect(given.message ?? '', question).not.toMatch(question.includes('ssn') ? /salar/i : /ssn/i);
    }
    const { datasources } = (await post('datasources', { username: 'rita', password: PASSWORD })).json() as {
      datasources: { num: string }[];
    };
    expect(datasources.map((one) => one.num)).toEqual(['2/2']);
  });

  verifies('RIGHT-3', async () => {
    expect(values(await ask('noah', 'how many patients'))).toEqual([0]);
    await accounts.users.change('noah', { variables: { region: 'south' } });
    expect(values(await ask('noah', 'how many patients'))).toEqual([2]);
  });

  verifies('RIGHT-4', async () => {
    expect(values(await ask('admin', 'how many patients'))).toEqual([5]);
    expect((await ask('admin', 'show all patients')).data?.fields).toContain('ssn');
    const seen = async (username: string) => {
      const response = await post('datasources', { username, password: PASSWORD });
      return (response.json() as { datasources: { name: string }[] }).datasources.map((one) => one.name);
    };
    expect(await seen('admin')).toEqual(['clinic']);
    expect(await seen('wanda')).toEqual(['depot']);
    const depot = (await accounts.datasource('depot')).id;
    const refused = await post('ask', { username: 'rita', password: PASSWORD, question: 'x', datasource_id: depot });
    expect([refused.statusCode, refused.json()]).toEqual([400, { detail: 'Invalid datasource_id' }]);
  });

  it('gives a model only what the user may see', async () => {
    const before = model.requests.length;
    await ask('rita', 'Is there any correlation between hospital wing humidity and mood?');
    const sent = JSON.stringify(model.requests.slice(before).map((request) => request.body));
    expect(sent).toContain('patients');
    expect(sent).not.toMatch(/ssn|salar|Rome|Bern\b|Dora|Quincy/i);
  });

  it('finishes a record whose process was lost, and lets the next question lean on it', async () => {
    const state = await openState({ home: home.home, logger: silentLogger, role: 'client' });
    try {
      const chats = createChatStore(state);
      const admin = await accounts.users.findByName('admin');
      const { id: datasourceId, workspaceId } = await accounts.datasource('clinic');
      const userId = admin?.id ?? 0;
      const chat = await chats.create({ userId, workspaceId, datasourceId });
      const question = 'how many patients';
      const record = await chats.addRecord({ chatId: chat.id, kind: 'ask', question, sourceRecordId: null });
      await chats.setRun(record.id, { id: 'ask-lost', rights: null });
      const request = {
        workflow: 'dynamic',
        namespace: 'clinic',
        question,
        database: null,
        schemaName: null,
        today: '2026-01-15',
        notes: [],
        subjectPath: [],
        planMode: false,
        previous: [],
        account: { userId, datasourceId },
      };
      await engine.submitRun({ id: 'ask-lost', owner: `user#${userId}`, channel: 'ask', request });
      const body = { username: 'admin', password: PASSWORD, question: 'by city', chat_id: chat.id };
      const given = ((await post('ask', body)).json() as { answer: Answer }).answer;
      expect(listed(given, 'city')).toEqual(['Berlin', 'Bern', 'Hamburg', 'Rome']);
      expect(await chats.findRecord(record.id)).toMatchObject({ error: null, sql: expect.stringContaining('COUNT') });
    } finally {
      await state.close();
    }
  });

  it('says nothing of the rule when the database refuses a statement', async () => {
    const sql = 'SELECT CAST(patient_name AS INTEGER) AS n FROM patients';
    model.otherwise(() => answer(JSON.stringify({ sql, explanation: 'names as numbers' })));
    const given = await ask('rita', 'Convert what each sick person is called into an arithmetic quantity');
    expect(given.success).toBe(false);
    expect(given.sql).toBe(sql);
    expect(JSON.stringify(given)).not.toMatch(/north|region|ssn|LINE/);
  });
});
