/**
 * The bulkhead around a datasource: so many statements at once, so many more in a first-come queue, and `busy` for the rest.
 * Introspection takes a place like a statement, but waits as long as it must.
 */
import { fail, type Outcome } from '../kernel/index.ts';
import type { Datasource, RunFailure, RunOptions } from './datasource.ts';
import { runFailure } from './failure.ts';

export interface BulkheadLimits {
  readonly concurrent: number;
  readonly queued: number;
}

export const DEFAULT_BULKHEAD: BulkheadLimits = { concurrent: 8, queued: 64 };

interface Waiter {
  readonly start: () => void;
}

/** Wraps a datasource so that it never runs more than `limits.concurrent` statements at once. */
export function withBulkhead(inner: Datasource, limits: BulkheadLimits = DEFAULT_BULKHEAD): Datasource {
  let running = 0;
  const queue: Waiter[] = [];

  const leave = (): void => {
    const next = queue.shift();
    if (next === undefined) {
      running -= 1;
    } else {
      next.start();
    }
  };

  /** Null once a place was taken; a failure when there was none, or the caller left while waiting. */
  const enter = (options: Pick<RunOptions, 'signal'> & { timeoutMs: number | null }): Promise<RunFailure | null> => {
    if (options.signal?.aborted) {
      return Promise.resolve(runFailure('cancelled', 'The statement was cancelled before it started.'));
    }
    if (running < limits.concurrent) {
      running += 1;
      return Promise.resolve(null);
    }
    if (options.timeoutMs !== null && queue.length >= limits.queued) {
      return Promise.resolve(
        runFailure(
          'busy',
          `The database is busy: ${limits.concurrent} statements run and ${limits.queued} wait. Try again shortly.`,
        ),
      );
    }
    return new Promise((resolve) => {
      const settle = (failure: RunFailure | null): void => {
        clearTimeout(timer);
        options.signal?.removeEventListener('abort', onAbort);
        resolve(failure);
      };
      const give = (failure: RunFailure): void => {
        queue.splice(queue.indexOf(waiter), 1);
        settle(failure);
      };
      const waiter: Waiter = { start: () => settle(null) };
      const onAbort = (): void => give(runFailure('cancelled', 'The statement was cancelled before it started.'));
      const timer =
        options.timeoutMs === null
          ? undefined
          : setTimeout(
              () =>
                give(runFailure('busy', `The database is busy: no place became free within ${options.timeoutMs} ms.`)),
              options.timeoutMs,
            );
      options.signal?.addEventListener('abort', onAbort, { once: true });
      queue.push(waiter);
    });
  };

  const guarded = async <T>(
    options: RunOptions,
    work: () => Promise<Outcome<T, RunFailure>>,
  ): Promise<Outcome<T, RunFailure>> => {
    const refused = await enter(options);
    if (refused !== null) {
      return fail(refused);
    }
    try {
      return await work();
    } finally {
      leave();
    }
  };

  return {
    dialect: inner.dialect,
    get warnings() {
      return inner.warnings ?? [];
    },
    run: (sql, options) => guarded(options, () => inner.run(sql, options)),
    explain: (sql, options) => guarded(options, () => inner.explain(sql, options)),
    async introspect(options) {
      // A caller that left while waiting is told by the datasource itself, which looks at the signal first.
      const refused = await enter({ signal: options?.signal, timeoutMs: null });
      try {
        return await inner.introspect(options);
      } finally {
        if (refused === null) {
          leave();
        }
      }
    },
    close: () => inner.close(),
  };
}
