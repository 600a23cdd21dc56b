import { describe, expect, test } from 'vitest';
import type { PlanningKnowledge, PlanResult, Turn } from '../../planner.ts';
import { createBuiltinPlanner } from '../builtin-planner.ts';
import { retailSchema } from '../retail-schema.fixture.ts';

const planner = createBuiltinPlanner();
const NOTHING: PlanningKnowledge = { terms: [], examples: [], measures: [], notes: [] };
const REVENUE = 'SUM(oi.quantity * oi.unit_price * (1 - oi.discount))';

const flat = (sql: string): string =>
  sql.replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/ \)/g, ')').replaceAll(' NULLS LAST', '');

/** The answer to the last question of a conversation. */
async function last(questions: readonly string[]): Promise<PlanResult> {
  const previous: Turn[] = [];
  for (const [i, question] of questions.entries()) {
    const request = { question, schema: retailSchema(), today: '2025-06-18', previous, knowledge: NOTHING };
    const result = await planner.plan(request);
    if (i === questions.length - 1) return result;
    if (result.kind !== 'answer') throw new Error(`${question}: ${result.kind} ${result.reason}`);
    const { plan, sql } = result.candidates[0]!;
    previous.push({ question, plan, sql });
  }
  throw new Error('no questions');
}

async function sql(...questions: readonly string[]): Promise<string> {
  const result = await last(questions);
  if (result.kind !== 'answer') throw new Error(`${questions.join(' → ')}: ${result.kind} ${result.reason}`);
  return flat(result.candidates[0]!.sql);
}

describe('a comparison with an earlier period', () => {
  test('over months of a year reads both years and shows one, as far as today', async () => {
    for (const questions of [
      ['今年每月销售额', '同比'],
      ['今年每月销售额同比'],
      ['monthly revenue this year, year over year'],
    ]) {
      const text = await sql(...questions);
      expect(text).toMatch(/^SELECT present\.month, present\.revenue, past\.revenue AS previous, .* AS change_percent/);
      expect(text).toContain("o.order_date >= '2025-01-01' AND o.order_date < '2026-01-01'");
      expect(text).toContain("o_past.order_date >= '2024-01-01' AND o_past.order_date < '2024-06-19'");
      expect(text).toMatch(
        /ON present\.month = DATE\(past\.month, '\+12 months?'(?:, 'floor')?\) ORDER BY present\.month$/,
      );
    }
  });

  test('of a running period is cut at the same day', async () => {
    const text = await sql('本月销售额是多少', '同比');
    expect(text).toContain("o.order_date >= '2024-06-01' AND o.order_date < '2024-06-19'");
    expect(await sql('本月销售额是多少', '环比')).toContain(
      "o.order_date >= '2025-05-01' AND o.order_date < '2025-05-19'",
    );
    expect(await sql('revenue in 2024', 'year over year')).toContain(
      "o.order_date >= '2023-01-01' AND o.order_date < '2024-01-01'",
    );
  });

  test('replaces another one, and stays over every other edit', async () => {
    const replaced = await sql('本月销售额是多少', '按地区分组', '同比', '环比');
    expect(replaced).toMatch(/^SELECT r\.region_name, SUM.* AS current, SUM.* AS previous, .* AS change_percent FROM/);
    expect(replaced).not.toContain('previous_2');
    expect(replaced).not.toContain('2024');
    const kept = await sql('今年每月销售额', '同比', '环比', '只看华东', '按类别分组');
    expect(kept).toMatch(/^SELECT present\.month, present\.category_name, present\.revenue, past\.revenue AS previous/);
    expect(kept.match(/region_name = '华东'/g)).toHaveLength(2);
    expect(kept).toContain("past.month, '+1 month'");
    expect(await sql('今年每月销售额', '同比', '换成订单数')).toMatch(
      /present\.orders_count, past\.orders_count AS previous/,
    );
    expect(await sql('今年每月销售额', '同比', '去掉同比')).toBe(await sql('今年每月销售额'));
    expect(await sql('本月销售额是多少', '同比', '去掉同比')).toContain(`SELECT ${REVENUE}`);
  });

  test.each([
    [['orders this month', 'year over year growth'], /order_date >= '2024-06-01'/],
    [['orders this month', 'growth'], /order_date >= '2025-05-01'/],
    [['revenue this month', 'compared with the previous year'], /order_date >= '2024-06-01'/],
    [['revenue this month', 'compared with last month'], /order_date >= '2025-05-01'/],
    [['本月销售额是多少', '和去年相比'], /order_date >= '2024-06-01' .*< '2024-06-19'/],
    [['本月销售额是多少', '和上个月相比'], /order_date >= '2025-05-01' .*< '2025-05-19'/],
    [['revenue in March 2025', 'compared with January 2025'], /order_date >= '2025-01-01' .*< '2025-02-01'/],
  ] as const)('%j', async (questions, expected) => {
    expect(await sql(...questions)).toMatch(expected);
  });
});

describe('dropping what was set', () => {
  test.each([
    ['revenue this year by region', 'only 华东', 'all regions'],
    ['revenue this year by region', 'only 华东', 'drop the region filter'],
    ['revenue this year by region', 'only 华东', 'remove the filter'],
    ['revenue this year by region', 'only 华东', 'remove the filter on region'],
    ['revenue this year by region', 'only 华东', 'without the last filter'],
    ['revenue this year by region', '只看华东', '全部地区'],
    ['revenue this year by region', '只看华东', '不限地区'],
    ['revenue this year by region', '只看华东', '去掉筛选'],
    ['revenue this year by region', '只看华东', '取消筛选条件'],
    ['revenue this year by region', '只看华东', '删除地区筛选'],
    ['revenue this year by region', '只看华东', '去掉华东'],
    ['revenue this year by region', 'top 2', 'remove the limit'],
  ])('%s, %s, %s', async (...questions) => {
    expect(await sql(...questions)).toBe(await sql('revenue this year by region'));
  });

  test.each(['for all years', 'regardless of the year', '不限时间', '去掉时间限制'])(
    'the period goes: %s',
    async (question) => {
      expect(await sql('revenue this year by region', question)).toBe(await sql('revenue by region'));
    },
  );

  test.each(['without 华东', '去掉华东', '不要华东', 'excluding 华东'])('a value is left out: %s', async (question) => {
    expect(await sql('revenue by region', question)).toContain("r.region_name <> '华东'");
  });

  test('the grouping goes when it is named, and stays when a filter is named that is not there', async () => {
    expect(await sql('revenue this year by region', '去掉地区分组')).not.toContain('GROUP BY');
    expect((await last(['revenue this year by region', '去掉地区筛选'])).kind).not.toBe('answer');
  });

  test('one of several filters is not guessed', async () => {
    const result = await last(['revenue by category', 'only 华东', 'only Shanghai', 'remove the filter']);
    expect(result.kind).toBe('clarify');
  });
});

describe('measures', () => {
  test.each([
    [
      ['monthly revenue in 2024', 'average instead of total'],
      /AVG\(oi\.quantity \* .*\) AS average_revenue .*'2024-01-01'/,
    ],
    [['total order amount by status', 'what is the average?'], /^SELECT (?:o\.)?status, AVG\((?:o\.)?total_amount\)/],
    [
      ['average unit price of products', 'and the minimum and maximum?'],
      /^SELECT MIN\(unit_price\).*, MAX\(unit_price\)/,
    ],
    [['各类别销售额', '它们的订单数呢'], /^SELECT c\.category_name, COUNT\(DISTINCT o\.order_id\)/],
    [['各地区订单数', '占比', '换成销售额'], /SUM\(oi\.quantity.* AS revenue, .* AS percentage/],
    [['revenue in 华北 in 2024', 'number of orders'], /^SELECT COUNT\(\*\) .*r\.region_name = '华北'.*'2024-01-01'/],
  ] as const)('%j', async (questions, expected) => {
    expect(await sql(...questions)).toMatch(expected);
  });

  test.each(['share of each', 'as a share of the total', 'show percentages', 'percentage of the total', '占比'])(
    '%s',
    async (question) => {
      expect(await sql('revenue by category', question)).toMatch(/AS revenue, .* AS percentage/);
    },
  );
});

describe('the measure that is there', () => {
  test.each([
    [['number of orders by status', 'which one has the most?'], /ORDER BY orders_count DESC LIMIT 1$/],
    [['number of orders by status', 'which one has the most?', 'and the fewest?'], /ORDER BY orders_count LIMIT 1$/],
    [['各地区订单数', '哪个最多'], /ORDER BY orders_count DESC LIMIT 1$/],
    [['number of orders by status', 'which have more than 65?'], /HAVING COUNT\(\*\) > 65/],
    [['各地区销售额', '销售额大于50万的'], /HAVING SUM\(oi\.quantity .* > 500000/],
    [['各地区订单数', '大于100的'], /HAVING COUNT\(\*\) > 100/],
  ] as const)('%j', async (questions, expected) => {
    expect(await sql(...questions)).toMatch(expected);
  });
});

describe('a share', () => {
  test('of one of the groups stays a share of the whole', async () => {
    const text = await sql('各地区销售额', '占比', '只看华东');
    expect(text).toMatch(/FROM \(SELECT .* OVER \(\) AS percentage .*\) AS shares WHERE .*region_name = '华东'/);
    expect(await sql('各地区销售额', '占比', '只看华东', '去掉地区筛选')).toBe(await sql('各地区销售额', '占比'));
  });

  test('under any other filter is one of what is left', async () => {
    expect(await sql('各类别销售额', '占比', '只看华东')).toMatch(/AS percentage FROM .*region_name = '华东'/);
  });
});

describe('a measure of other rows', () => {
  test('is taken over its own rows and stands beside', async () => {
    expect(await sql('各地区订单数', '也看销售额')).toMatch(
      /^SELECT shown\..* LEFT JOIN \(SELECT .*SUM\(.*\) AS beside_1 ON /,
    );
  });

  test('of the thing itself is shown beside its name', async () => {
    expect(await sql('top 3 products by revenue', '它们的单价呢')).toMatch(
      /^SELECT p\.product_name, p\.unit_price, .* IN \(SELECT .* LIMIT 3\) AS kept\) GROUP BY/,
    );
  });

  test('orders the first rows without exchanging them', async () => {
    const text = await sql('top 3 products by revenue', 'sort them by unit price');
    expect(text).toMatch(/LIMIT 3\)/);
    expect(text).not.toMatch(/LIMIT \d+$/);
  });
});

describe('groups', () => {
  test('that multiply what is counted count it once, and lose none of it', async () => {
    const text = await sql('revenue in 2024', 'number of orders', 'by category');
    expect(text).toMatch(/^SELECT c\.category_name, COUNT\(DISTINCT o\.order_id\)/);
    expect(text).toContain('LEFT JOIN order_items');
    expect(await sql('revenue in 2024', '换成订单数', '按类别分组')).toMatch(
      /^SELECT c\.category_name, COUNT\(DISTINCT/,
    );
    expect((await last(['total order amount in 2024', 'by category'])).kind).not.toBe('answer');
  });

  test('in time are taken of the first N of other groups', async () => {
    const text = await sql('去年各地区销售额', '前3', '换成订单数', '按月统计');
    expect(text.match(/LIMIT/g)).toHaveLength(1);
    expect(text).toMatch(/region_id IN \(SELECT .* LIMIT 3\).* GROUP BY r\.region_id, r\.region_name, 2/);
    expect(text).toMatch(/ORDER BY month$/);
  });

  test('are not what "only" names', async () => {
    expect((await last(['各地区客户数', '只看企业客户'])).kind).not.toBe('answer');
  });
});

describe('what was shown', () => {
  test('is counted', async () => {
    expect(await sql('top 10 customers by revenue', 'how many of them are there')).toMatch(
      /^SELECT COUNT\(\*\) AS count FROM \(SELECT .* LIMIT 10\) AS shown$/,
    );
  });

  test('is what a superlative chooses from', async () => {
    const text = await sql('top 3 products by revenue', 'which of them has the highest price');
    expect(text).toMatch(
      /^SELECT product_name, unit_price FROM products WHERE product_id IN \(SELECT product_id FROM \(SELECT .* LIMIT 3\) AS kept\)/,
    );
    expect(text).toMatch(/ORDER BY unit_price DESC LIMIT 1$/);
  });

  test('is ordered by a measure that was named, in the direction that was named', async () => {
    const text = await sql('number of orders in 2024 by channel', 'sorted by number of orders, lowest first');
    expect(text).toMatch(/'2024-01-01'.* ORDER BY orders_count$/);
  });
});

describe('pronouns', () => {
  test('stand for the first ones, which stay the set they were', async () => {
    const bought = await sql('top 3 customers by revenue', 'what did they buy?');
    expect(bought).toMatch(
      /^SELECT DISTINCT p\.product_name FROM products AS p JOIN .* WHERE c\.customer_id IN \(SELECT .* LIMIT 3\)/,
    );
    const where = await sql('top 3 customers by revenue', 'which of them are in East China?');
    expect(where).toMatch(/customer_id IN \(SELECT .* LIMIT 3\) AS kept\) AND r\.region_name = .* GROUP BY/);
  });

  test('go back to the answer that shows people', async () => {
    const text = await sql('消费最高的客户', '他买了哪些商品', '他来自哪个地区');
    expect(text).toMatch(/^SELECT c\.customer_name, r\.region_name, .* IN \(SELECT .* LIMIT 1\) AS kept\) GROUP BY/);
  });

  test('that stand for nothing are asked back', async () => {
    for (const question of ['who bought them?', 'what did they buy?', '他们买了哪些商品'])
      expect((await last([question])).kind).not.toBe('answer');
  });
});

describe('periods', () => {
  test('a month without a year lies in the year spoken of', async () => {
    expect(await sql('how many orders in November 2024', 'and in October?')).toContain("order_date >= '2024-10-01'");
    expect(await sql('2024年11月订单数', '10月呢')).toContain("order_date >= '2024-10-01'");
    expect(await sql('how many orders in November 2024', 'and last month?')).toContain("order_date >= '2025-05-01'");
  });
});

describe('words that point back', () => {
  test.each([
    ['customers in Beijing', 'delete the frobnication of them'],
    ['revenue by region', 'drop the frobnication'],
    ['revenue by region', '去掉它们'],
    ['orders this month', 'and their frobnication?'],
  ])('are never read as if nothing had been said: %s, %s', async (...questions) => {
    expect((await last(questions)).kind).not.toBe('answer');
  });
});

describe('a question of its own starts anew', () => {
  test.each([
    'in 2024, how many orders were placed?',
    'top 5 products by revenue',
    '按地区统计订单数',
    'how many customers are there',
  ])('%s', async (question) => {
    expect(await sql('revenue by category this month', question)).toBe(await sql(question));
  });
});
