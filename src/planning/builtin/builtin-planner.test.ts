import { describe, expect, test } from 'vitest';
import { safeRenderPlan } from '../../sql/index.ts';
import type { Candidate, PlanningKnowledge, PlanRequest, Turn } from '../planner.ts';
import { createBuiltinPlanner } from './builtin-planner.ts';
import { retailSchema } from './retail-schema.fixture.ts';
import { wideSchema } from './wide-schema.fixture.ts';

const planner = createBuiltinPlanner();
const NOTHING: PlanningKnowledge = { terms: [], examples: [], measures: [], notes: [] };
const REVENUE = 'SUM(oi.quantity * oi.unit_price * (1 - oi.discount))';

const request = (question: string, more: Partial<PlanRequest> = {}): PlanRequest => ({
  question,
  schema: retailSchema(),
  today: '2025-06-18',
  previous: [],
  knowledge: NOTHING,
  ...more,
});

async function answer(question: string, more: Partial<PlanRequest> = {}): Promise<Candidate> {
  const result = await planner.plan(request(question, more));
  if (result.kind !== 'answer') throw new Error(`${question}: ${result.kind} ${result.reason}`);
  return result.candidates[0]!;
}

const flat = (sql: string): string =>
  sql.replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/ \)/g, ')').replaceAll(' NULLS LAST', '');

async function sql(question: string, more: Partial<PlanRequest> = {}): Promise<string> {
  return flat((await answer(question, more)).sql);
}

describe('business questions', () => {
  test.each([
    ['Show me users', 'SELECT * FROM customers'],
    ['查询前5行订单数据', 'SELECT * FROM orders LIMIT 5'],
    [
      '查询最近30天订单总额',
      "SELECT SUM(total_amount) AS total_amount FROM orders WHERE order_date >= '2025-05-20' AND order_date < '2025-06-19'",
    ],
    ['how many customers are in Beijing', "SELECT COUNT(*) AS customers_count FROM customers WHERE city = 'Beijing'"],
    ['products out of stock', 'SELECT product_name FROM products WHERE stock = 0'],
    ['库存少于10的产品', 'SELECT product_name FROM products WHERE stock < 10'],
    ['the most expensive product', 'SELECT product_name, unit_price FROM products ORDER BY unit_price DESC LIMIT 1'],
    [
      'products more expensive than the average',
      'SELECT product_name FROM products WHERE unit_price > (SELECT AVG(unit_price) FROM products)',
    ],
    [
      'products with price above 100 or stock below 10',
      'SELECT product_name FROM products WHERE unit_price > 100 OR stock < 10',
    ],
    ['库存少于10或单价大于100的产品', 'SELECT product_name FROM products WHERE stock < 10 OR unit_price > 100'],
    [
      'discontinued products or products with stock below 10',
      'SELECT product_name FROM products WHERE stock < 10 OR discontinued = 1',
    ],
    ['discontinued products', 'SELECT product_name FROM products WHERE discontinued = 1'],
    [
      'customers without orders',
      'SELECT c.customer_name FROM customers AS c WHERE NOT EXISTS (SELECT 1 FROM orders WHERE customer_id = c.customer_id)',
    ],
    [
      '没有下过订单的客户',
      'SELECT c.customer_name FROM customers AS c WHERE NOT EXISTS (SELECT 1 FROM orders WHERE customer_id = c.customer_id)',
    ],
    ['orders with amount over 2000', 'SELECT * FROM orders WHERE total_amount > 2000'],
    [
      'number of orders by status',
      'SELECT status, COUNT(*) AS orders_count FROM orders GROUP BY status ORDER BY orders_count DESC',
    ],
    [
      'what percentage of orders are cancelled',
      "SELECT CAST(100 * COUNT(*) FILTER (WHERE status = 'cancelled') AS REAL) / COUNT(*) AS percentage FROM orders",
    ],
    ['customers whose name contains Lee', "SELECT customer_name FROM customers WHERE customer_name LIKE '%Lee%'"],
  ])('%s', async (question, expected) => {
    expect(await sql(question)).toBe(expected);
  });

  test('revenue is a sum of lines, grouped by month and category', async () => {
    const text = await sql('Show me monthly revenue by product category');
    expect(text).toContain(`${REVENUE} AS revenue`);
    expect(text).toMatch(/GROUP BY 1, (?:c\.category_id, )?c\.category_name/);
    expect(text).toContain("DATE(o.order_date, 'start of month') AS month");
  });

  test('本月销售额 sums lines of this month', async () => {
    expect(await sql('本月销售额是多少')).toBe(
      `SELECT ${REVENUE} AS revenue FROM order_items AS oi JOIN orders AS o ON oi.order_id = o.order_id WHERE o.order_date >= '2025-06-01' AND o.order_date < '2025-07-01'`,
    );
  });

  test('a ranking orders by its measure and keeps the first N', async () => {
    expect(await sql('top 5 products by revenue')).toMatch(
      /^SELECT p\.product_name, SUM.* GROUP BY .*p\.product_name ORDER BY revenue DESC LIMIT 5$/,
    );
  });

  test('各地区订单数 joins through customers', async () => {
    expect(await sql('各地区订单数')).toMatch(
      /^SELECT r\.region_name, COUNT\(\*\) AS orders_count FROM orders AS o JOIN customers AS c .* JOIN regions AS r .* GROUP BY/,
    );
  });

  test('Chinese questions work over bare English names', async () => {
    const bare = { schema: retailSchema(true) };
    expect(await sql('各地区订单数', bare)).toMatch(/r\.region_name, COUNT\(\*\)/);
    expect(await sql('上个月销售额最高的3个产品', bare)).toMatch(
      /order_date >= '2025-05-01'.*ORDER BY revenue DESC LIMIT 3$/,
    );
    expect(await sql('没有订单的客户', bare)).toContain('NOT EXISTS');
  });

  test('a condition on a count belongs to the groups', async () => {
    expect(await sql('customers with more than 5 orders')).toMatch(/HAVING COUNT\(\*\) > 5/);
    expect(await sql('订单数大于5的客户')).toMatch(/HAVING COUNT\(\*\) > 5/);
  });

  test('the best of each group keeps its groups apart', async () => {
    expect(await sql('cheapest product in each category')).toMatch(
      /RANK\(\) OVER \(PARTITION BY .* ORDER BY p\.unit_price\)/,
    );
  });

  test('a count over joined rows counts each thing once', async () => {
    expect(await sql('how many customers placed an order this year')).toMatch(/COUNT\(DISTINCT c\.customer_id\)/);
  });

  test('an answer says how it was read', async () => {
    const candidate = await answer('各地区订单数');
    expect(candidate.mappings).toContainEqual({ phrase: '地区', meaning: 'regions' });
    expect(candidate.reading.length).toBeGreaterThan(5);
    expect(candidate.confidence).toBeGreaterThan(0.6);
  });

  test('every candidate renders in every dialect', async () => {
    for (const question of [
      'monthly revenue by category',
      'revenue share by region',
      '本月销售额同比',
      'top 3 products by revenue in each category',
    ]) {
      const { plan } = await answer(question);
      for (const dialect of ['duckdb', 'sqlite', 'postgres', 'mysql'] as const)
        expect(safeRenderPlan(plan!, dialect, { schema: retailSchema() }).ok).toBe(true);
    }
  });
});

describe('what is not answered', () => {
  test.each([
    'what is the meaning of life',
    '帮我写一首诗',
    'delete all customers',
    '删除所有订单',
    'what is the weather today',
    'who won the world cup',
    '今天天气怎么样',
    'qwertz asdf',
  ])('%s: cannot, with a reason and questions that really plan', async (question) => {
    const result = await planner.plan(request(question));
    expect(result.kind).toBe('cannot');
    if (result.kind !== 'cannot') return;
    expect(result.reason.length).toBeGreaterThan(10);
    expect(result.suggestions.length).toBeGreaterThan(0);
    expect(result.suggestions.length).toBeLessThanOrEqual(3);
    for (const suggestion of result.suggestions) expect((await planner.plan(request(suggestion))).kind).toBe('answer');
  });

  test('words left over lower the confidence to a question back', async () => {
    const result = await planner.plan(request('orders frobnicated with zyx by customer'));
    expect(result.kind).not.toBe('answer');
  });

  test.each([
    '',
    ' ',
    'x',
    '？',
    '\u0000\u0000',
    'select\u0000 * from',
    '💥💥💥',
    'a'.repeat(10_000),
    '销'.repeat(10_000),
    'revenue by '.repeat(900),
    '订单 orders заказы طلبات 注文 '.repeat(50),
    "'; drop table orders; --",
    '\ud800 broken',
    '%_\\',
    '((((((((((',
    '1 2 3 4 5 6 7 8 9',
    'top top top 5 5 5',
    '同比环比占比',
    'by by by',
    '的的的的',
  ])('odd input %# neither crashes nor hangs', async (question) => {
    const start = performance.now();
    const result = await planner.plan(request(question));
    expect(['answer', 'clarify', 'cannot']).toContain(result.kind);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('a schema without tables, and tables without columns', async () => {
    expect(
      (
        await planner.plan(
          request('how many orders', { schema: { ...retailSchema(), tables: [], fingerprint: 'none' } }),
        )
      ).kind,
    ).toBe('cannot');
    const hollow = {
      ...retailSchema(),
      tables: retailSchema().tables.map((one) => ({ ...one, columns: [], foreignKeys: [], primaryKey: [] })),
      fingerprint: 'hollow',
    };
    expect(['answer', 'clarify', 'cannot']).toContain(
      (await planner.plan(request('monthly revenue by region', { schema: hollow }))).kind,
    );
  });
});

describe('knowledge', () => {
  test('a verified example that matches exactly wins', async () => {
    const knowledge = { ...NOTHING, examples: [{ question: 'Best clients?', sql: 'SELECT 42' }] };
    const result = await planner.plan(request('best  CLIENTS', { knowledge }));
    expect(result).toMatchObject({
      kind: 'answer',
      planner: 'example',
      candidates: [{ sql: 'SELECT 42', confidence: 1 }],
    });
  });

  test('a measure wins over raw columns and brings its filters', async () => {
    const plan = (await answer('查询订单总额')).plan!;
    if (plan.kind !== 'select') throw new Error('a select');
    const paid = {
      ...plan,
      where: {
        kind: 'comparison',
        op: '=',
        left: { kind: 'column', source: plan.sources[0]!.alias, column: 'status' },
        right: { kind: 'literal', value: 'paid', type: 'text' },
      },
    } as const;
    const knowledge = {
      ...NOTHING,
      measures: [
        {
          name: 'revenue',
          synonyms: ['销售额', 'sales'],
          description: '',
          plan: paid,
          timeColumn: { source: plan.sources[0]!.alias, column: 'order_date' },
        },
      ],
    };
    expect(await sql('monthly revenue', { knowledge })).toMatch(
      /SUM\((?:o\.)?total_amount\) AS revenue .*WHERE (?:o\.)?status = 'paid' GROUP BY 1/,
    );
    expect(await sql('各城市销售额', { knowledge })).toMatch(
      /city, SUM\(o\.total_amount\) AS revenue .*status = 'paid'/,
    );
  });

  test('terms give words a meaning', async () => {
    const knowledge = { ...NOTHING, terms: [{ word: 'customers', synonyms: ['whales'], description: '' }] };
    expect(await sql('how many whales are there', { knowledge })).toBe(
      'SELECT COUNT(*) AS customers_count FROM customers',
    );
  });
});

describe('several generators', () => {
  test('feed one list: equal plans count once, and agreement is surer than contradiction', async () => {
    const same = (await answer('各地区订单数')).plan!;
    const other = (await answer('各地区客户数')).plan!;
    const withLearned = async (plan: typeof same) => {
      const planner = createBuiltinPlanner({
        learned: () => [{ plan, confidence: 0.7, mappings: [], generator: 'learned', features: {} }],
      });
      const result = await planner.plan(request('各地区订单数'), { alwaysAnswer: true });
      if (result.kind !== 'answer') throw new Error(result.kind);
      return result.candidates;
    };
    const agreed = await withLearned(same);
    const contradicted = await withLearned(other);
    expect(agreed.filter((one) => one.sql === agreed[0]!.sql)).toHaveLength(1);
    expect(agreed[0]!.confidence).toBeGreaterThan(contradicted[0]!.confidence);
    expect(contradicted.length).toBeGreaterThan(agreed.length);
  });

  test('thresholds decide between answering and asking back', async () => {
    const strict = createBuiltinPlanner({ thresholds: { answer: 0.999 } });
    const result = await strict.plan(request('各地区订单数'));
    expect(result.kind).toBe('clarify');
    if (result.kind === 'clarify') expect(result.options[0]!.label).toBe(result.options[0]!.candidate.reading);
    expect((await strict.plan(request('各地区订单数'), { alwaysAnswer: true })).kind).toBe('answer');
  });
});

async function talk(...questions: readonly string[]): Promise<string> {
  const previous: Turn[] = [];
  for (const question of questions) {
    const candidate = await answer(question, { previous });
    previous.push({ question, plan: candidate.plan, sql: candidate.sql });
  }
  return flat(previous.at(-1)!.sql);
}

describe('follow-up questions', () => {
  test('按地区分组 keeps measure and period, and loses no row', async () => {
    const text = await talk('本月销售额是多少', '按地区分组');
    expect(text).toMatch(/^SELECT r\.region_name, SUM/);
    expect(text).toContain("o.order_date >= '2025-06-01'");
    expect(text).toContain('JOIN customers AS c');
    expect(text).toMatch(/GROUP BY .*r\.region_name/);
  });

  test('只看华东, then 换成去年: the filter is added, the period replaced', async () => {
    const text = await talk('本月销售额是多少', '按地区分组', '只看华东', '换成去年');
    expect(text).toContain("r.region_name = '华东'");
    expect(text).toContain("o.order_date >= '2024-01-01' AND o.order_date < '2025-01-01'");
    expect(text).not.toContain('2025-06-01');
  });

  test.each([
    [['最近30天订单数', '按日期统计'], /^SELECT DATE\(order_date\) AS day, COUNT\(\*\) AS orders_count .*GROUP BY 1/],
    [['各类别销售额', '占比'], /AS percentage/],
    [['今年销售额', '同比'], /AS current, .* AS previous, .* AS change_percent/],
    [['monthly revenue', '环比'], /LAG\(.*, 1\) OVER/],
    [['revenue this year', 'and for 2023?'], /order_date >= '2023-01-01' AND o\.order_date < '2024-01-01'$/],
    [['top 5 products by revenue', 'what about customers'], /^SELECT c\.customer_name, SUM.*LIMIT 5$/],
    [['各地区订单数', '换成销售额'], /^SELECT r\.region_name, SUM\(oi\.quantity/],
    [['number of orders by status', 'top 2'], /LIMIT 2$/],
    [['orders from Shanghai customers', 'only cancelled'], /c\.city = 'Shanghai' AND o\.status = 'cancelled'/],
    [['customers in Beijing', 'and Shanghai?'], /WHERE city = 'Shanghai'$/],
    [['customers in Beijing', 'how many are there'], /^SELECT COUNT\(\*\) .*city = 'Beijing'$/],
    [['revenue by region', 'for 2024', 'by month'], /order_date >= '2024-01-01'/],
    [['各地区订单数', '前2'], /LIMIT 2$/],
    // A list shows columns; nothing of it is added up.
    [
      ['discontinued products', 'also show their stock'],
      /^SELECT product_name, stock FROM products WHERE discontinued = 1$/,
    ],
    [['discontinued products', 'what is their stock?'], /^SELECT stock FROM products WHERE discontinued = 1$/],
    [['discontinued products', 'sort them by unit price'], /ORDER BY unit_price( DESC)?$/],
    [['number of orders by status', 'sort them in ascending order of that number'], /ORDER BY orders_count$/],
    // Grouped by what it was limited to: for all of them.
    [
      ['how many customers are in Beijing', 'for each city'],
      /^SELECT city, COUNT\(\*\) AS customers_count FROM customers GROUP BY city/,
    ],
  ] as const)('%j', async (questions, expected) => {
    expect(await talk(...questions)).toMatch(expected);
  });

  test('words that point back are never read as if nothing had been said', async () => {
    const first = await answer('customers in Beijing');
    const previous: Turn[] = [{ question: 'customers in Beijing', plan: first.plan, sql: first.sql }];
    const result = await planner.plan(request('How many orders do they have?', { previous }));
    if (result.kind === 'answer') expect(result.candidates[0]!.sql).toContain('Beijing');
  });

  test('a follow-up is no surer than the unseen answer that it leans on', async () => {
    const first = await answer('customers in Beijing');
    const turn: Turn = { question: 'customers in Beijing', plan: first.plan, sql: first.sql };
    const sure = async (previous: Turn) => {
      const planned = await planner.plan(request('how many are there', { previous: [previous] }), {
        alwaysAnswer: true,
      });
      return planned.kind === 'answer' ? planned.candidates[0]!.confidence : 0;
    };
    const seen = await sure(turn);
    expect(await sure({ ...turn, confidence: 0.5 })).toBeCloseTo(seen * 0.875, 2);
  });

  test('a question that stands on its own starts anew', async () => {
    expect(await talk('本月销售额是多少', 'how many customers are there')).toBe(
      'SELECT COUNT(*) AS customers_count FROM customers',
    );
    expect(await talk('revenue by region in 2024', 'customers without orders')).toContain('NOT EXISTS');
  });
});

test('a question over a thousand tables is planned at once', async () => {
  const schema = wideSchema(1000);
  const ask = (question: string) => planner.plan(request(question, { schema }));
  await ask('how many order customer are there');
  const started = performance.now();
  const result = await ask('total amount of payment budget by status');
  // Measured: 60 ms; a step per pair of tables takes seconds.
  expect(performance.now() - started).toBeLessThan(1_500);
  expect(result.kind).not.toBe('cannot');
});
