/** The kinds of tasks that this process knows. */

import { errorOfEnd } from './attempt.ts';
import type { HandlerOptions, TaskHandler } from './task.ts';

export interface Handler {
  readonly run: TaskHandler;
  readonly options: Required<HandlerOptions>;
}

export class Handlers {
  readonly #handlers = new Map<string, Handler>();

  register(kind: string, run: TaskHandler, options: HandlerOptions): void {
    if (!/^[a-z0-9_.-]{1,64}$/.test(kind)) throw new Error(`"${kind}" cannot be a kind of task`);
    if (this.#handlers.has(kind)) throw new Error(`tasks of kind "${kind}" have a handler already`);
    this.#handlers.set(kind, {
      run,
      options: {
        concurrency: options.concurrency ?? 8,
        maxAttempts: options.maxAttempts ?? 3,
        retryable: options.retryable ?? (() => false),
        terminalEvent:
          options.terminalEvent ??
          ((end) => ({ type: 'task-end', data: { status: end.status, error: errorOfEnd(end) } })),
      },
    });
  }

  get kinds(): string[] {
    return [...this.#handlers.keys()];
  }

  get(kind: string): Handler {
    const handler = this.#handlers.get(kind);
    if (!handler) throw new Error(`no handler is registered for tasks of kind "${kind}"`);
    return handler;
  }

  has(kind: string): boolean {
    return this.#handlers.has(kind);
  }
}
