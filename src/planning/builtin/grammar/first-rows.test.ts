import { expect, it } from 'vitest';
import { createBuiltinPlanner } from '../builtin-planner.ts';
import { retailSchema } from '../retail-schema.fixture.ts';

const schema = retailSchema();
const planner = createBuiltinPlanner();
const knowledge = { terms: [], examples: [], measures: [], notes: [] };
const ask = async (question: string, previous: Parameters<typeof planner.plan>[0]['previous'] = []) => {
  const planned = await planner.plan({ question, schema, today: '2026-01-15', previous, knowledge });
  if (planned.kind !== 'answer' || !planned.candidates[0]) throw new Error(`no answer to ${question}`);
  return planned.candidates[0];
};
const flat = (sql: string): string => sql.replace(/\s+/g, ' ');

it.each(['查询前5行数据', '前5条记录', 'show the first 5 rows', 'First 5 records of the data?'])(
  'answers %j with rows of the table of events',
  async (question) => {
    expect(flat((await ask(question)).sql)).toBe('SELECT * FROM orders LIMIT 5');
  },
);

it.each([
  ['first 10 rows of orders', 'orders', 10],
  ['Show me the first 3 records of the order items table', 'order_items', 3],
  ['top 5 rows from users', 'customers', 5],
])('answers %j with rows of the table that is named', async (question, table, limit) => {
  expect(flat((await ask(question)).sql)).toBe(`SELECT * FROM ${table} LIMIT ${limit}`);
});

it('counts the listed things, all of them, when a list is to be grouped', async () => {
  const question = '查询前5行数据';
  const { plan, sql } = await ask(question);
  const grouped = flat((await ask('按日期统计', [{ question, plan, sql }])).sql);
  expect(grouped).toContain('COUNT(*)');
  expect(grouped).toContain('GROUP BY');
  expect(grouped).not.toContain('LIMIT');
});
