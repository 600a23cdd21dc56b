import { expect, it } from 'vitest';
import {
  type Column,
  type ColumnType,
  type DatabaseSchema,
  DIALECT_NAMES,
  type DialectName,
  guardReadOnly,
} from '../../sql/index.ts';
import { DIALECT_NOTES } from './dialect-notes.ts';

const column = (name: string, type: ColumnType): Column => ({
  name,
  type,
  nativeType: type,
  nullable: true,
  comment: null,
  synonyms: [],
  values: null,
});
const schema = (dialect: DialectName): DatabaseSchema => ({
  dialect,
  defaultSchema: null,
  fingerprint: 'x',
  tables: [
    {
      ref: { schema: null, name: 't' },
      kind: 'table',
      comment: null,
      synonyms: [],
      columns: [
        column('id', 'integer'),
        column('x', 'decimal'),
        column('d', 'date'),
        column('a', 'date'),
        column('b', 'date'),
        column('s', 'text'),
      ],
      primaryKey: ['id'],
      uniqueKeys: [],
      foreignKeys: [],
      rowCount: null,
    },
  ],
});

/** Every form that the notes recommend, in use. */
const RECOMMENDED: Readonly<Record<DialectName, readonly string[]>> = {
  duckdb: [
    "SELECT date_trunc('month', d), year(d), month(d), quarter(d), strftime(d, '%Y-%m') FROM t",
    "SELECT d + INTERVAL 7 DAY, date_diff('day', a, b), a - b, id / 2, id // 2 FROM t",
    "SELECT id FROM t WHERE s ILIKE 'x%' QUALIFY row_number() OVER (PARTITION BY s ORDER BY d DESC) = 1",
  ],
  sqlite: [
    "SELECT strftime('%Y-%m', d), date(d, '-30 days'), julianday(a) - julianday(b), 1.0 * id / 2, s || 'x' FROM t",
  ],
  postgres: [
    "SELECT date_trunc('month', d), EXTRACT(YEAR FROM d), to_char(d, 'YYYY-MM'), d + INTERVAL '7 days' FROM t WHERE s ILIKE 'a%'",
    'SELECT round(x::numeric, 2), id::numeric / 2, COUNT(*) FILTER (WHERE x > 1) FROM t GROUP BY 1, 2',
  ],
  mysql: [
    "SELECT DATE_FORMAT(d, '%Y-%m'), YEAR(d), QUARTER(d), d + INTERVAL 7 DAY, DATEDIFF(a, b), CONCAT(s, 'x') FROM t",
    'SELECT SUM(CASE WHEN x > 1 THEN 1 END), id DIV 2, id / 2 FROM t GROUP BY 2, 3',
  ],
};

it.each(DIALECT_NAMES)('the guard accepts what a model is told to write in %s', async (dialect) => {
  expect(DIALECT_NOTES[dialect].notes.length).toBeGreaterThan(2);
  for (const sql of RECOMMENDED[dialect]) {
    const guarded = await guardReadOnly(sql, { schema: schema(dialect), maxRows: 10 });
    expect(guarded.ok ? null : `${sql}: ${guarded.failure.message}`).toBeNull();
  }
});
