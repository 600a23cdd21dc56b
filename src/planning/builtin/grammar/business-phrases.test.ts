import { describe, expect, test } from 'vitest';
import { createBuiltinPlanner } from '../builtin-planner.ts';
import { retailSchema } from '../retail-schema.fixture.ts';

const planner = createBuiltinPlanner();

async function sql(question: string): Promise<string> {
  const result = await planner.plan({
    question,
    schema: retailSchema(),
    today: '2025-06-18',
    previous: [],
    knowledge: { terms: [], examples: [], measures: [], notes: [] },
  });
  return result.kind === 'answer' ? result.candidates[0]!.sql.replace(/\s+/g, ' ') : result.kind;
}

describe('phrasings of business questions', () => {
  test.each([
    [
      'a superlative behind 的 asks for the value',
      '产品的最高单价是多少',
      /^SELECT MAX\(unit_price\)[^,]* FROM products$/,
    ],
    ['a rank by a quantity sold adds it up', 'Top 5 products by quantity sold', /SUM\(oi\.quantity\).* LIMIT 5$/],
    ['none of a number is zero', 'Which products have no stock?', /WHERE stock = 0$/],
    ['"most first" orders and does not limit', 'Number of orders per customer, most first', /DESC$/],
    ['a negating prefix turns a flag', 'How many products are undiscontinued?', /WHERE discontinued = 0$/],
    ['an amount word behind a number is no second number', 'Total discount amount by month', /SUM\([^)]*\)/],
  ])('%s', async (_what, question, expected) => {
    expect(await sql(question)).toMatch(expected);
  });

  test('a number that no part of the plan uses is not passed over', async () => {
    expect(await sql('orders shipped at 4.99')).not.toMatch(/^SELECT/);
  });
});
