import { afterEach, beforeEach, expect, it } from 'vitest';
import { createModelBudget, createModels, parseModelsConfig } from '../../src/llm/index.ts';
import { type ScriptedModelServer, startScriptedModelServer } from '../support/scripted-model-server.ts';

let server: ScriptedModelServer;
beforeEach(async () => {
  server = await startScriptedModelServer();
});
afterEach(() => server.close());

function embedding(store: Record<string, unknown> = {}) {
  const models = createModels(
    parseModelsConfig({
      target: 'main',
      models: { main: { type: 'openai-compatible', base_url: server.url, api_key: 'k-12345678', model: 'chat' } },
      storage: { document: { registry_name: 'openai', model_name: 'vectors-1', target_model: 'main', ...store } },
    }),
    { timing: { sleep: async () => {} } },
  );
  if (models.embedding === null) throw new Error('no embedding model was read from the configuration');
  return models.embedding;
}

it('embeds texts in batches and keeps their order', async () => {
  server.otherwise(() => ({ do: 'embed' }));
  const outcome = await embedding({ batch_size: 2, dim_size: 3 }).embed(['a', 'bb', '中文字', 'dddd', 'eeeee']);
  expect(outcome.ok && outcome.value.map((vector) => vector[0])).toEqual([1, 2, 3, 4, 5]);
  expect(server.requests.map((request) => request.body.input?.length)).toEqual([2, 2, 1]);
  expect(server.requests[0]?.path).toBe('/v1/embeddings');
  expect(server.requests[0]?.body.model).toBe('vectors-1');
});

it('tries again after 429 and 500', async () => {
  server.script(
    { do: 'status', status: 429, headers: { 'retry-after': '1' } },
    { do: 'status', status: 500 },
    { do: 'embed' },
  );
  const budget = createModelBudget();
  expect((await embedding().embed(['a'], { budget })).ok).toBe(true);
  expect(budget.calls.map((call) => call.outcome)).toEqual(['rate-limited', 'unavailable', 'ok']);
});

it('refuses vectors of the wrong number or size', async () => {
  server.script({ do: 'embed', vectors: [[1, 2, 3]] }, { do: 'embed', vectors: [[1, 2], [1]] }, { do: 'embed' });
  expect(await embedding().embed(['a', 'b'])).toMatchObject({ ok: false, failure: { code: 'malformed' } });
  expect(await embedding().embed(['a', 'b'])).toMatchObject({ ok: false, failure: { code: 'malformed' } });
  expect(await embedding({ dim_size: 8 }).embed(['a'])).toMatchObject({ ok: false, failure: { code: 'malformed' } });
});

it('stops when the caller cancels', async () => {
  server.script({ do: 'hang' });
  const controller = new AbortController();
  const pending = embedding().embed(['a'], { signal: controller.signal });
  await expect.poll(() => server.requests.length).toBe(1);
  controller.abort();
  expect(await pending).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
});
