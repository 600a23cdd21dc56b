/** Each vendor's own wire format, as its package sends and reads it, against a small scripted endpoint. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createModels, parseModelsConfig } from '../../src/llm/index.ts';

const KEY = 'key-for-tests-123456';
let server: Server | undefined;
interface Seen {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** Answers every request with the same status and body. */
async function endpoint(status: number, contentType: string, body: string): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += String(part);
    seen.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(text) as Record<string, unknown> });
    response.writeHead(status, { 'content-type': contentType }).end(body);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

function client(type: string, url: string) {
  const models = createModels(
    parseModelsConfig({
      target: 'main',
      models: { main: { type, base_url: url, api_key: KEY, model: 'm-1', max_retries: 0, max_output_tokens: 64 } },
    }),
  );
  return models.client('generate_sql');
}
const events = (items: readonly (readonly [string | null, object])[]): string =>
  items.map(([name, data]) => `${name === null ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`).join('');

describe('Anthropic', () => {
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm-1',
    content: [
      { type: 'text', text: 'SELECT 1' },
      { type: 'tool_use', id: 'toolu_1', name: 'read_query', input: { sql: 'SELECT 2' } },
    ],
    stop_reason: 'tool_use',
    stop_sequence: null,
    usage: { input_tokens: 11, output_tokens: 5 },
  };

  it('is asked and read in its own format', async () => {
    const { url, seen } = await endpoint(200, 'application/json', JSON.stringify(message));
    const outcome = await client('claude', url).complete({ system: 'rules', prompt: 'hello' });
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        text: 'SELECT 1',
        finish: 'tool-calls',
        toolCalls: [{ name: 'read_query', input: { sql: 'SELECT 2' } }],
        call: { inputTokens: 11, outputTokens: 5 },
      },
    });
    expect(seen[0]?.path).toBe('/v1/messages');
    expect(seen[0]?.headers['x-api-key']).toBe(KEY);
    expect(seen[0]?.body).toMatchObject({ model: 'm-1', max_tokens: 64 });
  });

  it('streams', async () => {
    const body = events([
      ['message_start', { type: 'message_start', message: { ...message, content: [], stop_reason: null } }],
      ['content_block_start', { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }],
      ['content_block_delta', { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'SELECT' } }],
      ['content_block_delta', { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ' 3' } }],
      ['content_block_stop', { type: 'content_block_stop', index: 0 }],
      ['message_delta', { type: 'message_delta', delta: { stop_reason: 'max_tokens' }, usage: { output_tokens: 9 } }],
      ['message_stop', { type: 'message_stop' }],
    ]);
    const { url } = await endpoint(200, 'text/event-stream', body);
    const pieces: string[] = [];
    const outcome = await client('anthropic', url).complete({
      prompt: 'hello',
      onDelta: (delta) => void pieces.push(delta.text),
    });
    expect(outcome).toMatchObject({
      ok: true,
      value: { text: 'SELECT 3', finish: 'length', call: { outputTokens: 9 } },
    });
    expect(pieces).toEqual(['SELECT', ' 3']);
  });

  it('fails without showing the key', async () => {
    const error = { type: 'error', error: { type: 'authentication_error', message: `invalid x-api-key ${KEY}` } };
    const { url } = await endpoint(401, 'application/json', JSON.stringify(error));
    const outcome = await client('claude', url).complete({ prompt: 'hello' });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'unauthorized', status: 401 } });
    expect(JSON.stringify(outcome)).not.toContain(KEY);
  });
});

describe('Google', () => {
  const reply = (text: string, finishReason: string | null) => ({
    candidates: [
      { content: { role: 'model', parts: [{ text }] }, index: 0, ...(finishReason ? { finishReason } : {}) },
    ],
    usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 4, totalTokenCount: 16 },
  });

  it('is asked and read in its own format', async () => {
    const { url, seen } = await endpoint(200, 'application/json', JSON.stringify(reply('SELECT 1', 'STOP')));
    const outcome = await client('gemini', url).complete({ system: 'rules', prompt: 'hello', json: true });
    expect(outcome).toMatchObject({
      ok: true,
      value: { text: 'SELECT 1', finish: 'stop', call: { inputTokens: 12, outputTokens: 4 } },
    });
    expect(seen[0]?.path).toContain('/v1beta/models/m-1:generateContent');
    expect(seen[0]?.headers['x-goog-api-key']).toBe(KEY);
    expect(seen[0]?.body).toMatchObject({
      generationConfig: { maxOutputTokens: 64, responseMimeType: 'application/json' },
    });
  });

  it('streams', async () => {
    const body = events([
      [null, reply('SELECT', null)],
      [null, reply(' 3', 'STOP')],
    ]);
    const { url } = await endpoint(200, 'text/event-stream', body);
    const pieces: string[] = [];
    const outcome = await client('google', url).complete({
      prompt: 'hello',
      onDelta: (delta) => void pieces.push(delta.text),
    });
    expect(outcome).toMatchObject({ ok: true, value: { text: 'SELECT 3', finish: 'stop' } });
    expect(pieces.join('')).toBe('SELECT 3');
  });
});

describe('OpenAI itself', () => {
  it('is asked with the parameters of its chat format', async () => {
    const body = {
      id: 'x',
      object: 'chat.completion',
      created: 1,
      model: 'm-1',
      choices: [{ index: 0, message: { role: 'assistant', content: 'SELECT 1' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
    };
    const { url, seen } = await endpoint(200, 'application/json', JSON.stringify(body));
    const config = parseModelsConfig({
      target: 'main',
      models: { main: { type: 'openai', api_key: KEY, model: 'm-1' } },
    });
    // The package is given its vendor's address; the request is led to the endpoint here.
    const models = createModels(config, {
      fetch: (input, init) => fetch(String(input).replace('https://api.openai.com', url), init),
    });
    const outcome = await models.client('generate_sql').complete({ prompt: 'hello', json: true });
    expect(outcome).toMatchObject({ ok: true, value: { text: 'SELECT 1' } });
    expect(seen[0]?.path).toBe('/v1/chat/completions');
    expect(seen[0]?.body).toMatchObject({ model: 'm-1', response_format: { type: 'json_object' } });
  });
});
