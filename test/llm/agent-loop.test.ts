import { afterEach, beforeEach, expect, it } from 'vitest';
import { fail, ok } from '../../src/kernel/index.ts';
import {
  type AgentEvent,
  type AgentTool,
  createModelBudget,
  createModels,
  type ModelClient,
  parseModelsConfig,
  runAgent,
} from '../../src/llm/index.ts';
import { answer, type ScriptedModelServer, startScriptedModelServer } from '../support/scripted-model-server.ts';

let server: ScriptedModelServer;
let client: ModelClient;
const inputs: unknown[] = [];
const count: AgentTool = {
  name: 'count_rows',
  description: 'rows of a table',
  inputSchema: { type: 'object', properties: { table: { type: 'string' } }, required: ['table'] },
  run: async (input) => {
    inputs.push(input);
    if (input.table === 'crash') throw new Error('disk on fire');
    return input.table === 'orders' ? ok('42') : fail(`no table "${String(input.table)}"`);
  },
};
const call = (table: string) =>
  answer('', { toolCalls: [{ name: 'count_rows', arguments: JSON.stringify({ table }) }] });

beforeEach(async () => {
  inputs.length = 0;
  server = await startScriptedModelServer();
  const config = parseModelsConfig({
    target: 'main',
    models: { main: { type: 'openai-compatible', base_url: server.url, model: 'scripted', max_retries: 0 } },
  });
  client = createModels(config).client('reasoning');
});
afterEach(() => server.close());

const run = (extra: Partial<Parameters<typeof runAgent>[0]> = {}) =>
  runAgent({
    client,
    system: 'rules',
    messages: [{ role: 'user', content: 'how many orders?' }],
    tools: [count],
    maxTurns: 6,
    ...extra,
  });

it.each([{ stream: false }, { stream: true }])(
  'calls tools until the model answers, stream: $stream',
  async ({ stream }) => {
    server.script(call('orders'), answer('<think>hm</think>There are 42 orders.'));
    const events: AgentEvent[] = [];
    const result = await run({ stream, onEvent: (event) => void events.push(event) });
    expect(result).toMatchObject({ stop: 'answered', text: 'There are 42 orders.', turns: 2 });
    expect(inputs).toEqual([{ table: 'orders' }]);
    expect(events.filter((event) => event.kind !== 'delta').map((event) => event.kind)).toEqual([
      'turn-start',
      'tool-call',
      'tool-result',
      'turn-start',
    ]);
    expect(events.some((event) => event.kind === 'delta')).toBe(stream);
    const second = server.requests[1]?.body.messages;
    expect(second?.map((message) => message.role)).toEqual(['system', 'user', 'assistant', 'tool']);
    expect(second?.[3]?.content).toContain('42');
  },
);

it('tells the model about failing, crashing, unknown and malformed calls', async () => {
  server.script(
    call('nothing'),
    call('crash'),
    answer('', { toolCalls: [{ name: 'drop_table', arguments: '{}' }] }),
    answer('', { toolCalls: [{ name: 'count_rows', arguments: 'oops' }] }),
    answer('I give up.'),
  );
  const result = await run();
  expect(result).toMatchObject({ stop: 'answered', text: 'I give up.' });
  const told = result.messages.flatMap((message) => (message.role === 'tool' ? [message.content] : []));
  expect(told).toEqual([
    'no table "nothing"',
    'the tool failed: disk on fire',
    'there is no tool "drop_table"; the tools are: count_rows',
    'the arguments are not a JSON object',
  ]);
});

it('ends the work of a model that repeats itself', async () => {
  server.otherwise(() => call('orders'));
  const result = await run({ maxTurns: 20 });
  expect(result.stop).toBe('looping');
  expect(inputs).toHaveLength(2);
  expect(server.requests.length).toBeLessThanOrEqual(4);
});

it('takes the tools away in the last turn', async () => {
  let turn = 0;
  server.otherwise((request) => (request.body.tools ? call(`table_${turn++}`) : answer('Best guess: 7.')));
  const result = await run({ maxTurns: 3 });
  expect(result).toMatchObject({ stop: 'answered', text: 'Best guess: 7.', turns: 3 });
  expect(server.requests).toHaveLength(3);
});

it('stops at a turn that still calls tools when none are left', async () => {
  let turn = 0;
  server.otherwise(() => call(`table_${turn++}`));
  expect((await run({ maxTurns: 3 })).stop).toBe('turns-used-up');
  expect(server.requests).toHaveLength(3);
});

it('shortens long tool results', async () => {
  server.script(call('orders'), answer('ok'));
  const long: AgentTool = { ...count, run: async () => ok('x'.repeat(50_000)) };
  const result = await run({ tools: [long], maxToolChars: 100 });
  const told = result.messages.find((message) => message.role === 'tool');
  expect(told?.content.length).toBeLessThan(200);
  expect(told?.content).toContain('49900 more characters');
});

it('reports a failing model, a used-up budget and a cancelled run', async () => {
  server.script({ do: 'status', status: 500 });
  expect(await run()).toMatchObject({ stop: 'model-failure', failure: { code: 'unavailable' } });
  server.script(call('orders'));
  await expect(run({ budget: createModelBudget({ maxCalls: 1 }) })).rejects.toMatchObject({ code: 'budget-exceeded' });
  const controller = new AbortController();
  controller.abort();
  expect(await run({ signal: controller.signal })).toMatchObject({
    stop: 'model-failure',
    failure: { code: 'cancelled' },
  });
});
