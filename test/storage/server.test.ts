import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EngineError, silentLogger } from '../../src/kernel/index.ts';
import { openState, type State } from '../../src/storage/index.ts';
import { describeWithPostgres, postgresUrl } from '../support/services.ts';
import { createTestStore, type TestStore } from '../support/state.ts';

describeWithPostgres('a state on a PostgreSQL server', () => {
  let store: TestStore;
  let state: State;
  beforeEach(async () => {
    store = await createTestStore('server');
    state = await store.open();
  });
  afterEach(async () => {
    await state.close();
    await store.remove();
  });

  async function cutAllConnections(): Promise<void> {
    const admin = new pg.Client({ connectionString: postgresUrl });
    await admin.connect();
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      new URL(store.url!).pathname.slice(1),
    ]);
    await admin.end();
  }

  it('goes on after all its connections were cut, and says that notifications may have been missed', async () => {
    const heard = Promise.withResolvers<string>();
    const reconnected = Promise.withResolvers<void>();
    await state.announce('survivor');
    await state.listen('news', heard.resolve, reconnected.resolve);
    await state.notify('news', 'hello');
    expect(await heard.promise).toBe('hello');
    const underWay = state.execute('SELECT pg_sleep(60)').catch((error: EngineError) => error.code);
    await cutAllConnections();
    expect(await underWay).toBe('state-unavailable');
    await reconnected.promise;
    expect(await state.execute('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await state.absent(['survivor'])).toEqual([]);
  });

  it('shares names and notifications between processes', async () => {
    const other = await store.open();
    const heard = Promise.withResolvers<string>();
    await other.listen('news', heard.resolve);
    await other.announce('other');
    expect(await state.absent(['other'])).toEqual([]);
    await state.notify('news', 'hello');
    expect(await heard.promise).toBe('hello');
    await other.close();
    expect(await state.absent(['other'])).toEqual(['other']);
  });

  it('refuses a server that does not answer, without the password', async () => {
    const refused = openState({ home: store.home, url: 'postgres://me:geheim@127.0.0.1:9/x', logger: silentLogger });
    const error = await refused.catch((reason: EngineError) => reason);
    expect(error).toMatchObject({ code: 'state-unavailable' });
    expect((error as EngineError).message).toContain('127.0.0.1:9/x');
    expect((error as EngineError).message).not.toContain('geheim');
  });
});
