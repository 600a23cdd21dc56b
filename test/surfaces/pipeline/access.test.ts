import { afterAll, beforeAll, describe, expect } from 'vitest';
import { loadAuthClients } from '../../../src/engine/index.ts';
import { createServer } from '../../../src/server/index.ts';
import { type PipelineServer, startPipeline } from './pipeline-server.ts';
import { verifies } from './verifies.ts';

const TASKS = '/data_pipeline/tasks';

describe('without a key', () => {
  let server: PipelineServer;
  beforeAll(async () => {
    server = await startPipeline({
      pipeline: { allowed_connections: ['shop', 'db.example.org', 'postgresql://10.*'] },
    });
  });
  afterAll(() => server?.close());

  verifies('access-loopback', 'programs of this machine get in, whatever header they send', async () => {
    expect((await server.call('GET', TASKS)).status).toBe(200);
    expect((await server.call('GET', TASKS, undefined, { authorization: 'Bearer anything' })).status).toBe(200);
  });

  verifies('access-foreign', 'others need a token', async () => {
    const strangers: Record<string, string>[] = [
      { 'x-forwarded-for': '203.0.113.7' },
      { forwarded: 'for=203.0.113.7' },
      { origin: 'https://example.org' },
    ];
    for (const headers of strangers) {
      const { status, body, headers: sent } = await server.call('GET', TASKS, undefined, headers);
      expect([headers, status]).toEqual([headers, 401]);
      expect(body).toMatchObject({ success: false, error: { type: 'AuthenticationError', code: 'UNAUTHORIZED' } });
      expect(sent.get('www-authenticate')).toBe('Bearer');
    }
    for (const remoteAddress of ['203.0.113.7', '::ffff:192.168.1.4']) {
      expect((await server.app.inject({ url: `/api/v0${TASKS}`, remoteAddress })).statusCode).toBe(401);
    }
    const rebound = await server.app.inject({ url: `/api/v0${TASKS}`, headers: { host: 'evil.example' } });
    expect(rebound.statusCode).toBe(401);
    const { clients } = loadAuthClients(server.home, { QUERENT_HOME: server.home });
    const [client_id = '', client_secret = ''] = Object.entries(clients)[0] ?? [];
    const form = new URLSearchParams({ client_id, client_secret, grant_type: 'client_credentials' });
    const issued = await fetch(`${server.url}/auth/token`, { method: 'POST', body: form });
    const { access_token: token } = (await issued.json()) as { access_token: string };
    const authorized = { authorization: `Bearer ${token}`, 'x-forwarded-for': '203.0.113.7' };
    const created = await server.call('POST', TASKS, {}, authorized);
    expect(created.status).toBe(201);
    const { data } = (await server.call('POST', `${TASKS}/query`, { created_by: client_id })).body;
    expect(data.tasks).toHaveLength(1);
  });

  verifies('connection-policy', 'only allowed connections can be named', async () => {
    const ask = async (db_connection: string) => (await server.call('POST', TASKS, { db_connection })).body;
    for (const allowed of ['shop', 'postgresql://u:secret@db.example.org/x', 'postgresql://u@10.1.2.3:5433/y']) {
      expect([allowed, (await ask(allowed)).code]).toEqual([allowed, 201]);
    }
    for (const refused of [
      'postgresql://u:secret-77@127.0.0.1/x',
      'sqlite:////etc/passwd',
      'mysql://u:secret-77@10.1.2.3/x',
    ]) {
      const body = await ask(refused);
      expect(body).toMatchObject({
        code: 400,
        error: { type: 'ValidationError', code: 'CONNECTION_NOT_ALLOWED', invalid_params: ['db_connection'] },
      });
      expect(JSON.stringify(body)).not.toMatch(/secret-77|\/etc/);
    }
    for (const unreadable of ['nowhere', 'oracle://u:secret-77@h/x', 'postgresql://u:secret-77@h']) {
      const body = await ask(unreadable);
      expect(body).toMatchObject({
        code: 400,
        error: { code: 'INVALID_CONNECTION', invalid_params: ['db_connection'] },
      });
      expect(JSON.stringify(body)).not.toContain('secret-77');
    }
  });

  verifies('ports root', 'the port of the pipeline says what it is', async () => {
    const { engine, home } = server;
    const authClients = () => loadAuthClients(home, { QUERENT_HOME: home });
    const own = await createServer({ engine, authClients, logger: server.logger, face: 'pipeline' });
    try {
      expect((await own.inject('/')).json()).toEqual({ message: '统一API服务正在运行', version: '1.0.0' });
      expect((await own.inject('/health')).json()).toMatchObject({ status: 'healthy' });
      expect((await own.inject(`/api/v0${TASKS}`)).json()).toMatchObject({ success: true });
    } finally {
      await own.close();
    }
    const main = await fetch(server.url);
    expect(await main.json()).toMatchObject({ message: 'Datus Agent API' });
  });
});

describe('with a key', () => {
  let server: PipelineServer;
  beforeAll(async () => {
    server = await startPipeline({ pipeline: { api_key: 'key-of-this-test' } });
  });
  afterAll(() => server?.close());

  verifies('access-key connection-policy', 'it is needed everywhere, as a bearer token or X-API-Key', async () => {
    const refused: Record<string, string>[] = [
      {},
      { authorization: 'Bearer wrong' },
      { 'x-api-key': 'wrong' },
      { authorization: 'Basic a2V5' },
    ];
    for (const headers of refused) {
      expect((await server.call('GET', TASKS, undefined, headers)).status).toBe(401);
      expect((await server.call('POST', '/database/tables', {}, headers)).status).toBe(401);
    }
    const accepted: Record<string, string>[] = [
      { authorization: 'Bearer key-of-this-test' },
      { 'x-api-key': 'key-of-this-test' },
    ];
    for (const headers of accepted) {
      expect((await server.call('GET', TASKS, undefined, headers)).status).toBe(200);
    }
    const headers = { 'x-api-key': 'key-of-this-test' };
    const loopback = await server.call('POST', TASKS, { db_connection: 'postgresql://u:p@localhost/x' }, headers);
    expect(loopback.status).toBe(201);
    const elsewhere = await server.call('POST', TASKS, { db_connection: 'postgresql://u:p@192.0.2.1/x' }, headers);
    expect(elsewhere.body.error?.code).toBe('CONNECTION_NOT_ALLOWED');
  });
});
