/** Counts failed attempts per key in a sliding window; beyond the limit the next attempts must wait. */
export interface AttemptThrottle {
  /** Seconds to wait before the next attempt, or 0. */
  retryAfter(key: string): number;
  recordFailure(key: string): void;
  recordSuccess(key: string): void;
}

const MAX_KEYS = 10_000;

/** @param limit failures allowed within `windowMs` milliseconds */
export function createAttemptThrottle(limit: number, windowMs: number, now: () => number = Date.now): AttemptThrottle {
  const failures = new Map<string, number[]>();
  const recent = (key: string): number[] => (failures.get(key) ?? []).filter((time) => time > now() - windowMs);
  return {
    retryAfter(key) {
      const times = recent(key);
      const oldest = times[times.length - limit];
      return oldest === undefined ? 0 : Math.max(1, Math.ceil((oldest + windowMs - now()) / 1000));
    },
    recordFailure(key) {
      const times = [...recent(key), now()].slice(-limit);
      failures.delete(key);
      failures.set(key, times);
      if (failures.size > MAX_KEYS) {
        const oldest = failures.keys().next().value;
        if (oldest !== undefined) failures.delete(oldest);
      }
    },
    recordSuccess(key) {
      failures.delete(key);
    },
  };
}
