/** What comes back from each engine: exact values, types, caps. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cell, type Datasource, openDatasource, type ResultSet } from '../../src/execution/index.ts';
import type { ColumnType } from '../../src/sql/index.ts';
import { TEST_ENGINES, type TestDatabase, type TestEngine } from '../support/engines.ts';
import { unguarded } from '../support/unguarded.ts';

type Expected = Readonly<Record<string, readonly [type: ColumnType, value: Cell]>>;

const binary = (text: string): Cell => ({ $binary: 'base64', data: Buffer.from(text, 'hex').toString('base64') });
const EXACT_INTEGER = ['integer', '9223372036854775807'] as const;
const EXACT_DECIMAL = ['decimal', '1234567890123456789012345678.0123456789'] as const;

const POSTGRES_SETUP = `
CREATE TABLE v (big bigint, small int, dec numeric(38,10), whole numeric(10,0), nan float8, inf float8, f real, old date, ts timestamp,
  tz timestamptz, tm time, b bool, bin bytea, nothing text, txt text, arr int[], texts text[], j jsonb, u uuid, iv interval);
INSERT INTO v VALUES (9223372036854775807, 42, 1234567890123456789012345678.0123456789, 7, 'NaN', '-Infinity', 0.1, '1066-10-14',
  '1815-06-18 11:30:00.000001', '2024-02-29 12:00:00+02', '23:59:59', true, '\\x00ff10', NULL, 'héllo 世界 🎉', '{1,NULL,3}',
  ARRAY['a,b', 'c"d', NULL], '{"n": 12345678901234567890, "a": [1]}', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '1 day 02:00:00')`;
const POSTGRES_EXPECTED: Expected = {
  big: EXACT_INTEGER,
  small: ['integer', 42],
  dec: EXACT_DECIMAL,
  whole: ['decimal', 7],
  nan: ['float', 'NaN'],
  inf: ['float', '-Infinity'],
  f: ['float', 0.1],
  old: ['date', '1066-10-14'],
  ts: ['timestamp', '1815-06-18 11:30:00.000001'],
  tz: ['timestamp', '2024-02-29 10:00:00+00'],
  tm: ['time', '23:59:59'],
  b: ['boolean', true],
  bin: ['binary', binary('00ff10')],
  nothing: ['text', null],
  txt: ['text', 'héllo 世界 🎉'],
  arr: ['array', [1, null, 3]],
  texts: ['array', ['a,b', 'c"d', null]],
  j: ['json', { n: '12345678901234567890', a: [1] }],
  u: ['uuid', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
  iv: ['interval', '1 day 02:00:00'],
};

const CASES: Readonly<Record<TestEngine['kind'], { readonly setup: string; readonly expected: Expected }>> = {
  postgres: { setup: POSTGRES_SETUP, expected: POSTGRES_EXPECTED },
  embedded: { setup: POSTGRES_SETUP, expected: POSTGRES_EXPECTED },
  duckdb: {
    setup: `CREATE TABLE v AS SELECT 9223372036854775807::BIGINT AS big, 42::INT AS small,
      170141183460469231731687303715884105727::HUGEINT AS huge,
      1234567890123456789012345678.0123456789::DECIMAL(38,10) AS dec, 7::DECIMAL(10,0) AS whole, 'NaN'::DOUBLE AS nan, '-Infinity'::DOUBLE AS inf,
      0.1::FLOAT AS f, DATE '1066-10-14' AS old, TIMESTAMP '1815-06-18 11:30:00.000001' AS ts, TIMESTAMPTZ '2024-02-29 12:00:00+02' AS tz,
      TIME '23:59:59' AS tm, true AS b, '\\x00\\xFF\\x10'::BLOB AS bin, NULL::VARCHAR AS nothing, 'héllo 世界 🎉' AS txt, [1, NULL, 3] AS arr,
      {'n': 9223372036854775807, 'a': [1]} AS j, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::UUID AS u, MAP {'k': 1.50} AS m`,
    expected: {
      big: EXACT_INTEGER,
      small: ['integer', 42],
      huge: ['integer', '170141183460469231731687303715884105727'],
      dec: EXACT_DECIMAL,
      whole: ['decimal', 7],
      nan: ['float', 'NaN'],
      inf: ['float', '-Infinity'],
      f: ['float', 0.1],
      old: ['date', '1066-10-14'],
      ts: ['timestamp', '1815-06-18 11:30:00.000001'],
      tz: ['timestamp', '2024-02-29 10:00:00+00'],
      tm: ['time', '23:59:59'],
      b: ['boolean', true],
      bin: ['binary', binary('00ff10')],
      nothing: ['text', null],
      txt: ['text', 'héllo 世界 🎉'],
      arr: ['array', [1, null, 3]],
      j: ['json', { n: '9223372036854775807', a: [1] }],
      u: ['uuid', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
      m: ['json', { k: '1.50' }],
    },
  },
  sqlite: {
    setup: `CREATE TABLE v (big INTEGER, small INT, inf REAL, f REAL, old TEXT, ts TEXT, declared DATE, b BOOLEAN, bin BLOB, "nothing" TEXT, txt VARCHAR(40), year DATE);
      INSERT INTO v VALUES (9223372036854775807, 42, -9e999, 0.1, '1066-10-14', '1815-06-18 11:30:00', '2024-01-31', 1, x'00ff10', NULL, 'héllo 世界 🎉', 2024)`,
    expected: {
      big: EXACT_INTEGER,
      small: ['integer', 42],
      inf: ['float', '-Infinity'],
      f: ['float', 0.1],
      old: ['date', '1066-10-14'],
      ts: ['timestamp', '1815-06-18 11:30:00'],
      declared: ['date', '2024-01-31'],
      b: ['boolean', true],
      bin: ['binary', binary('00ff10')],
      nothing: ['text', null],
      txt: ['text', 'héllo 世界 🎉'],
      year: ['integer', 2024],
    },
  },
  mysql: {
    setup: `CREATE TABLE v (big BIGINT UNSIGNED, small INT, \`dec\` DECIMAL(38,10), whole DECIMAL(10,0), f DOUBLE, old DATE, ts DATETIME(6), tm TIME, b BOOLEAN,
      bin VARBINARY(10), nothing TEXT, txt TEXT, j JSON, e ENUM('x','y'), bits BIT(4), y YEAR) CHARACTER SET utf8mb4`,
    expected: {
      big: ['integer', '18446744073709551615'],
      small: ['integer', 42],
      dec: EXACT_DECIMAL,
      whole: ['decimal', 7],
      f: ['float', 0.1],
      old: ['date', '1066-10-14'],
      ts: ['timestamp', '1815-06-18 11:30:00.000001'],
      tm: ['time', '-100:00:01'],
      b: ['boolean', true],
      bin: ['binary', binary('00ff10')],
      nothing: ['text', null],
      txt: ['text', 'héllo 世界 🎉'],
      j: ['json', { n: '12345678901234567890', a: [1] }],
      e: ['text', 'y'],
      bits: ['integer', 5],
      y: ['integer', 2024],
    },
  },
};

const MYSQL_ROW = `INSERT INTO v VALUES (18446744073709551615, 42, 1234567890123456789012345678.0123456789, 7, 0.1, '1066-10-14',
  '1815-06-18 11:30:00.000001', '-100:00:01', true, x'00ff10', NULL, 'héllo 世界 🎉', '{"n": 12345678901234567890, "a": [1]}', 'y', b'0101', 2024)`;

for (const engine of TEST_ENGINES) {
  engine.describe(`results of ${engine.kind}`, () => {
    let database: TestDatabase;
    let datasource: Datasource;
    beforeAll(async () => {
      const statements = [CASES[engine.kind].setup, 'CREATE TABLE numbers (n INT, t TEXT)'];
      database = await engine.create(...statements, ...(engine.kind === 'mysql' ? [MYSQL_ROW] : []));
      const values = Array.from({ length: 500 }, (_, i) => `(${i}, '${'x'.repeat(1_000)}')`);
      await database.exec(`INSERT INTO numbers VALUES ${values.join(', ')}`);
      datasource = await openDatasource(database.config);
    });
    afterAll(async () => {
      await datasource?.close();
      await database?.drop();
    });
    const run = async (sql: string, limits: { maxRows?: number; maxBytes?: number } = {}): Promise<ResultSet> => {
      const outcome = await datasource.run(unguarded(sql), { timeoutMs: 20_000, maxRows: 1_000, ...limits });
      if (!outcome.ok) throw new Error(`${sql}: ${outcome.failure.code} ${outcome.failure.message}`);
      return outcome.value;
    };

    it('keeps every value exact and typed', async () => {
      const result = await run('SELECT * FROM v');
      const got = Object.fromEntries(
        result.columns.map((column, i) => [column.name, [column.type, result.rows[0]?.[i]]]),
      );
      expect(got).toEqual(CASES[engine.kind].expected);
      expect(result.truncated).toBe(false);
      expect(JSON.parse(JSON.stringify(result.rows))).toEqual(result.rows);
    });

    it('cuts at the row cap and says so, and not when the rows just fit', async () => {
      const cut = await run('SELECT n FROM numbers', { maxRows: 100 });
      expect([cut.rows.length, cut.truncated]).toEqual([100, true]);
      const fits = await run('SELECT n FROM numbers', { maxRows: 500 });
      expect([fits.rows.length, fits.truncated]).toEqual([500, false]);
    });

    it('cuts at the byte cap', async () => {
      const cut = await run('SELECT t FROM numbers', { maxBytes: 50_000 });
      expect(cut.truncated).toBe(true);
      expect(cut.rows.length).toBeGreaterThan(20);
      expect(cut.rows.length).toBeLessThanOrEqual(50);
    });

    it('names the columns of a result without rows', async () => {
      const empty = await run('SELECT n, t FROM numbers WHERE n < 0');
      expect(empty.columns.map((column) => column.name)).toEqual(['n', 't']);
      expect(empty.rows).toEqual([]);
    });

    it('keeps two output columns of one name apart', async () => {
      const twice = await run('SELECT n AS x, n + 1 AS x FROM numbers WHERE n = 7');
      expect(twice.columns.map((column) => column.name)).toEqual(['x', 'x']);
      expect(twice.rows).toEqual([[7, 8]]);
    });

    it('maps the causes of failure to codes', async () => {
      const code = async (sql: string): Promise<string> => {
        const outcome = await datasource.run(unguarded(sql), { timeoutMs: 20_000, maxRows: 10 });
        return outcome.ok ? 'ok' : outcome.failure.code;
      };
      expect(await code('SELECT nope FROM numbers')).toBe('unknown-column');
      expect(await code('SELECT * FROM nope')).toBe('unknown-table');
      expect(await code('SELECT FROM WHERE')).toBe('syntax');
      expect(await code('DELETE FROM numbers')).toBe('not-read-only');
      expect(await code('SELECT n FROM numbers')).toBe('ok');
    });

    it('explains a query as text and as a tree that names the table', async () => {
      const outcome = await datasource.explain(unguarded('SELECT n FROM numbers WHERE n > 5'), {
        timeoutMs: 20_000,
        maxRows: 100,
      });
      if (!outcome.ok) throw new Error(outcome.failure.message);
      expect(outcome.value.text).not.toBe('');
      const tables = (node: typeof outcome.value.root): (string | null)[] =>
        node === null ? [] : [node.table, ...node.children.flatMap(tables)];
      expect(tables(outcome.value.root)).toContain('numbers');
    });

    it('answers ten statements at once', async () => {
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, i) => run(`SELECT count(*) AS c, ${i} AS i FROM numbers`)),
      );
      expect(results.map((result) => result.rows[0])).toEqual(Array.from({ length: 10 }, (_, i) => [500, i]));
    });
  });
}
