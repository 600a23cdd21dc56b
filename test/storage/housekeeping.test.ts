import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EmbeddedBackend, openEmbedded } from '../../src/storage/embedded/embedded-backend.ts';
import { vacuumWornTables } from '../../src/storage/embedded/housekeeping.ts';
import { createTestHome, type TestHome } from '../support/state.ts';

let test: TestHome;
let backend: EmbeddedBackend;

beforeEach(async () => {
  test = await createTestHome();
  backend = await openEmbedded(`${test.home}/state/data`);
});
afterEach(async () => {
  await backend.close();
  await test.remove();
});

it('vacuums what has changed much, and then has nothing to do', async () => {
  await backend.exec(`CREATE TABLE quiet (n int); INSERT INTO quiet VALUES (1);
    CREATE TABLE busy (n int); INSERT INTO busy SELECT generate_series(1, 3000); DELETE FROM busy WHERE n > 100`);
  expect(await vacuumWornTables(backend)).toEqual(['public.busy']);
  const [size] = await backend.exec(
    "SELECT pg_relation_size('busy'), (SELECT reltuples FROM pg_class WHERE relname = 'busy')",
  );
  expect(size!.rows).toEqual([['8192', '100']]);
  expect(await vacuumWornTables(backend)).toEqual([]);
});
