/** One attempt at a task in this process: the handler, what it is given, and how it ends. */
import { EngineError, type Logger } from '../kernel/index.ts';
import type { State } from '../storage/index.ts';
import type { Clock } from './clock.ts';
import type { EventHub } from './event-hub.ts';
import { EventWriter } from './event-writer.ts';
import type { Handler } from './handlers.ts';
import { type Json, type Task, type TaskContext, type TaskEnd, TaskFailure } from './task.ts';
import * as store from './task-store.ts';

/** Why the handler's signal aborts. */
export type StopReason = 'cancelled' | 'shutdown' | 'taken-over' | 'state-lost';

/**
 * What is left to do for the caller: nothing, give the task back, or offer it again later. An attempt whose events could
 * not be stored ends like one that was taken over: its log has a hole, so the task runs again when the lease is over.
 */
export type AttemptOutcome = 'finished' | 'interrupted' | 'retry' | 'taken-over';

export interface AttemptServices {
  readonly state: State;
  readonly hub: EventHub;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The name of this process in notifications. */
  readonly instance: string;
}

/** A handler that does not stop when it is told to is left behind after this time. */
const STOP_GRACE_MS = 5_000;

export class Attempt {
  readonly task: Task;
  readonly #handler: Handler;
  readonly #services: AttemptServices;
  readonly #abort = new AbortController();
  readonly #writer: EventWriter;
  readonly #onWaiting: (waiting: boolean) => void;
  #inputsRead = 0;
  #stopReason: StopReason | null = null;

  /** @param onWaiting called when the attempt begins and ends to wait for input: it needs no slot meanwhile. */
  constructor(task: Task, handler: Handler, services: AttemptServices, onWaiting: (waiting: boolean) => void) {
    this.task = task;
    this.#handler = handler;
    this.#services = services;
    this.#onWaiting = onWaiting;
    const { state, hub, clock, instance } = services;
    this.#writer = new EventWriter(
      async (events) => {
        const stored = await store.appendEvents(state, this.#fence, events, instance).catch((error: unknown) => {
          this.stop('state-lost');
          throw error;
        });
        if (stored === null) throw this.#lost();
        return stored;
      },
      (events) => hub.publish(task.id, events),
      clock,
    );
  }

  get stopReason(): StopReason | null {
    return this.#stopReason;
  }

  /** Aborts the handler's signal; the first reason stays. */
  stop(reason: StopReason): void {
    if (this.#stopReason !== null) return;
    this.#stopReason = reason;
    this.#abort.abort(new Error(`task ${reason}`));
  }

  /** Runs the handler to its end and stores how it ended. Rejects only when the state cannot be reached. */
  async run(losses: number): Promise<AttemptOutcome> {
    const { maxAttempts, retryable } = this.#handler.options;
    if (losses >= maxAttempts) return this.#finish(lostEnd(losses));
    if (this.task.cancelRequested) this.stop('cancelled');
    const settled = this.#stopReason === null ? await this.#handle() : { end: null, error: null };
    await this.#writer.settled();
    switch (this.#stopReason) {
      case 'taken-over':
      case 'state-lost':
        return 'taken-over';
      case 'shutdown':
        return settled.end ? this.#finish(settled.end) : 'interrupted';
      case 'cancelled':
        return this.#finish(settled.end?.status === 'cancelled' ? settled.end : { status: 'cancelled' });
    }
    if (settled.end) return this.#finish(settled.end);
    if (retryable(settled.error) && losses + 1 < maxAttempts) return 'retry';
    return this.#finish({ status: 'failed', error: this.#errorOf(settled.error) });
  }

  get #fence(): store.Attempt {
    return { taskId: this.task.id, attempt: this.task.attempt };
  }

  async #handle(): Promise<{ end: TaskEnd | null; error: unknown }> {
    const handled = Promise.resolve()
      .then(() => this.#handler.run(this.#context()))
      .then(
        (end) => ({ end, error: null }),
        (error: unknown) => ({ end: null, error }),
      );
    const { signal } = this.#abort;
    let timer: NodeJS.Timeout | undefined;
    const leftBehind = new Promise<{ end: null; error: unknown }>((resolve) => {
      signal.addEventListener('abort', () => {
        timer = setTimeout(() => resolve({ end: null, error: signal.reason }), STOP_GRACE_MS);
      });
    });
    try {
      return await Promise.race([handled, leftBehind]);
    } finally {
      clearTimeout(timer);
    }
  }

  #context(): TaskContext {
    const { state } = this.#services;
    const { task } = this;
    return {
      taskId: task.id,
      owner: task.owner,
      payload: task.payload,
      attempt: task.attempt,
      progress: task.progress,
      signal: this.#abort.signal,
      emit: (event, { durable = true } = {}) => this.#writer.append(event, durable),
      saveProgress: async (progress) => {
        if (!(await store.saveProgress(state, this.#fence, progress))) throw this.#lost();
      },
      write: (work, progress) =>
        state.transaction(async (session) => {
          if (!(await store.holdAttempt(session, this.#fence))) throw this.#lost();
          const result = await work(session);
          if (progress !== undefined) await store.saveProgress(session, this.#fence, progress);
          return result;
        }),
      history: async () => {
        await this.#writer.settled();
        return store.readDurableEvents(state, task.id);
      },
      nextInput: () => this.#nextInput(),
    };
  }

  async #nextInput(): Promise<Json> {
    const { state, hub } = this.#services;
    const { signal } = this.#abort;
    let wake: () => void = () => {};
    const unsubscribe = hub.subscribe(inputTopic(this.task.id), { onEvent: () => {}, onNews: () => wake() });
    const onAbort = (): void => wake();
    signal.addEventListener('abort', onAbort);
    this.#onWaiting(true);
    try {
      for (;;) {
        signal.throwIfAborted();
        const news = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const input = await store.readInput(state, this.task.id, this.#inputsRead + 1);
        if (input) {
          this.#inputsRead += 1;
          return input.data;
        }
        await news;
      }
    } finally {
      this.#onWaiting(false);
      signal.removeEventListener('abort', onAbort);
      unsubscribe();
    }
  }

  async #finish(end: TaskEnd): Promise<AttemptOutcome> {
    const { state, hub, clock, instance } = this.#services;
    const event = end.event ?? this.#handler.options.terminalEvent(end, this.task);
    const ended = { status: end.status, result: end.result ?? null, error: errorOfEnd(end), event, now: clock.now() };
    const storeEnd = () => store.finishTask(state, this.#fence, ended, 'running', instance);
    // The work is done; a connection that was lost just now is worth a second try. Stored twice it cannot be.
    const stored = await storeEnd().catch((error: unknown) => {
      if (error instanceof EngineError && error.code === 'state-unavailable') return storeEnd();
      throw error;
    });
    if (stored === null) return 'taken-over';
    hub.publish(this.task.id, [stored]);
    return 'finished';
  }

  #lost(): Error {
    this.stop('taken-over');
    return new Error('this attempt at the task is no longer the current one');
  }

  #errorOf(error: unknown): { code: string; message: string } {
    if (error instanceof TaskFailure) return error.error;
    this.#services.logger.error({ err: error, taskId: this.task.id, kind: this.task.kind }, 'a task handler failed');
    return { code: 'internal', message: 'The task failed because of an internal error.' };
  }
}

/** Where {@link EventHub} tells of inputs. */
export const inputTopic = (taskId: string): string => `input ${taskId}`;

export function errorOfEnd(end: TaskEnd): { code: string; message: string } | null {
  switch (end.status) {
    case 'completed':
      return null;
    case 'failed':
      return end.error;
    case 'cancelled':
      return { code: 'cancelled', message: 'The task was cancelled.' };
  }
}

const lostEnd = (losses: number): TaskEnd => ({
  status: 'failed',
  error: { code: 'worker-lost', message: `The process that ran the task ended unexpectedly (${losses} times).` },
});
