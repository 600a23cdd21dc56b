/** Cancelling, timing out and staying responsive, on each engine: the statement ends at the database, not only here. */
import { execFileSync } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Datasource, openDatasource } from '../../src/execution/index.ts';
import { TEST_ENGINES, type TestDatabase, type TestEngine } from '../support/engines.ts';
import { unguarded } from '../support/unguarded.ts';

/** Statements of the datasource that work right now, as the engine itself counts them; null where it cannot be asked. */
async function working(engine: TestEngine, database: TestDatabase): Promise<number | null> {
  switch (engine.kind) {
    case 'postgres':
      return Number(
        (
          await database.rows(
            `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'querent' AND state = 'active'`,
          )
        )[0]?.[0],
      );
    case 'mysql':
      return Number(
        (
          await database.rows(
            `SELECT count(*) FROM information_schema.processlist WHERE db = DATABASE() AND command IN ('Query', 'Execute') AND id <> CONNECTION_ID()`,
          )
        )[0]?.[0],
      );
    case 'sqlite': {
      const processes = execFileSync('ps', ['-eo', 'ppid=,state=,args='], { encoding: 'utf8' }).split('\n');
      return processes.filter((line) => line.includes('sqlite-child') && line.trim().startsWith(`${process.pid} R`))
        .length;
    }
    default:
      return null;
  }
}

async function until(condition: () => Promise<boolean>, withinMs: number): Promise<number> {
  const started = performance.now();
  while (!(await condition())) {
    if (performance.now() - started > withinMs) {
      throw new Error(`not reached within ${withinMs} ms`);
    }
    await delay(20);
  }
  return performance.now() - started;
}

for (const engine of TEST_ENGINES) {
  engine.describe(`stopping statements on ${engine.kind}`, () => {
    let database: TestDatabase;
    let datasource: Datasource;
    beforeAll(async () => {
      database = await engine.create('CREATE TABLE t (a INT)', 'INSERT INTO t VALUES (1)');
      datasource = await openDatasource(database.config);
    });
    afterAll(async () => {
      await datasource?.close();
      await database?.drop();
    });
    const simple = async (): Promise<unknown> => {
      const outcome = await datasource.run(unguarded('SELECT a FROM t'), { timeoutMs: 20_000, maxRows: 10 });
      return outcome.ok ? outcome.value.rows : outcome.failure;
    };

    it('cancels a running statement within a second, at the database, and goes on working', async () => {
      const abort = new AbortController();
      const running = datasource.run(unguarded(engine.heavy), { timeoutMs: 60_000, maxRows: 10, signal: abort.signal });
      const atWork = await working(engine, database);
      if (atWork !== null) {
        await until(async () => (await working(engine, database)) === 1, 10_000);
      } else {
        await delay(500);
      }
      const asked = performance.now();
      abort.abort();
      const outcome = await running;
      expect(outcome.ok ? 'a result' : outcome.failure.code).toBe('cancelled');
      expect(performance.now() - asked).toBeLessThan(1_000);
      if (atWork !== null) {
        await until(async () => (await working(engine, database)) === 0, 1_000);
      }
      expect(await simple()).toEqual([[1]]);
    });

    it('stops a statement at its time limit', async () => {
      const started = performance.now();
      const outcome = await datasource.run(unguarded(engine.heavy), { timeoutMs: 400, maxRows: 10 });
      expect(outcome.ok ? 'a result' : outcome.failure.code).toBe('timeout');
      expect(performance.now() - started).toBeLessThan(1_900);
      expect(await simple()).toEqual([[1]]);
    });

    it('does not start what was cancelled before', async () => {
      const outcome = await datasource.run(unguarded(engine.heavy), {
        timeoutMs: 9_000,
        maxRows: 1,
        signal: AbortSignal.abort(),
      });
      expect(outcome.ok ? 'a result' : outcome.failure.code).toBe('cancelled');
    });

    it('stops many statements at once and is free again', async () => {
      const abort = new AbortController();
      const running = Array.from({ length: 12 }, () =>
        datasource.run(unguarded(engine.heavy), { timeoutMs: 60_000, maxRows: 10, signal: abort.signal }),
      );
      await delay(300);
      abort.abort();
      const codes = (await Promise.all(running)).map((outcome) => (outcome.ok ? 'a result' : outcome.failure.code));
      expect(new Set(codes)).toEqual(new Set(['cancelled']));
      expect(await simple()).toEqual([[1]]);
    });

    it('leaves the event loop free while a statement works', async () => {
      const histogram = monitorEventLoopDelay({ resolution: 10 });
      histogram.enable();
      await datasource.run(unguarded(engine.heavy), { timeoutMs: 1_500, maxRows: 10 });
      histogram.disable();
      // Other processes share the machine's cores, so single late ticks say nothing; a blocked loop has hardly any tick at all.
      expect(histogram.percentile(90) / 1e6).toBeLessThan(50);
      expect(histogram.count).toBeGreaterThan(40);
    });

    it('answers nothing after it was closed', async () => {
      const other = await openDatasource(database.config);
      await other.close();
      await other.close();
      const outcome = await other.run(unguarded('SELECT a FROM t'), { timeoutMs: 1_000, maxRows: 1 });
      expect(outcome.ok ? 'a result' : outcome.failure.code).toBe('connection');
    });
  });
}
