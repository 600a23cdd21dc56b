/**
 * Tasks: durable pieces of work with an append-only log of events.
 *
 * ```
 *            claim                 finish
 *  queued ──────────► running ──────────────► completed | failed | cancelled     (final)
 *    ▲ │                │
 *    │ │ cancel         │ the process shuts down, or is lost, or a retryable failure
 *    │ └─► cancelled    │
 *    └──────────────────┘
 * ```
 *
 * Invariants:
 * - Each claim raises `attempt`. Whatever an attempt writes (events, progress, the end, and with `write` records and
 *   files of other modules) carries its number and is refused once the number is no longer current, so two processes
 *   never write to one log. A process that was paused past its lease learns of it at its next write or renewal.
 * - The final status, the result and the one terminal event are stored by one statement.
 * - Durable events are numbered 1, 2, 3… (`sequence`); deltas have no number and may be trimmed after the end.
 *   An event is stored before anybody sees it.
 * - A process that is lost costs one of `maxAttempts`; after the last the task fails with the code `worker-lost`.
 */

import type { StateSession } from '../storage/index.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

export type TaskStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';

export type FinalStatus = 'completed' | 'failed' | 'cancelled';

export interface TaskError {
  readonly code: string;
  readonly message: string;
  readonly data?: Json;
}

export interface Task {
  readonly id: string;
  readonly kind: string;
  readonly owner: string;
  readonly status: TaskStatus;
  readonly priority: number;
  readonly payload: Json;
  /** What the handler last saved with `saveProgress`. */
  readonly progress: Json;
  readonly result: Json;
  readonly error: TaskError | null;
  readonly feedback: Json;
  readonly attempt: number;
  /** The number of the newest durable event. */
  readonly lastSequence: number;
  readonly cancelRequested: boolean;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** What a handler emits; `type` and `data` mean nothing to this module. */
export interface NewEvent {
  readonly type: string;
  readonly data: Json;
}

export interface StoredEvent extends NewEvent {
  readonly kind: 'event';
  /** The order among all events of the task. */
  readonly position: number;
  /** The number of a durable event, null for a delta. */
  readonly sequence: number | null;
  /** True for the last event of the task. */
  readonly terminal: boolean;
  readonly at: Date;
}

/** Durable events `from` to `to` are no longer stored. */
export interface EventGap {
  readonly kind: 'gap';
  readonly from: number;
  readonly to: number;
}

export type FollowedEvent = StoredEvent | EventGap;

/** How a task ended; `event` overrides the kind's `terminalEvent`. */
export type TaskEnd =
  | { readonly status: 'completed'; readonly result: Json; readonly event?: NewEvent }
  | { readonly status: 'failed'; readonly error: TaskError; readonly result?: Json; readonly event?: NewEvent }
  | { readonly status: 'cancelled'; readonly result?: Json; readonly event?: NewEvent };

export interface TaskContext {
  readonly taskId: string;
  readonly owner: string;
  readonly payload: Json;
  /** 1 at first; more when an earlier attempt was interrupted. */
  readonly attempt: number;
  /** What an earlier attempt saved. */
  readonly progress: Json;
  /** Aborts when the task is cancelled, the process shuts down, or another process has taken the task over. */
  readonly signal: AbortSignal;
  /** Appends to the log; the promise resolves when the event is stored. It need not be awaited: order is kept. */
  emit(event: NewEvent, options?: { readonly durable?: boolean }): Promise<void>;
  /** Remembers where to go on should this attempt be interrupted. */
  saveProgress(progress: Json): Promise<void>;
  /**
   * Writes outside the task's own records, together with the progress that follows from it. Refused once this attempt is
   * no longer the current one; while `work` runs no other attempt can begin, so keep it short.
   */
  write<T>(work: (session: StateSession) => Promise<T>, progress?: Json): Promise<T>;
  /** The durable events stored so far, those of earlier attempts included. */
  history(): Promise<StoredEvent[]>;
  /** Waits for the next input sent to the task; each attempt reads them from the first. */
  nextInput(): Promise<Json>;
}

export type TaskHandler = (context: TaskContext) => Promise<TaskEnd>;

export interface HandlerOptions {
  /** Tasks of this kind that run in one process at the same time. Default 8. */
  readonly concurrency?: number;
  /** How often a task may be started before the loss of its process is final. Default 3. */
  readonly maxAttempts?: number;
  /** Failures of the handler worth another attempt, with a growing pause. Default: none. */
  readonly retryable?: (error: unknown) => boolean;
  /** The last event of a task whose handler did not bring its own: it threw, was cancelled, or its process was lost. */
  readonly terminalEvent?: (end: TaskEnd, task: Task) => NewEvent;
}

/** A failure that a handler throws to end its task as `failed` with this code; other errors become `internal`. */
export class TaskFailure extends Error {
  readonly error: TaskError;

  constructor(error: TaskError) {
    super(error.message);
    this.name = 'TaskFailure';
    this.error = error;
  }
}
