import { describe, expect, test } from 'vitest';
import type { DatabaseSchema } from '../../../sql/index.ts';
import { createBuiltinPlanner } from '../builtin-planner.ts';
import { retailSchema } from '../retail-schema.fixture.ts';

const planner = createBuiltinPlanner();

async function sql(question: string, schema: DatabaseSchema = retailSchema()): Promise<string> {
  const result = await planner.plan({
    question,
    schema,
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
    [
      '"how much did we <table>" adds up its money',
      'How much did we order last year?',
      /^SELECT SUM\(total_amount\).* FROM orders WHERE order_date/,
    ],
    [
      'a verb of a link is the table of that name',
      'How many customers never ordered a product?',
      /^SELECT COUNT\(\*\).*NOT (?:EXISTS|IN).* orders/,
    ],
    ['a question word with 一 is no number', '订单次数最多的客户是哪一位', /COUNT\(\*\).* LIMIT 1$/],
    ['从未下过单 is about orders', '有多少客户从未下过单', /NOT EXISTS \(SELECT 1 FROM orders/],
    [
      'a word for amounts after 消费 ranks by the sum',
      '消费金额最高的10个客户',
      /^SELECT c\.customer_name, SUM.* GROUP BY .* DESC LIMIT 10$/,
    ],
    ['an amount word behind a number is no second number', 'Total discount amount by month', /SUM\([^)]*\)/],
  ])('%s', async (_what, question, expected) => {
    expect(await sql(question)).toMatch(expected);
  });

  test('two dates of one row are compared with each other', async () => {
    const schema = retailSchema();
    const orders = schema.tables.find((one) => one.ref.name === 'orders')!;
    const dates = ['ship_date', 'due_date'].map((name) => ({
      ...orders.columns.find((one) => one.name === 'order_date')!,
      name,
      comment: null,
    }));
    const tables = schema.tables.map((one) => (one === orders ? { ...one, columns: [...one.columns, ...dates] } : one));
    const dated = { ...schema, tables, fingerprint: 'retail-dated' };
    expect(await sql('How many orders were shipped after the due date?', dated)).toMatch(/WHERE ship_date > due_date$/);
    expect(await sql('发货日期晚于到期日的订单', dated)).toMatch(/WHERE ship_date > due_date$/);
  });

  test('a price behind "at" is looked for among the known numbers of the table', async () => {
    const schema = retailSchema();
    const tables = schema.tables.map((one) => ({
      ...one,
      columns: one.columns.map((column) =>
        one.ref.name === 'products' && column.name === 'unit_price'
          ? { ...column, values: { list: [4.5, 9.75], complete: true, min: 4.5, max: 9.75 } }
          : column,
      ),
    }));
    const priced = { ...schema, tables, fingerprint: 'retail-priced' };
    expect(await sql('List the names of all products sold at 9.75', priced)).toMatch(/WHERE unit_price = 9\.75$/);
  });

  test('a number that no part of the plan uses is not passed over', async () => {
    expect(await sql('orders shipped at 4.99')).not.toMatch(/^SELECT/);
  });
});
