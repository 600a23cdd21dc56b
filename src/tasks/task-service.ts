/** The task service: submit, run, follow, cancel. The life of a task is drawn in `task.ts`. */
import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { EngineError, fail, type Logger, type Outcome, ok } from '../kernel/index.ts';
import type { State } from '../storage/index.ts';
import { errorOfEnd, inputTopic } from './attempt.ts';
import { type Clock, systemClock } from './clock.ts';
import { EventHub } from './event-hub.ts';
import { type FollowOptions, followEvents } from './follow-events.ts';
import { Handlers } from './handlers.ts';
import { createJobQueue } from './job-queue.ts';
import { applyCancels, applyRetention, type Maintenance, type Retention, recoverLost } from './maintenance.ts';
import { Runner } from './runner.ts';
import type { FollowedEvent, HandlerOptions, Json, Task, TaskHandler, TaskStatus } from './task.ts';
import { countTasks, type ListFilter, listTasks, type TaskCounts } from './task-list.ts';
import * as store from './task-store.ts';

export interface TaskServiceOptions {
  readonly state: State;
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly retention?: Partial<Retention>;
}

export interface SubmitRequest {
  /** Unique among all tasks of all owners, for as long as tasks are kept. */
  readonly id: string;
  readonly kind: string;
  readonly owner: string;
  readonly payload: Json;
  /** Higher starts first. */
  readonly priority?: number;
}

export interface TaskService {
  /** Before `start`, in every process that submits, runs or cancels tasks of the kind. */
  registerHandler(kind: string, run: TaskHandler, options?: HandlerOptions): void;
  /** `work: false` makes a process that submits and follows but leaves the work to others. */
  start(options?: { readonly work?: boolean }): Promise<void>;
  /** Stores the task, then starts it (here when a slot is free). A taken id says nothing about its task. */
  submit(request: SubmitRequest): Promise<Outcome<Task, { readonly code: 'task-id-taken' }>>;
  get(id: string): Promise<Task | null>;
  /** Newest first. */
  list(filter: ListFilter): Promise<Task[]>;
  /** Asks for the end: false when the task is over or unknown. A queued task ends at once, a running one within a second. */
  cancel(id: string): Promise<boolean>;
  /**
   * Input for a handler that waits in `nextInput`: false when the task is over or unknown, or when `unless`, told all
   * earlier inputs of the task, says so. Inputs that are sent at once are stored one after another.
   */
  sendInput(
    id: string,
    input: Json,
    options?: { readonly unless?: (earlier: readonly Json[]) => boolean },
  ): Promise<boolean>;
  /** False when there is no such task. */
  setFeedback(id: string, feedback: Json): Promise<boolean>;
  /** The log after a durable event's number, then live until the terminal event. Throws `not-found`. */
  events(id: string, options?: FollowOptions): AsyncGenerator<FollowedEvent, void, void>;
  /** The task once it is over. Throws `not-found`, `cancelled` when the signal aborts first. */
  waitForEnd(id: string, signal?: AbortSignal): Promise<Task>;
  counts(): Promise<TaskCounts>;
  /** Deletes and trims by the configured retention; also done from time to time by itself. */
  applyRetention(): Promise<void>;
  /** Takes nothing new, waits up to `drainMs` for what runs, interrupts the rest (it goes back to the queue). */
  stop(options?: { readonly drainMs?: number }): Promise<void>;
}

const TICK_MS = 1_000;
const LEASE_MS = 5_000;
const POLL_TICKS = 3;
const RETENTION_TICKS = 60;
const DEFAULT_RETENTION: Retention = { taskDays: 30, eventDays: 30, deltaSeconds: 60 };

export function createTaskService(options: TaskServiceOptions): TaskService {
  const { state, logger, clock = systemClock } = options;
  const instance = `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;
  const hub = new EventHub();
  const handlers = new Handlers();
  const queue = createJobQueue(state, logger);
  const runner = new Runner({ state, hub, clock, logger, instance }, queue, handlers);
  const retention = { ...DEFAULT_RETENTION, ...options.retention };
  const maintenance: Maintenance = {
    state,
    queue,
    runner,
    handlers,
    instance,
    clock,
    logger,
    retention,
    overdue: new Map(),
  };
  let works = false;
  let timer: NodeJS.Timeout | null = null;
  let leaseTimer: NodeJS.Timeout | null = null;
  let extending: Promise<void> | null = null;
  let unlisten: (() => Promise<void>) | null = null;
  let ticking: Promise<void> | null = null;
  let stopping: Promise<void> | null = null;

  function onNotification(payload: string): void {
    const [sender, what, subject = ''] = payload.split(' ');
    if (sender === instance) return;
    if (what === 'events') hub.news(subject);
    else if (what === 'cancel') runner.cancel(subject);
    else if (what === 'input') hub.news(inputTopic(subject));
    else if (what === 'work') runner.pump(subject);
  }

  function afterReconnect(): void {
    hub.newsForAll();
    extendLeases();
    runner.pumpAll();
    tick(0);
  }

  function tick(count: number): void {
    ticking ??= (async () => {
      if (works) {
        await applyCancels(maintenance);
        if ((await recoverLost(maintenance)) || count % POLL_TICKS === 0) runner.pumpAll();
      }
      if (count % RETENTION_TICKS === RETENTION_TICKS - 1) await applyRetention(maintenance);
    })()
      .catch((error: Error) => logger.warn({ reason: error.message }, 'task maintenance failed'))
      .finally(() => {
        ticking = null;
      });
  }

  /** Apart from the rest of the maintenance, which may be slow: whoever lives keeps its leases. */
  function extendLeases(): void {
    extending ??= runner
      .extendLeases()
      .catch((error: Error) => logger.warn({ reason: error.message }, 'leases could not be renewed'))
      .finally(() => {
        extending = null;
      });
  }

  /** One statement, and the task runs: for whoever waits for the answer. */
  async function submitHere(task: store.NewTask): Promise<Task | null> {
    let stored = false;
    try {
      stored = await store.insertRunning(state, task, instance);
    } finally {
      if (!stored) runner.freeSlot(task.kind);
    }
    if (!stored) return null;
    const running = freshTask(task, 'running');
    runner.runDirectly(running);
    return running;
  }

  async function submitToQueue(task: store.NewTask): Promise<Task | null> {
    const { id, kind, priority } = task;
    const jobId = randomUUID();
    const stored = await state.transaction(async (tx) => {
      if (!(await store.insertQueued(tx, task, jobId))) return false;
      await queue.send(tx, kind, { id: jobId, taskId: id, priority, pauseSeconds: 0 });
      await tx.notify(store.CHANNEL, `${instance} work ${kind}`);
      return true;
    });
    if (!stored) return null;
    runner.pump(kind);
    return freshTask(task, 'queued');
  }

  return {
    registerHandler: (kind, run, handlerOptions = {}) => handlers.register(kind, run, handlerOptions),

    async start({ work = true } = {}) {
      works = work;
      await state.announce(instance);
      unlisten = await state.listen(store.CHANNEL, onNotification, afterReconnect);
      await queue.start(handlers.kinds);
      if (work) {
        await recoverLost(maintenance);
        runner.start();
      }
      let count = 0;
      timer = setInterval(() => {
        count += 1;
        tick(count);
      }, TICK_MS);
      timer.unref();
      leaseTimer = setInterval(extendLeases, LEASE_MS);
      leaseTimer.unref();
    },

    async submit({ id, kind, owner, payload, priority = 0 }) {
      handlers.get(kind);
      const task = { id, kind, owner, payload, priority, now: clock.now() };
      const submitted = runner.takeSlot(kind) ? await submitHere(task) : await submitToQueue(task);
      return submitted ? ok(submitted) : fail({ code: 'task-id-taken' });
    },

    get: (id) => store.readTask(state, id),
    list: (filter) => listTasks(state, filter),

    async cancel(id) {
      const asked = await store.requestCancel(state, id, clock.now(), instance);
      if (asked === null) return false;
      if (asked.status === 'queued') {
        const end = { status: 'cancelled' } as const;
        const event = handlers.has(asked.task.kind)
          ? handlers.get(asked.task.kind).options.terminalEvent(end, asked.task)
          : { type: 'task-end', data: { status: 'cancelled' } };
        const stored = await store.finishTask(
          state,
          { taskId: id, attempt: asked.attempt },
          { status: 'cancelled', result: null, error: errorOfEnd(end), event, now: clock.now() },
          'queued',
          instance,
        );
        if (stored) hub.publish(id, [stored]);
      }
      runner.cancel(id);
      return true;
    },

    async sendInput(id, input, { unless } = {}) {
      const stored = await store.insertInput(state, id, { data: input, unless: unless ?? null }, clock.now(), instance);
      if (stored) hub.news(inputTopic(id));
      return stored;
    },

    async setFeedback(id, feedback) {
      const rows = await state.execute('UPDATE querent.tasks SET feedback = $2 WHERE id = $1 RETURNING id', [
        id,
        JSON.stringify(feedback),
      ]);
      return rows.length === 1;
    },

    events: (id, followOptions) => followEvents(state, hub, id, followOptions),

    async waitForEnd(id, signal) {
      const started = await store.readTask(state, id);
      if (started !== null && isOver(started.status)) return started;
      for await (const event of followEvents(state, hub, id, { after: started?.lastSequence, signal })) void event;
      const task = await store.readTask(state, id);
      if (task === null) throw new EngineError('not-found', `There is no task "${id}".`);
      if (!isOver(task.status)) throw new EngineError('cancelled', `Waiting for the task "${id}" was given up.`);
      return task;
    },

    counts: () => countTasks(state),
    applyRetention: () => applyRetention(maintenance),

    stop({ drainMs = 10_000 } = {}) {
      stopping ??= (async () => {
        if (timer) clearInterval(timer);
        try {
          await runner.stop(drainMs);
        } finally {
          if (leaseTimer) clearInterval(leaseTimer);
          await extending;
          await ticking;
          await unlisten?.().catch(() => {});
          await queue.stop();
        }
      })();
      return stopping;
    },
  };
}

const isOver = (status: TaskStatus): boolean => status !== 'queued' && status !== 'running';

function freshTask({ now, ...given }: store.NewTask, status: 'queued' | 'running'): Task {
  const running = status === 'running';
  return {
    ...given,
    status,
    progress: null,
    result: null,
    error: null,
    feedback: null,
    attempt: running ? 1 : 0,
    lastSequence: 0,
    cancelRequested: false,
    createdAt: now,
    startedAt: running ? now : null,
    finishedAt: null,
  };
}
