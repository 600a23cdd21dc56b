import { expect, test } from 'vitest';
import { loadParser, planFromSql, renderPlan, type SelectPlan } from '../../../../sql/index.ts';
import type { Choice } from '../../grammar/choices.ts';
import { buildSchemaIndex } from '../../grammar/schema-index.ts';
import { retailSchema } from '../../retail-schema.fixture.ts';
import { thingsShown } from '../things/shown-things.ts';
import { thingsOf } from './thing-edit.ts';

const schema = retailSchema();
const index = buildSchemaIndex(schema);
const table = (name: string): Choice => ({
  kind: 'table',
  table: index.tables.findIndex((one) => one.table.ref.name === name),
  weight: 1,
});

async function read(sql: string): Promise<SelectPlan> {
  await loadParser('sqlite');
  const plan = planFromSql(sql, 'sqlite', schema);
  if (!plan.ok || plan.value.kind !== 'select') throw new Error(sql);
  return plan.value;
}

/** The things of `name` that belong to the first things that a statement shows. */
async function of(sql: string, name: string): Promise<string> {
  const base = await read(sql);
  const plan = thingsOf(base, thingsShown(base, index)[0]!, table(name), [], index);
  return plan === null
    ? 'none'
    : renderPlan(plan, 'sqlite', { schema }).replace(/\s+/g, ' ').replaceAll('( ', '(').replaceAll(' )', ')');
}

test('things of those that a condition lists keep the condition', async () => {
  expect(await of("SELECT c.category_name FROM categories AS c WHERE c.category_name = 'Books'", 'products')).toBe(
    "SELECT p.product_name FROM products AS p JOIN categories AS c ON p.category_id = c.category_id WHERE c.category_name = 'Books'",
  );
});

test('things of the first ones have the whole answer as a set', async () => {
  const sql =
    'SELECT c.category_name, COUNT(*) FROM products AS p JOIN categories AS c ON p.category_id = c.category_id';
  expect(await of(`${sql} GROUP BY c.category_id, c.category_name ORDER BY 2 DESC LIMIT 2`, 'products')).toMatch(
    /FROM products AS p JOIN categories AS c ON .* WHERE c\.category_id IN \(SELECT category_id FROM \(SELECT .* FROM products AS p_shown .* LIMIT 2\) AS kept\)$/,
  );
});
