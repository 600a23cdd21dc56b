/**
 * DuckDB's calls occupy a thread of Node's pool (4 unless UV_THREADPOOL_SIZE says otherwise) while they run. Half of the
 * pool is left to files, name look-ups and hashing, so that slow statements never hold up the rest of the process.
 */
const slots = Math.max(2, Math.floor(Number(process.env.UV_THREADPOOL_SIZE ?? 4) / 2));
let taken = 0;
const waiting: (() => void)[] = [];

function leave(): void {
  const next = waiting.shift();
  if (next === undefined) {
    taken -= 1;
  } else {
    next();
  }
}

/** Waits for a place; resolves to its release, or to null when the signal ended first. */
export function takeNativeSlot(signal: AbortSignal): Promise<(() => void) | null> {
  if (signal.aborted) {
    return Promise.resolve(null);
  }
  if (taken < slots) {
    taken += 1;
    return Promise.resolve(leave);
  }
  return new Promise((resolve) => {
    const start = (): void => {
      signal.removeEventListener('abort', giveUp);
      resolve(leave);
    };
    const giveUp = (): void => {
      waiting.splice(waiting.indexOf(start), 1);
      resolve(null);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    waiting.push(start);
  });
}
