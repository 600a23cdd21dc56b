import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../src/kernel/index.ts';
import type { Backend } from '../../src/storage/connection/backend.ts';
import { openPool } from '../../src/storage/connection/pool-backend.ts';
import { openEmbedded } from '../../src/storage/embedded/embedded-backend.ts';
import { type Migration, migrate, readMigrations } from '../../src/storage/migrate.ts';
import { createTestStore, describeOnBothStates, type TestStore } from '../support/state.ts';

const first: Migration = {
  number: 0,
  tag: '0000_first',
  sql: 'CREATE TABLE first (n int);--> statement-breakpoint\nCREATE TABLE also (n int);',
};
const second: Migration = { number: 1, tag: '0001_second', sql: 'ALTER TABLE first ADD COLUMN m int;' };
const broken: Migration = { number: 2, tag: '0002_broken', sql: 'CREATE TABLE third (n int); SELECT 1/0;' };

describeOnBothStates('migrations', (kind) => {
  let store: TestStore;
  let backend: Backend;

  beforeEach(async () => {
    store = await createTestStore(kind);
    backend = store.url ? await openPool(store.url, silentLogger, 8) : await openEmbedded(`${store.home}/state/data`);
  });
  afterEach(async () => {
    await backend.close();
    await store.remove();
  });

  it('are applied once each, in order, and later ones on top', async () => {
    expect(await migrate(backend, [first])).toEqual({ applied: ['0000_first'] });
    expect(await migrate(backend, [first])).toEqual({ applied: [] });
    expect(await migrate(backend, [first, second])).toEqual({ applied: ['0001_second'] });
    await backend.exec('INSERT INTO first (n, m) VALUES (1, 2)');
  });

  it('are applied once when several processes start together', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => migrate(backend, [first, second])));
    expect(results.flatMap(({ applied }) => applied)).toEqual(['0000_first', '0001_second']);
  });

  it('refuse a schema that a newer version wrote, and leave it alone', async () => {
    await migrate(backend, [first, second]);
    await expect(migrate(backend, [first])).rejects.toMatchObject({
      code: 'state-too-new',
      data: { migration: '0001_second' },
    });
  });

  it('leave nothing of a failed one, nor of those applied with it', async () => {
    await migrate(backend, [first]);
    await expect(migrate(backend, [first, second, broken])).rejects.toThrow('division by zero');
    await backend.exec('ALTER TABLE first ADD COLUMN m text');
    const [result] = await backend.exec(
      "SELECT to_regclass('third') AS third, (SELECT count(*) FROM querent.schema_migrations) AS n",
    );
    expect(result!.rows).toEqual([[null, '1']]);
  });

  it('of the product build the tables that the code declares', async () => {
    const migrations = await readMigrations();
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index));
    await migrate(backend, migrations);
    await backend.exec('SELECT id, lease_until FROM querent.tasks; SELECT task_id, position FROM querent.task_events');
  });
});
