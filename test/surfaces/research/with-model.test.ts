/** An analysis and a review with a model: it plans and words, and no number of its own is shown. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../../src/engine/config/load-config.ts';
import { openQueryEngine, type QueryEngine } from '../../../src/engine/query-engine.ts';
import { silentLogger } from '../../../src/kernel/index.ts';
import { createTermStore } from '../../../src/knowledge/index.ts';
import { openState, type State } from '../../../src/storage/index.ts';
import { type RunEvent, type RunRequest, type RunServices, runResearch } from '../../../src/workflows/index.ts';
import {
  answer,
  type RecordedRequest,
  type ScriptedModelServer,
  startScriptedModelServer,
} from '../../support/scripted-model-server.ts';
import { prepareHome } from '../datus/live-server.ts';

let models: ScriptedModelServer;
let engine: QueryEngine;
let state: State;
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
  state = await openState({ home: home.home, logger: silentLogger });
  await createTermStore(state).save(
    ['fee', 'ward', 'visit', 'month', 'total', 'trend'].map((word) => ({
      word,
      synonyms: [],
      description: `what ${word} means here`,
      datasources: [],
      enabled: true,
    })),
  );
  engine = await openQueryEngine(loaded, { logger: silentLogger, state });
});
afterAll(async () => {
  await engine?.close();
  await state?.close();
  await models?.close();
  home?.remove();
});

const systemOf = (request: RecordedRequest): string =>
  request.body.messages?.find((one) => one.role === 'system')?.content ?? '';

async function research(
  question: string,
  options: Partial<NonNullable<RunRequest['research']>>,
  more: { readonly notes?: readonly string[]; readonly services?: Partial<RunServices> } = {},
): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  const end = await runResearch(
    {
      workflow: 'chat_agentic_plan',
      namespace: 'clinic',
      question,
      database: null,
      schemaName: null,
      today: '2026-03-01',
      notes: more.notes ?? [],
      subjectPath: [],
      planMode: true,
      previous: [],
      research: { mode: 'data_analysis', planMode: true, autoExecute: true, prompt: null, ...options },
    },
    { ...engine.services, ...more.services },
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

it('plans with the five surest terms of the glossary, when the request brings no knowledge', async () => {
  models.otherwise(() => answer('no'));
  const planned = async (options: object, more = {}): Promise<string> => {
    const before = models.requests.length;
    await research('analysis of the total fee by ward: month trend of each visit', options, more);
    const plan = models.requests.slice(before).find((one) => systemOf(one).includes('You plan a data analysis'));
    return String(plan?.body.messages?.find((one) => one.role === 'user')?.content);
  };
  const lines = (text: string): string[] => text.split('\n').filter((line) => /^- \w+: what/.test(line));
  expect(lines(await planned({}))).toHaveLength(5);
  expect(lines(await planned({}))[0]).toBe('- fee: what fee means here');
  const own = await planned({}, { notes: ['fee: in euro'] });
  expect([own.includes('fee: in euro'), lines(own)]).toEqual([true, []]);
  expect(lines(await planned({}, { services: { injectTerms: false } }))).toEqual([]);
});

it('reviews the same statement again with the kept results of its tools', async () => {
  models.otherwise(() => answer('no'));
  let statements = 0;
  const services: Partial<RunServices> = {
    async openDatasource(...given) {
      const source = await engine.services.openDatasource(...given);
      const { datasource } = source;
      const counted: typeof datasource = {
        dialect: datasource.dialect,
        introspect: (options) => datasource.introspect(options),
        explain: (...args) => datasource.explain(...args),
        close: () => datasource.close(),
        run: (...args) => {
          statements += 1;
          return datasource.run(...args);
        },
      };
      return { ...source, datasource: counted };
    },
  };
  const review = async (now: number): Promise<{ readonly told: unknown[]; readonly statements: number }> => {
    statements = 0;
    const events = await research(
      'Review: SELECT ward, fee FROM visits WHERE fee > 5',
      { mode: 'sql_review', planMode: false },
      { services: { ...services, now: () => now } },
    );
    return { told: events.flatMap((event) => (event.type === 'tool-result' ? [event.data] : [])), statements };
  };
  const first = await review(1_000);
  const second = await review(300_000);
  const later = await review(301_000);
  expect(second.told).toEqual(first.told);
  expect(second.statements).toBeLessThan(first.statements);
  expect(later.statements).toBe(first.statements);
});
