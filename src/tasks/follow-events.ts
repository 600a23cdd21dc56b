/** Reads a task's log from any point: what is stored first, then live, until the terminal event. */
import { EngineError } from '../kernel/index.ts';
import type { State } from '../storage/index.ts';
import type { EventHub } from './event-hub.ts';
import type { FollowedEvent, StoredEvent } from './task.ts';
import { readCursor, readEvents } from './task-store.ts';

export interface FollowOptions {
  /** The number of the last durable event already seen; 0 from the start. */
  readonly after?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const PAGE = 500;
/** Events kept for a slow reader before it is sent back to the store. */
const BUFFER = 1_000;
/** Looks without being told, in case word was lost. */
const LOOK_AGAIN_MS = 3_000;

/**
 * Yields every stored event after `after` in order, each once, and ends after the terminal one or when the signal
 * aborts. Durable events that are no longer stored give one gap first.
 *
 * @throws EngineError `not-found` when there is no such task.
 */
export async function* followEvents(
  state: State,
  hub: EventHub,
  taskId: string,
  { after = 0, signal }: FollowOptions = {},
): AsyncGenerator<FollowedEvent, void, void> {
  const inbox = new Inbox(hub, taskId, signal);
  try {
    const start = await readCursor(state, taskId, after);
    if (start === null) throw new EngineError('not-found', `There is no task "${taskId}".`);
    if (after < start.trimmedThrough) yield { kind: 'gap', from: after + 1, to: start.trimmedThrough };
    let position = start.position;
    for (;;) {
      if (signal?.aborted) return;
      const live = inbox.take(position);
      const events = live ?? (await readEvents(state, taskId, position, PAGE));
      if (live === null && events.length === PAGE) inbox.lookAgain();
      for (const event of events) {
        position = event.position;
        yield event;
        if (event.terminal) return;
        if (signal?.aborted) return;
      }
      if (events.length === 0) {
        if (live === null && (await isOver(state, taskId, position))) return;
        await inbox.wait();
      }
    }
  } finally {
    inbox.close();
  }
}

/** True when the task is gone, or its terminal event was read before. */
async function isOver(state: State, taskId: string, position: number): Promise<boolean> {
  const [row] = await state.execute('SELECT finished_at, last_position FROM querent.tasks WHERE id = $1', [taskId]);
  return row === undefined || (row.finished_at !== null && Number(row.last_position) <= position);
}

class Inbox {
  readonly #close: () => void;
  readonly #signal: AbortSignal | undefined;
  #events: StoredEvent[] = [];
  /** True while the store may hold something that was not delivered here. */
  #stale = true;
  #wake: (() => void) | null = null;

  constructor(hub: EventHub, taskId: string, signal: AbortSignal | undefined) {
    const unsubscribe = hub.subscribe(taskId, {
      onEvent: (event) => {
        if (this.#events.length < BUFFER) this.#events.push(event);
        else this.#stale = true;
        this.#wake?.();
      },
      onNews: () => {
        this.#stale = true;
        this.#wake?.();
      },
    });
    const onAbort = (): void => this.#wake?.();
    this.#signal = signal;
    signal?.addEventListener('abort', onAbort);
    this.#close = () => {
      unsubscribe();
      signal?.removeEventListener('abort', onAbort);
    };
  }

  /** The delivered events that directly follow a position (maybe none), or null when the store has to be read. */
  take(position: number): StoredEvent[] | null {
    const pending = this.#events.filter((event) => event.position > position);
    this.#events = [];
    if (this.#stale) {
      this.#stale = false;
      return null;
    }
    if (pending.length > 0 && pending[0]!.position !== position + 1) return null;
    return pending;
  }

  lookAgain(): void {
    this.#stale = true;
  }

  /** Until something arrives. */
  async wait(): Promise<void> {
    if (this.#stale || this.#events.length > 0 || this.#signal?.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(() => {
        this.#stale = true;
        resolve();
      }, LOOK_AGAIN_MS);
    });
    clearTimeout(timer);
    this.#wake = null;
  }

  close(): void {
    this.#close();
  }
}
