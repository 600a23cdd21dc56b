/** The guard under mutated, random and extreme input: an attack spliced anywhere is refused, and nothing makes it throw. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { DIALECT_NAMES, type DialectName, guardReadOnlySync, loadParser, parseSqlSync } from '../../src/sql/index.ts';
import { BENIGN_STATEMENTS } from './corpus/benign.ts';
import { shopSchema } from './corpus/shop-database.ts';

/** Fragments that no place of a query may hold. */
const FRAGMENTS: Readonly<Record<DialectName, readonly string[]>> = {
  duckdb: ["getenv('HOME')", "(SELECT content FROM '/etc/passwd')"],
  sqlite: ["load_extension('x')", '(SELECT sql FROM sqlite_master)'],
  postgres: ['pg_sleep(1)', '(SELECT passwd FROM pg_shadow)'],
  mysql: ['sleep(1)', '(SELECT user FROM mysql.user)'],
};

beforeAll(async () => {
  for (const dialect of DIALECT_NAMES) await loadParser(dialect);
});

describe.each(DIALECT_NAMES)('guard, mutated statements in %s', (dialect) => {
  const schema = shopSchema(dialect);
  const corpus = BENIGN_STATEMENTS.filter((entry) => entry.dialect === dialect);

  it.each(FRAGMENTS[dialect])(
    'refuses %s in the place of every word of every honest statement',
    { timeout: 120_000 },
    (fragment) => {
      let tried = 0;
      for (const { sql } of corpus) {
        const parsed = parseSqlSync(sql, dialect);
        if (!parsed.ok) throw new Error(parsed.failure.message);
        for (const token of parsed.value.tokens) {
          const mutated = `${parsed.value.sql.slice(0, token.start)}${fragment}${parsed.value.sql.slice(token.end)}`;
          expect(guardReadOnlySync(mutated, { schema, maxRows: 10 }).ok ? mutated : null).toBeNull();
          tried += 1;
        }
      }
      expect(tried).toBeGreaterThan(1_000);
    },
  );

  it('never throws on shuffled pieces of statements, and still reads a plain one afterwards', {
    timeout: 120_000,
  }, () => {
    const pieces = [
      ...new Set(corpus.flatMap(({ sql }) => sql.split(/(\s+|[(),.;'"])/)).filter((piece) => piece.trim() !== '')),
    ];
    const extra = [
      '/*',
      '*/',
      '--',
      '$$',
      "E'",
      '\\',
      '::',
      '@>',
      'FOR UPDATE',
      'INTO',
      '{',
      '}',
      '[',
      ']',
      '😀',
      '\0',
      'WITH RECURSIVE',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces, ...extra), { maxLength: 40 }), (parts) => {
        const guarded = guardReadOnlySync(parts.join(' '), { schema, maxRows: 10 });
        expect(guarded.ok || guarded.failure.message.length > 0).toBe(true);
      }),
      { numRuns: 1_500 },
    );
    expect(guardReadOnlySync('SELECT id FROM orders', { schema, maxRows: 10 }).ok).toBe(true);
  });

  it.each([
    ['a long sum', `SELECT ${'1 + '.repeat(5_000)}1`],
    ['a long list of conditions', `SELECT id FROM orders WHERE ${'id = 1 OR '.repeat(5_000)}id = 2`],
    ['nested queries', `SELECT * FROM ${'(SELECT * FROM '.repeat(500)}orders${') x'.repeat(500)}`],
    ['nested cases', `SELECT ${'CASE WHEN 1 = 1 THEN '.repeat(500)}1${' END'.repeat(500)}`],
    ['a long union', Array.from({ length: 2_000 }, () => 'SELECT 1').join(' UNION ALL ')],
    ['a long list of NOT', `SELECT ${'NOT '.repeat(5_000)}1`],
    [
      'a list of many values',
      `SELECT id FROM orders WHERE id IN (${Array.from({ length: 50_000 }, () => 1).join(',')})`,
    ],
  ])('answers %s with a value, quickly', (_, sql) => {
    const started = performance.now();
    const guarded = guardReadOnlySync(sql, { schema, maxRows: 10 });
    expect(guarded.ok ? 'accepted' : guarded.failure.code).toMatch(/^(?:accepted|sql-too-complex|sql-unparsable)$/);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('accepts a list of a thousand values', () => {
    const list = Array.from({ length: 1_000 }, (_, index) => index).join(', ');
    expect(guardReadOnlySync(`SELECT id FROM orders WHERE id IN (${list})`, { schema, maxRows: 10 }).ok).toBe(true);
  });
});

describe('guard, the text that it returns', () => {
  const guard = (sql: string, dialect: DialectName, maxRows = 10) => {
    const guarded = guardReadOnlySync(sql, { schema: shopSchema(dialect), maxRows });
    if (!guarded.ok) throw new Error(guarded.failure.message);
    return guarded.value.sql;
  };
  it.each([
    ['duckdb', 'SELECT id FROM orders', 'SELECT id FROM orders LIMIT 11'],
    ['duckdb', 'SELECT id FROM orders ORDER BY id DESC;', 'SELECT id FROM orders ORDER BY id DESC LIMIT 11'],
    ['postgres', 'SELECT id FROM orders LIMIT 5', 'SELECT id FROM orders LIMIT 5'],
    ['postgres', 'SELECT id FROM orders LIMIT 500 OFFSET 3', 'SELECT id FROM orders LIMIT 11 OFFSET 3'],
    ['postgres', 'SELECT id FROM orders FETCH FIRST 500 ROWS ONLY', 'SELECT id FROM orders FETCH FIRST 11 ROWS ONLY'],
    ['mysql', 'SELECT id FROM orders LIMIT 3, 500', 'SELECT id FROM orders LIMIT 3, 11'],
    ['sqlite', 'SELECT id FROM orders -- all', 'SELECT id FROM orders LIMIT 11'],
    [
      'sqlite',
      'SELECT id FROM orders LIMIT 2 + 3',
      'SELECT * FROM (SELECT id FROM orders LIMIT 2 + 3) AS "limited rows" LIMIT 11',
    ],
    ['duckdb', 'SELECT (SELECT 1 LIMIT 1) AS x', 'SELECT (SELECT 1 LIMIT 1) AS x LIMIT 11'],
  ] as const)('%s: %s', (dialect, sql, expected) => {
    expect(guard(sql, dialect)).toBe(expected);
  });

  it('holds no comment any more', () => {
    expect(guard('SELECT id /* a */ FROM orders -- b\n# c\nWHERE id > 0', 'mysql')).not.toMatch(/--|#|\/\*/);
  });
});
