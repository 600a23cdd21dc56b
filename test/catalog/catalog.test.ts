/** Snapshots of real databases: sampled values, inferred keys, the cache. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CatalogEntry, createCatalog } from '../../src/catalog/index.ts';
import { type Datasource, openDatasource } from '../../src/execution/index.ts';
import type { Column, DatabaseSchema, Table } from '../../src/sql/index.ts';
import { TEST_ENGINES, type TestDatabase, type TestEngine } from '../support/engines.ts';

const BIG_ROWS = 12_000;

function series(engine: TestEngine, from: (n: string) => string): string {
  switch (engine.dialect) {
    case 'duckdb':
      return `SELECT ${from('range')} FROM range(${BIG_ROWS})`;
    case 'postgres':
      return `SELECT ${from('n')} FROM generate_series(0, ${BIG_ROWS - 1}) AS s(n)`;
    default:
      return `WITH RECURSIVE d(v) AS (SELECT 0 UNION ALL SELECT v + 1 FROM d WHERE v < 119)
        SELECT ${from('(a.v * 100 + b.v)')} FROM d a CROSS JOIN d b WHERE b.v < 100`;
  }
}

function setup(engine: TestEngine): string[] {
  const blob = engine.dialect === 'postgres' ? 'BYTEA' : engine.dialect === 'mysql' ? 'BLOB' : 'BLOB';
  const quote = engine.dialect === 'mysql' ? '`' : '"';
  const insert = series(
    engine,
    (n) => `${n}, ${n} % 3 + 1, CASE WHEN ${n} % 4 = 0 THEN 'open' ELSE 'paid' END, ${n} * 1.5`,
  );
  return [
    `CREATE TABLE cities (id INTEGER PRIMARY KEY, name VARCHAR(40), founded DATE, active BOOLEAN, picture ${blob}, ${quote}口 号${quote} TEXT)`,
    "INSERT INTO cities VALUES (1, 'Berlin', '1237-10-28', true, NULL, 'x'), (2, '上海', '1291-01-01', false, NULL, NULL), (3, 'Paris', '0987-06-01', true, NULL, 'y')",
    // No key is declared here.
    'CREATE TABLE stores (store_id INTEGER, city_id INTEGER, label VARCHAR(20))',
    "INSERT INTO stores VALUES (10, 1, 'a'), (11, 2, 'b'), (12, 2, 'c'), (13, NULL, 'd')",
    'CREATE TABLE visits (store_id INTEGER, city_id INTEGER)',
    'INSERT INTO visits VALUES (10, 1), (11, 77)',
    'CREATE TABLE sales (id INTEGER, city_id INTEGER, status VARCHAR(10), amount DECIMAL(12,2))',
    `INSERT INTO sales ${insert}`,
    'CREATE VIEW open_sales AS SELECT city_id, status FROM sales WHERE id < 100',
    'CREATE TABLE never (id INTEGER, city_id INTEGER)',
  ];
}

for (const engine of TEST_ENGINES) {
  engine.describe(`the catalog of ${engine.kind}`, () => {
    let database: TestDatabase;
    let datasource: Datasource;
    let schema: DatabaseSchema;
    beforeAll(async () => {
      database = await engine.create(...setup(engine));
      datasource = await openDatasource(database.config);
      schema = await createCatalog().snapshot(datasource, { key: 'test' });
    });
    afterAll(async () => {
      await datasource?.close();
      await database?.drop();
    });
    const table = (name: string): Table => schema.tables.find((candidate) => candidate.ref.name === name)!;
    const column = (owner: string, name: string): Column =>
      table(owner).columns.find((candidate) => candidate.name === name)!;
    const inferred = (name: string): string[] =>
      table(name).foreignKeys.map(
        (key) => `${key.columns} -> ${key.referenced.name}.${key.referencedColumns} ${key.origin}`,
      );

    it('lists all values of small tables, with ranges of numbers and dates', () => {
      expect(column('cities', 'name').values).toMatchObject({ complete: true, min: null, max: null });
      expect([...column('cities', 'name').values!.list].sort()).toEqual(['Berlin', 'Paris', '上海']);
      expect(column('cities', 'founded').values).toMatchObject({ min: '0987-06-01', max: '1291-01-01' });
      expect(column('cities', 'active').values?.list.slice().sort()).toEqual([false, true]);
      expect(column('cities', 'picture').values).toBeNull();
      expect(column('cities', '口 号').values?.list.slice().sort()).toEqual(['x', 'y']);
      expect(table('cities').rowCount).toBe(3);
    });

    it('counts the values of larger tables in the database, most frequent first', () => {
      expect(column('sales', 'status').values).toMatchObject({ list: ['paid', 'open'], complete: true });
      expect(Number(column('sales', 'amount').values?.min)).toBe(0);
      expect(Number(column('sales', 'amount').values?.max)).toBe((BIG_ROWS - 1) * 1.5);
      expect(Math.abs(table('sales').rowCount! - BIG_ROWS)).toBeLessThan(BIG_ROWS / 4);
    });

    it('reads the values of views', () => {
      expect(column('open_sales', 'status').values?.list.slice().sort()).toEqual(['open', 'paid']);
    });

    it('infers keys where names and values agree, and only there', () => {
      expect(inferred('stores')).toEqual(['city_id -> cities.id inferred']);
      expect(inferred('sales')).toEqual(['city_id -> cities.id inferred']);
      // 77 is no city; store_id is unique in stores and holds.
      expect(inferred('visits')).toEqual(['store_id -> stores.store_id inferred']);
      expect(inferred('cities')).toEqual([]);
      expect(inferred('never')).toEqual(['city_id -> cities.id inferred']);
    });

    it('is plain data', () => {
      expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    });
  });
}

describe('the catalog cache', () => {
  const sqlite = TEST_ENGINES.find((engine) => engine.kind === 'sqlite')!;
  let database: TestDatabase;
  let datasource: Datasource;
  beforeAll(async () => {
    database = await sqlite.create("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('x')", 'CREATE TABLE u (b TEXT)');
    datasource = await openDatasource(database.config);
  });
  afterAll(async () => {
    await datasource?.close();
    await database?.drop();
  });
  /** Counts what reaches the database. */
  const counting = (): { readonly counted: Datasource; readonly runs: () => number; readonly looks: () => number } => {
    let runs = 0;
    let looks = 0;
    return {
      runs: () => runs,
      looks: () => looks,
      counted: {
        ...datasource,
        run: (sql, options) => {
          runs += 1;
          return datasource.run(sql, options);
        },
        introspect: (options) => {
          looks += 1;
          return datasource.introspect(options);
        },
      },
    };
  };
  const valuesOf = (schema: DatabaseSchema): unknown => schema.tables.map((table) => table.columns[0]?.values?.list);

  it('asks the database once for many callers, and not again while the snapshot is fresh', async () => {
    const { counted, looks } = counting();
    const catalog = createCatalog();
    const all = await Promise.all(Array.from({ length: 5 }, () => catalog.snapshot(counted, { key: 'k' })));
    expect(new Set(all).size).toBe(1);
    await catalog.snapshot(counted, { key: 'k' });
    expect(looks()).toBe(1);
  });

  it('looks again after a while, samples only tables that changed, and everything on demand', async () => {
    const { counted, runs, looks } = counting();
    let now = 1_000_000;
    const catalog = createCatalog({ now: () => now, checkAfterMs: 10_000 });
    const first = await catalog.snapshot(counted, { key: 'k' });
    const sampled = runs();
    now += 11_000;
    expect(await catalog.snapshot(counted, { key: 'k' })).toBe(first);
    expect([looks(), runs()]).toEqual([2, sampled]);
    await database.exec("INSERT INTO u VALUES ('new')");
    now += 11_000;
    const second = await catalog.snapshot(counted, { key: 'k' });
    expect(valuesOf(second)).toEqual([['x'], ['new']]);
    expect(runs() - sampled).toBe(1);
    await catalog.snapshot(counted, { key: 'k', refresh: true });
    expect(runs() - sampled).toBe(3);
  });

  it('keeps snapshots in the store and uses them in the next process', async () => {
    const stored = new Map<string, CatalogEntry>();
    const store = {
      get: async (key: string) => stored.get(key) ?? null,
      put: async (key: string, entry: CatalogEntry) => {
        stored.set(key, JSON.parse(JSON.stringify(entry)));
      },
    };
    const first = await createCatalog({ store }).snapshot(datasource, { key: 'k' });
    const { counted, runs } = counting();
    expect(await createCatalog({ store }).snapshot(counted, { key: 'k' })).toEqual(first);
    expect(runs()).toBe(0);
  });

  it('lets a caller leave without stopping the reading', async () => {
    const catalog = createCatalog();
    const abort = new AbortController();
    const leaving = catalog.snapshot(datasource, { key: 'k', signal: abort.signal });
    abort.abort();
    await expect(leaving).rejects.toMatchObject({ code: 'cancelled' });
    expect((await catalog.snapshot(datasource, { key: 'k' })).tables.length).toBe(2);
  });

  it('leaves values out when the time for sampling is over, but not the structure', async () => {
    const schema = await createCatalog({ sampleBudgetMs: 0 }).snapshot(datasource, { key: 'k' });
    expect(schema.tables.map((table) => table.columns.map((column) => [column.name, column.values]))).toEqual([
      [['a', null]],
      [['b', null]],
    ]);
  });
});
