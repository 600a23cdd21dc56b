import { existsSync, readFileSync, utimesSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { type RunningServer, requestToken, runQuerent, startQuerent, startServer } from '../support/process.ts';
import { createPostgresDatabase, describeWithPostgres } from '../support/services.ts';
import { collect, openEventStream } from '../support/sse-client.ts';
import { DEMO_NAMESPACE, prepareHome, until } from '../surfaces/datus/live-server.ts';
import { verifies } from '../surfaces/datus/verifies.ts';

const TOP = 'top 5 products by revenue';
const CONFIG = {
  agent: { namespace: DEMO_NAMESPACE, workflow: { asked: ['generate_sql', 'hitl', 'execute_sql', 'output'] } },
};

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function newHome(config: object = CONFIG): string {
  const made = prepareHome(config);
  cleanups.push(made.remove);
  return made.home;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', () => resolve()));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

const clientOf = async (url: string) => {
  const token = await requestToken(url, 'alice', 'alice-secret-1');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' };
  return {
    headers,
    json: async (method: string, path: string, body?: unknown) =>
      (await (
        await fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
      ).json()) as Record<string, unknown>,
    events: (id: string) => openEventStream(`${url}/workflows/tasks/${id}/events`, { headers }),
    start: (body: object) =>
      openEventStream(`${url}/workflows/run`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ namespace: 'demo', mode: 'async', task: TOP, ...body }),
      }),
  };
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a server in the background', () => {
  verifies(
    'server-daemon',
    'starts, tells its state, restarts and stops by its pid file',
    async () => {
      const home = newHome();
      const port = await freePort();
      const files = ['--pid-file', join(home, 'my.pid'), '--daemon-log-file', join(home, 'my.log')];
      const querent = (...args: string[]) =>
        runQuerent(['serve', '--port', String(port), '--pipeline-port', '0', ...files, ...args], { home });
      expect(await querent('--action', 'status')).toMatchObject({ code: 1, stdout: 'stopped\n' });
      const started = await querent('--daemon');
      expect(started).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^Daemon started successfully \(pid=\d+\)\n$/),
      });
      const pid = Number(readFileSync(join(home, 'my.pid'), 'utf8'));
      cleanups.push(() => isAlive(pid) && process.kill(pid, 'SIGKILL'));
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
      expect(await querent('--action', 'status')).toMatchObject({ code: 0, stdout: `running (pid=${pid})\n` });
      expect(await querent('--daemon')).toMatchObject({ code: 0, stdout: `Already running (pid=${pid})\n` });
      expect(await querent('--action', 'restart')).toMatchObject({ code: 0 });
      const next = Number(readFileSync(join(home, 'my.pid'), 'utf8'));
      cleanups.push(() => isAlive(next) && process.kill(next, 'SIGKILL'));
      expect(next).not.toBe(pid);
      expect(isAlive(pid)).toBe(false);
      expect(await querent('--action', 'stop')).toMatchObject({ code: 0, stdout: `Stopped (pid=${next})\n` });
      expect(existsSync(join(home, 'my.pid'))).toBe(false);
      expect(readFileSync(join(home, 'my.log'), 'utf8')).toContain('Querent is ready');
      expect(await querent('--action', 'stop')).toMatchObject({ code: 0 });
    },
    120_000,
  );

  verifies('server-daemon-reload', 'does not watch files', async () => {
    expect(await runQuerent(['serve', '--daemon', '--reload'], { home: newHome() })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--reload'),
    });
  });
});

describe('the flags of a server', () => {
  verifies(
    'server-flags server-root-path',
    'are all accepted, and a prefix is served with and without it',
    async () => {
      const args = [
        '--host',
        '127.0.0.1',
        '--workers',
        '1',
        '--debug',
        '--root-path',
        '/ask/',
        '--shutdown-timeout',
        '2.5',
        '--namespace',
        'demo',
        '--workflow',
        'nl2sql',
        '--max_steps',
        '20',
        '--load_cp',
        'cp.yml',
      ];
      const server = await startServer({ home: newHome(), args });
      cleanups.push(() => server.stop('SIGKILL'));
      expect(server.process.output()).toContain('--load_cp has no effect');
      expect((await fetch(`${server.url}/ask/health`)).status).toBe(200);
      expect((await fetch(`${server.url}/health`)).status).toBe(200);
      expect(await (await fetch(`${server.url}/openapi.json`)).json()).toMatchObject({ servers: [{ url: '/ask' }] });
      const client = await clientOf(server.url);
      expect(
        await client.json('POST', '/workflows/run', { workflow: 'default', namespace: 'demo', task: TOP }),
      ).toMatchObject({ status: 'completed' });
      expect((await server.stop()).code).toBe(0);
    },
  );

  verifies('server-flags', 'name what is wrong', async () => {
    const home = newHome();
    const wrong = async (...args: string[]) => (await runQuerent(['serve', ...args], { home })).stderr;
    expect(await wrong('--workers', '0')).toMatch(/workers.*1 to 64/s);
    expect(await wrong('--namespace', 'dem')).toMatch(/did you mean demo/);
    expect(await wrong('--action', 'jump')).toMatch(/start, stop, restart, status/);
    expect(await wrong('--shutdown-timeout', 'soon')).toMatch(/seconds/);
  });

  verifies(
    'server-reload',
    'can make it start again when its configuration changes',
    async () => {
      const home = newHome();
      const running = startQuerent(['serve', '--port', '0', '--pipeline-port', '0', '--reload'], { home });
      cleanups.push(() => running.child.kill('SIGKILL'));
      const starts = () => running.output().split('Querent is ready').length - 1;
      await until(
        async () => starts(),
        (count) => count === 1,
        60_000,
      );
      utimesSync(join(home, 'conf', 'agent.yml'), new Date(), new Date());
      await until(
        async () => starts(),
        (count) => count === 2,
        60_000,
      );
      running.child.kill('SIGTERM');
      expect((await running.finished).code).toBe(0);
    },
    150_000,
  );
});

describe('a server that stops', () => {
  verifies(
    'server-drain',
    'lets running work end, and goes on with the rest after the next start',
    async () => {
      const home = newHome({ ...CONFIG, server: { shutdown_timeout_seconds: 1 } });
      let server: RunningServer = await startServer({ home });
      cleanups.push(() => server.stop('SIGKILL'));
      let client = await clientOf(server.url);
      const stream = await client.start({ workflow: 'asked', task_id: 'left' });
      const reading = collect(stream);
      await until(
        () => client.json('GET', '/workflows/tasks/left'),
        (task) => task.waiting_for != null,
      );
      const ended = await server.stop('SIGTERM');
      expect(ended.code).toBe(0);
      const seen = await reading;
      expect(seen.at(-1)?.event).not.toMatch(/done|error|cancelled/);
      server = await startServer({ home });
      client = await clientOf(server.url);
      await until(
        () => client.json('GET', '/workflows/tasks/left'),
        (task) => task.waiting_for != null,
      );
      await client.json('POST', '/workflows/tasks/left/input', { action: 'approve' });
      const all = await collect(await client.events('left'));
      expect(all.slice(0, seen.length)).toEqual(seen);
      expect(all.at(-1)?.event).toBe('done');
      await server.stop();
    },
    120_000,
  );
});

/** What several processes on one port must do, whatever holds the state. */
function sharesWork(env: () => Record<string, string>): void {
  verifies(
    'server-workers server-crash',
    'share tasks, events, inputs and cancels; a lost one is replaced',
    async () => {
      const home = newHome();
      const server = await startServer({ home, args: ['--workers', '2'], env: env() });
      cleanups.push(() => server.stop('SIGKILL'));
      const client = await clientOf(server.url);
      await client.start({ workflow: 'asked', task_id: 'shared' });
      for (let n = 0; n < 6; n += 1) {
        await until(
          () => client.json('GET', '/workflows/tasks/shared'),
          (task) => task.waiting_for != null,
        );
      }
      const readers = await Promise.all(Array.from({ length: 4 }, () => client.events('shared')));
      const reading = Promise.all(readers.map((reader) => collect(reader)));
      await client.json('POST', '/workflows/tasks/shared/input', { action: 'approve' });
      const [first, ...others] = await reading;
      expect(first?.at(-1)?.event).toBe('done');
      for (const other of others) expect(other).toEqual(first);

      await client.start({ workflow: 'asked', task_id: 'lost' });
      await until(
        () => client.json('GET', '/workflows/tasks/lost'),
        (task) => task.waiting_for != null,
      );
      const workers = childrenOf(server.process.child.pid ?? 0);
      expect(workers).toHaveLength(2);
      for (const pid of workers) process.kill(pid, 'SIGKILL');
      const again = async () =>
        client.json('GET', '/workflows/tasks/lost').catch(() => ({}) as Record<string, unknown>);
      await until(again, (task) => task.waiting_for != null, 40_000);
      await client.json('DELETE', '/workflows/tasks/lost');
      const end = await collect(await client.events('lost'));
      expect(end.at(-1)?.event).toBe('cancelled');
      expect(end.filter((message) => message.event === 'started')).toHaveLength(1);
      expect((await server.stop()).code).toBe(0);
      expect(workers.filter(isAlive)).toEqual([]);
    },
    150_000,
  );
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number);
}

describe('several server processes with the embedded state', () => sharesWork(() => ({})));

describeWithPostgres('several server processes with the state on PostgreSQL', () => {
  let url = '';
  sharesWork(() => ({ QUERENT_STATE_URL: url }));
  beforeEachDatabase((made) => {
    url = made;
  });
});

function beforeEachDatabase(use: (url: string) => void): void {
  beforeEach(async () => {
    const database = await createPostgresDatabase();
    cleanups.push(database.drop);
    use(database.url);
  });
}

describeWithPostgres('a statement on PostgreSQL', () => {
  verifies(
    'task-cancel',
    'is cancelled at the database',
    async () => {
      const database = await createPostgresDatabase();
      cleanups.push(database.drop);
      const { default: pg } = await import('pg');
      const admin = new pg.Client({ connectionString: database.url });
      await admin.connect();
      cleanups.push(() => admin.end());
      await admin.query(
        'CREATE TABLE things (id int PRIMARY KEY, name text); INSERT INTO things SELECT i, i::text FROM generate_series(1, 5000) AS i',
      );
      const where = new URL(database.url);
      const namespace = {
        big: {
          type: 'postgresql',
          host: where.hostname,
          port: Number(where.port || 5432),
          username: where.username || 'postgres',
          password: where.password,
          database: where.pathname.slice(1),
          schema: 'public',
        },
      };
      const server = await startServer({ home: newHome({ agent: { ...CONFIG.agent, namespace } }) });
      cleanups.push(() => server.stop('SIGKILL'));
      const client = await clientOf(server.url);
      const stream = await client.start({
        workflow: 'asked',
        namespace: 'big',
        task: 'how many things',
        task_id: 'big',
      });
      const reading = collect(stream);
      await until(
        () => client.json('GET', '/workflows/tasks/big'),
        (task) => task.waiting_for != null,
      );
      const sql = 'SELECT COUNT(*) AS n FROM things a, things b, things c WHERE a.name < b.name AND b.name < c.name';
      await client.json('POST', '/workflows/tasks/big/input', { action: 'edit', sql });
      const active = async () =>
        Number(
          (
            await admin.query(
              "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%things b, things c%' AND pid <> pg_backend_pid()",
            )
          ).rows[0]?.n,
        );
      await until(active, (n) => n > 0);
      const asked = Date.now();
      await client.json('DELETE', '/workflows/tasks/big');
      await until(active, (n) => n === 0, 1_000);
      const messages = await reading;
      expect(Date.now() - asked).toBeLessThan(1_500);
      expect(messages.at(-1)?.event).toBe('cancelled');
    },
    60_000,
  );
});
