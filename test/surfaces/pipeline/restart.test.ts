/** Processes that are killed in the middle of a job: the server, and the child in which a step works. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { stringify } from 'yaml';
import { type RunningServer, startServer } from '../../support/process.ts';
import { createTestHome } from '../../support/state.ts';
import { type Data, makeShop } from './pipeline-server.ts';
import { verifies } from './verifies.ts';

const MINUTES = 240_000;
const STEPS = ['ddl_generation', 'qa_generation', 'sql_validation', 'training_load'];
let home: string;
let remove: () => Promise<void>;
let server: RunningServer;

beforeAll(async () => {
  // With a state database in it: making one takes as long as all the rest.
  ({ home, remove } = await createTestHome());
  mkdirSync(join(home, 'conf'));
  makeShop(join(home, 'shop.sqlite'));
  const shop = { type: 'sqlite', name: 'shop', uri: `sqlite:///${join(home, 'shop.sqlite')}` };
  const config = { agent: { namespace: { shop } }, pipeline: { default_connection: 'shop' } };
  writeFileSync(join(home, 'conf', 'agent.yml'), stringify(config));
  server = await startServer({ home });
}, MINUTES);
afterAll(async () => {
  await server?.stop();
  await remove?.();
});

const call = async (method: string, path: string, body?: unknown): Promise<Data> => {
  const response = await fetch(`${server.url}/api/v0/data_pipeline${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return (await response.json()) as Data;
};

/** Without the proof of each pair, which is done again by the loading anyway. */
const create = async (flags: object = {}): Promise<string> =>
  (await call('POST', '/tasks', { enable_sql_validation: false, ...flags })).data.task_id as string;

async function until(id: string, holds: (task: Data) => boolean): Promise<Data> {
  for (;;) {
    const { data } = await call('GET', `/tasks/${id}`);
    if (holds(data)) return data;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The processes in which steps work: children of the server with the step's module. */
function stepProcesses(): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const parent = Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return parent === server.process.child.pid && command.includes('step-child') ? [Number(pid)] : [];
    } catch {
      return [];
    }
  });
}

/** Halts the process of a step as soon as the step is begun, so that what comes next happens in its middle. */
async function stoppedWithin(id: string, step: string): Promise<number> {
  while (begun(id, step) === 0) await new Promise((resolve) => setImmediate(resolve));
  const [pid = 0] = stepProcesses();
  process.kill(pid, 'SIGSTOP');
  return pid;
}

const directory = (id: string): string => join(home, 'data_pipeline', 'training_data', id);
const log = (id: string): string => readFileSync(join(directory(id), 'data_pipeline.log'), 'utf8');
const begun = (id: string, step: string): number => log(id).split(`开始执行步骤: ${step}`).length - 1;
const ended = (id: string, step: string): number => log(id).split(`步骤执行完成: ${step}`).length - 1;
const isOver = (task: Data): boolean => task.status === 'completed' || task.status === 'failed';

function expectWhole(id: string, task: Data): void {
  expect(task).toMatchObject({ status: 'completed', error_message: null });
  const names = readdirSync(directory(id));
  expect(names.filter((name) => /^qs_.*_pair\.json$/.test(name))).toHaveLength(1);
  expect(names.filter((name) => name.endsWith('.ddl'))).toHaveLength(3);
  expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
}

const suite = process.platform === 'linux' ? describe : describe.skip;

suite('a killed process', () => {
  verifies(
    'execute-lost',
    'of a step: the step is done again in a new one',
    async () => {
      const id = await create({ enable_training_data_load: false });
      await call('POST', `/tasks/${id}/execute`);
      await until(id, (task) => task.current_step !== null);
      const [pid = 0] = stepProcesses();
      process.kill(pid, 'SIGKILL');
      expectWhole(id, await until(id, isOver));
      expect(log(id)).toContain('步骤进程异常退出 (SIGKILL)');
    },
    MINUTES,
  );

  verifies(
    'execute-lost',
    'of the server: the running step is done again, finished ones are not',
    async () => {
      const id = await create();
      await call('POST', `/tasks/${id}/execute`);
      await until(id, (task) => task.step_status.ddl_generation === 'completed');
      const children = stepProcesses();
      await server.stop('SIGKILL');
      server = await startServer({ home });
      const task = await until(id, isOver);
      expectWhole(id, task);
      expect(begun(id, 'ddl_generation')).toBe(1);
      expect(log(id)).toContain('任务被中断后继续执行 (第 2 次)');
      expect(log(id).match(/步骤执行完成: ddl_generation/g)).toHaveLength(1);
      for (const pid of children) expect(() => process.kill(pid, 0)).toThrow();
    },
    MINUTES,
  );

  for (const step of ['sql_validation', 'training_load']) {
    for (const victim of ['the step', 'the server']) {
      verifies(
        'execute-lost',
        `of ${victim} within ${step}: it is done again from its beginning, the steps before it are not`,
        async () => {
          const id = await create({ enable_sql_validation: true });
          await call('POST', `/tasks/${id}/execute`);
          const child = await stoppedWithin(id, step);
          expect((await call('GET', `/tasks/${id}`)).data.step_status[step]).toBe('running');
          const pairs = readdirSync(directory(id)).filter((name) => /^qs_.*_pair\.json$/.test(name));
          if (victim === 'the step') process.kill(child, 'SIGKILL');
          else {
            const killed = server.stop('SIGKILL');
            process.kill(child, 'SIGCONT');
            await killed;
            server = await startServer({ home });
          }
          expectWhole(id, await until(id, isOver));
          expect(readdirSync(directory(id)).filter((name) => /^qs_.*_pair\.json$/.test(name))).toEqual(pairs);
          const before = STEPS.slice(0, STEPS.indexOf(step));
          expect(before.map((one) => [one, begun(id, one), ended(id, one)])).toEqual(before.map((one) => [one, 1, 1]));
          expect(ended(id, step)).toBe(1);
          expect(log(id)).toMatch(victim === 'the step' ? `重新执行步骤: ${step}` : '任务被中断后继续执行 (第 2 次)');
          for (const name of readdirSync(directory(id)).filter((one) => one.endsWith('.json')))
            expect(() => JSON.parse(readFileSync(join(directory(id), name), 'utf8'))).not.toThrow();
          await call('POST', `/tasks/${id}/execute`, { execution_mode: 'step', step_name: 'training_load' });
          await until(id, (task) => task.current_step === null && ended(id, 'training_load') === 2);
          const again = JSON.parse(readFileSync(join(directory(id), 'training_load_result.json'), 'utf8')) as Data;
          expect(again).toMatchObject({ load_successful: true, records_added: 0, records_known: again.total_records });
        },
        MINUTES,
      );
    }
  }
});
