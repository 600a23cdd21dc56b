/** Names and constants made of quotes, comments, control characters and emoji come back exactly as they went in. */
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS, type DialectName, identifier, renderPlan } from '../../src/sql/index.ts';
import { TEST_ENGINES, type TestEngine } from '../support/engines.ts';
import { as, asc, col, dec, eq, int, like, select, table, text } from './render-builders.ts';
import { openRenderEngine, type RenderEngine } from './render-engine.ts';

const NAMES = [
  'plain',
  'MixedCase',
  'two words',
  'sélect',
  '订单',
  'SELECT',
  'from',
  'order',
  'double"quote',
  "single'quote",
  'back`tick',
  'back\\slash',
  'semi;colon',
  'dash--dash',
  '/*comment*/',
  'new\nline',
  'tab\tstop',
  '[bracket]',
  'dollar$sign',
  'percent%s',
  'question?mark',
  'at@sign',
  ':colon',
  'x"; DROP TABLE victims; --',
  "x'; DROP TABLE victims; --",
  'x`; DROP TABLE victims; --',
  '1starts_with_digit',
  'a'.repeat(63),
  '名'.repeat(20),
  '.',
  'ends"',
  'two""quotes',
  '*',
] as const;

/** MySQL has no names beyond the basic plane and none that end in a space. */
const EMOJI_NAMES = ['🙂', 'a🙂b', '👩‍👩‍👧'] as const;

const VALUES = [
  '',
  "'",
  "''",
  '"',
  '`',
  '\\',
  '\\\\',
  "\\'",
  "'\\",
  "\\''; DROP TABLE victims; --",
  "'; DROP TABLE victims; --",
  '/* */ -- #',
  '/*!50000 DROP TABLE victims */',
  'line\nbreak\r\n\ttab',
  '\b\u001a\u007f',
  '%_\\%',
  '$$ $1 ${x} :name ? @v',
  "E'\\n'",
  '\\n\\0\\x41\\u0041',
  '中文 🙂 é \u202e rtl',
  'a byte order mark \ufeff',
  'x'.repeat(5_000),
] as const;

function awkwardTable(dialect: DialectName, names: readonly string[]): string[] {
  const quote = dialect === 'mysql' ? '`' : '"';
  const quoted = (name: string): string => quote + name.replaceAll(quote, quote + quote) + quote;
  return [
    `CREATE TABLE victims (id INTEGER)`,
    'INSERT INTO victims VALUES (1)',
    ...names.flatMap((name, index) => [
      `CREATE TABLE ${quoted(name)} (id INTEGER, ${quoted(name)} INTEGER)`,
      `INSERT INTO ${quoted(name)} VALUES (1, ${index})`,
    ]),
  ];
}

const namesOf = (engine: TestEngine): readonly string[] =>
  engine.dialect === 'mysql' ? NAMES.filter((name) => name !== '.') : [...NAMES, ...EMOJI_NAMES];

for (const engine of TEST_ENGINES) {
  engine.describe(`injection through plans on ${engine.kind}`, () => {
    let open: RenderEngine;
    beforeAll(async () => {
      open = await openRenderEngine(engine, awkwardTable(engine.dialect, namesOf(engine)));
    });
    afterAll(async () => {
      expect(await open.rows(select([col('v', 'id')], [table('victims', 'v')]))).toEqual([[1]]);
      await open.close();
    });

    it.each(namesOf(engine).map((name, index) => ({ name, index })))(
      'takes $name as table, column, alias and output name',
      async ({ name, index }) => {
        const plan = select(
          [col('a', name), as(col(name, name), name)],
          [table(name, 'a'), table(name, name, eq(col('a', name), col(name, name)))],
          { where: eq(col(name, 'id'), int(1)), orderBy: [asc(col('a', name))] },
        );
        expect(await open.rows(plan), open.render(plan)).toEqual([[index, index]]);
        expect(await open.rows(select([col('a', name)], [table(name, 'a')]))).toEqual([[index]]);
      },
    );

    it.each(VALUES.map((value) => ({ value })))('gives back the string $value', async ({ value }) => {
      const plan = select([as(text(value), 'v')], [table('victims', 'x')], { where: eq(text(value), text(value)) });
      expect(await open.rows(plan)).toEqual([[value]]);
    });

    it.each(VALUES.filter((value) => value.length < 100).map((value) => ({ value })))(
      'finds $value by an escaped pattern',
      async ({ value }) => {
        const pattern = value.replace(/[\\%_]/g, '\\$&');
        const found = select([int(1)], [table('victims', 'x')], { where: like(text(value), pattern) });
        expect(await open.rows(found), open.render(found)).toEqual([[1]]);
        const ignoringCase = select([int(1)], [table('victims', 'x')], { where: like(text(value), pattern, true) });
        expect(await open.rows(ignoringCase), open.render(ignoringCase)).toEqual([[1]]);
      },
    );

    it('keeps a NUL character in text, or says that the engine cannot', async () => {
      const plan = select([as(text("a\0'b"), 'v')], []);
      if (engine.dialect === 'postgres') {
        expect(() => open.render(plan)).toThrow('PostgreSQL text cannot hold a NUL character');
      } else if (engine.dialect === 'sqlite') {
        // The driver cuts text at NUL when it reads it, so the bytes are read as hexadecimal digits.
        const constant = open.render(plan).replace(/^SELECT (.*) AS v$/s, '$1');
        expect(new DatabaseSync(':memory:').prepare(`SELECT hex(${constant}) AS h`).get()).toEqual({ h: '61002762' });
      } else {
        expect(await open.rows(plan)).toEqual([["a\0'b"]]);
      }
    });

    it('gives back any text and any number', async () => {
      const hasNul = engine.dialect === 'duckdb' || engine.dialect === 'mysql';
      const strings = fc.string({ unit: 'binary', maxLength: 30 }).filter((value) => value.isWellFormed());
      const property = fc.asyncProperty(
        fc.array(strings, { minLength: 5, maxLength: 5 }),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
        async (values, whole, fraction) => {
          const kept = hasNul ? values : values.map((value) => value.replaceAll('\0', ''));
          const plan = select(
            [...kept.map((value, index) => as(text(value), `v${index}`)), as(int(whole), 'n'), as(dec(fraction), 'f')],
            [],
          );
          const [row] = await open.rows(plan);
          expect(row?.slice(0, 5), open.render(plan)).toEqual(kept.map(asCell));
          expect(row?.[5]).toBe(whole);
          expect(Number(row?.[6])).toBeCloseTo(fraction, 2);
        },
      );
      await fc.assert(property, { numRuns: 40 });
    });
  });
}

/** The engine's rows are made alike across dialects; numbers in text are part of that. */
const asCell = (value: string): unknown => {
  const number = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value);
  return number ? Math.round(Number(value) * 1_000) / 1_000 : value;
};

describe('names that no engine takes', () => {
  it.each(Object.values(DIALECTS))('are refused by $name', (dialect) => {
    expect(() => identifier('a\0b', dialect)).toThrow('NUL');
    expect(() => identifier('', dialect)).toThrow('empty');
  });

  it('shorten output names to what the dialect takes', () => {
    const sql = renderPlan(select([as(int(1), '名'.repeat(40))], []), 'postgres');
    expect(sql).toBe(`SELECT 1 AS "${'名'.repeat(21)}"`);
  });

  it.each([
    ['integer', '1 OR 1=1'],
    ['decimal', '1.5; DROP TABLE x'],
    ['date', "2024-01-01' OR '1"],
    ['timestamp', '2024-01-01 00:00:00 --'],
  ] as const)('a constant that is no %s is refused', (type, value) => {
    for (const dialect of ['duckdb', 'sqlite', 'postgres', 'mysql'] as const) {
      expect(() => renderPlan(select([{ kind: 'literal', value, type }], []), dialect)).toThrow(`is not a ${type}`);
    }
  });
});
