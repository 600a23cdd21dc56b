/** Appends one attempt's events in order; those that arrive while a statement runs go with the next one. */
import type { Clock } from './clock.ts';
import type { NewEvent, StoredEvent } from './task.ts';
import type { PendingEvent } from './task-store.ts';

interface Waiting {
  readonly event: PendingEvent;
  resolve(): void;
  reject(error: unknown): void;
}

/** Per statement; keeps one insert of a talkative task from holding up the others. */
const BATCH = 200;

export class EventWriter {
  readonly #store: (events: readonly PendingEvent[]) => Promise<StoredEvent[]>;
  readonly #publish: (events: readonly StoredEvent[]) => void;
  readonly #clock: Clock;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | null = null;

  /** @param store rejects when the attempt is no longer the current one. */
  constructor(
    store: (events: readonly PendingEvent[]) => Promise<StoredEvent[]>,
    publish: (events: readonly StoredEvent[]) => void,
    clock: Clock,
  ) {
    this.#store = store;
    this.#publish = publish;
    this.#clock = clock;
  }

  append({ type, data }: NewEvent, durable: boolean): Promise<void> {
    const stored = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ event: { type, data, durable, at: this.#clock.now() }, resolve, reject });
    });
    // A caller that does not wait must not end the process; it learns of the loss through the signal.
    stored.catch(() => {});
    this.#flushing ??= this.#flush();
    return stored;
  }

  /** Resolves when everything appended so far is stored or refused. */
  async settled(): Promise<void> {
    while (this.#flushing) await this.#flushing;
  }

  async #flush(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      try {
        this.#publish(await this.#store(batch.map(({ event }) => event)));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#flushing = null;
  }
}
