/** The processes that read SQLite files: one that ends by itself while it rests harms nobody. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { openDatasource } from '../../src/execution/index.ts';
import { TEST_ENGINES } from '../support/engines.ts';

afterEach(() => vi.useRealTimers());

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number);
const readers = (): number[] =>
  childrenOf(process.pid).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('sqlite-child'));

it.runIf(process.platform === 'linux')('a resting process that is killed is forgotten', async () => {
  const engine = TEST_ENGINES.find(({ kind }) => kind === 'sqlite')!;
  const database = await engine.create('CREATE TABLE t (a INT)', 'INSERT INTO t VALUES (1)');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const datasource = await openDatasource(database.config);
  await datasource.introspect();
  const resting = readers();
  expect(resting.length).toBeGreaterThan(0);
  for (const pid of resting) process.kill(pid, 'SIGKILL');
  while (readers().length > 0) await delay(10);
  // The time after which a resting process is ended: there is none any more.
  vi.advanceTimersByTime(120_000);
  expect((await datasource.introspect()).tables).toHaveLength(1);
  await datasource.close();
  await database.drop();
});
