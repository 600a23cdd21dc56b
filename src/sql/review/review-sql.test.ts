import { beforeAll, describe, expect, it } from 'vitest';
import type { DialectName } from '../dialects/dialect-name.ts';
import { loadParser, parseSqlSync } from '../parse/index.ts';
import type { Column, ColumnType, DatabaseSchema, Table } from '../schema/database-schema.ts';
import type { PlanStep } from './review-rule.ts';
import { REVIEW_RULES, reviewSql } from './review-sql.ts';
import { rewriteSql } from './rewrite-plan.ts';

const column = (name: string, type: ColumnType, nullable = true): Column => ({
  name,
  type,
  nativeType: type,
  nullable,
  comment: null,
  synonyms: [],
  values: null,
});
const table = (name: string, rowCount: number, primaryKey: string[], columns: Column[]): Table => ({
  ref: { schema: null, name },
  kind: 'table',
  comment: null,
  synonyms: [],
  columns,
  primaryKey,
  uniqueKeys: [],
  foreignKeys: [],
  rowCount,
});
const schemaOf = (dialect: DialectName): DatabaseSchema => ({
  dialect,
  defaultSchema: 'main',
  fingerprint: dialect,
  tables: [
    table(
      'sales',
      500_000,
      ['id'],
      [
        column('id', 'integer', false),
        column('shop_id', 'integer'),
        column('amount', 'decimal'),
        column('pieces', 'integer'),
        column('day', 'date'),
        column('at', 'timestamp'),
        column('code', 'text'),
        column('note', 'text'),
      ],
    ),
    table('shops', 50, ['id'], [column('id', 'integer', false), column('name', 'text'), column('area', 'text')]),
    table(
      'visits',
      9_000,
      ['id'],
      [column('id', 'integer', false), column('shop_id', 'integer'), column('people', 'integer')],
    ),
  ],
});

const step = (
  operation: string,
  tableName: string | null,
  rows: number | null,
  children: PlanStep[] = [],
): PlanStep => ({
  operation,
  table: tableName,
  index: null,
  estimatedRows: rows,
  estimatedCost: null,
  detail: operation,
  children,
});

function rules(sql: string, dialect: DialectName = 'duckdb', plan: PlanStep | null = null): string[] {
  const parsed = parseSqlSync(sql, dialect);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return reviewSql(parsed.value, { schema: schemaOf(dialect), plan, language: 'en' }).findings.map((one) => one.rule);
}

/** For each rule a statement that it is about, and one close to it that is in order. */
const CASES: readonly (readonly [rule: string, bad: string, good: string, dialect?: DialectName])[] = [
  ['unknown-name', 'SELECT amont FROM sales', 'SELECT amount FROM sales'],
  ['null-comparison', 'SELECT id FROM sales WHERE note = NULL', 'SELECT id FROM sales WHERE note IS NULL'],
  [
    'not-in-nullable',
    'SELECT id FROM shops WHERE id NOT IN (SELECT shop_id FROM sales)',
    'SELECT id FROM shops WHERE id NOT IN (SELECT shop_id FROM sales WHERE NOT shop_id IS NULL)',
  ],
  [
    'cartesian-join',
    'SELECT s.id FROM sales s CROSS JOIN shops h',
    'SELECT s.id FROM sales s, shops h WHERE s.shop_id = h.id',
  ],
  [
    'left-join-undone',
    "SELECT s.id FROM sales s LEFT JOIN shops h ON h.id = s.shop_id WHERE h.area = 'N'",
    "SELECT s.id FROM sales s LEFT JOIN shops h ON h.id = s.shop_id AND h.area = 'N'",
  ],
  [
    'ungrouped-column',
    'SELECT code, note, SUM(amount) FROM sales GROUP BY code',
    'SELECT code, SUM(amount) FROM sales GROUP BY code',
    'sqlite',
  ],
  ['limit-without-order', 'SELECT id FROM sales LIMIT 5', 'SELECT id FROM sales ORDER BY id LIMIT 5'],
  ['always-true', 'SELECT id FROM sales WHERE 1 = 1', 'SELECT id FROM sales WHERE id = 1'],
  ['contradiction', 'SELECT id FROM shops WHERE id = 1 AND id = 2', 'SELECT id FROM shops WHERE id = 1 OR id = 2'],
  [
    'duplicate-condition',
    'SELECT id FROM shops WHERE id > 1 AND id > 1',
    'SELECT id FROM shops WHERE id > 1 AND id > 2',
  ],
  [
    'between-timestamps',
    "SELECT id FROM sales WHERE at BETWEEN '2024-01-01' AND '2024-01-31'",
    "SELECT id FROM sales WHERE day BETWEEN '2024-01-01' AND '2024-01-31'",
  ],
  ['type-mismatch', 'SELECT id FROM sales WHERE code = 5', "SELECT id FROM sales WHERE code = '5'"],
  [
    'join-type-mismatch',
    'SELECT s.id FROM sales s JOIN shops h ON h.id = s.code',
    'SELECT s.id FROM sales s JOIN shops h ON h.id = s.shop_id',
  ],
  [
    'fan-out',
    'SELECT SUM(s.amount) FROM sales s JOIN visits v ON v.shop_id = s.shop_id',
    'SELECT SUM(s.amount) FROM sales s JOIN shops h ON h.id = s.shop_id',
  ],
  ['duplicate-output', 'SELECT id, code AS id FROM sales', 'SELECT id, code FROM sales'],
  [
    'mixed-and-or',
    'SELECT id FROM shops WHERE id = 1 OR id = 2 AND id < 9',
    'SELECT id FROM shops WHERE id = 1 OR (id = 2 AND id < 9)',
  ],
  [
    'case-without-else',
    'SELECT CASE WHEN id = 1 THEN 2 END AS x FROM shops',
    'SELECT CASE WHEN id = 1 THEN 2 ELSE 3 END AS x FROM shops',
  ],
  ['count-nullable', 'SELECT COUNT(note) FROM sales', 'SELECT COUNT(id) FROM sales'],
  [
    'scalar-subquery-rows',
    'SELECT id FROM shops WHERE id = (SELECT shop_id FROM sales)',
    'SELECT id FROM shops WHERE id = (SELECT MAX(shop_id) FROM sales)',
  ],
  [
    'having-without-aggregate',
    "SELECT code, COUNT(*) FROM sales GROUP BY code HAVING code > 'a'",
    'SELECT code, COUNT(*) FROM sales GROUP BY code HAVING COUNT(*) > 1',
  ],
  [
    'distinct-hides-join',
    'SELECT DISTINCT h.name FROM shops h JOIN sales s ON s.shop_id = h.id',
    'SELECT DISTINCT name FROM shops',
  ],
  ['implicit-join', 'SELECT s.id FROM sales s, shops h WHERE h.id = s.shop_id', 'SELECT id FROM sales'],
  ['natural-join', 'SELECT name FROM sales NATURAL JOIN shops', 'SELECT name FROM shops'],
  [
    'right-join',
    'SELECT h.name FROM sales s RIGHT JOIN shops h ON h.id = s.shop_id',
    'SELECT h.name FROM shops h LEFT JOIN sales s ON h.id = s.shop_id',
  ],
  [
    'group-by-position',
    'SELECT code, COUNT(*) FROM sales GROUP BY 1',
    'SELECT code, COUNT(*) FROM sales GROUP BY code',
  ],
  ['order-by-position', 'SELECT code FROM sales ORDER BY 1', 'SELECT code FROM sales ORDER BY code'],
  [
    'unqualified-column',
    'SELECT name FROM sales s JOIN shops h ON h.id = s.shop_id',
    'SELECT h.name FROM sales s JOIN shops h ON h.id = s.shop_id',
  ],
  ['unnamed-output', 'SELECT amount + 1 FROM sales', 'SELECT amount + 1 AS more FROM sales'],
  ['unused-cte', 'WITH a AS (SELECT 1 AS x) SELECT id FROM shops', 'WITH a AS (SELECT 1 AS x) SELECT x FROM a'],
  [
    'unused-left-join',
    'SELECT s.id FROM sales s LEFT JOIN shops h ON h.id = s.shop_id',
    'SELECT s.id, h.name FROM sales s LEFT JOIN shops h ON h.id = s.shop_id',
  ],
  [
    'deep-nesting',
    'SELECT id FROM (SELECT id FROM (SELECT id FROM (SELECT id FROM (SELECT id FROM shops) a) b) c) d',
    'SELECT id FROM (SELECT id FROM shops) a',
  ],
  [
    'repeated-expression',
    'SELECT CASE id WHEN 1 THEN 2 ELSE 0 END AS a, CASE id WHEN 1 THEN 2 ELSE 0 END AS b, CASE id WHEN 1 THEN 2 ELSE 0 END AS c FROM shops',
    'SELECT CASE id WHEN 1 THEN 2 ELSE 0 END AS a FROM shops',
  ],
  ['select-star', 'SELECT * FROM shops', 'SELECT id FROM shops WHERE EXISTS (SELECT * FROM sales)'],
  ['leading-wildcard', "SELECT id FROM shops WHERE name LIKE '%x'", "SELECT id FROM shops WHERE name LIKE 'x%'"],
  ['like-without-wildcard', "SELECT id FROM shops WHERE name LIKE 'x'", "SELECT id FROM shops WHERE name LIKE 'x%'"],
  [
    'function-on-column',
    'SELECT id FROM sales WHERE year(day) = 2024',
    "SELECT id FROM sales WHERE day > '2024-01-01'",
  ],
  ['arithmetic-on-column', 'SELECT id FROM sales WHERE amount * 2 > 10', 'SELECT id FROM sales WHERE amount > 10 / 2'],
  [
    'cast-on-column',
    "SELECT id FROM sales WHERE CAST(at AS date) = '2024-01-01'",
    "SELECT id FROM sales WHERE day = '2024-01-01'",
  ],
  ['or-same-column', 'SELECT id FROM shops WHERE id = 1 OR id = 2', 'SELECT id FROM shops WHERE id IN (1, 2)'],
  [
    'or-different-columns',
    "SELECT id FROM shops WHERE id = 1 OR name = 'x'",
    'SELECT id FROM shops WHERE id = 1 OR id = 2',
  ],
  [
    'long-in-list',
    `SELECT id FROM shops WHERE id IN (${Array.from({ length: 101 }, (_, i) => i).join(',')})`,
    'SELECT id FROM shops WHERE id IN (1, 2)',
  ],
  [
    'large-offset',
    'SELECT id FROM sales ORDER BY id LIMIT 5 OFFSET 5000',
    'SELECT id FROM sales ORDER BY id LIMIT 5 OFFSET 10',
  ],
  ['order-by-random', 'SELECT id FROM sales ORDER BY random() LIMIT 5', 'SELECT id FROM sales ORDER BY id LIMIT 5'],
  [
    'nested-order',
    'SELECT id FROM (SELECT id FROM shops ORDER BY id) q',
    'SELECT id FROM (SELECT id FROM shops ORDER BY id LIMIT 1) q',
  ],
  [
    'union-distinct',
    'SELECT id FROM shops UNION SELECT id FROM sales',
    'SELECT id FROM shops UNION ALL SELECT id FROM sales',
  ],
  ['distinct-and-group', 'SELECT DISTINCT code FROM sales GROUP BY code', 'SELECT code FROM sales GROUP BY code'],
  [
    'scalar-subquery-per-row',
    'SELECT (SELECT MAX(s.amount) FROM sales s WHERE s.shop_id = h.id) AS most FROM shops h',
    'SELECT (SELECT MAX(amount) FROM sales) AS most FROM shops',
  ],
  [
    'several-distinct-counts',
    'SELECT COUNT(DISTINCT code), COUNT(DISTINCT note) FROM sales',
    'SELECT COUNT(DISTINCT code) FROM sales',
  ],
  [
    'many-joins',
    `SELECT a.id FROM shops a ${['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((x) => `JOIN shops ${x} ON ${x}.id = a.id`).join(' ')}`,
    'SELECT a.id FROM shops a JOIN shops b ON b.id = a.id',
  ],
  ['unfiltered-large-table', 'SELECT SUM(amount) FROM sales', 'SELECT COUNT(*) FROM shops'],
  [
    'no-date-filter',
    'SELECT SUM(amount) FROM sales WHERE id > 5',
    "SELECT SUM(amount) FROM sales WHERE day > '2024-01-01'",
  ],
  ['unbounded-result', 'SELECT id FROM shops', 'SELECT COUNT(*) FROM shops'],
  ['integer-division', 'SELECT pieces / 2 AS x FROM sales', 'SELECT pieces / 2.0 AS x FROM sales', 'postgres'],
  ['mysql-pipes-are-or', "SELECT code || 'x' AS y FROM sales", "SELECT CONCAT(code, 'x') AS y FROM sales", 'mysql'],
  ['mysql-regexp', "SELECT id FROM sales WHERE code REGEXP 'x'", "SELECT id FROM sales WHERE code LIKE 'x%'", 'mysql'],
  ['mysql-group-concat-limit', 'SELECT GROUP_CONCAT(code) FROM sales', 'SELECT MAX(code) FROM sales', 'mysql'],
  [
    'mysql-case-insensitive',
    "SELECT id FROM sales WHERE UPPER(code) = 'X'",
    "SELECT id FROM sales WHERE code = 'X'",
    'mysql',
  ],
  [
    'mysql-random-sample',
    'SELECT id FROM sales ORDER BY RAND() LIMIT 1',
    'SELECT id FROM sales ORDER BY id LIMIT 1',
    'mysql',
  ],
  [
    'postgres-not-in-subquery',
    'SELECT id FROM shops WHERE id NOT IN (SELECT id FROM sales)',
    'SELECT id FROM shops WHERE id NOT IN (1, 2)',
    'postgres',
  ],
  [
    'postgres-ilike',
    "SELECT id FROM shops WHERE name ILIKE 'x%'",
    "SELECT id FROM shops WHERE name LIKE 'x%'",
    'postgres',
  ],
  [
    'postgres-date-cast',
    "SELECT id FROM sales WHERE at::date = '2024-01-01'",
    "SELECT id FROM sales WHERE at > '2024-01-01'",
    'postgres',
  ],
  ['postgres-exact-distinct-count', 'SELECT COUNT(DISTINCT code) FROM sales', 'SELECT COUNT(*) FROM sales', 'postgres'],
  [
    'sqlite-date-text',
    "SELECT id FROM sales WHERE strftime('%Y', day) = '2024'",
    "SELECT id FROM sales WHERE day > '2024-01-01'",
    'sqlite',
  ],
  [
    'sqlite-case-insensitive-like',
    "SELECT id FROM shops WHERE name LIKE 'x%'",
    "SELECT id FROM shops WHERE name = 'x'",
    'sqlite',
  ],
  [
    'sqlite-right-join',
    'SELECT h.id FROM sales s RIGHT JOIN shops h ON h.id = s.shop_id',
    'SELECT id FROM shops',
    'sqlite',
  ],
  [
    'duckdb-truncated-filter',
    "SELECT id FROM sales WHERE date_trunc('month', day) = '2024-01-01'",
    'SELECT id FROM sales',
  ],
  ['duckdb-full-sort', 'SELECT id FROM sales ORDER BY id', 'SELECT id FROM sales ORDER BY id LIMIT 5'],
  [
    'dialect-only-function',
    'SELECT ifnull(code, 0) AS x FROM sales',
    'SELECT coalesce(code, 0) AS x FROM sales',
    'sqlite',
  ],
  ['not-a-query', 'DELETE FROM sales', 'SELECT id FROM sales'],
  ['row-lock', 'SELECT id FROM sales FOR UPDATE', 'SELECT id FROM sales', 'postgres'],
];

/** Rules about the database's plan: a plan that they are about, and one that is in order. */
const PLAN_CASES: readonly (readonly [rule: string, bad: PlanStep, good: PlanStep])[] = [
  ['plan-full-scan', step('Seq Scan', 'sales', 500_000), step('Seq Scan', 'shops', 50)],
  [
    'plan-nested-loop',
    step('Nested Loop', null, 50, [step('Seq Scan', 'shops', 50), step('Seq Scan', 'visits', 9_000)]),
    step('Hash Join', null, 50, [step('Seq Scan', 'shops', 50), step('Seq Scan', 'visits', 9_000)]),
  ],
  ['plan-row-explosion', step('Hash Join', null, 80_000_000), step('Hash Join', null, 400_000)],
  ['plan-large-sort', step('Sort', null, 500_000), step('Sort', null, 10)],
  [
    'plan-missing-index',
    step('Seq Scan', 'sales', 500_000),
    { ...step('Index Scan', 'sales', 5), index: 'sales_code' },
  ],
];

beforeAll(async () => {
  for (const dialect of ['duckdb', 'sqlite', 'postgres', 'mysql'] as const) await loadParser(dialect);
});

describe('reviewSql', () => {
  it.each(CASES.map(([rule, bad, good, dialect]) => ({ rule, bad, good, dialect })))(
    '$rule',
    ({ rule, bad, good, dialect }) => {
      expect(rules(bad, dialect)).toContain(rule);
      expect(rules(good, dialect)).not.toContain(rule);
    },
  );

  it.each(PLAN_CASES)('%s', (rule, bad, good) => {
    const sql = "SELECT id FROM sales WHERE code = 'x'";
    expect(rules(sql, 'postgres', bad)).toContain(rule);
    expect(rules(sql, 'postgres', good)).not.toContain(rule);
  });

  it('has a case for every rule, and at least forty rules, each in both languages', () => {
    const tested = new Set([...CASES, ...PLAN_CASES].map(([rule]) => rule));
    expect(REVIEW_RULES.map((rule) => rule.id).filter((id) => !tested.has(id))).toEqual([]);
    expect(REVIEW_RULES.length).toBeGreaterThanOrEqual(40);
    expect(new Set(REVIEW_RULES.map((rule) => rule.id)).size).toBe(REVIEW_RULES.length);
    for (const { en, zh } of REVIEW_RULES) {
      expect(en.join('')).not.toMatch(/[\u4e00-\u9fff]/);
      expect(zh.every((text) => /[\u4e00-\u9fff]/.test(text))).toBe(true);
    }
  });

  it('puts the worst first and shows what it saw', () => {
    const parsed = parseSqlSync('SELECT * FROM sales WHERE note = NULL LIMIT 3', 'duckdb');
    if (!parsed.ok) throw new Error(parsed.failure.message);
    const { findings } = reviewSql(parsed.value, { schema: schemaOf('duckdb'), plan: null, language: 'zh' });
    expect(findings[0]).toMatchObject({ rule: 'null-comparison', severity: 'error', evidence: 'note = NULL' });
    expect(findings.at(-1)?.severity).toBe('info');
  });
});

describe('rewriteSql', () => {
  const rewrite = (sql: string) => rewriteSql(sql, 'duckdb', schemaOf('duckdb'));
  it('applies what cannot change the result', () => {
    expect(rewrite('SELECT id FROM shops WHERE id = 1 OR id = 2')?.sql).toContain('id IN (1, 2)');
    expect(rewrite('SELECT id FROM sales WHERE year(day) = 2024')).toMatchObject({ applied: ['year-to-range'] });
    expect(
      rewrite("SELECT code, COUNT(*) AS n FROM sales GROUP BY code HAVING code > 'a' AND COUNT(*) > 1")?.sql,
    ).toMatch(/WHERE code > 'a'\s+GROUP BY code\s+HAVING COUNT\(\*\) > 1/);
    expect(rewrite('SELECT DISTINCT code FROM sales GROUP BY code')?.applied).toEqual(['distinct-after-group']);
  });
  it('leaves alone what it is not sure about', () => {
    expect(rewrite('SELECT id FROM shops WHERE id = 1 OR name = 2')).toBeNull();
    expect(rewrite('SELECT id FROM sales WHERE year(at) = 2024')).toBeNull();
    expect(rewrite('SELECT DISTINCT COUNT(*) FROM sales GROUP BY code')).toBeNull();
    expect(rewrite('SELECT id FROM nowhere')).toBeNull();
  });
});
