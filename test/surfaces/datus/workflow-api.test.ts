import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type RunningServer, requestToken, startServer } from '../../support/process.ts';
import { collect, openEventStream } from '../../support/sse-client.ts';
import { verifies } from './verifies.ts';

let server: RunningServer;
let token: string;

beforeAll(async () => {
  server = await startServer();
  token = await server.token();
});
afterAll(async () => {
  await server?.stop();
});

const run = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/workflows/run`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  });

const stream = (body: Record<string, unknown>, headers: Record<string, string> = {}) =>
  openEventStream(`${server.url}/workflows/run`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ mode: 'async', ...body }),
  });

const question = { workflow: 'nl2sql', namespace: 'demo', task: 'top 5 products by revenue' };

describe('the server', () => {
  verifies('root', 'says what it is', async () => {
    const response = await fetch(server.url);
    expect(await response.json()).toEqual({
      message: 'Datus Agent API',
      version: '1.0.0',
      docs: '/docs',
      health: '/health',
    });
  });

  verifies('health', 'is healthy at once, names each namespace and makes no model call', async () => {
    const response = await fetch(`${server.url}/health`);
    expect(response.status).toBe(200);
    const body = (await response.json()) as Record<string, unknown>;
    expect(body).toMatchObject({ status: 'healthy', version: '1.0.0', llm_status: 'unknown' });
    expect(Object.keys(body.database_status as object).sort()).toEqual(['demo', 'highway']);
  });

  verifies('docs', 'serves its documentation', async () => {
    const openapi = (await (await fetch(`${server.url}/openapi.json`)).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(openapi.paths)).toContain('/workflows/run');
    expect((await fetch(`${server.url}/docs`)).status).toBe(200);
  });

  verifies('cors', 'sends no CORS header unless origins are configured', async () => {
    const response = await fetch(server.url, { headers: { origin: 'https://example.org' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  verifies('not-found method-not-allowed', 'answers unknown paths and methods in the contract’s form', async () => {
    expect(await (await fetch(`${server.url}/nope`)).json()).toEqual({ detail: 'Not Found' });
    const wrong = await fetch(`${server.url}/workflows/run`);
    expect(wrong.status).toBe(405);
    expect(await wrong.json()).toEqual({ detail: 'Method Not Allowed' });
  });
});

describe('POST /auth/token', () => {
  const ask = (fields: Record<string, string>): Promise<Response> =>
    fetch(`${server.url}/auth/token`, { method: 'POST', body: new URLSearchParams(fields) });
  const good = () => ({
    client_id: server.clientId,
    client_secret: server.clientSecret,
    grant_type: 'client_credentials',
  });

  verifies('token', 'issues a bearer token for two hours', async () => {
    const body = (await (await ask(good())).json()) as Record<string, unknown>;
    expect(body).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 7200 });
  });

  verifies('token', 'accepts a multipart form', async () => {
    const form = new FormData();
    for (const [key, value] of Object.entries(good())) form.append(key, value);
    expect((await fetch(`${server.url}/auth/token`, { method: 'POST', body: form })).status).toBe(200);
  });

  verifies('token-missing-field', 'names a missing field', async () => {
    const { grant_type, ...rest } = good();
    const response = await ask(rest);
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({
      detail: [{ type: 'missing', loc: ['body', 'grant_type'], msg: 'Field required', input: null }],
    });
  });

  verifies('token-grant-type', 'refuses another grant type and a JSON body', async () => {
    const response = await ask({ ...good(), grant_type: 'password' });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ detail: "Invalid grant_type. Must be 'client_credentials'" });
    const json = await fetch(`${server.url}/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(good()),
    });
    expect(json.status).toBe(422);
  });

  verifies('token-credentials', 'refuses a wrong secret, and throttles a client that keeps guessing', async () => {
    const statuses: number[] = [];
    let last: Response | null = null;
    for (let i = 0; i < 20; i += 1) {
      last = await ask({ client_id: 'guessed-client', client_secret: `wrong-${i}`, grant_type: 'client_credentials' });
      statuses.push(last.status);
    }
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(good())).status).toBe(200);
  });
});

describe('bearer tokens', () => {
  const withToken = (value: string | null): Promise<Response> =>
    fetch(`${server.url}/workflows/run`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(value === null ? {} : { authorization: value }) },
      body: JSON.stringify(question),
    });
  const key = () => {
    const file = parse(readFileSync(join(server.home, 'conf', 'auth_clients.yml'), 'utf8')) as {
      jwt: { secret_key: string };
    };
    return new TextEncoder().encode(file.jwt.secret_key);
  };
  const now = () => Math.floor(Date.now() / 1000);

  it.each([
    ['no header', async () => null, 'Not authenticated'],
    ['another scheme', async () => 'Basic abc', 'Not authenticated'],
    ['garbage', async () => 'Bearer abc.def.ghi', 'Invalid token'],
    [
      'an expired token',
      async () =>
        `Bearer ${await new SignJWT({ client_id: server.clientId })
          .setProtectedHeader({ alg: 'HS256' })
          .setExpirationTime(now() - 10)
          .sign(key())}`,
      'Token has expired',
    ],
    [
      'a token without exp',
      async () =>
        `Bearer ${await new SignJWT({ client_id: server.clientId }).setProtectedHeader({ alg: 'HS256' }).sign(key())}`,
      'Invalid token',
    ],
    [
      'another algorithm',
      async () =>
        `Bearer ${await new SignJWT({ client_id: server.clientId })
          .setProtectedHeader({ alg: 'HS384' })
          .setExpirationTime(now() + 60)
          .sign(key())}`,
      'Invalid token',
    ],
    [
      'the algorithm none',
      async () =>
        `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ client_id: server.clientId, exp: now() + 60 })).toString('base64url')}.`,
      'Invalid token',
    ],
    [
      'no client',
      async () =>
        `Bearer ${await new SignJWT({})
          .setProtectedHeader({ alg: 'HS256' })
          .setExpirationTime(now() + 60)
          .sign(key())}`,
      'Invalid token payload',
    ],
    [
      'an unknown client',
      async () =>
        `Bearer ${await new SignJWT({ client_id: 'gone' })
          .setProtectedHeader({ alg: 'HS256' })
          .setExpirationTime(now() + 60)
          .sign(key())}`,
      'Invalid token',
    ],
  ])('refuses %s', async (_name, make, detail) => {
    const response = await withToken(await make());
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toEqual({ detail });
  });

  verifies('bearer clients-file', 'refuses the token of a client that was removed from the file', async () => {
    const path = join(server.home, 'conf', 'auth_clients.yml');
    const file = parse(readFileSync(path, 'utf8')) as { clients: Record<string, string> };
    writeFileSync(path, stringify({ ...file, clients: { ...file.clients, second: 'second-secret' } }));
    const second = await requestToken(server.url, 'second', 'second-secret');
    expect((await withToken(`Bearer ${second}`)).status).toBe(200);
    writeFileSync(path, stringify(file));
    expect((await withToken(`Bearer ${second}`)).status).toBe(401);
  });
});

describe('POST /workflows/run, synchronous', () => {
  verifies('sync-response task-id', 'answers with SQL, typed rows and the contract’s keys in order', async () => {
    const response = await run(question);
    expect(response.status).toBe(200);
    const body = (await response.json()) as Record<string, unknown>;
    expect(Object.keys(body)).toEqual([
      'task_id',
      'status',
      'workflow',
      'sql',
      'result',
      'metadata',
      'error',
      'execution_time',
    ]);
    expect(body).toMatchObject({ status: 'completed', workflow: 'nl2sql', error: null });
    expect(body.result).toHaveLength(5);
    expect(String(body.sql)).toMatch(/select/i);
    expect(Object.keys(body.metadata as object).slice(0, 3)).toEqual([
      'execution_time',
      'nodes_executed',
      'reflection_rounds',
    ]);
    expect(String(body.task_id)).toMatch(new RegExp(`^${server.clientId}_\\d{14}(_\\d+)?$`));
  });

  verifies('sync-failed', 'fails honestly on a question that has no answer', async () => {
    const body = (await (await run({ ...question, task: 'what is the meaning of life' })).json()) as Record<
      string,
      unknown
    >;
    expect(body).toMatchObject({ status: 'failed', sql: null, result: null });
    expect(String(body.error).length).toBeGreaterThan(5);
  });

  verifies('sync-error', 'names an unknown workflow or namespace in an error with HTTP 200', async () => {
    for (const change of [{ workflow: 'no_such_workflow' }, { namespace: 'no_such_namespace' }]) {
      const response = await run({ ...question, ...change });
      expect(response.status).toBe(200);
      const body = (await response.json()) as Record<string, unknown>;
      expect(body).toMatchObject({ status: 'error', sql: null, result: null });
      expect(String(body.error)).toContain(Object.values(change)[0]);
    }
  });

  verifies(
    'run-request',
    'takes the smallest request, empty context, null context and keys that it does not know',
    async () => {
      const empty = {
        catalog_name: '',
        database_name: '',
        schema_name: '',
        current_date: '',
        mode: 'sync',
        anything: 1,
      };
      const nulls = { task_id: null, catalog_name: null, database_name: null, current_date: null, ext_knowledge: null };
      for (const extra of [{}, empty, nulls]) {
        const response = await run({ ...question, ...extra });
        expect([response.status, ((await response.json()) as { status: string }).status]).toEqual([200, 'completed']);
      }
    },
  );

  verifies('task-id-taken', 'takes a task id once', async () => {
    const task = { ...question, task_id: 'my.task:1' };
    expect(((await (await run(task)).json()) as { task_id: string }).task_id).toBe('my.task:1');
    const again = await run(task);
    expect(again.status).toBe(409);
  });

  it.each([
    ['malformed JSON', '{"workflow": ', [400, 422]],
    ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), [400, 422]],
    ['NUL bytes', JSON.stringify({ ...question, task: 'a\u0000b' }), [422]],
    ['an overlong id', JSON.stringify({ ...question, task_id: 'x'.repeat(129) }), [422]],
    ['a strange id', JSON.stringify({ ...question, task_id: '../x' }), [422]],
    ['a missing field', JSON.stringify({ workflow: 'nl2sql', namespace: 'demo' }), [422]],
    ['an overlong question', JSON.stringify({ ...question, task: 'x'.repeat(10_001) }), [422]],
    ['a date that does not exist', JSON.stringify({ ...question, current_date: '2025-02-30' }), [422]],
    ['a body over 1 MB', JSON.stringify({ ...question, padding: 'x'.repeat(1_100_000) }), [413]],
  ])('refuses %s with a detail', async (_name, body, statuses) => {
    const response = await run(body);
    expect(statuses).toContain(response.status);
    expect(await response.json()).toHaveProperty('detail');
  });
});

describe('POST /workflows/run, streamed', () => {
  verifies('accept-header', 'needs the Accept header', async () => {
    const response = await run({ ...question, mode: 'async' }, { accept: 'application/json' });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ detail: "For async mode, Accept header must include 'text/event-stream'" });
  });

  verifies(
    'stream-order stream-headers',
    'streams started … sql_generated … execution_complete … output_ready … done, then closes',
    async () => {
      const opened = await stream({ ...question, workflow: 'fixed' });
      expect(opened.status).toBe(200);
      expect(opened.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      const messages = await collect(opened);
      const names = messages.map((message) => message.event);
      expect(names[0]).toBe('started');
      expect(names.at(-1)).toBe('done');
      expect(names.filter((name) => ['done', 'error', 'cancelled'].includes(name ?? ''))).toHaveLength(1);
      const order = ['started', 'progress', 'sql_generated', 'execution_complete', 'output_ready', 'done'];
      expect(names.filter((name) => order.includes(name ?? ''))).toEqual(order);
      const output = messages.find((message) => message.event === 'output_ready');
      expect(output?.data.result).toHaveLength(5);
      const ids = messages.map((message) => Number(message.id));
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
    },
  );

  verifies('event-error one-terminal', 'ends with one error and no SQL when there is no answer', async () => {
    const names = (await collect(await stream({ ...question, task: '帮我写一首诗' }))).map((message) => message.event);
    expect(names.at(-1)).toBe('error');
    expect(names.filter((name) => name === 'error')).toHaveLength(1);
    expect(names).not.toContain('sql_generated');
  });

  verifies('detached reattach', 'goes on without its reader, and gives the rest after Last-Event-ID', async () => {
    const task = { ...question, task_id: 'resumed-run' };
    const first = await stream(task);
    const seen = [];
    for await (const message of first.messages) {
      seen.push(message);
      if (seen.length === 2) break;
    }
    first.close();
    const rest = await collect(await stream(task, { 'last-event-id': String(seen.at(-1)?.id) }));
    expect(rest.at(-1)?.event).toBe('done');
    const ids = [...seen, ...rest].map((message) => Number(message.id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(rest[0] && Number(rest[0].id)).toBeGreaterThan(Number(seen.at(-1)?.id));
  });
});
