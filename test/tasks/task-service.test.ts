import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger } from '../../src/kernel/index.ts';
import type { State } from '../../src/storage/index.ts';
import {
  createTaskService,
  type FollowedEvent,
  type Json,
  TaskFailure,
  type TaskService,
} from '../../src/tasks/index.ts';
import { createTestStore, describeOnBothStates, type TestStore } from '../support/state.ts';
import { collect, eventOf, numbers } from './collect.ts';
import { registerTestHandlers } from './handlers.ts';

const DAY_MS = 86_400_000;

describeOnBothStates('the task service', (kind) => {
  let store: TestStore;
  let state: State;
  let tasks: TaskService;
  let now: Date | null = null;
  let failures = 0;
  const order: string[] = [];
  let letGo: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });

  beforeAll(async () => {
    store = await createTestStore(kind);
    state = await store.open();
    tasks = createTaskService({
      state,
      logger: silentLogger,
      clock: { now: () => now ?? new Date() },
      retention: { taskDays: 30, eventDays: 7, deltaSeconds: 60 },
    });
    registerTestHandlers(tasks);
    tasks.registerHandler('throws', async ({ payload }) => {
      if (payload === 'typed') throw new TaskFailure({ code: 'no-such-table', message: 'There is no table "x".' });
      throw new Error('a secret that nobody should see');
    });
    tasks.registerHandler(
      'flaky',
      async () => {
        failures += 1;
        if (failures < 3) throw new Error('busy');
        return { status: 'completed', result: failures };
      },
      { retryable: (error) => error instanceof Error && error.message === 'busy' },
    );
    tasks.registerHandler('until-stopped', async ({ signal, emit }) => {
      await emit({ type: 'began', data: null });
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      return { status: 'completed', result: null };
    });
    tasks.registerHandler(
      'one-by-one',
      async ({ taskId, nextInput, emit }) => {
        order.push(taskId);
        if (taskId === 'holds') await held;
        await emit({ type: 'ran', data: null });
        if (taskId === 'waits') await nextInput();
        return { status: 'completed', result: null };
      },
      { concurrency: 1 },
    );
    await tasks.start();
  });
  afterAll(async () => {
    await tasks.stop({ drainMs: 0 });
    await state.close();
    await store.remove();
  });

  const submit = async (
    id: string,
    kindOfTask: string,
    payload: never | object | string | null = null,
    priority = 0,
  ) => {
    const outcome = await tasks.submit({ id, kind: kindOfTask, owner: 'ann', payload: payload as null, priority });
    expect(outcome.ok).toBe(true);
  };

  it('numbers durable events 1, 2, 3…, and replays exactly what it streamed', async () => {
    await submit('talk-1', 'talk', { count: 40 });
    const streamed = await collect(tasks, 'talk-1');
    expect(numbers(streamed)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
    expect(streamed.filter((event) => event.kind === 'event' && event.sequence === null)).toHaveLength(40);
    expect(streamed.at(-1)).toMatchObject({ type: 'done', terminal: true, data: { count: 40 } });
    expect(await collect(tasks, 'talk-1')).toEqual(streamed);
  });

  it('goes on after any event', async () => {
    const whole = await collect(tasks, 'talk-1');
    for (const after of [1, 17, 40]) {
      const index = whole.findIndex((event) => event.kind === 'event' && event.sequence === after);
      expect(await collect(tasks, 'talk-1', after)).toEqual(whole.slice(index + 1));
    }
    expect(await collect(tasks, 'talk-1', 41)).toEqual([]);
    expect(await collect(tasks, 'talk-1', 4_000)).toEqual([]);
  });

  it('goes on after an event of a task that still runs, without what came before', async () => {
    await submit('resumed', 'gated');
    await eventOf(tasks, 'resumed', 'began');
    const controller = new AbortController();
    const following = (async () => {
      const seen: FollowedEvent[] = [];
      for await (const event of tasks.events('resumed', { after: 1, signal: controller.signal })) seen.push(event);
      return seen;
    })();
    await tasks.sendInput('resumed', null);
    expect(await following).toEqual((await collect(tasks, 'resumed')).slice(1));
  });

  it('gives every follower the same, whenever it comes, and a log longer than a page', async () => {
    await submit('talk-2', 'talk', { count: 900 });
    const followers = await Promise.all(Array.from({ length: 5 }, () => collect(tasks, 'talk-2')));
    for (const events of followers) expect(events).toEqual(followers[0]);
    expect(numbers(followers[0]!)).toHaveLength(901);
  });

  it('keeps data exactly, whatever characters it holds', async () => {
    const data = { b: 'a\u0000b', a: '\ud800', 汉字: '🙂"\\', list: [1e300, 0.1, null, { z: 1, a: 2 }] };
    const live: FollowedEvent[] = [];
    await submit('exact', 'gated');
    const following = (async () => {
      for await (const event of tasks.events('exact')) live.push(event);
    })();
    await eventOf(tasks, 'exact', 'began');
    await tasks.sendInput('exact', data);
    await following;
    expect((await tasks.get('exact'))?.result).toMatchObject({ input: data });
    expect(JSON.stringify(await collect(tasks, 'exact'))).toBe(JSON.stringify(live));
  });

  it('refuses an id that anybody has used, without a word about that task', async () => {
    const taken = await tasks.submit({ id: 'talk-1', kind: 'gated', owner: 'bob', payload: null });
    expect(taken).toEqual({ ok: false, failure: { code: 'task-id-taken' } });
    expect(await tasks.get('talk-1')).toMatchObject({ owner: 'ann', kind: 'talk', status: 'completed' });
  });

  it('ends a task whose handler throws, with the code it gave, or as internal without the message', async () => {
    await submit('throws-1', 'throws', 'typed');
    await submit('throws-2', 'throws', 'untyped');
    expect(await tasks.waitForEnd('throws-1')).toMatchObject({ status: 'failed', error: { code: 'no-such-table' } });
    const second = await tasks.waitForEnd('throws-2');
    expect(second).toMatchObject({ status: 'failed', error: { code: 'internal' } });
    expect(JSON.stringify([second, await collect(tasks, 'throws-2')])).not.toContain('secret');
    expect((await collect(tasks, 'throws-2')).filter((event) => event.kind === 'event' && event.terminal)).toHaveLength(
      1,
    );
  });

  it('tries again what the kind calls retryable', async () => {
    await submit('flaky-1', 'flaky');
    expect(await tasks.waitForEnd('flaky-1')).toMatchObject({ status: 'completed', result: 3, attempt: 3 });
  });

  it('cancels a running task: its signal aborts and the log ends once', async () => {
    await submit('stop-1', 'until-stopped');
    await eventOf(tasks, 'stop-1', 'began');
    expect(await tasks.cancel('stop-1')).toBe(true);
    expect(await tasks.waitForEnd('stop-1')).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
    expect(await tasks.cancel('stop-1')).toBe(false);
    expect(await tasks.cancel('no such task')).toBe(false);
    expect(numbers(await collect(tasks, 'stop-1'))).toEqual([1, 2]);
  });

  it('starts waiting tasks by priority, and cancels one that has not begun at once', async () => {
    await submit('holds', 'one-by-one');
    await submit('low', 'one-by-one', null, 1);
    await submit('never', 'one-by-one', null, 5);
    await submit('high', 'one-by-one', null, 9);
    expect((await tasks.counts()).queued).toBe(3);
    expect(await tasks.cancel('never')).toBe(true);
    expect(await tasks.get('never')).toMatchObject({ status: 'cancelled', startedAt: null });
    expect(numbers(await collect(tasks, 'never'))).toEqual([1]);
    letGo();
    for (const id of ['holds', 'low', 'high']) expect((await tasks.waitForEnd(id)).status).toBe('completed');
    expect(order).toEqual(['holds', 'high', 'low']);
  });

  it('lets others run while a task waits for input', async () => {
    await submit('waits', 'one-by-one');
    await eventOf(tasks, 'waits', 'ran');
    await submit('passes', 'one-by-one');
    expect((await tasks.waitForEnd('passes')).status).toBe('completed');
    expect((await tasks.get('waits'))?.status).toBe('running');
    const unless = (earlier: readonly Json[]) => earlier.length > 0;
    const both = ['go', 'stay'].map((word) => tasks.sendInput('waits', word, { unless }));
    expect((await Promise.all(both)).sort()).toEqual([false, true]);
    expect((await tasks.waitForEnd('waits')).status).toBe('completed');
    expect(await tasks.sendInput('waits', 'too late')).toBe(false);
  });

  it('runs a hundred tasks submitted together, each once', async () => {
    const ids = Array.from({ length: 100 }, (_, n) => `many-${n}`);
    const outcomes = await Promise.all(
      [...ids, ...ids.slice(0, 20)].map((id) =>
        tasks.submit({ id, kind: 'talk', owner: 'many', payload: { count: 3 } }),
      ),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(100);
    const ended = await Promise.all(ids.map((id) => tasks.waitForEnd(id)));
    for (const task of ended) expect(task).toMatchObject({ status: 'completed', attempt: 1, lastSequence: 4 });
    expect(await tasks.list({ owner: 'many', limit: 200 })).toHaveLength(100);
    const firstPage = await tasks.list({ owner: 'many', limit: 60 });
    const rest = await tasks.list({ owner: 'many', limit: 60, after: firstPage.at(-1)! });
    expect(new Set([...firstPage, ...rest].map(({ id }) => id)).size).toBe(100);
  });

  it('stops waiting and following when the signal aborts, and knows no unknown task', async () => {
    await submit('stop-2', 'until-stopped');
    await eventOf(tasks, 'stop-2', 'began');
    const controller = new AbortController();
    const waiting = tasks.waitForEnd('stop-2', controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await tasks.cancel('stop-2');
    await tasks.waitForEnd('stop-2');
    await expect(tasks.waitForEnd('unknown')).rejects.toMatchObject({ code: 'not-found' });
    await expect(collect(tasks, 'unknown')).rejects.toMatchObject({ code: 'not-found' });
    expect(await tasks.get('unknown')).toBeNull();
  });

  it('remembers feedback', async () => {
    expect(await tasks.setFeedback('talk-1', { rating: 'good' })).toBe(true);
    expect(await tasks.setFeedback('unknown', {})).toBe(false);
    expect((await tasks.get('talk-1'))?.feedback).toEqual({ rating: 'good' });
  });

  it('trims deltas after a minute, durable events later with one gap, and forgets tasks at last', async () => {
    const durable = (await collect(tasks, 'talk-1')).filter(
      (event) => event.kind === 'event' && event.sequence !== null,
    );
    now = new Date(Date.now() + 120_000);
    await tasks.applyRetention();
    expect(await collect(tasks, 'talk-1')).toEqual(durable);

    now = new Date(Date.now() + 8 * DAY_MS);
    await tasks.applyRetention();
    expect(await collect(tasks, 'talk-1')).toEqual([{ kind: 'gap', from: 1, to: 40 }, durable.at(-1)]);
    expect(await collect(tasks, 'talk-1', 10)).toEqual([{ kind: 'gap', from: 11, to: 40 }, durable.at(-1)]);
    expect(await collect(tasks, 'talk-1', 40)).toEqual([durable.at(-1)]);

    now = new Date(Date.now() + 31 * DAY_MS);
    await tasks.applyRetention();
    expect(await tasks.get('talk-1')).toBeNull();
    now = null;
    const counts = await tasks.counts();
    expect(counts).toEqual({ queued: 0, running: 0, completed: 0, failed: 0, cancelled: 0 });
  });
});
