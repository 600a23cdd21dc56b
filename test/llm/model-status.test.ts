import { afterEach, beforeEach, expect, it } from 'vitest';
import { createModels, parseModelsConfig } from '../../src/llm/index.ts';
import { answer, type ScriptedModelServer, startScriptedModelServer } from '../support/scripted-model-server.ts';

let server: ScriptedModelServer;
beforeEach(async () => {
  server = await startScriptedModelServer();
});
afterEach(() => server.close());

const open = () =>
  createModels(
    parseModelsConfig({
      target: 'main',
      models: {
        main: { type: 'openai-compatible', base_url: server.url, api_key: 'k-123456', model: 'm', max_retries: 0 },
      },
    }),
  );

it('is unknown at first, then as the last call went', async () => {
  const models = open();
  expect(models.status).toBe('unknown');
  server.script(answer('ok'), { do: 'status', status: 500 }, { do: 'status', status: 400 });
  await models.client('generate_sql').complete({ prompt: 'x' });
  expect(models.status).toBe('success');
  await models.client('reflect').complete({ prompt: 'x' });
  expect(models.status).toBe('error');
  // A request that was refused for what it asked says nothing about the provider.
  await models.client('reflect').complete({ prompt: 'x' });
  expect(models.status).toBe('error');
});

it.each([
  [{ do: 'raw', body: '{"data":[]}' } as const, 'success'],
  [{ do: 'status', status: 404 } as const, 'success'],
  [{ do: 'status', status: 401 } as const, 'error'],
  [{ do: 'status', status: 503 } as const, 'error'],
  [{ do: 'drop' } as const, 'error'],
])('is probed by the list of models: %j is %s', async (step, expected) => {
  server.script(step);
  const models = open();
  expect(await models.probe()).toBe(expected);
  expect(models.status).toBe(expected);
  expect(server.requests[0]).toMatchObject({ path: '/v1/models', headers: { authorization: 'Bearer k-123456' } });
});

it('stays unknown without a model', async () => {
  expect(await createModels(parseModelsConfig({})).probe()).toBe('unknown');
});
