import { afterEach, beforeEach, expect, it } from 'vitest';
import { createModels, type ModelClient, parseModelsConfig } from '../../src/llm/index.ts';
import { classifyOutcome } from '../../src/planning/index.ts';
import { answer, type ScriptedModelServer, startScriptedModelServer } from '../support/scripted-model-server.ts';
import { shopSchema } from './shop.ts';

let server: ScriptedModelServer;
let client: ModelClient;
beforeEach(async () => {
  server = await startScriptedModelServer();
  const models = { main: { type: 'openai-compatible', base_url: server.url, model: 'scripted', max_retries: 0 } };
  client = createModels(parseModelsConfig({ target: 'main', models })).client('reflect');
});
afterEach(() => server.close());

const classify = () =>
  classifyOutcome(client, {
    question: 'total by city',
    schema: shopSchema(),
    sql: 'SELECT citty FROM customers',
    today: '2025-06-15',
    outcome: 'unknown-column: no such column: citty',
  });

it.each<[string, string, object]>([
  [
    'as asked',
    '{"classification":"SUCCESS","explanation":"fits","keywords":[],"sql":null}',
    { classification: 'SUCCESS' },
  ],
  [
    'fenced, with keywords in one string',
    '```json\n{"classification": "doc search", "keywords": "strftime, week"}\n```',
    { classification: 'DOC_SEARCH', keywords: ['strftime', 'week'], explanation: '' },
  ],
  [
    'after thinking',
    '<think>{"classification":"SUCCESS"}</think>{"classification":"schema_linking",}',
    { classification: 'SCHEMA_LINKING' },
  ],
  [
    'with a correction that holds',
    '{"classification":"SIMPLE_REGENERATE","sql":"SELECT city FROM customers;"}',
    { classification: 'SIMPLE_REGENERATE', sql: 'SELECT city FROM customers' },
  ],
  [
    'with a correction that does not hold',
    '{"classification":"SIMPLE_REGENERATE","sql":"DROP TABLE customers"}',
    { classification: 'REASONING', sql: null },
  ],
  [
    'with SQL that was not asked for',
    '{"classification":"SUCCESS","sql":"SELECT 1"}',
    { classification: 'SUCCESS', sql: null },
  ],
])('reads a classification %s', async (_, text, expected) => {
  server.script(answer(text));
  expect(await classify()).toMatchObject({ ok: true, value: expected });
});

it('sends a reply that is no classification back once, then gives up', async () => {
  server.script(answer('It looks fine to me.'), answer('{"classification":"SUCCESS"}'));
  expect(await classify()).toMatchObject({ ok: true, value: { classification: 'SUCCESS' } });
  expect(server.requests[1]?.body.messages?.at(-1)?.content).toContain('no JSON object');
  server.script(answer('{"classification":"PERHAPS"}'), answer('{"classification":"PERHAPS"}'));
  expect(await classify()).toMatchObject({ ok: false, failure: { code: 'invalid-output' } });
});
