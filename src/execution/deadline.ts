/** One statement's time limit and the caller's cancel signal, joined. */
import type { RunOptions } from './datasource.ts';

export interface Deadline {
  /** Why the statement was stopped; null while it may run. */
  readonly reason: 'timeout' | 'cancelled' | null;
  /** Must be called when the statement is over. */
  end(): void;
}

/** Calls `stop` once, when the time is over or the caller cancels. */
export function startDeadline(options: Pick<RunOptions, 'signal' | 'timeoutMs'>, stop: () => void): Deadline {
  let reason: Deadline['reason'] = null;
  const fire = (why: 'timeout' | 'cancelled'): void => {
    if (reason === null) {
      reason = why;
      stop();
    }
  };
  const onAbort = (): void => fire('cancelled');
  const timer = setTimeout(() => fire('timeout'), options.timeoutMs);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted) {
    queueMicrotask(onAbort);
  }
  return {
    get reason() {
      return reason;
    },
    end() {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
    },
  };
}
