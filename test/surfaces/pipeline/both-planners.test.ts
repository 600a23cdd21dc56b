/** What training_load loaded is used at once, without a restart: by the builtin planner and by the model. */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { loadAuthClients } from '../../../src/engine/index.ts';
import { requestToken } from '../../support/process.ts';
import { answer, type ScriptedModelServer, startScriptedModelServer } from '../../support/scripted-model-server.ts';
import { type PipelineServer, startPipeline } from './pipeline-server.ts';
import { verifies } from './verifies.ts';

const PAIR = {
  question: 'How lively are our regions?',
  sql: 'SELECT region_name, is_active FROM region ORDER BY is_active DESC, region_name;',
};

describe('a pair that was loaded', () => {
  let model: ScriptedModelServer;
  let server: PipelineServer;
  beforeAll(async () => {
    model = await startScriptedModelServer();
    const main = { type: 'openai-compatible', base_url: model.url, api_key: 'k', model: 'scripted', max_retries: 0 };
    const shop = { type: 'sqlite', name: 'shop', uri: `sqlite:///$${'{QUERENT_HOME}'}/shop.sqlite` };
    server = await startPipeline({ config: { agent: { target: 'main', models: { main }, namespace: { shop } } } });
  });
  afterAll(async () => {
    await server?.close();
    await model?.close();
  });

  /** What the model was asked; that it is there is looked up beside. */
  const asked = () => model.requests.flatMap(({ body }) => (body.messages ? [body.messages] : []));
  const ask = async (task: string): Promise<{ sql: string; metadata: { planner: string } }> => {
    const [clientId = '', secret = ''] = Object.entries(loadAuthClients(server.home, {}).clients)[0] ?? [];
    const response = await fetch(`${server.url}/workflows/run`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await requestToken(server.url, clientId, secret)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ workflow: 'nl2sql', namespace: 'shop', mode: 'sync', task }),
    });
    return (await response.json()) as { sql: string; metadata: { planner: string } };
  };

  verifies(
    'loaded-answers upload-file',
    'answers its question, and is shown to the model for others',
    async () => {
      const id = await server.create({ enable_llm_repair: false });
      await server.upload(`/data_pipeline/tasks/${id}/files`, 'own_pairs.json', JSON.stringify([PAIR]));
      await server.call('POST', `/data_pipeline/tasks/${id}/execute`, {
        execution_mode: 'step',
        step_name: 'training_load',
      });
      expect((await server.settled(id)).step_status.training_load).toBe('completed');

      expect(await ask(PAIR.question)).toMatchObject({
        sql: expect.stringContaining('is_active'),
        metadata: { planner: 'example' },
      });
      expect(asked()).toEqual([]);

      model.otherwise(() => answer(JSON.stringify({ sql: 'SELECT region_name FROM region', explanation: 'Regions' })));
      expect(await ask('Which of our regions would you call lively, and why?')).toMatchObject({
        metadata: { planner: 'llm' },
      });
      expect(JSON.stringify(asked())).toContain(PAIR.question);
    },
    240_000,
  );
});
