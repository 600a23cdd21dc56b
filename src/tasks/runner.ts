/**
 * Runs tasks in this process, for each kind in a number of slots. A slot is filled by a task submitted here, which starts
 * at once, or by a pump that fetches from the queue: when another process says that work waits, when a slot becomes
 * free, and every few seconds in any case.
 */
import { Attempt, type AttemptOutcome, type AttemptServices } from './attempt.ts';
import type { Handlers } from './handlers.ts';
import type { Job, JobQueue } from './job-queue.ts';
import { requeue } from './requeue.ts';
import type { Task } from './task.ts';
import * as store from './task-store.ts';

interface Running {
  readonly attempt: Attempt;
  readonly done: Promise<void>;
}

interface Lane {
  readonly kind: string;
  /** Slots in use; an attempt that waits for input needs none. */
  busy: number;
  pumping: boolean;
  again: boolean;
}

export class Runner {
  readonly #services: AttemptServices;
  readonly #queue: JobQueue;
  readonly #handlers: Handlers;
  readonly #lanes = new Map<string, Lane>();
  readonly #running = new Map<string, Running>();
  #stopping = false;

  constructor(services: AttemptServices, queue: JobQueue, handlers: Handlers) {
    this.#services = services;
    this.#queue = queue;
    this.#handlers = handlers;
  }

  start(): void {
    for (const kind of this.#handlers.kinds) this.#lanes.set(kind, { kind, busy: 0, pumping: false, again: false });
    this.pumpAll();
  }

  get runningIds(): string[] {
    return [...this.#running.keys()];
  }

  isRunning(taskId: string): boolean {
    return this.#running.has(taskId);
  }

  /** Takes a slot for a task about to be stored as running here; {@link runDirectly} or {@link freeSlot} must follow. */
  takeSlot(kind: string): boolean {
    const lane = this.#lanes.get(kind);
    if (this.#stopping || !lane || lane.busy >= this.#handlers.get(kind).options.concurrency) return false;
    lane.busy += 1;
    return true;
  }

  freeSlot(kind: string): void {
    this.#lanes.get(kind)!.busy -= 1;
    this.pump(kind);
  }

  /** Begins the first attempt of a task that was just stored as running here. */
  runDirectly(task: Task): void {
    this.#occupy(task.kind, task.id, () => this.#run(this.#lanes.get(task.kind)!, task, 0));
  }

  pumpAll(): void {
    for (const kind of this.#lanes.keys()) this.pump(kind);
  }

  pump(kind: string): void {
    const lane = this.#lanes.get(kind);
    if (!lane || this.#stopping) return;
    if (lane.pumping) {
      lane.again = true;
      return;
    }
    lane.pumping = true;
    void this.#fetchWhileFree(lane)
      .catch((error: Error) => {
        this.#services.logger.warn({ reason: error.message, kind }, 'fetching tasks failed');
      })
      .finally(() => {
        lane.pumping = false;
      });
  }

  /** Aborts a task that runs here. */
  cancel(taskId: string): void {
    this.#running.get(taskId)?.attempt.stop('cancelled');
  }

  /** Keeps the leases of everything that runs here; what was taken over meanwhile is stopped. */
  async extendLeases(): Promise<void> {
    const attempts = [...this.#running.values()].map(({ attempt }) => attempt);
    if (attempts.length === 0) return;
    const { state, instance } = this.#services;
    const kept = await store.extendLeases(
      state,
      attempts.map(({ task }) => task.id),
      instance,
    );
    const numbers = new Map(kept.map(({ taskId, attempt }) => [taskId, attempt]));
    for (const attempt of attempts) {
      if (numbers.get(attempt.task.id) !== attempt.task.attempt) attempt.stop('taken-over');
    }
  }

  /** Takes nothing new, waits for what runs, and after `drainMs` interrupts it: it goes back to the queue. */
  async stop(drainMs: number): Promise<void> {
    this.#stopping = true;
    const all = (): Promise<unknown> => Promise.all([...this.#running.values()].map(({ done }) => done));
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, drainMs);
    });
    await Promise.race([all(), patience]);
    clearTimeout(timer);
    for (const { attempt } of this.#running.values()) attempt.stop('shutdown');
    await all();
  }

  async #fetchWhileFree(lane: Lane): Promise<void> {
    const { concurrency } = this.#handlers.get(lane.kind).options;
    do {
      lane.again = false;
      while (lane.busy < concurrency && !this.#stopping) {
        const jobs = await this.#queue.fetch(lane.kind, concurrency - lane.busy);
        for (const job of jobs) {
          lane.busy += 1;
          this.#occupy(lane.kind, job.data.taskId, () => this.#claimAndRun(lane, job));
        }
        if (jobs.length === 0) break;
      }
    } while (lane.again && !this.#stopping);
  }

  /** Does work in a slot that is taken already, and frees it at the end. */
  #occupy(kind: string, taskId: string, work: () => Promise<void>): void {
    void work()
      .catch((error: Error) => {
        this.#services.logger.error({ err: error, taskId }, 'a task could not be run to its end');
      })
      .finally(() => this.freeSlot(kind));
  }

  async #claimAndRun(lane: Lane, job: Job): Promise<void> {
    const { state, clock, instance } = this.#services;
    const { taskId } = job.data;
    const claim = await store.claimTask(state, { taskId, jobId: job.id, worker: instance, now: clock.now() });
    const completed = this.#queue.complete(lane.kind, job);
    completed.catch(() => {});
    if (claim) await this.#run(lane, claim.task, claim.losses);
    await completed;
  }

  async #run(lane: Lane, task: Task, losses: number): Promise<void> {
    const attempt = new Attempt(task, this.#handlers.get(lane.kind), this.#services, (waiting) => {
      lane.busy += waiting ? -1 : 1;
      if (waiting) this.pump(lane.kind);
    });
    this.#running.get(task.id)?.attempt.stop('taken-over');
    const done = attempt
      .run(losses)
      .then((outcome) => this.#conclude(task, outcome))
      .finally(() => {
        if (this.#running.get(task.id)?.attempt === attempt) this.#running.delete(task.id);
      });
    // A failure is reported where the slot is freed; draining only has to know that it is over.
    this.#running.set(task.id, { attempt, done: done.catch(() => {}) });
    if (this.#stopping) attempt.stop('shutdown');
    await done;
  }

  async #conclude(task: Task, outcome: AttemptOutcome): Promise<void> {
    if (outcome !== 'retry' && outcome !== 'interrupted') return;
    const { state, instance } = this.#services;
    await requeue(state, this.#queue, task, outcome === 'retry' ? 'failed' : 'shutdown', instance);
  }
}
