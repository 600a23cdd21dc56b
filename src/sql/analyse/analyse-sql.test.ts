import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser, parseSqlSync } from '../parse/index.ts';
import type { Column, DatabaseSchema, Table } from '../schema/database-schema.ts';
import { analyseSql } from './analyse-sql.ts';

const column = (name: string): Column => ({
  name,
  type: 'integer',
  nativeType: 'int',
  nullable: true,
  comment: null,
  synonyms: [],
  values: null,
});
const table = (name: string, ...columns: string[]): Table => ({
  ref: { schema: null, name },
  kind: 'table',
  comment: null,
  synonyms: [],
  columns: columns.map(column),
  primaryKey: [],
  uniqueKeys: [],
  foreignKeys: [],
  rowCount: null,
});
const schema: DatabaseSchema = {
  dialect: 'duckdb',
  defaultSchema: 'main',
  tables: [table('orders', 'id', 'customer_id', 'amount', 'day'), table('customers', 'id', 'city')],
  fingerprint: 'x',
};

function analyse(sql: string) {
  const parsed = parseSqlSync(sql, 'duckdb');
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return analyseSql(parsed.value, schema);
}
const uses = (sql: string): string[] =>
  analyse(sql)
    .columns.map((c) => `${c.table.name}.${c.column}:${c.use}`)
    .sort();

beforeAll(() => loadParser('duckdb'));

describe('analyseSql', () => {
  it('lists tables, columns by clause, and aggregates', () => {
    const sql =
      'SELECT c.city, SUM(o.amount) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.day > 1 GROUP BY c.city HAVING COUNT(o.id) > 1 ORDER BY c.city LIMIT 5';
    expect(analyse(sql).tables.map((t) => t.name)).toEqual(['orders', 'customers']);
    expect(uses(sql)).toEqual([
      'customers.city:group',
      'customers.city:order',
      'customers.city:select',
      'customers.id:join',
      'orders.amount:select',
      'orders.customer_id:join',
      'orders.day:filter',
      'orders.id:having',
    ]);
    expect(analyse(sql)).toMatchObject({
      aggregates: ['sum', 'count'],
      limit: 5,
      output: ['city', null],
      problems: [],
    });
  });

  it('knows the column pairs of a join, by ON and by USING', () => {
    const [on] = analyse('SELECT 1 FROM orders o LEFT JOIN customers c ON (c.id = o.customer_id AND c.city > 1)').joins;
    expect(on).toMatchObject({
      kind: 'Left',
      equalities: [{ left: { column: 'id' }, right: { column: 'customer_id' } }],
    });
    const [using] = analyse('SELECT 1 FROM orders JOIN customers USING (id)').joins;
    expect(using).toMatchObject({ equalities: [{ left: { column: 'id' }, right: { column: 'id' } }] });
  });

  it('follows columns through table expressions and derived tables', () => {
    expect(
      uses('WITH t AS (SELECT amount AS a FROM orders) SELECT x.a FROM (SELECT a FROM t) x WHERE x.a > 1'),
    ).toEqual(['orders.amount:filter', 'orders.amount:select']);
    expect(analyse('SELECT * FROM (SELECT id, amount AS a FROM orders) t').output).toEqual(['id', 'a']);
  });

  it('counts sub-queries, windows, set operations and table expressions', () => {
    const sql =
      'WITH t AS (SELECT id FROM orders) SELECT id, ROW_NUMBER() OVER (ORDER BY id) FROM t WHERE id IN (SELECT id FROM customers) UNION SELECT 1, 2';
    expect(analyse(sql)).toMatchObject({ subqueries: 1, windows: 1, setOperations: 1, ctes: 1 });
  });

  it('reports unknown names with the nearest ones instead of failing', () => {
    const { problems } = analyse('SELECT amout FROM order_s');
    expect(problems.map((p) => [p.code, p.name])).toEqual([['unknown-table', 'order_s']]);
    expect(analyse('SELECT amout FROM orders').problems).toMatchObject([
      { code: 'unknown-column', name: 'amout', nearest: ['amount'], position: 7 },
    ]);
  });
});
