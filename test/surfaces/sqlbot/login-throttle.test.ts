/** Failed sign-ins count for all processes that share the state, and after a restart. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLoginThrottle } from '../../../src/accounts/index.ts';
import type { State } from '../../../src/storage/index.ts';
import { createTestStore, describeOnBothStates, type TestStore } from '../../support/state.ts';

const MINUTE = 60_000;
const from = (username: string, address = '10.0.0.1') => ({ username, address });

describeOnBothStates('failed sign-ins', (kind) => {
  let store: TestStore;
  let state: State;
  let now = Date.parse('2026-01-01T00:00:00Z');
  beforeAll(async () => {
    store = await createTestStore(kind);
    state = await store.open();
  });
  afterAll(async () => {
    await state?.close();
    await store?.remove();
  });

  it('make the account wait in every process and after a restart, until they are old', async () => {
    const first = createLoginThrottle(state, () => now);
    const second = createLoginThrottle(state, () => now);
    for (let n = 0; n < 10; n += 1) {
      expect(await second.retryAfter(from('Anna', `10.0.1.${n}`))).toBe(0);
      await (n % 2 === 0 ? first : second).recordFailure(from('anna', `10.0.1.${n}`));
      now += 1_000;
    }
    expect(await first.retryAfter(from('ANNA', '10.0.2.1'))).toBe(15 * 60 - 10);
    expect(await second.retryAfter(from('bob', '10.0.1.1'))).toBe(0);
    await state.close();
    state = await store.open();
    const restarted = createLoginThrottle(state, () => now);
    expect(await restarted.retryAfter(from('anna', '10.0.2.1'))).toBe(15 * 60 - 10);
    now += 16 * MINUTE;
    expect(await restarted.retryAfter(from('anna', '10.0.2.1'))).toBe(0);
    await restarted.recordFailure(from('carl'));
    expect(await state.execute('SELECT count(*)::int AS n FROM querent.login_failures')).toEqual([{ n: 2 }]);
  });

  it('make the address wait, whatever the account; a success forgives the account only', async () => {
    const throttle = createLoginThrottle(state, () => now);
    for (let n = 0; n < 49; n += 1) await throttle.recordFailure(from(`guess-${n}`, '10.9.9.9'));
    await throttle.recordFailure(from('dora', '10.9.9.9'));
    await throttle.recordSuccess(from('dora', '10.9.9.9'));
    expect(await throttle.retryAfter(from('eva', '10.9.9.9'))).toBeGreaterThan(0);
    expect(await throttle.retryAfter(from('dora', '10.9.9.8'))).toBe(0);
    for (let n = 0; n < 9; n += 1) await throttle.recordFailure(from('dora', '10.9.9.8'));
    expect(await throttle.retryAfter(from('dora', '10.9.9.7'))).toBe(0);
  });
});
