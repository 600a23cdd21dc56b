import { describe, expect, it } from 'vitest';
import type { DialectName } from '../../../sql/index.ts';
import { dialectCandidates } from './dialect-functions.ts';

const cases: readonly (readonly [DialectName, string, string])[] = [
  ['postgres', "SELECT date_format(at, '%Y-%m') FROM t", "SELECT to_char(at, 'YYYY-MM') FROM t"],
  ['sqlite', "SELECT to_char(at, 'YYYY-MM') FROM t", "SELECT strftime('%Y-%m', at) FROM t"],
  ['mysql', "SELECT to_char(at, 'YYYY-MM-DD') FROM t", "SELECT date_format(at, '%Y-%m-%d') FROM t"],
  ['duckdb', "SELECT date_format(at, '%Y') FROM t", "SELECT strftime(at, '%Y') FROM t"],
  ['postgres', 'SELECT `a b` FROM t', 'SELECT "a b" FROM t'],
  ['postgres', 'SELECT a FROM t LIMIT 5, 10', 'SELECT a FROM t LIMIT 10 OFFSET 5'],
  ['sqlite', 'SELECT TOP 3 a FROM t', 'SELECT a FROM t LIMIT 3'],
  ['postgres', 'SELECT year(at), ifnull(a, 0) FROM t', 'SELECT extract(year FROM at), coalesce(a, 0) FROM t'],
  ['sqlite', 'SELECT YEAR(at) FROM t', "SELECT CAST(strftime('%Y', at) AS INTEGER) FROM t"],
  ['postgres', 'SELECT round(avg(a), 2) FROM t', 'SELECT round(CAST(avg(a) AS numeric), 2) FROM t'],
  ['mysql', "SELECT string_agg(a, ',') FROM t", "SELECT group_concat(a SEPARATOR ',') FROM t"],
];

describe('dialect functions', () => {
  it.each(cases)('says it in the words of %s: %s', (dialect, sql, expected) => {
    expect(dialectCandidates(sql, dialect)).toContain(expected);
  });

  it('leaves texts alone', () => {
    expect(dialectCandidates("SELECT 'ifnull(a, 0)' AS t FROM t", 'postgres')).toEqual([]);
  });
});
