import { EngineError } from '../../kernel/index.ts';

/** The promise, or a rejection with `timeout` once the signal aborts; what the promise does goes on. */
export function within<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const late = (): void => reject(new EngineError('timeout', 'it did not answer in time'));
    if (signal.aborted) late();
    else signal.addEventListener('abort', late, { once: true });
    promise.then(resolve, reject);
  });
}
