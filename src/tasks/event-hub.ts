/** Who waits for news of a task in this process: events just stored here, or word that another process stored some. */
import type { StoredEvent } from './task.ts';

export interface EventSubscriber {
  /** Stored by this process, in order. */
  onEvent(event: StoredEvent): void;
  /** Something may have been stored elsewhere: look. */
  onNews(): void;
}

export class EventHub {
  readonly #subscribers = new Map<string, Set<EventSubscriber>>();

  subscribe(taskId: string, subscriber: EventSubscriber): () => void {
    const known = this.#subscribers.get(taskId) ?? new Set();
    this.#subscribers.set(taskId, known);
    known.add(subscriber);
    return () => {
      known.delete(subscriber);
      if (known.size === 0 && this.#subscribers.get(taskId) === known) this.#subscribers.delete(taskId);
    };
  }

  publish(taskId: string, events: readonly StoredEvent[]): void {
    for (const subscriber of [...(this.#subscribers.get(taskId) ?? [])]) {
      for (const event of events) subscriber.onEvent(event);
    }
  }

  news(taskId: string): void {
    for (const subscriber of [...(this.#subscribers.get(taskId) ?? [])]) subscriber.onNews();
  }

  /** After notifications may have been missed. */
  newsForAll(): void {
    for (const taskId of [...this.#subscribers.keys()]) this.news(taskId);
  }
}
