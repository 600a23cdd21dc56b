/** Workflows with a scripted model on a real socket: what it is asked, what becomes of its answers, what it costs. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { RunEvent } from '../../src/workflows/index.ts';
import { answer, type ScriptedModelServer, startScriptedModelServer } from '../support/scripted-model-server.ts';
import { openShop, plannerOf, type Shop } from './shop-run.ts';

let models: ScriptedModelServer;
let shop: Shop;

beforeAll(async () => {
  models = await startScriptedModelServer();
});
beforeEach(async () => {
  shop = await openShop({
    agent: {
      target: 'main',
      models: {
        main: {
          type: 'openai-compatible',
          base_url: models.url,
          api_key: 'sk-test-0123456789',
          model: 'scripted',
          max_retries: 0,
        },
      },
      workflow: { chosen: [{ parallel: ['generate_sql', 'gensql'] }, 'selection', 'execute_sql', 'output'] },
    },
    planning: { mode: 'llm' },
  });
});
afterEach(async () => {
  models.otherwise(null);
  await shop.close();
});
afterAll(() => models.close());

const sql = (text: string) => answer(JSON.stringify({ sql: text, explanation: 'as asked' }));
const verdict = (classification: string, extra: object = {}) =>
  answer(JSON.stringify({ classification, explanation: `because ${classification}`, ...extra }));
const texts = (events: readonly RunEvent[], channel: string): string =>
  events.flatMap((event) => (event.type === 'text-delta' && event.channel === channel ? [event.text] : [])).join('');

it('shows a model’s answer while it is written, and what it says before it is void', async () => {
  models.script(answer('not json at all', { reasoning: 'let me think' }), sql('SELECT COUNT(*) AS n FROM customers'));
  const run = await shop.run('fixed', { question: 'wie viele Kunden' });
  expect(run.rows).toEqual([[3]]);
  const deltas = run.events.filter((event) => event.type === 'text-delta');
  expect(texts(run.events, 'thinking')).toContain('let me think');
  expect(texts(run.events, 'output')).toContain('SELECT COUNT(*)');
  expect(deltas.filter((event) => event.restart)).toHaveLength(1);
  const positions = run.events.map((event) => event.type);
  expect(positions.lastIndexOf('text-delta')).toBeLessThan(positions.indexOf('sql-generated'));
});

it('classifies outcomes by the model, and sends a malformed classification back once', async () => {
  models.script(
    sql("SELECT name FROM customers WHERE city = 'Nowhere'"),
    answer('I am not sure what to say'),
    verdict('simple regenerate', { sql: "SELECT name FROM customers WHERE city = 'Shelbyville'" }),
    verdict('SUCCESS'),
  );
  const before = models.requests.length;
  const run = await shop.run('reflection', { question: 'wer wohnt in Shelbyville' });
  expect(run.strategies).toEqual(['SIMPLE_REGENERATE', 'SUCCESS']);
  expect(run.rows).toEqual([['Bob']]);
  expect(models.requests.length - before).toBe(4);
});

it('follows each strategy that the model names', async () => {
  models.script(
    sql('SELECT COUNT(*) AS n FROM orders'),
    verdict('DOC_SEARCH', { keywords: ['amounts', 'tax'] }),
    sql('SELECT SUM(amount) AS total FROM orders'),
    verdict('SCHEMA_LINKING'),
    sql('SELECT SUM(amount) AS net_total FROM orders'),
    verdict('SUCCESS'),
  );
  const run = await shop.run('reflection', { question: 'Summe' });
  expect(run.strategies).toEqual(['DOC_SEARCH', 'SCHEMA_LINKING', 'SUCCESS']);
  expect(run.nodes).toContain('doc_search');
  expect(run.sql).toContain('net_total');
  expect(JSON.stringify(models.requests.at(-4)?.body.messages)).toContain('net of tax');
});

it('lets the model explore with tools, guarded, before it settles on a query', async () => {
  models.script(
    answer('', {
      toolCalls: [{ name: 'describe_table', arguments: '{"table_name":"customers"}' }],
      finish: 'tool_calls',
    }),
    answer('', {
      toolCalls: [{ name: 'read_query', arguments: '{"sql":"DELETE FROM customers"}' }],
      finish: 'tool_calls',
    }),
    answer('All names.\n```sql\nSELECT name FROM customers ORDER BY name\n```'),
  );
  const run = await shop.run('gensql_agentic', { question: 'alle Namen' });
  expect(run.rows).toEqual([['Ann'], ['Bob'], ['Cleo']]);
  const calls = run.events.filter((event) => event.type === 'tool-call' || event.type === 'tool-result');
  expect(calls.map((event) => `${event.type} ${event.toolName}`)).toEqual([
    'tool-call describe_table',
    'tool-result describe_table',
    'tool-call read_query',
    'tool-result read_query',
  ]);
  expect(JSON.stringify(calls.at(-1))).toMatch(/not-read-only|only reads|read/i);
  expect(run.events.filter((event) => event.type === 'sql-start')).toHaveLength(1);
});

it('converses: the answer in words and the query whose rows are shown', async () => {
  models.script(answer('There are three.\n```sql\nSELECT COUNT(*) AS n FROM customers\n```'));
  const run = await shop.run('chat_agentic', { question: 'wie viele?' });
  const said = run.events.find((event) => event.type === 'message' && event.role === 'answer');
  expect(said).toMatchObject({ markdown: 'There are three.', sql: 'SELECT COUNT(*) AS n FROM customers', tokens: 120 });
  expect(run.rows).toEqual([[3]]);
});

it('answers in words alone where no query is needed', async () => {
  models.script(answer('Hello! Ask me about your customers.'));
  const run = await shop.run('chat_agentic', { question: 'hallo' });
  expect(run.end.status).toBe('completed');
  expect(run.sql).toBeNull();
});

it('falls back to the builtin planner when the model cannot work', async () => {
  const auto = await openShop({
    agent: {
      target: 'main',
      models: {
        main: {
          type: 'openai-compatible',
          base_url: models.url,
          api_key: 'sk-test-0123456789',
          model: 'm',
          max_retries: 0,
        },
      },
    },
  });
  models.otherwise(() => ({ do: 'status', status: 401 }));
  for (const workflow of ['gensql_agentic', 'chat_agentic', 'chat_agentic_plan', 'reflection']) {
    const run = await auto.run(workflow, { planner: plannerOf('SELECT COUNT(*) AS n FROM customers') });
    expect([workflow, run.rows]).toEqual([workflow, [[3]]]);
  }
  await auto.close();
});

it('keeps one account for all calls of a run, and stops before the cap', async () => {
  const { createModelBudget } = await import('../../src/llm/index.ts');
  const { runWorkflow } = await import('../../src/workflows/index.ts');
  models.script(sql("SELECT name FROM customers WHERE city = 'Nowhere'"), verdict('SUCCESS'));
  const budget = createModelBudget({ maxTokens: 60_000 });
  const request = {
    workflow: 'reflection',
    namespace: 'shop',
    question: 'wer ist da',
    database: null,
    schemaName: null,
    today: '2026-01-15',
    notes: [],
    subjectPath: [],
    planMode: false,
    previous: [],
  };
  const host = { owner: 'test', signal: AbortSignal.timeout(20_000), emit: async () => {} };
  await runWorkflow(request, shop.engine.services, { ...host, budget });
  expect(budget.calls.map((call) => call.outcome)).toEqual(['ok', 'ok']);
  expect(budget.tokens).toBe(240);
  const capped = await runWorkflow(request, shop.engine.services, {
    ...host,
    budget: createModelBudget({ maxTokens: 10 }),
  });
  expect(capped).toMatchObject({ status: 'failed', problem: { code: 'budget-exceeded' } });
});
