/** Reads a task's log from any point: what is stored first, then live, until the terminal event. */
import { EngineError } from '../kernel/index.ts';
import type { State } from '../storage/index.ts';
import type { EventHub } from './event-hub.ts';
import type { FollowedEvent, StoredEvent } from './task.ts';
import { type LogPage, readLog } from './task-store.ts';

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
    let position: number | null = null;
    while (!signal?.aborted) {
      const live: StoredEvent[] | null = position === null ? null : inbox.take(position);
      const page: LogPage | null = live ? null : await readPage(inbox, state, taskId, after, position);
      if (page && position === null && after < page.trimmedThrough) {
        yield { kind: 'gap', from: after + 1, to: page.trimmedThrough };
      }
      for (const event of live ?? page!.events) {
        position = event.position;
        yield event;
        if (event.terminal || signal?.aborted) return;
      }
      if (page) position = page.end;
      if (page?.complete) return;
      await inbox.wait();
    }
  } finally {
    inbox.close();
  }
}

async function readPage(
  inbox: Inbox,
  state: State,
  taskId: string,
  after: number,
  position: number | null,
): Promise<LogPage> {
  inbox.markRead();
  const page = await readLog(state, taskId, position === null ? { after } : { position }, PAGE);
  if (page?.more) inbox.lookAgain();
  if (page) return page;
  if (position === null) throw new EngineError('not-found', `There is no task "${taskId}".`);
  return { events: [], end: position, more: false, complete: true, trimmedThrough: 0 };
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
    if (this.#stale) return null;
    const pending = this.#events.filter((event) => event.position > position);
    this.#events = [];
    return pending.length > 0 && pending[0]!.position !== position + 1 ? null : pending;
  }

  /** The store is about to be read, so what was delivered so far will be found there. */
  markRead(): void {
    this.#events = [];
    this.#stale = false;
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
