import { beforeAll, describe, expect, it } from 'vitest';
import { DIALECT_NAMES, type DialectName } from '../dialects/dialect-name.ts';
import { loadParser, parseSql, parseSqlSync, treeList, treeName } from './index.ts';

beforeAll(async () => {
  for (const dialect of DIALECT_NAMES) await loadParser(dialect);
});

const code = (sql: string, dialect: DialectName): string => {
  const parsed = parseSqlSync(sql, dialect);
  return parsed.ok ? 'ok' : parsed.failure.code;
};

describe('parseSql', () => {
  it('gives the tree of one statement, with comments blanked and semicolons cut', async () => {
    const parsed = await parseSql('SELECT a /* b */ FROM t; -- c', 'sqlite');
    expect(parsed).toMatchObject({ ok: true, value: { sql: 'SELECT a         FROM t', tree: { variant: 'select' } } });
  });

  it('gives offsets in UTF-16 units behind characters outside the basic plane', () => {
    const sql = `SELECT '😀😀', "naïve 😀" FROM t`;
    const parsed = parseSqlSync(sql, 'duckdb');
    if (!parsed.ok) throw new Error(parsed.failure.message);
    const [, column] = treeList(parsed.value.tree.data.expressions);
    const name = treeName((column as { column: { name: never } }).column.name);
    expect(name && sql.slice(name.start, name.end)).toBe('"naïve 😀"');
  });

  it('reads quotes and comments by the rules of each dialect', () => {
    expect(code("SELECT 'a\\'", 'postgres')).toBe('ok');
    expect(code("SELECT 'a\\'", 'mysql')).toBe('sql-unparsable');
    expect(code('SELECT 1 /* a /* b */ c */', 'postgres')).toBe('ok');
    expect(code('SELECT 1 /* a /* b */', 'sqlite')).toBe('ok');
    expect(code('SELECT 1 /* a /* b */', 'postgres')).toBe('sql-unparsable');
    expect(code('SELECT 1 # a', 'mysql')).toBe('ok');
    expect(code('SELECT $x$;$x$', 'duckdb')).toBe('ok');
    expect(code('SELECT [a b] FROM t', 'sqlite')).toBe('ok');
  });

  it('refuses more than one statement, and what is no statement', () => {
    for (const dialect of DIALECT_NAMES) {
      expect(code('SELECT 1; SELECT 2', dialect)).toBe('sql-multiple-statements');
      expect(code('SELECT SELECT FROM', dialect)).toBe('sql-unparsable');
      expect(code('', dialect)).toBe('sql-unparsable');
      expect(code(`SELECT ${'('.repeat(100)}1${')'.repeat(100)}`, dialect)).toBe('sql-too-complex');
    }
  });
});
