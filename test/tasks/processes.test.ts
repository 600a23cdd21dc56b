import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../src/kernel/index.ts';
import { type State, serveState, stateSocketPath } from '../../src/storage/index.ts';
import { createTaskService, type TaskService } from '../../src/tasks/index.ts';
import { startChild, type TestChild } from '../support/child.ts';
import { createTestStore, describeOnBothStates, type TestStore } from '../support/state.ts';
import { collect, eventOf, numbers } from './collect.ts';
import { registerTestHandlers } from './handlers.ts';

const workerScript = new URL('./processes/worker.ts', import.meta.url);

describeOnBothStates('tasks over several processes', (kind) => {
  let store: TestStore;
  let state: State | null;
  let tasks: TaskService;
  let children: TestChild[];

  beforeEach(async () => {
    store = await createTestStore(kind);
    state = null;
    children = [];
  });
  afterEach(async () => {
    await Promise.all(children.map((child) => child.kill('SIGKILL')));
    if (state) {
      await tasks.stop({ drainMs: 0 });
      await state.close();
    }
    await store.remove();
  });

  async function startService(work: boolean): Promise<void> {
    state = await store.open();
    await serveState(state, stateSocketPath(store.home));
    tasks = createTaskService({ state, logger: silentLogger });
    registerTestHandlers(tasks);
    await tasks.start({ work });
  }

  async function startWorker(role: 'owner' | 'client' = 'client', submit: string[] = []): Promise<TestChild> {
    const child = startChild(workerScript, [store.home, store.url ?? null, role, submit]);
    children.push(child);
    await child.next((message) => 'ready' in message);
    return child;
  }

  it('are followed live from a process that does not run them', async () => {
    await startService(false);
    const worker = await startWorker();
    await tasks.submit({ id: 'far', kind: 'talk', owner: 'ann', payload: { count: 700 } });
    const streamed = await collect(tasks, 'far');
    expect(numbers(streamed)).toEqual(Array.from({ length: 701 }, (_, index) => index + 1));
    expect(streamed[0]).toMatchObject({ data: { by: worker.process.pid } });
    expect(await collect(tasks, 'far')).toEqual(streamed);
  });

  it('are cancelled and given input from another process', async () => {
    await startService(false);
    await startWorker();
    for (const id of ['one', 'two']) await tasks.submit({ id, kind: 'gated', owner: 'ann', payload: null });
    for (const id of ['one', 'two']) await eventOf(tasks, id, 'began');
    const asked = performance.now();
    await tasks.cancel('one');
    expect((await tasks.waitForEnd('one')).status).toBe('cancelled');
    expect(performance.now() - asked).toBeLessThan(1_000);
    await tasks.sendInput('two', 'hello');
    expect((await tasks.waitForEnd('two')).result).toMatchObject({ input: 'hello' });
  });

  it('go to another process when theirs is killed, and end once', async () => {
    await startService(false);
    const first = await startWorker();
    await tasks.submit({ id: 'moved', kind: 'gated', owner: 'ann', payload: null });
    expect(await eventOf(tasks, 'moved', 'began')).toMatchObject({ data: { by: first.process.pid } });
    const second = await startWorker();
    await first.kill('SIGKILL');
    expect(await eventOf(tasks, 'moved', 'began', 2)).toMatchObject({ data: { attempt: 2, by: second.process.pid } });
    await tasks.sendInput('moved', 'go');
    expect(await tasks.waitForEnd('moved')).toMatchObject({
      status: 'completed',
      progress: { began: 2 },
      result: { input: 'go', attempt: 2, began: 2 },
    });
    const events = await collect(tasks, 'moved');
    expect(numbers(events)).toEqual([1, 2, 3]);
    expect(events.filter((event) => event.kind === 'event' && event.terminal)).toHaveLength(1);
  });

  it('go to another process when theirs hangs, and what it does after that is refused', async () => {
    await startService(false);
    const hanging = await startWorker();
    await tasks.submit({ id: 'stuck', kind: 'gated', owner: 'ann', payload: null });
    await eventOf(tasks, 'stuck', 'began');
    hanging.process.kill('SIGSTOP');
    await state!.execute("UPDATE querent.tasks SET lease_until = now() - interval '1 second' WHERE id = 'stuck'");
    const other = await startWorker();
    await eventOf(tasks, 'stuck', 'began', 2);
    await tasks.sendInput('stuck', 'go');
    hanging.process.kill('SIGCONT');
    expect((await tasks.waitForEnd('stuck')).result).toMatchObject({ attempt: 2, by: other.process.pid });

    await tasks.submit({ id: 'later', kind: 'gated', owner: 'ann', payload: null });
    await eventOf(tasks, 'later', 'began');
    await tasks.sendInput('later', 'go');
    await tasks.waitForEnd('later');
    expect(numbers(await collect(tasks, 'stuck'))).toEqual([1, 2, 3]);
  });

  it('are written for by one process only, also when one wakes up after its lease', async () => {
    await startService(false);
    await state!.execute('CREATE TABLE writes (attempt integer)');
    const paused = await startWorker();
    await tasks.submit({ id: 'written', kind: 'written', owner: 'ann', payload: null });
    await eventOf(tasks, 'written', 'began');
    paused.process.kill('SIGSTOP');
    await state!.execute("UPDATE querent.tasks SET lease_until = now() - interval '1 second' WHERE id = 'written'");
    await startWorker();
    await eventOf(tasks, 'written', 'began', 2);
    // The other one is asked first: what it writes late must not count either.
    paused.process.kill('SIGCONT');
    await tasks.sendInput('written', 'go');
    expect(await tasks.waitForEnd('written')).toMatchObject({ result: { attempt: 2 }, progress: { wrote: 2 } });

    await tasks.submit({ id: 'later', kind: 'written', owner: 'ann', payload: null });
    await tasks.sendInput('later', 'go');
    await tasks.waitForEnd('later');
    const rows = await state!.execute('SELECT attempt FROM writes ORDER BY attempt');
    expect(rows).toEqual([{ attempt: 1 }, { attempt: 2 }]);
  });

  it('stay with a process whose other maintenance is slow', async () => {
    const opened = await store.open();
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    state = {
      ...opened,
      execute: async (sql, params) => {
        if (sql.includes('cancel_requested_at IS NOT NULL')) await held;
        return opened.execute(sql, params);
      },
    };
    tasks = createTaskService({ state, logger: silentLogger });
    registerTestHandlers(tasks);
    await tasks.start();
    await tasks.submit({ id: 'slow', kind: 'gated', owner: 'ann', payload: null });
    await eventOf(tasks, 'slow', 'began');
    await opened.execute("UPDATE querent.tasks SET lease_until = now() - interval '1 second' WHERE id = 'slow'");
    const isKept = async () =>
      (await opened.execute("SELECT 1 FROM querent.tasks WHERE id = 'slow' AND lease_until > now()")).length === 1;
    while (!(await isKept())) await new Promise((resolve) => setTimeout(resolve, 50));
    release();
  });

  it('fail for good when they cost too many processes', async () => {
    await startService(false);
    await Promise.all([startWorker(), startWorker(), startWorker()]);
    await tasks.submit({ id: 'deadly', kind: 'poison', owner: 'ann', payload: null });
    expect(await tasks.waitForEnd('deadly')).toMatchObject({ status: 'failed', error: { code: 'worker-lost' } });
    const events = await collect(tasks, 'deadly');
    expect(events.map((event) => event.kind === 'event' && event.type)).toEqual(['began', 'began', 'over']);
  });

  it('are handed over by a process that is asked to end', async () => {
    await startService(false);
    const first = await startWorker();
    await tasks.submit({ id: 'handed', kind: 'gated', owner: 'ann', payload: null });
    await eventOf(tasks, 'handed', 'began');
    first.process.kill('SIGTERM');
    expect(await first.ended()).toMatchObject({ code: 0, errors: '' });
    const waiting = await tasks.get('handed');
    expect(waiting).toMatchObject({ status: 'queued', attempt: 1 });
    await startWorker();
    await eventOf(tasks, 'handed', 'began', 2);
    await tasks.sendInput('handed', 'go');
    expect((await tasks.waitForEnd('handed')).result).toMatchObject({ input: 'go', attempt: 2 });
  });

  it('are shared by several processes, each task run once', async () => {
    await startService(true);
    await Promise.all([startWorker(), startWorker()]);
    const ids = Array.from({ length: 100 }, (_, n) => `shared-${n}`);
    await Promise.all(ids.map((id) => tasks.submit({ id, kind: 'talk', owner: 'ann', payload: { count: 5 } })));
    const ended = await Promise.all(ids.map((id) => tasks.waitForEnd(id)));
    for (const task of ended) expect(task).toMatchObject({ status: 'completed', attempt: 1, lastSequence: 6 });
  });

  it('survive the death of the only process', async () => {
    const only = await startWorker('owner', ['orphan']);
    await only.kill('SIGKILL');
    await startService(true);
    await eventOf(tasks, 'orphan', 'began');
    await tasks.sendInput('orphan', 'go');
    const ended = await tasks.waitForEnd('orphan');
    expect(ended).toMatchObject({ status: 'completed', result: { input: 'go', by: process.pid } });
  });
});
