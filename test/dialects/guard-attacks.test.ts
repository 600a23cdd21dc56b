/** Statements that must never run: the guard alone, with no session behind it, refuses every one. */
import { beforeAll, describe, expect, it } from 'vitest';
import { DIALECT_NAMES, guardReadOnly, loadParser } from '../../src/sql/index.ts';
import { ATTACK_STATEMENTS } from './corpus/attacks.ts';
import { shopSchema } from './corpus/shop-database.ts';

describe.each(DIALECT_NAMES)('guard, attack corpus in %s', (dialect) => {
  beforeAll(() => loadParser(dialect));
  const corpus = ATTACK_STATEMENTS.filter((entry) => entry.dialect === dialect);
  it.each(corpus)('refuses: $why', async ({ sql }) => {
    const guarded = await guardReadOnly(sql, { schema: shopSchema(dialect), maxRows: 100 });
    expect(guarded.ok ? guarded.value.sql : 'refused').toBe('refused');
    if (guarded.ok) return;
    expect(guarded.failure.message.length).toBeGreaterThan(10);
    expect(guarded.failure.message.length).toBeLessThan(800);
  });
});

describe('guard, failures say what is wrong', () => {
  const guard = (sql: string, dialect: 'duckdb' | 'postgres' = 'postgres') =>
    guardReadOnly(sql, { schema: shopSchema(dialect), maxRows: 100 });
  const cases = [
    ['DELETE FROM orders', 'sql-not-read-only', null],
    ['SELECT 1; SELECT 2', 'sql-multiple-statements', null],
    ['SELECT FROM WHERE', 'sql-unparsable', null],
    ['SELECT pg_sleep(1)', 'function-not-allowed', 'pg_sleep'],
    ['SELECT current_user', 'function-not-allowed', 'current_user'],
    ["SELECT 'x'::regclass", 'type-not-allowed', 'regclass'],
    ['SELECT * FROM order', 'sql-unparsable', null],
    ['SELECT * FROM orderz', 'unknown-table', 'orderz'],
    ['SELECT amont FROM orders', 'unknown-column', 'amont'],
    ['SELECT * FROM orders FOR UPDATE', 'sql-not-read-only', null],
    ['SELECT * INTO x FROM orders', 'sql-not-read-only', null],
    ['WITH d AS (DELETE FROM orders RETURNING *) SELECT * FROM d', 'sql-not-read-only', null],
    [`SELECT ${'('.repeat(200)}1${')'.repeat(200)}`, 'sql-too-complex', null],
  ] as const;
  it.each(cases)('%s → %s', async (sql, code, name) => {
    const guarded = await guard(sql);
    expect(guarded.ok ? 'accepted' : guarded.failure.code).toBe(code);
    if (!guarded.ok && name !== null) expect(guarded.failure.name).toBe(name);
  });

  it('allows casts to the types of the catalog, and to no others', async () => {
    const schema = shopSchema('postgres');
    const [first, ...rest] = schema.tables;
    if (first === undefined) throw new Error('no table');
    const mood = {
      ...(first.columns[0] as (typeof first.columns)[number]),
      name: 'mood',
      nativeType: 'public.mood_type',
    };
    const typed = { ...schema, tables: [{ ...first, columns: [...first.columns, mood] }, ...rest] };
    const cast = (type: string) =>
      guardReadOnly(`SELECT 'x'::${type}, CAST('y' AS ${type})`, { schema: typed, maxRows: 1 });
    expect((await cast('mood_type')).ok).toBe(true);
    expect((await cast('public.mood_type')).ok).toBe(true);
    expect(await cast('other_type')).toMatchObject({ ok: false, failure: { code: 'type-not-allowed' } });
    expect((await cast('regclass')).ok).toBe(false);
  });

  it('proposes the nearest names and the position', async () => {
    const sql = 'SELECT id, amont FROM orders';
    const guarded = await guard(sql);
    expect(guarded).toMatchObject({ ok: false, failure: { nearest: ['amount'], position: sql.indexOf('amont') } });
    expect(await guard('SELECT * FROM costumers')).toMatchObject({ ok: false, failure: { nearest: ['customers'] } });
  });
});

it('holds at least 120 statements', () => {
  expect(ATTACK_STATEMENTS.length).toBeGreaterThanOrEqual(120);
});
