import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ok } from '../kernel/index.ts';
import type { ReadOnlySql } from '../sql/index.ts';
import { withBulkhead } from './bulkhead.ts';
import type { Datasource, ResultSet } from './datasource.ts';
import { makeSchema } from './fingerprint.ts';

const sql = 'SELECT 1' as ReadOnlySql;
const empty: ResultSet = { columns: [], rows: [], truncated: false, elapsedMs: 0 };

/** A datasource whose statements end when told to. */
function manual(): { readonly datasource: Datasource; readonly finish: (() => void)[]; started: () => number } {
  const finish: (() => void)[] = [];
  let started = 0;
  const wait = (): Promise<void> => {
    started += 1;
    return new Promise((resolve) => finish.push(resolve));
  };
  return {
    finish,
    started: () => started,
    datasource: {
      dialect: 'duckdb',
      run: () => wait().then(() => ok(empty)),
      explain: () => wait().then(() => ok({ text: '', root: null })),
      introspect: () => wait().then(() => makeSchema('duckdb', null, [])),
      close: async () => {},
    },
  };
}

const options = { timeoutMs: 5_000, maxRows: 1 };

describe('the bulkhead', () => {
  it('lets so many run, so many wait in turn, and refuses the rest as busy', async () => {
    const inner = manual();
    const guarded = withBulkhead(inner.datasource, { concurrent: 2, queued: 1 });
    const [first, , third, fourth] = [1, 2, 3, 4].map(() => guarded.run(sql, options));
    const refused = await fourth!;
    expect(refused.ok ? 'ok' : refused.failure.code).toBe('busy');
    expect(inner.started()).toBe(2);
    inner.finish[0]!();
    await first;
    await turn();
    expect(inner.started()).toBe(3);
    inner.finish[2]!();
    expect((await third!).ok).toBe(true);
  });

  it('gives up a place in the queue when the caller cancels or has waited its whole time', async () => {
    const inner = manual();
    const guarded = withBulkhead(inner.datasource, { concurrent: 1, queued: 5 });
    const running = guarded.run(sql, options);
    const abort = new AbortController();
    const cancelled = guarded.run(sql, { ...options, signal: abort.signal });
    const impatient = guarded.run(sql, { ...options, timeoutMs: 10 });
    abort.abort();
    const codes = (await Promise.all([cancelled, impatient])).map((outcome) =>
      outcome.ok ? 'ok' : outcome.failure.code,
    );
    expect(codes).toEqual(['cancelled', 'busy']);
    inner.finish[0]!();
    await running;
    const next = guarded.run(sql, options);
    await turn();
    expect(inner.started()).toBe(2);
    inner.finish[1]!();
    expect((await next).ok).toBe(true);
  });

  it('frees the place of a statement that threw', async () => {
    let calls = 0;
    const broken: Datasource = {
      ...manual().datasource,
      run: async () => {
        calls += 1;
        throw new Error('bug');
      },
    };
    const guarded = withBulkhead(broken, { concurrent: 1, queued: 0 });
    await expect(guarded.run(sql, options)).rejects.toThrow('bug');
    await expect(guarded.run(sql, options)).rejects.toThrow('bug');
    expect(calls).toBe(2);
  });

  it('lets introspection wait beyond the queue', async () => {
    const inner = manual();
    const guarded = withBulkhead(inner.datasource, { concurrent: 1, queued: 0 });
    const running = guarded.run(sql, options);
    await turn();
    const schema = guarded.introspect();
    inner.finish[0]!();
    await running;
    await turn();
    inner.finish[1]!();
    expect((await schema).tables).toEqual([]);
  });
});
