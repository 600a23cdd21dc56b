import { expect, test } from 'vitest';
import { loadParser, planFromSql, type SelectPlan } from '../../../sql/index.ts';
import { buildSchemaIndex } from '../grammar/schema-index.ts';
import { retailSchema } from '../retail-schema.fixture.ts';
import { thingsOf } from './thing-edit.ts';

const schema = retailSchema();
const index = buildSchemaIndex(schema);
const table = (name: string): number => index.tables.findIndex((one) => one.table.ref.name === name);

async function read(sql: string): Promise<SelectPlan> {
  await loadParser('sqlite');
  const plan = planFromSql(sql, 'sqlite', schema);
  if (!plan.ok || plan.value.kind !== 'select') throw new Error(sql);
  return plan.value;
}

test('things of those that a condition lists', async () => {
  const base = await read("SELECT c.category_name FROM categories AS c WHERE c.category_name = 'Books'");
  expect(thingsOf(base, table('products'), index)?.sources).toHaveLength(2);
});

test('things of those that a sub-query lists are not told', async () => {
  const base = await read(
    'SELECT c.category_name FROM categories AS c WHERE c.category_id IN (SELECT p.category_id FROM products AS p WHERE p.stock > 5)',
  );
  expect(thingsOf(base, table('products'), index)).toBeNull();
});
