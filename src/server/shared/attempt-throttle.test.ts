import { expect, it } from 'vitest';
import { createAttemptThrottle } from './attempt-throttle.ts';

it('makes a key wait after the limit of failures within the window, and lets it go on afterwards', () => {
  let now = 0;
  const throttle = createAttemptThrottle(3, 60_000, () => now);
  for (let i = 0; i < 3; i += 1) {
    expect(throttle.retryAfter('a')).toBe(0);
    throttle.recordFailure('a');
    now += 1_000;
  }
  expect(throttle.retryAfter('a')).toBe(57);
  expect(throttle.retryAfter('b')).toBe(0);
  now = 60_001;
  expect(throttle.retryAfter('a')).toBe(0);
});

it('forgets failures after a success', () => {
  const throttle = createAttemptThrottle(1, 60_000, () => 0);
  throttle.recordFailure('a');
  expect(throttle.retryAfter('a')).toBeGreaterThan(0);
  throttle.recordSuccess('a');
  expect(throttle.retryAfter('a')).toBe(0);
});
