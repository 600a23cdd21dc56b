/** An analysis and a review with a model: it plans and words, and no number of its own is shown. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../../src/engine/config/load-config.ts';
import { openQueryEngine, type QueryEngine } from '../../../src/engine/query-engine.ts';
import { silentLogger } from '../../../src/kernel/index.ts';
import { type RunEvent, type RunRequest, runResearch } from '../../../src/workflows/index.ts';
import {
  answer,
  type RecordedRequest,
  type ScriptedModelServer,
  startScriptedModelServer,
} from '../../support/scripted-model-server.ts';
import { prepareHome } from '../datus/live-server.ts';

let models: ScriptedModelServer;
let engine: QueryEngine;
let home: ReturnType<typeof prepareHome>;

beforeAll(async () => {
  models = await startScriptedModelServer();
  home = prepareHome({
    agent: {
      target: 'main',
      namespace: { clinic: { type: 'sqlite', name: 'clinic', uri: 'sqlite:///$' + '{QUERENT_HOME}/clinic.sqlite' } },
      models: {
        main: {
          type: 'openai-compatible',
          base_url: models.url,
          api_key: 'sk-0123456789abcdef',
          model: 'scripted',
          max_retries: 0,
        },
      },
    },
  });
  const database = new DatabaseSync(join(home.home, 'clinic.sqlite'));
  database.exec(`CREATE TABLE visits (id INTEGER PRIMARY KEY, ward TEXT, seen_on DATE, fee NUMERIC);
    INSERT INTO visits VALUES (1,'East','2026-01-05',10),(2,'East','2026-02-01',20),(3,'West','2026-02-03',5)`);
  database.close();
  const loaded = loadConfig({ environment: { HOME: home.home, QUERENT_HOME: home.home } });
  engine = await openQueryEngine(loaded, { logger: silentLogger });
});
afterAll(async () => {
  await engine?.close();
  await models?.close();
  home?.remove();
});

const systemOf = (request: RecordedRequest): string =>
  request.body.messages?.find((one) => one.role === 'system')?.content ?? '';

async function research(question: string, options: Partial<NonNullable<RunRequest['research']>>): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  const end = await runResearch(
    {
      workflow: 'chat_agentic_plan',
      namespace: 'clinic',
      question,
      database: null,
      schemaName: null,
      today: '2026-03-01',
      notes: [],
      subjectPath: [],
      planMode: true,
      previous: [],
      research: { mode: 'data_analysis', planMode: true, autoExecute: true, prompt: null, ...options },
    },
    engine.services,
    { owner: 'me', signal: AbortSignal.timeout(30_000), emit: async (event) => void events.push(event) },
  );
  return [...events, end];
}

const reports = (events: readonly RunEvent[]): string =>
  events.flatMap((event) => (event.type === 'message' && event.role === 'report' ? [event.markdown] : [])).join('\n');

it('keeps a model’s sentences whose numbers are cells, and drops the others', async () => {
  models.otherwise((request) => {
    const system = systemOf(request);
    if (system.includes('You plan a data analysis')) return answer('how many visits are there');
    if (system.includes('You word the findings'))
      return answer('- The fees come to 35.\n- Fees grew by 77 percent.\n- East leads.');
    return answer('no');
  });
  const events = await research('analysis of fee by ward', {});
  expect(reports(events)).toBe('## 📊 Findings\n- The fees come to 35.\n- East leads.');
  const plan = events.find((event) => event.type === 'plan-update');
  expect(plan?.type === 'plan-update' && plan.todos.map((todo) => todo.content)).toContain('how many visits are there');
  expect(events.at(-1)).toMatchObject({ type: 'run-end', status: 'completed' });
});

it('words the findings itself when no sentence of the model stands the check', async () => {
  models.otherwise((request) =>
    systemOf(request).includes('You word the findings') ? answer('Fees rose by 99 percent to 4711.') : answer('no'),
  );
  const text = reports(await research('analysis of fee by ward', {}));
  expect(text).not.toMatch(/99|4711/);
  expect(text).toContain('35');
});

it('gives the model the request’s prompt, beside its own or instead of it', async () => {
  models.otherwise(() => answer('no'));
  const before = models.requests.length;
  await research('analysis of fee by ward', { prompt: { text: 'You are a ward nurse.', mode: 'append' } });
  await research('analysis of fee by ward', { prompt: { text: 'You are a ward doctor.', mode: 'replace' } });
  const systems = models.requests.slice(before).map(systemOf);
  expect(systems.some((one) => one.includes('You word the findings') && one.includes('ward nurse'))).toBe(true);
  expect(
    systems.some((one) => one.startsWith('You are a ward doctor.') && !one.includes('You word the findings')),
  ).toBe(true);
});

it('adds a model’s remarks to a review, and reviews without them when it fails', async () => {
  models.otherwise(() => answer('- The ward is not checked.'));
  const task = 'Review: SELECT * FROM visits';
  const remarked = reports(await research(task, { mode: 'sql_review', planMode: false }));
  expect(remarked).toContain('- The ward is not checked.');
  models.otherwise(() => ({ do: 'status', status: 500 }));
  const plain = await research(task, { mode: 'sql_review', planMode: false });
  expect(reports(plain)).toContain('**select-star**');
  expect(plain.at(-1)).toMatchObject({ status: 'completed' });
});
