import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { startServer } from '../support/process.ts';
import { createPostgresDatabase, describeWithPostgres } from '../support/services.ts';
import { collect } from '../support/sse-client.ts';
import { prepareHome, until } from '../surfaces/datus/live-server.ts';
import { verifies } from '../surfaces/datus/verifies.ts';
import { CONFIG, clientOf, isAlive } from './process-client.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function newHome(config: object = CONFIG): string {
  const made = prepareHome(config);
  cleanups.push(made.remove);
  return made.home;
}

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

      const ids = ['lost-1', 'lost-2', 'lost-3', 'lost-4'];
      for (const id of ids) await client.start({ workflow: 'asked', task_id: id });
      const task = (id: string) => client.json('GET', `/workflows/tasks/${id}`).catch(() => ({ waiting_for: null }));
      for (const id of ids) {
        await until(
          () => task(id),
          (one) => one.waiting_for != null,
        );
      }
      const [primary = 0] = [server.process.child.pid];
      const [victim = 0, ...rest] = childrenOf(primary);
      expect(rest).toHaveLength(1);
      process.kill(victim, 'SIGKILL');
      for (const id of ids) {
        await client.json('POST', `/workflows/tasks/${id}/input`, { action: 'approve' }).catch(() => {});
        const run = await until(
          () => task(id) as Promise<Record<string, unknown>>,
          (one) => one.status === 'completed' || one.waiting_for != null,
          60_000,
        );
        if (run.status !== 'completed')
          await client.json('POST', `/workflows/tasks/${id}/input`, { action: 'approve' });
        const events = await collect(await client.events(id));
        expect(events.at(-1)?.event).toBe('done');
        expect(events.filter((message) => message.event === 'started')).toHaveLength(1);
      }
      await until(
        async () => childrenOf(primary).filter((pid) => pid !== victim),
        (pids) => pids.length === 2,
        60_000,
      );
      const workers = childrenOf(primary);
      expect((await server.stop()).code).toBe(0);
      expect(workers.filter(isAlive)).toEqual([]);
    },
    150_000,
  );
}

/** One request on a connection of its own, by a client that never gives up. */
const ask = (url: string): Promise<number | 'reset'> =>
  new Promise((resolve) => {
    const sent = request(`${url}/health`, { agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', () => resolve('reset'));
    });
    sent.on('error', () => resolve('reset'));
    sent.end();
  });

describe('a worker that is killed', () => {
  verifies(
    'server-workers server-crash',
    'leaves nobody without an answer: requests under way are reset, new ones are answered by the others',
    async () => {
      const server = await startServer({ home: newHome(), args: ['--workers', '2'] });
      cleanups.push(() => server.stop('SIGKILL'));
      const [primary = 0] = [server.process.child.pid];
      const [victim = 0] = childrenOf(primary);
      const asked: Promise<number | 'reset'>[] = [];
      for (let n = 0; n < 100; n += 1) {
        asked.push(ask(server.url));
        if (n === 50) process.kill(victim, 'SIGKILL');
        await new Promise((resolve) => setImmediate(resolve));
      }
      const answers = await Promise.all(asked);
      expect(new Set(answers)).toEqual(new Set(answers.includes('reset') ? [200, 'reset'] : [200]));
      for (let n = 0; n < 20; n += 1) expect(await ask(server.url)).toBe(200);
    },
    150_000,
  );

  verifies(
    'server-workers',
    'or that hangs takes no new connections away from the others',
    async () => {
      const server = await startServer({ home: newHome(), args: ['--workers', '2'] });
      cleanups.push(() => server.stop('SIGKILL'));
      const [hanging = 0] = childrenOf(server.process.child.pid ?? 0);
      process.kill(hanging, 'SIGSTOP');
      cleanups.push(() => isAlive(hanging) && process.kill(hanging, 'SIGCONT'));
      for (let n = 0; n < 20; n += 1) expect(await ask(server.url)).toBe(200);
    },
    60_000,
  );
});

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
