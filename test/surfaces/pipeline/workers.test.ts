/** Tasks of several server processes: whichever answers, a task is run once and looks the same. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { stringify } from 'yaml';
import { freshHome, type RunningServer, startServer } from '../../support/process.ts';
import { createPostgresDatabase, describeWithPostgres } from '../../support/services.ts';
import { createTestHome } from '../../support/state.ts';
import { type Data, makeShop } from './pipeline-server.ts';
import { verifies } from './verifies.ts';

const MINUTES = 240_000;
const STEPS = ['ddl_generation', 'qa_generation', 'sql_validation', 'training_load'];

interface Made {
  readonly home: string;
  readonly env: Record<string, string>;
  remove(): Promise<void>;
}

function sharesTasks(make: () => Promise<Made>, { stateOnServer }: { readonly stateOnServer: boolean }): void {
  let made: Made;
  let server: RunningServer;
  beforeAll(async () => {
    made = await make();
    const { home, env } = made;
    mkdirSync(join(home, 'conf'), { recursive: true });
    makeShop(join(home, 'shop.sqlite'));
    const shop = { type: 'sqlite', name: 'shop', uri: `sqlite:///${join(home, 'shop.sqlite')}` };
    const config = { agent: { namespace: { shop } }, pipeline: { default_connection: 'shop' } };
    writeFileSync(join(home, 'conf', 'agent.yml'), stringify(config));
    server = await startServer({ home, env, args: ['--workers', '2'] });
  }, MINUTES);
  afterAll(async () => {
    await server?.stop();
    await made?.remove();
  });

  /** Each on a connection of its own: the processes take turns. */
  const call = (method: string, path: string, body?: unknown): Promise<{ status: number; data: Data }> =>
    new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const sent = request(
        `${server.url}/api/v0/data_pipeline${path}`,
        { method, agent: false, headers },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => {
            text += part;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, data: (JSON.parse(text) as { data: Data }).data }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const create = async (): Promise<string> => (await call('POST', '/tasks', {})).data.task_id as string;
  const directory = (id: string): string => join(made.home, 'data_pipeline', 'training_data', id);
  const log = (id: string): string => readFileSync(join(directory(id), 'data_pipeline.log'), 'utf8');
  const said = (id: string, text: string): number => log(id).split(text).length - 1;
  const pairFiles = (id: string): string[] =>
    readdirSync(directory(id)).filter((name) => /^qs_.*_pair\.json$/.test(name));
  const until = async (id: string, holds: (task: Data) => boolean): Promise<Data> => {
    for (;;) {
      // A process that was killed drops its connections.
      const answer = await call('GET', `/tasks/${id}`).catch(() => null);
      if (answer?.status === 200 && holds(answer.data)) return answer.data;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const isOver = (task: Data): boolean => task.status !== 'pending' && task.status !== 'in_progress';

  // The first: while no other task was run there is one process in which a step works.
  const suite = process.platform === 'linux' ? verifies : () => {};
  suite(
    'workers execute-lost',
    'a process that is killed leaves its task to another, and is replaced',
    async () => {
      const id = await create();
      await call('POST', `/tasks/${id}/execute`);
      // The log is seen sooner than the status, which a quick step leaves between two requests.
      while (said(id, '开始执行步骤: qa_generation') === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      const [step] = stepProcesses(server);
      if (!step) throw new Error('no process of a step was found');
      process.kill(step.pid, 'SIGSTOP');
      process.kill(step.parent, 'SIGKILL');
      process.kill(step.pid, 'SIGCONT');
      const task = await until(id, isOver);
      expect(task).toMatchObject({ status: 'completed', error_message: null });
      expect(said(id, '步骤执行完成: ddl_generation')).toBe(1);
      expect(said(id, '任务被中断后继续执行 (第 2 次)')).toBe(1);
      expect(pairFiles(id)).toHaveLength(1);
      expect(readdirSync(directory(id)).filter((name) => name.startsWith('.'))).toEqual([]);
    },
    MINUTES,
  );

  if (stateOnServer) whenPaused();

  verifies(
    'workers execute-concurrent error-running',
    'tasks of any process are run once, by all of them',
    async () => {
      const ids = await Promise.all(Array.from({ length: 6 }, create));
      expect(new Set(ids).size).toBe(6);
      const runners = new Set<number>();
      let running = true;
      const watching = (async () => {
        while (running) {
          for (const { parent } of stepProcesses(server)) runners.add(parent);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })();
      const answers = await Promise.all(
        ids.map(async (id) => {
          const both = await Promise.all([call('POST', `/tasks/${id}/execute`), call('POST', `/tasks/${id}/execute`)]);
          return both.map(({ status }) => status).sort();
        }),
      );
      expect(answers).toEqual(ids.map(() => [202, 409]));
      for (const id of ids) {
        const task = await until(id, isOver);
        expect(task).toMatchObject({ status: 'completed', error_message: null, current_step: null });
        expect(Object.values(task.step_status)).toEqual(STEPS.map(() => 'completed'));
        for (const step of STEPS) {
          expect([said(id, `开始执行步骤: ${step}`), said(id, `步骤执行完成: ${step}`)]).toEqual([1, 1]);
        }
        expect(pairFiles(id)).toHaveLength(1);
        const seen = await Promise.all([1, 2, 3, 4].map(() => call('GET', `/tasks/${id}`)));
        for (const { data } of seen) expect({ ...data, timestamp: '' }).toEqual({ ...task, timestamp: '' });
        const logs = await Promise.all([1, 2, 3, 4].map(() => call('GET', `/tasks/${id}/logs?limit=1000`)));
        for (const { data } of logs) expect(data.logs).toEqual(logs[0]!.data.logs);
      }
      running = false;
      await watching;
      expect(runners.size).toBe(2);
      const { data } = await call('GET', '/tasks');
      const listed = data.tasks
        .map(({ task_id: id }: { task_id: string }) => id)
        .filter((id: string) => ids.includes(id));
      expect(listed.sort()).toEqual([...ids].sort());
    },
    MINUTES,
  );

  /** Lets the lease of what runs be over; only a state on a server can be reached from here. */
  function whenPaused(): void {
    verifies(
      'workers execute-lost',
      'a process that wakes up after its lease records nothing and publishes no file',
      async () => {
        const database = new pg.Client({ connectionString: made.env.QUERENT_STATE_URL });
        await database.connect();
        try {
          const id = await create();
          await call('POST', `/tasks/${id}/execute`);
          while (said(id, '开始执行步骤: qa_generation') === 0) await new Promise((resolve) => setTimeout(resolve, 2));
          const { rows } = await database.query<{ worker: string }>(
            "SELECT worker FROM querent.tasks WHERE status = 'running' AND id LIKE $1",
            [`${id}:%`],
          );
          const paused = Number(rows[0]!.worker.split(':').at(-2));
          // Its step works on, as on a machine on which one process gets no time.
          process.kill(paused, 'SIGSTOP');
          try {
            await database.query(
              "UPDATE querent.tasks SET lease_until = now() - interval '1 second' WHERE status = 'running'",
            );
            while (said(id, '完整工作流执行完成') === 0) await new Promise((resolve) => setTimeout(resolve, 20));
          } finally {
            process.kill(paused, 'SIGCONT');
          }
          const before = (await until(id, isOver)).steps;
          // When it has worked on other tasks it has found out about this one.
          const others = await Promise.all(Array.from({ length: 6 }, create));
          await Promise.all(others.map((other) => call('POST', `/tasks/${other}/execute`)));
          for (const other of others) await until(other, isOver);
          const task = await until(id, isOver);
          expect(task).toMatchObject({ status: 'completed', error_message: null, steps: before });
          for (const step of STEPS) {
            const begins = step === 'qa_generation' ? 2 : 1;
            expect([said(id, `开始执行步骤: ${step}`), said(id, `步骤执行完成: ${step}`)]).toEqual([begins, 1]);
          }
          expect(said(id, '步骤进程异常退出')).toBe(0);
          expect(said(id, '完整工作流执行完成')).toBe(1);
          expect(pairFiles(id)).toHaveLength(1);
          expect(readdirSync(directory(id)).filter((name) => name.startsWith('.'))).toEqual([]);
        } finally {
          await database.end();
        }
      },
      MINUTES,
    );
  }

  verifies(
    'workers cancel',
    'any process cancels what another runs',
    async () => {
      const ids = await Promise.all(Array.from({ length: 4 }, create));
      await Promise.all(ids.map((id) => call('POST', `/tasks/${id}/execute`)));
      const cancelled = await Promise.all(ids.map((id) => call('POST', `/tasks/${id}/cancel`)));
      expect(cancelled.map(({ data }) => data.status)).toEqual(ids.map(() => 'cancelled'));
      for (const id of ids) expect((await until(id, isOver)).error_message).toBe('任务已取消');
    },
    MINUTES,
  );
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number);
const attempt = <T>(look: () => T, otherwise: T): T => {
  try {
    return look();
  } catch {
    return otherwise;
  }
};

/** The processes in which steps work, with the server processes that own them. */
function stepProcesses(server: RunningServer): { readonly pid: number; readonly parent: number }[] {
  return attempt(() => childrenOf(server.process.child.pid ?? 0), []).flatMap((parent) =>
    attempt(() => childrenOf(parent), [])
      .filter((pid) => attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'), '').includes('step-child'))
      .map((pid) => ({ pid, parent })),
  );
}

describe('several server processes with the embedded state', () =>
  sharesTasks(async () => ({ ...(await createTestHome()), env: {} }), { stateOnServer: false }));

describeWithPostgres('several server processes with the state on PostgreSQL', () =>
  sharesTasks(
    async () => {
      const database = await createPostgresDatabase();
      const { home, remove } = freshHome();
      return {
        home,
        env: { QUERENT_STATE_URL: database.url },
        async remove() {
          remove();
          await database.drop();
        },
      };
    },
    { stateOnServer: true },
  ),
);
