/** DDL and documents of tables, on every kind of database: what is written executes on an empty one of that kind. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatasource } from '../../src/execution/index.ts';
import { describeTable, steps } from '../../src/pipeline/steps/index.ts';
import type { Table } from '../../src/sql/index.ts';
import { TEST_ENGINES, type TestDatabase, type TestEngine, temporaryFolder } from '../support/engines.ts';
import { describeWithPostgres } from '../support/services.ts';
import { openBench, type StepBench } from './step-context.ts';

const EVENT_ROWS = Array.from(
  { length: 12 },
  (_, index) =>
    `(${index + 1}, ${(index % 3) + 1}, '${['open', 'closed', 'on hold'][index % 3]}', ${index}.50, '2026-01-${String(index + 1).padStart(2, '0')}', 'note ${index}')`,
).join(', ');

/** Plain SQL that every engine takes. */
const TABLES = [
  'CREATE TABLE customers (id INTEGER NOT NULL PRIMARY KEY, customer_name VARCHAR(40) NOT NULL, cust_addr VARCHAR(200))',
  `CREATE TABLE service_calls (id INTEGER NOT NULL, customer_id INTEGER NOT NULL, call_status VARCHAR(20) NOT NULL, amount DECIMAL(10,2),
     call_date DATE, remark VARCHAR(100), PRIMARY KEY (id), FOREIGN KEY (customer_id) REFERENCES customers (id))`,
  'CREATE TABLE memberships (customer_id INTEGER NOT NULL, club VARCHAR(20) NOT NULL, since TIMESTAMP, PRIMARY KEY (customer_id, club))',
  "INSERT INTO customers VALUES (1, 'Ann', 'North Road'), (2, 'Bob', NULL), (3, 'Cid', 'East End')",
  `INSERT INTO service_calls VALUES ${EVENT_ROWS}`,
];
const structure = (tables: readonly Table[]) =>
  tables
    .map(({ ref, columns, primaryKey }) => ({
      name: ref.name,
      columns: columns.map(({ name, type, nullable }) => ({ name, type, nullable })),
      primaryKey,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

for (const engine of TEST_ENGINES) {
  engine.describe(`ddl_generation on ${engine.kind}`, () => {
    let database: TestDatabase;
    let empty: TestDatabase;
    let bench: StepBench;
    const file = (name: string): string => readFileSync(join(bench.directory, name), 'utf8');

    beforeAll(async () => {
      database = await engine.create(...TABLES);
      bench = await openBench(database.config);
      await steps.ddl_generation(bench.context({ businessContext: 'customer service' }));
      const names = readdirSync(bench.directory).filter((name) => name.endsWith('.ddl'));
      empty = await engine.create(
        ...names.flatMap((name) =>
          file(name)
            .split(/;\s*$/m)
            .filter((part) => part.trim() !== ''),
        ),
      );
    });
    afterAll(async () => {
      await bench?.close();
      await database?.drop();
      await empty?.drop();
    });

    it('executes on an empty database and makes the same tables', async () => {
      const copy = await openDatasource(empty.config);
      try {
        const made = await copy.introspect();
        expect(structure(made.tables)).toEqual(structure(bench.context().tables));
      } finally {
        await copy.close();
      }
    });

    it('comments every column behind its comma, marks what was made from names, and finds enumerations', () => {
      const ddl = file('service_calls.ddl');
      expect(ddl).toMatch(
        /^-- Name: .+\n-- Description: .+ \(generated\)\ncreate table (?:public\.)?service_calls \(\n/,
      );
      expect(ddl).toMatch(/^ {2}call_status \S+ not null,\s+-- call status \(generated\)$/m);
      expect(ddl).not.toMatch(/--.*,$/m);
      const document = file('service_calls_detail.md');
      expect(document).toContain('- call_status is an enumeration with the values: closed, on hold, open');
      expect(document).not.toContain('remark is an enumeration');
      expect(document).toContain('- customer_id refers to customers.id');
      expect(file('memberships_detail.md')).toContain('- Composite primary key: customer_id, club');
      expect(file('filename_mapping.txt')).toMatch(/service_calls -> service_calls\.ddl/);
    });
  });
}

/** Defaults of one kind of database: what is declared again, and what is only told. */
const DEFAULTS: Readonly<Record<TestEngine['kind'], { readonly make: string[]; readonly told: readonly RegExp[] }>> = {
  postgres: {
    make: [
      'CREATE SEQUENCE shared',
      "CREATE FUNCTION evil() RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$",
      `CREATE TABLE kept (id serial PRIMARY KEY, twin int GENERATED ALWAYS AS IDENTITY, label varchar(20) DEFAULT 'it''s; -- x', slash text DEFAULT 'a\b',
         price numeric(10,2) DEFAULT 1.5, below int DEFAULT -1, yes boolean DEFAULT true, day date DEFAULT CURRENT_DATE, at timestamp DEFAULT now(),
         born date DEFAULT '2020-01-31', code varchar(9) DEFAULT NULL, tags text[] DEFAULT '{}', extra jsonb DEFAULT '{"a": 1}'::jsonb,
         ticket int DEFAULT nextval('shared'), word text DEFAULT evil(), sum int GENERATED ALWAYS AS (below + 1) STORED,
         odd text DEFAULT (E'line\n' || 'two'))`,
      'INSERT INTO kept DEFAULT VALUES',
    ],
    told: [
      /^ {2}ticket .*-- .*默认值 nextval\('shared'::regclass\)/m,
      /^ {2}word text, +-- .*默认值 evil\(\)/m,
      /^ {2}sum .*默认值 \(below \+ 1\)/m,
    ],
  },
  embedded: {
    make: [
      "CREATE TABLE kept (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, label varchar(20) DEFAULT '新建', price numeric(10,2) DEFAULT 0, at timestamp DEFAULT CURRENT_TIMESTAMP, word uuid DEFAULT gen_random_uuid())",
      'INSERT INTO kept DEFAULT VALUES',
    ],
    told: [/^ {2}word uuid, +-- .*默认值 gen_random_uuid\(\)/m],
  },
  mysql: {
    make: [
      `CREATE TABLE kept (id int AUTO_INCREMENT PRIMARY KEY, label varchar(20) DEFAULT 'it''s; -- x', slash varchar(20) DEFAULT 'a\\\\b', nothing varchar(20) DEFAULT 'NULL',
         price decimal(10,2) DEFAULT 1.5, below int DEFAULT -1, yes boolean DEFAULT true, at timestamp DEFAULT CURRENT_TIMESTAMP, born date DEFAULT '2020-01-31',
         long_text text DEFAULT 'abc', pick enum('a','b') DEFAULT 'b', flags bit(3) DEFAULT b'101', word varchar(40) DEFAULT uuid(), sum int DEFAULT (1 + 2))`,
      'INSERT INTO kept (id) VALUES (NULL)',
    ],
    told: [
      /^ {2}word varchar\(40\), +-- .*默认值 uuid\(\)/m,
      /^ {2}flags .*-- .*默认值 b'101'/m,
      /^ {2}sum .*默认值 \(1 \+ 2\)/m,
    ],
  },
  sqlite: {
    make: [
      `CREATE TABLE kept (id INTEGER PRIMARY KEY, label TEXT DEFAULT 'it''s; -- x', named TEXT DEFAULT "two words", price NUMERIC DEFAULT 1.5, below INTEGER DEFAULT -1,
         at TEXT DEFAULT CURRENT_TIMESTAMP, day TEXT DEFAULT CURRENT_DATE, code TEXT DEFAULT NULL, word TEXT DEFAULT (lower(hex(randomblob(4)))), raw BLOB DEFAULT x'00')`,
      'INSERT INTO kept DEFAULT VALUES',
    ],
    told: [
      /^ {2}word text, +-- .*默认值 lower\(hex\(randomblob\(4\)\)\)/m,
      /^ {2}raw blob, +-- .*默认值 x'00'|^ {2}raw blob +-- .*默认值 x'00'/m,
    ],
  },
  duckdb: {
    make: [
      'CREATE SEQUENCE numbers START 5',
      `CREATE TABLE kept (id INTEGER PRIMARY KEY DEFAULT nextval('numbers'), label VARCHAR DEFAULT 'it''s; -- x', price DECIMAL(10,2) DEFAULT 1.5, below INTEGER DEFAULT -1,
         yes BOOLEAN DEFAULT true, day DATE DEFAULT current_date, made TIMESTAMP DEFAULT current_timestamp, born DATE DEFAULT DATE '2020-01-31', word UUID DEFAULT uuid())`,
      'INSERT INTO kept DEFAULT VALUES',
    ],
    told: [/^ {2}id .*-- .*默认值 nextval\('numbers'\)/m, /^ {2}word uuid, +-- .*默认值 uuid\(\)/m],
  },
};

for (const engine of TEST_ENGINES) {
  const { make, told } = DEFAULTS[engine.kind];
  engine.describe(`default values on ${engine.kind}`, () => {
    it('are declared again where they mean the same elsewhere, and told where not', async () => {
      const database = await engine.create(...make);
      const bench = await openBench(database.config);
      const { schema, datasource, signal } = bench.context();
      const table = schema.tables.find(({ ref }) => ref.name === 'kept')!;
      const described = await describeTable({
        datasource,
        schema,
        table,
        businessContext: '测试',
        model: null,
        signal,
      });
      await bench.close();
      const empty = await engine.create(described.ddl);
      try {
        for (const line of told) expect(described.ddl).toMatch(line);
        const same = table.columns.filter(
          ({ default: found }) => found && !/^(?:expression|now)$/.test(found.meaning.kind),
        );
        const clauses = described.ddl
          .split('\n')
          .filter((line) => / (?:default|identity|auto_increment)/.test(line.replace(/--.*/, '')));
        expect(clauses.length).toBeGreaterThanOrEqual(same.length);
        await empty.exec(
          engine.kind === 'mysql'
            ? 'INSERT INTO kept () VALUES ()'
            : engine.kind === 'duckdb'
              ? 'INSERT INTO kept (id) VALUES (5)'
              : 'INSERT INTO kept DEFAULT VALUES',
        );
        const values = `SELECT id, ${same.map(({ name }) => name).join(', ')} FROM kept`;
        expect(await empty.rows(values)).toEqual(await database.rows(values));
        expect(described.fields.find(({ name }) => name === 'label')?.defaultValue).toMatch(/^'(?:it''s; -- x|新建)'/);
      } finally {
        await database.drop();
        await empty.drop();
      }
    });
  });
}

/** What is seldom seen: quoted names, types of a database's own, parts, views, comments of several lines. */
const ODD_POSTGRES = [
  "CREATE TYPE mood AS ENUM ('sad', 'it''s ok')",
  'CREATE DOMAIN euro AS numeric(10,2) CHECK (VALUE >= 0)',
  'CREATE TYPE pair AS (a int, b text)',
  'CREATE SCHEMA "Ods x"',
  `CREATE TABLE "Ods x"."Order" ("select" int PRIMARY KEY, "Weird ""Name" text, m mood, ms mood[], price euro, p pair, iv interval, tz timestamptz(3),
     tsr tsrange, bits bit varying(5), j jsonb, u uuid, ch char(3), by bytea, ip inet, tm time with time zone, pt point)`,
  `COMMENT ON COLUMN "Ods x"."Order".m IS E'line one\nline two -- x; drop'`,
  `COMMENT ON TABLE "Ods x"."Order" IS E'a table\nwith lines; and more'`,
  'CREATE TABLE part (id int, d date) PARTITION BY RANGE (d)',
  'CREATE VIEW v AS SELECT "select" AS s, m FROM "Ods x"."Order"',
  'CREATE MATERIALIZED VIEW mv AS SELECT 1 AS one',
];
const ODD: Readonly<Record<TestEngine['kind'], readonly string[]>> = {
  postgres: ODD_POSTGRES,
  embedded: ODD_POSTGRES,
  mysql: [
    `CREATE TABLE \`Order x\` (\`select\` int unsigned primary key auto_increment, \`we\`\`ird\` varchar(10) collate utf8mb4_bin, e enum('a','it''s'), s set('x','y'),
       t tinyint(1), bi bigint unsigned zerofill, j json, ts timestamp(3) null, y year, b bit(3), bl mediumblob, g point, d double(10,2), tx longtext,
       dt datetime(6), vb varbinary(16), gen int generated always as (t + 1) stored) comment='line one\nline two -- x'`,
    'CREATE VIEW v AS SELECT `select` AS s FROM `Order x`',
  ],
  sqlite: [
    `CREATE TABLE "Order x" ("select" integer primary key, "we""ird", b blob, t text collate nocase, n numeric(5), untyped, d "double precision",
       vc varchar(10), g int generated always as (n + 1))`,
    'CREATE TABLE wr (a text, b int, primary key (a, b)) without rowid',
    'CREATE TABLE st (a int, b any) strict',
    'CREATE VIEW v AS SELECT "select" AS s FROM "Order x"',
  ],
  duckdb: [
    "CREATE TYPE mood AS ENUM ('sad', 'it''s ok')",
    'CREATE SCHEMA ods',
    `CREATE TABLE ods."Order x" ("select" integer primary key, "we""ird" varchar, m mood, l integer[], arr integer[3], st struct(a integer, "b c" varchar),
       mp map(varchar, integer), un union(i integer, s varchar), h hugeint, ub ubigint, iv interval, tz timestamptz, b bit, bl blob, u uuid, j json)`,
    'CREATE VIEW v AS SELECT 1 AS one',
  ],
};

for (const engine of TEST_ENGINES) {
  engine.describe(`odd tables on ${engine.kind}`, () => {
    it('are described by DDL that executes on an empty database', async () => {
      const database = await engine.create(...ODD[engine.kind]);
      const bench = await openBench(database.config);
      try {
        await steps.ddl_generation(bench.context());
        const names = readdirSync(bench.directory).filter((name) => name.endsWith('.ddl'));
        expect(names).toHaveLength(bench.context().tables.length);
        const statements = names.flatMap((name) => readFileSync(join(bench.directory, name), 'utf8').split(/;\s*$/m));
        const empty = await engine.create(...statements.filter((part) => part.trim() !== ''));
        const copy = await openBench(empty.config);
        expect(copy.context().tables).toHaveLength(names.length);
        await copy.close();
        await empty.drop();
      } finally {
        await bench.close();
        await database.drop();
      }
    });
  });
}

describe('files as a database', () => {
  it('are described by DDL of the engine that reads them', async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder.path, 'sales 2026.csv'),
      'id,region,amount,sold at\n1,North,1.5,2026-01-02\n2,South,2,2026-01-03\n',
    );
    const duckdb = TEST_ENGINES.find(({ kind }) => kind === 'duckdb')!;
    const bench = await openBench({ kind: 'files', paths: [folder.path] });
    try {
      const { schema, datasource, signal } = bench.context();
      const options = { datasource, schema, businessContext: 'sales', model: null, signal };
      const { ddl } = await describeTable({ ...options, table: schema.tables[0]! });
      const copy = await duckdb.create(ddl);
      const made = await openBench(copy.config);
      expect(structure(made.context().tables)).toEqual(structure(schema.tables));
      await made.close();
      await copy.drop();
    } finally {
      await bench.close();
      folder.remove();
    }
  });
});

describe('the description of one table', () => {
  it('follows the contract: Chinese words, names from the lexicon, samples, keys', async () => {
    const database = await TEST_ENGINES.find(({ kind }) => kind === 'sqlite')!.create(...TABLES);
    const bench = await openBench(database.config);
    try {
      const { schema, datasource, signal } = bench.context();
      const table = schema.tables.find(({ ref }) => ref.name === 'customers')!;
      const described = await describeTable({
        datasource,
        schema,
        table,
        businessContext: '客户服务',
        model: null,
        signal,
      });
      expect(described.md).toBe(
        [
          '## customers（客户）',
          '',
          'customers 表客户（自动生成）',
          '',
          '字段列表：',
          '- id (integer) - 编号（自动生成） [主键, 非空] [示例: 1, 2]',
          '- customer_name (varchar(40)) - 客户名称（自动生成） [非空] [示例: Ann, Bob]',
          '- cust_addr (varchar(200)) - 客户地址（自动生成） [示例: North Road, East End]',
          '',
          '字段补充说明：',
          '- id 为主键',
          '',
        ].join('\n'),
      );
      expect(described.ddl.split('\n').slice(0, 3)).toEqual([
        '-- 中文名: 客户',
        '-- 描述: 客户（自动生成）',
        'create table customers (',
      ]);
      expect(described.fields[1]).toMatchObject({
        name: 'customer_name',
        type: 'varchar',
        maxLength: 40,
        nullable: false,
      });
      expect(described).toMatchObject({ rowCount: 3, comment: '客户（自动生成）' });
    } finally {
      await bench.close();
      await database.drop();
    }
  });
});

/** The heap in use after a collection. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

describeWithPostgres('a thousand tables on PostgreSQL', () => {
  it('are described in less than a minute, and the last ones need no more memory than the first', async () => {
    const engine = TEST_ENGINES.find(({ kind }) => kind === 'postgres')!;
    const database = await engine.create(
      `DO $$ BEGIN
         SET synchronous_commit = off;
         FOR i IN 1..1000 LOOP
           EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, item_name varchar(20), status varchar(10), amount numeric(10,2), at date)', i);
           EXECUTE format('INSERT INTO t%s SELECT n, ''n'' || n, (ARRAY[''a'',''b''])[n %% 2 + 1], n, DATE ''2026-01-01'' + n FROM generate_series(1, 10) n', i);
           IF i % 200 = 0 THEN COMMIT; END IF;
         END LOOP;
       END $$`,
    );
    const bench = await openBench(database.config);
    try {
      const heap: Record<number, number> = {};
      const progress = ({ done }: { done: number }): void => {
        if (done === 200 || done === 1000) heap[done] = heapInUse();
      };
      const { result } = await steps.ddl_generation(bench.context({ progress }));
      expect(result).toMatchObject({ processed_successfully: 1000, failed: 0, files_generated: 2000 });
      expect(result.duration).toBeLessThan(60);
      // Keeping the texts of eight hundred tables would take more.
      expect(heap[1000]! - heap[200]!).toBeLessThan(1024 * 1024);
      expect(readFileSync(join(bench.directory, 't777_detail.md'), 'utf8')).toContain('包含取值：a、b');
    } finally {
      await bench.close();
      await database.drop();
    }
  }, 120_000);
});
