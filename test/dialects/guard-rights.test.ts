/**
 * Rights: a query under rules returns exactly what it returns over a database from which the forbidden rows and columns
 * were removed. Checked on fixed statements and on random queries and rules, on real engines.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type DatabaseSchema,
  type DialectName,
  guardReadOnly,
  guardReadOnlySync,
  loadParser,
  type Rights,
  type RowRule,
  visibleSchema,
} from '../../src/sql/index.ts';
import { describeWithMysql } from '../support/services.ts';
import { BENIGN_STATEMENTS } from './corpus/benign.ts';
import { nameIn, SHOP_TABLES, shopSchema, shopStatements } from './corpus/shop-database.ts';
import { type GuardEngine, openDuckdb, openMysql, openPglite, openSqlite } from './guard-engines.ts';
import { rowIsVisible } from './guard-rights-model.ts';
import { randomQuery, randomRights } from './guard-rights-random.ts';

const schemaRef = (schema: DatabaseSchema, name: string) =>
  schema.tables.find((table) => table.ref.name === name)?.ref ?? { schema: null, name };

const quoteName = (dialect: DialectName, name: string): string =>
  dialect === 'mysql' ? `\`${name}\`` : `"${name.replaceAll('"', '""')}"`;

/** The shop with forbidden rows, columns and tables really removed. */
async function fillPruned(engine: GuardEngine, rights: Rights): Promise<void> {
  const { dialect } = engine;
  const kept = visibleSchema(shopSchema(dialect), rights).schema.tables;
  for (const [index, definition] of SHOP_TABLES.entries()) {
    const table = kept.find((candidate) => candidate.ref.name === definition.name);
    if (table === undefined) continue;
    const rules = rights.tables
      .filter((entry) => entry.table.name === definition.name)
      .flatMap((entry) => entry.rows ?? []);
    const [create] = shopStatements(dialect).slice(index * 2);
    await engine.execute(create as string);
    const quote = (name: string) => quoteName(dialect, name);
    for (const row of definition.rows) {
      const cells = Object.fromEntries(definition.columns.map(([name], i) => [nameIn(dialect, name), row[i] ?? null]));
      if (!rules.every((rule) => rowIsVisible(rule, cells))) continue;
      const values = row.map((value) =>
        value === null ? 'NULL' : typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`,
      );
      await engine.execute(`INSERT INTO ${quote(definition.name)} VALUES (${values.join(', ')})`);
    }
    for (const column of definition.columns.map(([name]) => nameIn(dialect, name))) {
      if (!table.columns.some((visible) => visible.name === column)) {
        await engine.execute(`ALTER TABLE ${quote(definition.name)} DROP COLUMN ${quote(column)}`);
      }
    }
  }
}

const rightsOf = (
  dialect: DialectName,
  ...tables: { name: string; hidden?: string[]; rows?: RowRule; allowed?: boolean }[]
): Rights => ({
  otherTables: 'allowed',
  tables: tables.map(({ name, hidden, rows, allowed }) => ({
    table: schemaRef(shopSchema(dialect), name),
    allowed: allowed ?? true,
    hiddenColumns: hidden ?? [],
    rows: rows ?? null,
  })),
});

const shopRights = (dialect: DialectName): Rights =>
  rightsOf(
    dialect,
    {
      name: 'customers',
      hidden: ['email', 'age'],
      rows: {
        kind: 'or',
        rules: [
          { kind: 'eq', column: 'city', value: 'Berlin' },
          { kind: 'in', column: 'id', values: [2, 3] },
        ],
      },
    },
    {
      name: 'orders',
      rows: {
        kind: 'and',
        rules: [
          { kind: 'not_eq', column: 'status', value: 'cancelled' },
          { kind: 'lt', column: 'amount', value: 400 },
        ],
      },
    },
    { name: 'products', hidden: ['price'] },
    { name: 'events', allowed: false },
  );

function fixedSuite(dialect: DialectName, open: () => Promise<GuardEngine>): void {
  let full: GuardEngine;
  let pruned: GuardEngine;
  const rights = shopRights(dialect);
  beforeAll(async () => {
    await loadParser(dialect);
    [full, pruned] = [await open(), await open()];
    for (const statement of shopStatements(dialect)) await full.execute(statement);
    await fillPruned(pruned, rights);
  });
  afterAll(async () => {
    await full?.close();
    await pruned?.close();
  });

  it.each(BENIGN_STATEMENTS.filter((entry) => entry.dialect === dialect))('$why', async ({ sql }) => {
    const guarded = await guardReadOnly(sql, { schema: shopSchema(dialect), maxRows: 500, rights });
    const plain = await pruned.rows(sql.replace(/[;\s]+$/, '')).catch(() => null);
    if (!guarded.ok) {
      // A refusal is right only where the statement cannot run on the pruned database, or names what has no row number there.
      expect(plain === null || /rowid|not indexed|tablesample/i.test(sql), `${guarded.failure.message}\n${sql}`).toBe(
        true,
      );
      return;
    }
    const result = await full.rows(guarded.value.sql).catch((error: Error) => error.message);
    const ordered = /order\s+by/i.test(sql);
    expect(plain, guarded.value.sql).not.toBeNull();
    expect(Array.isArray(result) && !ordered ? [...result].sort() : result, guarded.value.sql).toEqual(
      ordered ? plain : [...(plain ?? [])].sort(),
    );
  });
}

describe('rights, benign corpus on SQLite', () => fixedSuite('sqlite', openSqlite));
describe('rights, benign corpus on DuckDB', () => fixedSuite('duckdb', openDuckdb));
describe('rights, benign corpus on embedded Postgres', () => fixedSuite('postgres', openPglite));
describeWithMysql('rights, benign corpus on MariaDB/MySQL', () => fixedSuite('mysql', openMysql));

function randomSuite(dialect: DialectName, open: () => Promise<GuardEngine>, runs: number): void {
  let full: GuardEngine;
  let pruned: GuardEngine;
  beforeAll(async () => {
    await loadParser(dialect);
    [full, pruned] = [await open(), await open()];
    for (const statement of shopStatements(dialect)) await full.execute(statement);
  });
  afterAll(async () => {
    await full?.close();
    await pruned?.close();
  });

  it('equal the query over the pruned database', { timeout: 240_000 }, async () => {
    const schema = shopSchema(dialect);
    let answered = 0;
    const queries = fc.array(randomQuery(schema), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(randomRights(schema), queries, async (rights, statements) => {
        for (const { name } of SHOP_TABLES) await pruned.execute(`DROP TABLE IF EXISTS ${quoteName(dialect, name)}`);
        await fillPruned(pruned, rights);
        for (const sql of statements) {
          const guarded = guardReadOnlySync(sql, { schema, maxRows: 10_000, rights });
          const expected = await pruned.rows(sql).catch(() => null);
          const result = guarded.ok ? await full.rows(guarded.value.sql).catch(() => null) : null;
          // Engines refuse some random queries (set operations over different types): then both must be refused.
          expect(result === null ? null : [...result].sort(), guarded.ok ? guarded.value.sql : sql).toEqual(
            expected === null ? null : [...expected].sort(),
          );
          if (guarded.ok && expected !== null) answered += 1;
        }
      }),
      { numRuns: runs },
    );
    expect(answered).toBeGreaterThan(runs);
  });
}

describe('rights, random queries and rules on SQLite', () => randomSuite('sqlite', openSqlite, 80));
describe('rights, random queries and rules on DuckDB', () => randomSuite('duckdb', openDuckdb, 60));
describe('rights, random queries and rules on embedded Postgres', () => randomSuite('postgres', openPglite, 30));
describeWithMysql('rights, random queries and rules on MariaDB/MySQL', () => randomSuite('mysql', openMysql, 20));

describe.each([
  ['postgres', openPglite],
  ['duckdb', openDuckdb],
  ['sqlite', openSqlite],
] as const)('rights, errors on %s', (dialect, open) => {
  it('do not come from hidden rows', async () => {
    const engine = await open();
    try {
      for (const statement of shopStatements(dialect)) await engine.execute(statement);
      // A rule that costs more than the statement's own condition: an optimiser would test the latter first.
      const visible: RowRule = {
        kind: 'or',
        rules: ['n%wn', 'p%d%x', 'c%lled', 'x%', 'y%', 'z%', '%q', '%w', '%v', '%k'].map((value) => ({
          kind: 'like',
          column: 'status',
          value,
        })),
      };
      const rights = rightsOf(dialect, { name: 'orders', rows: visible });
      const failing = dialect === 'sqlite' ? 'abs(-9223372036854775807 - id * 0 - 1) > 0' : 'CAST(note AS integer) = 1';
      for (const sql of [
        `SELECT COUNT(*) AS n FROM orders WHERE note IS NOT NULL AND ${failing}`,
        `SELECT COUNT(*) AS n FROM orders o JOIN customers c ON c.id = o.customer_id AND o.note IS NOT NULL AND ${failing.replace('note', 'o.note').replace('id *', 'o.id *')}`,
      ]) {
        await expect(engine.rows(sql), 'the statement fails where all rows are visible').rejects.toThrow();
        const guarded = await guardReadOnly(sql, { schema: shopSchema(dialect), maxRows: 10, rights });
        if (!guarded.ok) throw new Error(guarded.failure.message);
        const rows = await engine.rows(guarded.value.sql);
        expect(
          rows.map((row) => row.replaceAll('"', '')),
          guarded.value.sql,
        ).toEqual(['[0]']);
      }
    } finally {
      await engine.close();
    }
  });
});

describe('rights, what is hidden stays unknown', () => {
  const rights = shopRights('sqlite');
  const guard = (sql: string) => guardReadOnly(sql, { schema: shopSchema('sqlite'), maxRows: 100, rights });

  it.each([
    'SELECT email FROM customers',
    'SELECT "email" FROM customers',
    'SELECT [email] FROM customers',
    'SELECT c.email FROM customers c',
    'SELECT main.customers.email FROM main.customers',
    'SELECT id FROM customers ORDER BY email',
    'SELECT COUNT(*) FROM customers GROUP BY email',
    'SELECT COUNT(*) FROM customers HAVING MAX(age) > 1',
    "SELECT id FROM customers WHERE email LIKE 'a%'",
    'SELECT (SELECT email FROM customers LIMIT 1)',
    'SELECT o.id FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer_id AND c.age > 1)',
    'SELECT o.id FROM orders o JOIN customers c ON c.age = o.id',
    'SELECT * FROM customers JOIN (SELECT 36 AS age) x USING (age)',
    'WITH c AS (SELECT * FROM customers) SELECT email FROM c',
    'SELECT SUM(id) OVER (ORDER BY age) FROM customers',
    'SELECT id FROM products UNION SELECT age FROM customers',
    'SELECT rowid FROM customers',
    'SELECT _rowid_ FROM orders',
    'SELECT * FROM events',
    'SELECT * FROM main.events',
  ])('refuses %s as an unknown name', async (sql) => {
    const guarded = await guard(sql);
    expect(guarded.ok ? guarded.value.sql : guarded.failure.code).toMatch(/^unknown-(?:table|column)$/);
  });

  it('words a hidden name exactly as a name that does not exist', async () => {
    const failure = async (sql: string) => {
      const guarded = await guard(sql);
      return guarded.ok ? null : JSON.stringify(guarded.failure);
    };
    const hidden = await failure('SELECT email FROM customers');
    const absent = await failure('SELECT eqail FROM customers');
    expect(hidden?.replaceAll('email', 'eqail')).toBe(absent);
    const table = await failure('SELECT * FROM events');
    expect(table?.replaceAll('events', 'evqnts')).toBe(await failure('SELECT * FROM evqnts'));
  });

  it('hides tables that no entry names when others are denied', async () => {
    const only: Rights = {
      otherTables: 'denied',
      tables: [{ table: { schema: null, name: 'orders' }, allowed: true, hiddenColumns: [], rows: null }],
    };
    const options = { schema: shopSchema('sqlite'), maxRows: 10, rights: only };
    expect((await guardReadOnly('SELECT id FROM orders', options)).ok).toBe(true);
    expect(await guardReadOnly('SELECT id FROM customers', options)).toMatchObject({
      ok: false,
      failure: { code: 'unknown-table' },
    });
  });

  it('restricts a view where it is used, whatever the view itself reads', async () => {
    const engine = await openSqlite();
    try {
      for (const statement of shopStatements('sqlite')) await engine.execute(statement);
      await engine.execute('CREATE VIEW paid AS SELECT id, amount, note FROM orders');
      const base = shopSchema('sqlite');
      const orders = base.tables.find((table) => table.ref.name === 'orders');
      if (orders === undefined) throw new Error('no orders');
      const columns = orders.columns.filter((column) => ['id', 'amount', 'note'].includes(column.name));
      const schema = {
        ...base,
        tables: [...base.tables, { ...orders, ref: { schema: null, name: 'paid' }, kind: 'view' as const, columns }],
      };
      const entry = (name: string, allowed: boolean, hiddenColumns: string[], rows: RowRule | null) => ({
        table: { schema: null, name },
        allowed,
        hiddenColumns,
        rows,
      });
      const viewRights: Rights = {
        otherTables: 'denied',
        tables: [
          entry('paid', true, ['note'], { kind: 'gt', column: 'amount', value: 100 }),
          entry('orders', false, [], null),
        ],
      };
      const run = async (sql: string) => {
        const guarded = await guardReadOnly(sql, { schema, maxRows: 10, rights: viewRights });
        return guarded.ok ? engine.rows(guarded.value.sql) : guarded.failure.code;
      };
      expect(await run('SELECT * FROM paid ORDER BY id')).toEqual(['[2,240]', '[5,480]']);
      expect(await run('SELECT note FROM paid')).toBe('unknown-column');
      expect(await run('SELECT id FROM orders')).toBe('unknown-table');
    } finally {
      await engine.close();
    }
  });

  it('hides a table whose rule names a column that is not there', () => {
    const broken = rightsOf('sqlite', { name: 'orders', rows: { kind: 'eq', column: 'regoin', value: 1 } });
    expect(visibleSchema(shopSchema('sqlite'), broken).schema.tables.some((table) => table.ref.name === 'orders')).toBe(
      false,
    );
  });

  it('does not take another spelling for the same table where names may differ by case alone', async () => {
    await loadParser('mysql');
    const options = { schema: shopSchema('mysql'), maxRows: 10, rights: shopRights('mysql') };
    for (const sql of ['SELECT id FROM ORDERS', 'WITH Products AS (SELECT 1 AS id) SELECT id FROM products']) {
      expect((await guardReadOnly(sql, options)).ok, sql).toBe(false);
    }
  });

  it('keeps a table expression from standing in for the restricted table', async () => {
    for (const sql of [
      'WITH RECURSIVE events AS (SELECT * FROM events) SELECT * FROM events',
      'WITH events AS (SELECT * FROM events) SELECT * FROM events',
      'WITH RECURSIVE events AS (SELECT id FROM events UNION ALL SELECT id FROM events) SELECT * FROM events',
    ]) {
      expect((await guard(sql)).ok, sql).toBe(false);
    }
  });
});
