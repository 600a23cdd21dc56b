/**
 * Runs tasks in this process. For each kind a pump fetches as many jobs as there are free slots: at once after a local
 * submit, when another process says that work waits, when a slot becomes free, and every few seconds in any case.
 */
import { Attempt, type AttemptOutcome, type AttemptServices } from './attempt.ts';
import type { Handlers } from './handlers.ts';
import type { Job, JobQueue } from './job-queue.ts';
import { requeue } from './requeue.ts';
import type { Task } from './task.ts';
import * as store from './task-store.ts';

interface Running {
  readonly attempt: Attempt;
  readonly job: Job;
  readonly done: Promise<void>;
}

interface Lane {
  readonly kind: string;
  /** Attempts that hold a slot; those that wait for input do not. */
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

  /** True when a task of the kind would start here at once. */
  hasFreeSlot(kind: string): boolean {
    const lane = this.#lanes.get(kind);
    return !this.#stopping && lane !== undefined && lane.busy < this.#handlers.get(kind).options.concurrency;
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

  /** Keeps the leases of everything that runs here. */
  async touch(): Promise<void> {
    for (const kind of this.#lanes.keys()) {
      const jobs = [...this.#running.values()]
        .filter(({ attempt }) => attempt.task.kind === kind)
        .map(({ job }) => job);
      if (jobs.length > 0) await this.#queue.touch(kind, jobs);
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
        for (const job of jobs) this.#begin(lane, job);
        if (jobs.length === 0) break;
      }
    } while (lane.again && !this.#stopping);
  }

  #begin(lane: Lane, job: Job): void {
    lane.busy += 1;
    void this.#work(lane, job)
      .catch((error: Error) => {
        this.#services.logger.error({ err: error, taskId: job.data.taskId }, 'a task could not be run to its end');
      })
      .finally(() => {
        lane.busy -= 1;
        this.pump(lane.kind);
      });
  }

  async #work(lane: Lane, job: Job): Promise<void> {
    const { state, clock, instance } = this.#services;
    const { taskId } = job.data;
    const claim = await store.claimTask(state, { taskId, jobId: job.id, worker: instance, now: clock.now() });
    if (claim === null) {
      await this.#queue.complete(lane.kind, job);
      return;
    }
    const attempt = new Attempt(claim.task, this.#handlers.get(lane.kind), this.#services, (waiting) => {
      lane.busy += waiting ? -1 : 1;
      if (waiting) this.pump(lane.kind);
    });
    this.#running.get(taskId)?.attempt.stop('taken-over');
    const done = attempt
      .run(claim.losses)
      .then((outcome) => this.#conclude(lane, job, claim.task, outcome))
      .finally(() => {
        if (this.#running.get(taskId)?.attempt === attempt) this.#running.delete(taskId);
      });
    // A failure is reported by `#begin`; draining only has to know that it is over.
    this.#running.set(taskId, { attempt, job, done: done.catch(() => {}) });
    await done;
  }

  async #conclude(lane: Lane, job: Job, task: Task, outcome: AttemptOutcome): Promise<void> {
    const { state } = this.#services;
    const fence = { taskId: task.id, attempt: task.attempt };
    switch (outcome) {
      case 'finished':
        await this.#queue.complete(lane.kind, job);
        return;
      case 'taken-over':
        return;
      case 'retry':
        if (await store.releaseTask(state, fence)) await this.#queue.retry(lane.kind, job);
        return;
      case 'interrupted':
        await requeue(state, this.#queue, task, { lost: false, sender: this.#services.instance });
        await this.#queue.complete(lane.kind, job);
    }
  }
}
