import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type State, sqlState } from '../../src/storage/index.ts';
import { createTestStore, describeOnBothStates, type TestStore } from '../support/state.ts';

describeOnBothStates('a state database', (kind) => {
  let store: TestStore;
  let state: State;

  beforeAll(async () => {
    store = await createTestStore(kind);
    state = await store.open();
    await state.executeScript(
      'CREATE TABLE notes (id serial PRIMARY KEY, body text UNIQUE); CREATE TABLE other (n int)',
    );
  });
  afterAll(async () => {
    await state.close();
    await store.remove();
  });

  it('gives values of every type back as they were', async () => {
    const [row] = await state.execute(
      `SELECT $1::text[] AS texts, $2::json AS document, $3::int[] AS numbers, $4::boolean AS flag, 12345678901234567::bigint AS big,
         1.50::numeric AS decimal, $5::bytea AS bytes, $6::timestamptz AS moment, NULL AS nothing, $7::text AS text`,
      [
        ['a"b\\', null, 'ü{,}'],
        { key: 'värde' },
        [1, 2],
        true,
        new Uint8Array([0, 255]),
        new Date('2024-02-29T12:34:56.789Z'),
        '汉字 🙂',
      ],
    );
    expect(row).toEqual({
      texts: ['a"b\\', null, 'ü{,}'],
      document: { key: 'värde' },
      numbers: [1, 2],
      flag: true,
      big: '12345678901234567',
      decimal: '1.50',
      bytes: Buffer.from([0, 255]),
      moment: new Date('2024-02-29T12:34:56.789Z'),
      nothing: null,
      text: '汉字 🙂',
    });
  });

  it('reports a violated constraint with its SQLSTATE, also through drizzle', async () => {
    await state.execute("INSERT INTO notes (body) VALUES ('once')");
    const raw = await state.execute("INSERT INTO notes (body) VALUES ('once')").catch((error: unknown) => error);
    const built = await state.db
      .execute(sql`INSERT INTO notes (body) VALUES ('once')`)
      .catch((error: unknown) => error);
    expect([sqlState(raw), sqlState(built)]).toEqual(['23505', '23505']);
    expect(await state.execute('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('commits a transaction whole, or nothing of it', async () => {
    await state.transaction(async (tx) => {
      await tx.execute('INSERT INTO other VALUES (1)');
      await tx.db.execute(sql`INSERT INTO other VALUES (2)`);
    });
    const failed = state.transaction(async (tx) => {
      await tx.execute('INSERT INTO other VALUES (3)');
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await state.execute('SELECT n FROM other ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('keeps concurrent transactions apart', async () => {
    await state.execute('CREATE TABLE counter AS SELECT 0 AS n');
    const add = () =>
      state.transaction(async (tx) => {
        const [row] = await tx.execute<{ n: number }>('SELECT n FROM counter FOR UPDATE');
        await tx.execute('UPDATE counter SET n = $1', [row!.n + 1]);
      });
    await Promise.all(Array.from({ length: 25 }, add));
    expect(await state.execute('SELECT n FROM counter')).toEqual([{ n: 25 }]);
  });

  it('refuses a statement outside the session of the open transaction instead of waiting for ever', async () => {
    await expect(state.transaction(() => state.execute('SELECT 1'))).rejects.toThrow('has to use the session');
    await expect(state.transaction(() => state.transaction(async () => 1))).rejects.toThrow('has to use the session');
    expect(await state.execute('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('tells listeners at commit, and none of what was rolled back', async () => {
    const heard: string[] = [];
    let wake: () => void = () => {};
    const last = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const unlisten = await state.listen('news', (payload) => {
      heard.push(payload);
      if (payload === 'last') wake();
    });
    await state.transaction((tx) => tx.notify('news', 'committed'));
    await state
      .transaction(async (tx) => {
        await tx.notify('news', 'rolled back');
        throw new Error('no');
      })
      .catch(() => {});
    await state.notify('news', 'last');
    await last;
    await unlisten();
    expect(heard).toEqual(['committed', 'last']);
  });

  it('knows which names are present', async () => {
    await state.announce('here');
    expect(await state.absent(['here', 'gone'])).toEqual(['gone']);
    expect(await state.absent([])).toEqual([]);
  });

  it('keeps everything over a close, and closes more than once', async () => {
    const before = await state.execute('SELECT id, body FROM notes ORDER BY id');
    expect(before.length).toBeGreaterThan(0);
    await Promise.all([state.close(), state.close()]);
    await expect(state.execute('SELECT 1')).rejects.toMatchObject({ code: 'state-unavailable' });
    state = await store.open();
    expect(await state.execute('SELECT id, body FROM notes ORDER BY id')).toEqual(before);
  });

  it('answers what was asked before the close', async () => {
    const asked = state.execute('SELECT pg_sleep(0.05), 7 AS seven');
    await state.close();
    expect(await asked).toMatchObject([{ seven: 7 }]);
    state = await store.open();
  });
});
