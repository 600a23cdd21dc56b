import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError, type Logger } from '../../src/kernel/index.ts';
import {
  type CompletionRequest,
  createModelBudget,
  createModels,
  type ModelDelta,
  type Models,
  parseModelsConfig,
} from '../../src/llm/index.ts';
import { answer, type ScriptedModelServer, startScriptedModelServer } from '../support/scripted-model-server.ts';

const KEY = 'sk-very-secret-0123456789';
let server: ScriptedModelServer;
let waits: number[];

beforeEach(async () => {
  server = await startScriptedModelServer();
  waits = [];
});
afterEach(() => server.close());

function open(extra: Record<string, unknown> = {}, logger?: Logger): Models {
  const config = parseModelsConfig({
    target: 'main',
    models: {
      main: {
        type: 'openai-compatible',
        base_url: server.url,
        api_key: KEY,
        model: 'scripted-1',
        max_output_tokens: 500,
        price: { input: 1, output: 2 },
        ...extra,
      },
    },
  });
  const sleep = async (ms: number): Promise<void> => void waits.push(ms);
  return createModels(config, { timing: { sleep }, ...(logger === undefined ? {} : { logger }) });
}

describe.each([{ streaming: false }, { streaming: true }])(
  'a model over a socket, streaming: $streaming',
  ({ streaming }) => {
    const deltas: ModelDelta[] = [];
    beforeEach(() => {
      deltas.length = 0;
    });
    const ask = (models: Models, request: CompletionRequest = { prompt: 'hello' }) =>
      models
        .client('generate_sql')
        .complete({ ...request, ...(streaming ? { onDelta: (delta) => void deltas.push(delta) } : {}) });

    it('answers, with what the call used and cost', async () => {
      server.script(answer('SELECT 1 -- 中文 ok', { usage: { prompt: 1_000, completion: 500 } }));
      const budget = createModelBudget();
      const outcome = await ask(open(), { system: 'rules', prompt: 'question', maxOutputTokens: 321, budget });
      expect(outcome).toMatchObject({ ok: true, value: { text: 'SELECT 1 -- 中文 ok', finish: 'stop' } });
      expect(budget.calls).toMatchObject([
        { role: 'generate_sql', model: 'main', inputTokens: 1_000, outputTokens: 500, estimated: false, outcome: 'ok' },
      ]);
      expect(budget.cost).toBeCloseTo(0.002);
      expect(budget.tokens).toBe(1_500);
      const [request] = server.requests;
      expect(request?.path).toBe('/v1/chat/completions');
      expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
      expect(request?.body).toMatchObject({ model: 'scripted-1', max_tokens: 321 });
      expect(request?.body.stream === true).toBe(streaming);
      expect(request?.body.messages?.map((message) => message.role)).toEqual(['system', 'user']);
      expect(deltas.map((delta) => delta.text).join('')).toBe(streaming ? 'SELECT 1 -- 中文 ok' : '');
    });

    it('estimates the usage that the provider does not report', async () => {
      server.script(answer('four words are here', { usage: null }));
      const outcome = await ask(open());
      expect(outcome).toMatchObject({ ok: true, value: { call: { estimated: true, outputTokens: 6 } } });
    });

    it('returns tool calls with parsed arguments, also malformed ones', async () => {
      server.script(
        answer('', {
          toolCalls: [
            { name: 'describe_table', arguments: '{"table":"orders"}' },
            { name: 'read_query', arguments: "{'sql': 'SELECT 1',}" },
            { name: 'broken', arguments: 'no object at all' },
          ],
        }),
      );
      const outcome = await ask(open(), {
        prompt: 'x',
        tools: [{ name: 'describe_table', description: 'columns', inputSchema: { type: 'object', properties: {} } }],
      });
      expect(outcome).toMatchObject({
        ok: true,
        value: {
          finish: 'tool-calls',
          toolCalls: [
            { name: 'describe_table', input: { table: 'orders' } },
            { name: 'read_query', input: { sql: 'SELECT 1' } },
            { name: 'broken', input: null },
          ],
        },
      });
      expect(server.requests[0]?.body.tools?.[0]?.function.name).toBe('describe_table');
    });

    it('marks an answer that was cut at the token limit', async () => {
      server.script(answer('SELECT a, b FROM', { finish: 'length' }));
      expect(await ask(open())).toMatchObject({ ok: true, value: { finish: 'length', text: 'SELECT a, b FROM' } });
    });

    it('keeps reasoning apart from the answer', async () => {
      server.script(answer('SELECT 2', { reasoning: 'let me think' }));
      expect(await ask(open())).toMatchObject({ ok: true, value: { text: 'SELECT 2', reasoning: 'let me think' } });
    });

    it('waits as long as a 429 asks, then tries again', async () => {
      server.script({ do: 'status', status: 429, headers: { 'retry-after': '3' } }, answer('SELECT 1'));
      expect(await ask(open())).toMatchObject({ ok: true, value: { call: { attempts: 2 } } });
      expect(waits).toEqual([3_000]);
    });

    it('does not wait for a 429 that asks for too long, and says how long', async () => {
      server.script({ do: 'status', status: 429, headers: { 'retry-after': '3600' } });
      const outcome = await ask(open());
      expect(outcome).toMatchObject({
        ok: false,
        failure: { code: 'rate-limited', retryAfterMs: 3_600_000, status: 429 },
      });
      expect(waits).toEqual([]);
      expect(server.requests).toHaveLength(1);
    });

    it('backs off on 500 and gives up after the configured retries', async () => {
      server.otherwise(() => ({ do: 'status', status: 500, message: 'overloaded' }));
      const outcome = await ask(open({ max_retries: 2 }));
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'unavailable', status: 500 } });
      expect(waits).toEqual([500, 1_000]);
      expect(server.requests).toHaveLength(3);
    });

    it.each([
      [401, 'unauthorized'],
      [404, 'rejected'],
      [400, 'rejected'],
    ])('does not repeat a request refused with %i', async (status, code) => {
      server.script({
        do: 'status',
        status,
        message: `Incorrect API key provided: ${KEY}. Authorization: Bearer ${KEY}`,
      });
      const outcome = await ask(open());
      expect(outcome).toMatchObject({ ok: false, failure: { code, status } });
      expect(JSON.stringify(outcome)).not.toContain(KEY);
      expect(JSON.stringify(outcome)).not.toContain('0123456789');
      expect(server.requests).toHaveLength(1);
    });

    it('gives up on a server that never answers, and hangs up', async () => {
      server.script({ do: 'hang' });
      const outcome = await ask(open(streaming ? { idle_timeout_seconds: 0.2 } : { timeout_seconds: 0.2 }));
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'timeout' } });
      expect(await server.requests[0]?.closedEarly).toBe(true);
      expect(server.requests).toHaveLength(1);
    });

    it('gives up on an answer that falls silent, and keeps what had come', async () => {
      server.script({ do: 'stall', text: 'SELECT 1, 2' });
      const outcome = await ask(open(streaming ? { idle_timeout_seconds: 0.2 } : { timeout_seconds: 0.2 }));
      expect(outcome).toMatchObject({
        ok: false,
        failure: { code: 'timeout', partial: streaming ? 'SELECT 1, 2' : '' },
      });
      expect(await server.requests[0]?.closedEarly).toBe(true);
    });

    it('stops reading an answer that never ends, and hangs up', async () => {
      server.script({ do: 'endless' });
      const outcome = await ask(open());
      if (streaming) {
        expect(outcome).toMatchObject({ ok: true, value: { finish: 'length' } });
        if (outcome.ok) expect(outcome.value.text.length).toBe(500 * 8);
      } else {
        expect(outcome).toMatchObject({ ok: false, failure: { code: 'too-long' } });
      }
      expect(await server.requests[0]?.closedEarly).toBe(true);
      expect(server.requests).toHaveLength(1);
    });

    it('stops a model that never stops thinking', async () => {
      server.script({ do: 'endless', as: 'reasoning' });
      expect(await ask(open())).toMatchObject({ ok: false, failure: { code: 'too-long' } });
      expect(await server.requests[0]?.closedEarly).toBe(true);
    });

    it('ends an answer that drips without an end', async () => {
      server.script({ do: 'endless', every: 20, piece: '.' });
      const outcome = await ask(open({ timeout_seconds: 0.4 }));
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'timeout' } });
      if (streaming && !outcome.ok) expect(outcome.failure.partial).toMatch(/^\.+$/);
    });

    it('tries again when the connection drops, and gives up when it keeps dropping', async () => {
      server.script({ do: 'drop' }, { do: 'drop', text: 'SELECT' }, answer('SELECT 7'));
      expect(await ask(open())).toMatchObject({ ok: true, value: { text: 'SELECT 7', call: { attempts: 3 } } });
      if (streaming) {
        const restart = deltas.findIndex((delta) => delta.kind === 'restart');
        expect(
          deltas
            .slice(0, restart)
            .map((delta) => delta.text)
            .join(''),
        ).toBe('SELECT');
        expect(
          deltas
            .slice(restart + 1)
            .map((delta) => delta.text)
            .join(''),
        ).toBe('SELECT 7');
      }
      server.otherwise(() => ({ do: 'drop' }));
      expect(await ask(open({ max_retries: 1 }))).toMatchObject({ ok: false, failure: { code: 'connection' } });
    });

    it.each([
      ['text that is no JSON', '<html>gateway</html>'],
      ['an empty object', '{}'],
      ['no choices', '{"id":"x","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":0}}'],
      ['half a JSON document', '{"id":"x","choices":[{"index":0,"mess'],
    ])('reports %s as malformed', async (_, body) => {
      server.script(
        streaming
          ? { do: 'raw', body: `data: ${body}\n\ndata: [DONE]\n\n`, contentType: 'text/event-stream' }
          : { do: 'raw', body },
      );
      const outcome = await ask(open({ max_retries: 0 }));
      expect(outcome).toMatchObject({ ok: false, failure: { model: 'main' } });
      if (!outcome.ok) expect(['malformed', 'connection']).toContain(outcome.failure.code);
    });

    it('reports an empty answer and a filtered one', async () => {
      server.script(answer(''), answer('', { finish: 'content_filter' }));
      const models = open();
      expect(await ask(models)).toMatchObject({ ok: false, failure: { code: 'malformed' } });
      expect(await ask(models)).toMatchObject({ ok: false, failure: { code: 'blocked' } });
    });

    it('stops at once when the caller cancels', async () => {
      server.script({ do: streaming ? 'stall' : 'hang', text: 'SELECT' });
      const controller = new AbortController();
      const pending = ask(open(), { prompt: 'x', signal: controller.signal });
      await expect.poll(() => server.requests.length).toBe(1);
      controller.abort();
      expect(await pending).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
      expect(await server.requests[0]?.closedEarly).toBe(true);
    });

    it('sends nothing when the budget does not hold the worst case', async () => {
      server.otherwise(() => answer('SELECT 1', { usage: { prompt: 100, completion: 100 } }));
      const models = open();
      const byTokens = createModelBudget({ maxTokens: 900 });
      expect((await ask(models, { prompt: 'x', budget: byTokens })).ok).toBe(true);
      expect((await ask(models, { prompt: 'x', budget: byTokens })).ok).toBe(true);
      expect((await ask(models, { prompt: 'x', budget: byTokens, maxOutputTokens: 300 })).ok).toBe(true);
      await expect(ask(models, { prompt: 'x', budget: byTokens })).rejects.toMatchObject({ code: 'budget-exceeded' });
      const byCost = createModelBudget({ maxCost: 0.000_9 });
      await expect(ask(models, { prompt: 'x', budget: byCost })).rejects.toThrow(EngineError);
      const byCalls = createModelBudget({ maxCalls: 0 });
      await expect(ask(models, { prompt: 'x', budget: byCalls })).rejects.toMatchObject({ code: 'budget-exceeded' });
      expect(server.requests).toHaveLength(3);
    });

    it('never logs the key', async () => {
      const lines: string[] = [];
      const log = (data: object, message: string) => void lines.push(`${message} ${JSON.stringify(data)}`);
      server.script({ do: 'status', status: 401, message: KEY }, answer('ok'));
      const models = open({}, { debug: log, info: log, warn: log, error: log });
      await ask(models);
      await ask(models);
      expect(lines.length).toBeGreaterThanOrEqual(2);
      expect(lines.join('\n')).not.toContain(KEY);
    });
  },
);

describe('a server that cannot be reached', () => {
  it('is a connection failure that names the model and not the key', async () => {
    const models = open({ max_retries: 1 });
    await server.close();
    const outcome = await models.client('generate_sql').complete({ prompt: 'x' });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'connection' } });
    if (!outcome.ok) expect(outcome.failure.message).toMatch(/model "main"/);
    expect(JSON.stringify(outcome)).not.toContain(KEY);
    server = await startScriptedModelServer();
  });
});

describe('more requests than the model takes at once', () => {
  it('wait for their turn, and leave the queue when cancelled', async () => {
    server.script({ do: 'stall', text: 'SELECT' }, answer('second'), answer('third'));
    const client = open({ max_concurrent: 1 }).client('x');
    const first = new AbortController();
    const never = new AbortController();
    const budget = createModelBudget();
    const stalled = client.complete({ prompt: '1', signal: first.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    const cancelled = client.complete({ prompt: '2', signal: never.signal, budget });
    const waiting = client.complete({ prompt: '3' });
    never.abort();
    expect(await cancelled).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(budget.tokens).toBe(0);
    expect(server.requests).toHaveLength(1);
    first.abort();
    expect(await stalled).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(await waiting).toMatchObject({ ok: true, value: { text: 'second' } });
    expect((await client.complete({ prompt: '4' })).ok).toBe(true);
    expect(server.requests.map((request) => request.body.messages?.at(-1)?.content)).toEqual(['1', '3', '4']);
  });

  it('time out with the call when no turn comes', async () => {
    server.otherwise(() => ({ do: 'hang' }));
    const client = open({ max_concurrent: 1, timeout_seconds: 0.3 }).client('x');
    const outcomes = await Promise.all([client.complete({ prompt: '1' }), client.complete({ prompt: '2' })]);
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.failure.code))).toEqual(['timeout', 'timeout']);
  });
});

describe('a redirect', () => {
  it('is not followed, since it would carry the key elsewhere', async () => {
    const other = await startScriptedModelServer(answer('stolen'));
    server.otherwise(() => ({ do: 'status', status: 307, headers: { location: `${other.url}/chat/completions` } }));
    const outcome = await open({ max_retries: 0 }).client('x').complete({ prompt: 'x' });
    expect(outcome.ok).toBe(false);
    expect(other.requests).toHaveLength(0);
    await other.close();
  });
});
