import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser, planFromSql } from '../../../sql/index.ts';
import { retailSchema } from '../retail-schema.fixture.ts';
import { type PlanShape, shapeOf } from './plan-shape.ts';

const shape = (sql: string): PlanShape => {
  const plan = planFromSql(sql, 'sqlite', retailSchema());
  if (!plan.ok) throw new Error(plan.failure.message);
  return shapeOf(plan.value);
};

describe('the shape of a plan', () => {
  beforeAll(() => loadParser('sqlite'));

  it('compares clause by clause, whatever the sources are called', () => {
    const one = shape("SELECT c.customer_name FROM customers AS c WHERE c.city = 'Paris' AND c.customer_id > 3");
    const other = shape(
      "SELECT x.customer_name, x.city FROM customers AS x WHERE x.customer_id > 3 AND x.city = 'Paris'",
    );
    expect(one.clauses.where).toBe(other.clauses.where);
    expect(one.clauses.tables).toBe(other.clauses.tables);
    expect(one.clauses.items).not.toBe(other.clauses.items);
    expect(other.traits.items - one.traits.items).toBe(1);
    expect(one.traits.conditions).toBe(2);
  });
  it('tells order, limit, groups, aggregates and sub-queries apart', () => {
    const top = shape('SELECT city, COUNT(*) FROM customers GROUP BY city ORDER BY COUNT(*) DESC LIMIT 1');
    expect(top.traits).toMatchObject({ grouped: 1, ordered: 1, limited: 1, 'first-only': 1, counts: 1, nested: 0 });
    const nested = shape('SELECT customer_name FROM customers WHERE customer_id IN (SELECT customer_id FROM orders)');
    expect(nested.traits).toMatchObject({ nested: 1, tables: 2, aggregated: 0 });
    const set = shape('SELECT city FROM customers UNION SELECT customer_name FROM customers');
    expect(set.traits.set).toBe(1);
    expect(set.clauses.where).not.toBe(shape('SELECT city FROM customers').clauses.where);
  });
});
