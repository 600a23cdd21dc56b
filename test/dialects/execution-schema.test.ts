/** What introspection finds on each engine, however things are named. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Datasource, openDatasource } from '../../src/execution/index.ts';
import type { DatabaseSchema, Table } from '../../src/sql/index.ts';
import { TEST_ENGINES, type TestDatabase, type TestEngine } from '../support/engines.ts';
import { unguarded } from '../support/unguarded.ts';

const NAMES = ['select', 'order details', '订单 明细', '🎉 party', "it's", 'CamelCase', 'per%cent', 'back\\slash'];
const WIDE = 500;

const quoteWith = (mark: string) => (name: string) => `${mark}${name.replaceAll(mark, mark + mark)}${mark}`;
const quoteFor = (engine: TestEngine): ((name: string) => string) => quoteWith(engine.dialect === 'mysql' ? '`' : '"');
/** MySQL takes no names beyond the Basic Multilingual Plane. */
const quotedNames = (engine: TestEngine): string[] =>
  engine.dialect === 'mysql' ? [...NAMES.filter((name) => !name.startsWith('🎉')), 'tick`ed'] : [...NAMES, 'quo"ted'];

const hasComments = (engine: TestEngine): boolean => engine.dialect !== 'sqlite';
const hasSchemas = (engine: TestEngine): boolean => engine.dialect === 'postgres' || engine.dialect === 'duckdb';

function setup(engine: TestEngine): string[] {
  const quote = quoteFor(engine);
  const comments: Readonly<Record<string, string[]>> = {
    sqlite: [],
    mysql: [
      "ALTER TABLE customers COMMENT '客户'",
      "ALTER TABLE customers MODIFY name VARCHAR(40) NOT NULL COMMENT 'full name; 姓名'",
    ],
    postgres: ["COMMENT ON TABLE customers IS '客户'", "COMMENT ON COLUMN customers.name IS 'full name; 姓名'"],
  };
  return [
    'CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, code VARCHAR(10) UNIQUE)',
    ...(comments[engine.dialect] ?? comments.postgres ?? []),
    `CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, total DECIMAL(10,2), ordered DATE,
      FOREIGN KEY (customer_id) REFERENCES customers (id))`,
    `CREATE TABLE parts (order_id INTEGER, line INTEGER, note TEXT, PRIMARY KEY (order_id, line), FOREIGN KEY (order_id) REFERENCES orders (id))`,
    'CREATE TABLE links (order_id INTEGER, line INTEGER, FOREIGN KEY (order_id, line) REFERENCES parts (order_id, line))',
    'CREATE VIEW totals AS SELECT customer_id, sum(total) AS total FROM orders GROUP BY customer_id',
    ...quotedNames(engine).map((name) => `CREATE TABLE ${quote(name)} (${quote(name)} INTEGER)`),
    ...quotedNames(engine).map((name) => `INSERT INTO ${quote(name)} VALUES (1)`),
    `CREATE TABLE wide (${Array.from({ length: WIDE }, (_, i) => `c${i} INTEGER`).join(', ')})`,
    ...(hasSchemas(engine)
      ? ['CREATE SCHEMA archive', 'CREATE TABLE archive.orders (id INTEGER PRIMARY KEY, customer_id INTEGER)']
      : []),
    ...(engine.dialect === 'postgres' ? ['CREATE TABLE nothing ()'] : []),
  ];
}

for (const engine of TEST_ENGINES) {
  engine.describe(`introspection of ${engine.kind}`, () => {
    let database: TestDatabase;
    let datasource: Datasource;
    let schema: DatabaseSchema;
    beforeAll(async () => {
      database = await engine.create(...setup(engine));
      datasource = await openDatasource(database.config);
      schema = await datasource.introspect();
    });
    afterAll(async () => {
      await datasource?.close();
      await database?.drop();
    });
    const table = (name: string, owner: string | null = null): Table => {
      const found = schema.tables.find((candidate) => candidate.ref.name === name && candidate.ref.schema === owner);
      if (found === undefined) throw new Error(`no table ${name}`);
      return found;
    };

    it('finds columns with types, keys and unique keys', () => {
      const customers = table('customers');
      expect(customers.columns.map((column) => [column.name, column.type, column.nullable])).toEqual([
        ['id', 'integer', false],
        ['name', 'text', false],
        ['code', 'text', true],
      ]);
      expect(customers.primaryKey).toEqual(['id']);
      expect(customers.uniqueKeys).toEqual([['code']]);
      expect(table('orders').columns.map((column) => column.type)).toEqual(['integer', 'integer', 'decimal', 'date']);
      expect(table('parts').primaryKey).toEqual(['order_id', 'line']);
    });

    it('finds declared foreign keys, of one and of several columns', () => {
      expect(table('orders').foreignKeys).toEqual([
        {
          columns: ['customer_id'],
          referenced: { schema: null, name: 'customers' },
          referencedColumns: ['id'],
          origin: 'declared',
        },
      ]);
      expect(table('links').foreignKeys).toEqual([
        {
          columns: ['order_id', 'line'],
          referenced: { schema: null, name: 'parts' },
          referencedColumns: ['order_id', 'line'],
          origin: 'declared',
        },
      ]);
    });

    it('finds views with their columns', () => {
      expect(table('totals').kind).toBe('view');
      expect(table('totals').columns.map((column) => column.name)).toEqual(['customer_id', 'total']);
    });

    it.runIf(hasComments(engine))('finds comments on tables and columns', () => {
      expect(table('customers').comment).toBe('客户');
      expect(table('customers').columns.map((column) => column.comment)).toEqual([null, 'full name; 姓名', null]);
    });

    it.runIf(hasSchemas(engine))('tells tables of other schemas from those of the default one', () => {
      expect(table('orders', 'archive').columns.map((column) => column.name)).toEqual(['id', 'customer_id']);
      expect(schema.defaultSchema).toBe(engine.dialect === 'postgres' ? 'public' : 'main');
    });

    it.runIf(engine.dialect === 'postgres')('finds a table without columns', () => {
      expect(table('nothing').columns).toEqual([]);
    });

    it('finds a table of five hundred columns', () => {
      expect(table('wide').columns.length).toBe(WIDE);
    });

    it.each(quotedNames(engine))('reads a table and a column named %s', async (name) => {
      expect(table(name).columns.map((column) => column.name)).toEqual([name]);
      const quote = quoteFor(engine);
      const sql = `SELECT ${quote(name)} FROM ${quote(name)}`;
      const outcome = await datasource.run(unguarded(sql), { timeoutMs: 20_000, maxRows: 10 });
      expect(outcome.ok ? outcome.value.columns[0]?.name : outcome.failure).toBe(name);
    });

    it('keeps the fingerprint while nothing changes and changes it with a column', async () => {
      expect((await datasource.introspect()).fingerprint).toBe(schema.fingerprint);
      await datasource.close();
      await database.exec('ALTER TABLE wide ADD COLUMN extra INTEGER');
      datasource = await openDatasource(database.config);
      expect((await datasource.introspect()).fingerprint).not.toBe(schema.fingerprint);
    });

    it('reads an empty database as one without tables', async () => {
      const empty = await engine.create();
      const opened = await openDatasource(empty.config);
      expect((await opened.introspect()).tables).toEqual([]);
      await opened.close();
      await empty.drop();
    });
  });
}

describe('introspection at scale', () => {
  for (const engine of TEST_ENGINES.filter((candidate) => candidate.kind === 'postgres')) {
    engine.describe('of a thousand tables on PostgreSQL', () => {
      it('takes under ten seconds', async () => {
        const database = await engine.create(
          `DO $$ DECLARE c text; BEGIN FOR i IN 1..1000 LOOP c := '';
            FOR j IN 2..20 LOOP c := c || format(', col_%s integer', j); END LOOP;
            EXECUTE format('CREATE TABLE t_%s (id int PRIMARY KEY %s)', i, c);
            EXECUTE format('COMMENT ON TABLE t_%s IS ''table %s''', i, i); END LOOP; END $$`,
        );
        const datasource = await openDatasource(database.config);
        try {
          const started = performance.now();
          const schema = await datasource.introspect();
          expect(performance.now() - started).toBeLessThan(10_000);
          expect(schema.tables.length).toBe(1_000);
          expect(new Set(schema.tables.map((table) => table.columns.length))).toEqual(new Set([20]));
        } finally {
          await datasource.close();
          await database.drop();
        }
      });
    });
  }
});
