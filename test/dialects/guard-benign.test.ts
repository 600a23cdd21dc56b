/** Honest statements pass the guard and return on the real engine exactly what they return without it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DialectName, guardReadOnly, loadParser } from '../../src/sql/index.ts';
import { describeWithMysql, describeWithPostgres } from '../support/services.ts';
import { BENIGN_STATEMENTS } from './corpus/benign.ts';
import { shopSchema, shopStatements } from './corpus/shop-database.ts';
import { type GuardEngine, openDuckdb, openMysql, openPglite, openPostgres, openSqlite } from './guard-engines.ts';

/** Above every result of the corpus, so that the cap changes no rows. */
const MAX_ROWS = 500;

function benignSuite(dialect: DialectName, open: () => Promise<GuardEngine>): void {
  let engine: GuardEngine;
  beforeAll(async () => {
    await loadParser(dialect);
    engine = await open();
    for (const statement of shopStatements(dialect)) await engine.execute(statement);
  });
  afterAll(() => engine?.close());

  const corpus = BENIGN_STATEMENTS.filter((entry) => entry.dialect === dialect);
  it.each(corpus)('lets through and leaves as it is: $why', async ({ sql }) => {
    const guarded = await guardReadOnly(sql, { schema: shopSchema(dialect), maxRows: MAX_ROWS });
    expect(guarded.ok ? null : guarded.failure, sql).toBeNull();
    if (!guarded.ok) return;
    const plain = await engine.rows(sql.replace(/[;\s]+$/, ''));
    const result = await engine.rows(guarded.value.sql);
    const ordered = /order\s+by/i.test(sql);
    expect(ordered ? result : [...result].sort(), guarded.value.sql).toEqual(ordered ? plain : [...plain].sort());
  });

  it.each(corpus)('caps the rows of: $why', async ({ sql }) => {
    const guarded = await guardReadOnly(sql, { schema: shopSchema(dialect), maxRows: 1 });
    expect(guarded.ok ? null : guarded.failure, sql).toBeNull();
    if (!guarded.ok) return;
    const plain = await engine.rows(sql.replace(/[;\s]+$/, ''));
    const result = await engine.rows(guarded.value.sql);
    expect(result.length, guarded.value.sql).toBe(Math.min(plain.length, 2));
    if (/order\s+by/i.test(sql)) expect(result, guarded.value.sql).toEqual(plain.slice(0, 2));
  });
}

describe('guard, benign corpus on DuckDB', () => benignSuite('duckdb', openDuckdb));
describe('guard, benign corpus on SQLite', () => benignSuite('sqlite', openSqlite));
describe('guard, benign corpus on embedded Postgres', () => benignSuite('postgres', openPglite));
describeWithPostgres('guard, benign corpus on a PostgreSQL server', () => benignSuite('postgres', openPostgres));
describeWithMysql('guard, benign corpus on MariaDB/MySQL', () => benignSuite('mysql', openMysql));

it('holds at least 150 statements', () => {
  expect(BENIGN_STATEMENTS.length).toBeGreaterThanOrEqual(150);
});
