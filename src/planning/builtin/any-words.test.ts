import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Turn } from '../planner.ts';
import { createBuiltinPlanner } from './builtin-planner.ts';
import { retailSchema } from './retail-schema.fixture.ts';

const CHINESE =
  '每个 各 地区 客户 城市 订单 商品 类别 渠道 平均 最多 最少 总 总共 金额 库存 数量 单价 订单金额 超过 少于 20 20个 介于10和30之间 给出 以及 ， 的 按 降序 前3 占比 同比 环比 累计 2024年 上个月 按月 没有 除了 华东 online 哪些 哪个 有多少 收录 实际'.split(
    ' ',
  );
const ENGLISH =
  'each every per by region customer city order product category channel average most least total amount stock quantity price above below 20 between 10 and 30 show , of sorted descending top 3 share growth running 2024 last month monthly without except online which how many number than compared'.split(
    ' ',
  );

const BEFORE = [
  'customers without orders',
  'total amount by region',
  'list all customers in Shanghai',
  'monthly order count in 2024',
  'which products are more expensive than average',
  'top 3 categories by quantity',
  'how many customers are there',
];

const planner = createBuiltinPlanner();
const requestOf = (question: string, previous: readonly Turn[] = []) => ({
  question,
  schema: retailSchema(),
  today: '2025-06-18',
  previous,
  knowledge: { terms: [], examples: [], measures: [], notes: [] },
});

test('what is sorted by a measure that is named twice is sorted by that measure', async () => {
  const planned = await planner.plan(requestOf('各渠道单价数量按订单金额金额'), { alwaysAnswer: true });
  expect(planned.kind === 'answer' && planned.candidates[0]!.sql).toMatch(/ORDER BY\s+total_amount DESC$/);
});

test.each([
  ['Chinese', CHINESE, ''],
  ['English', ENGLISH, ' '],
] as const)('no order of %s words makes the planner fail', async (_language, words, space) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...words), { minLength: 3, maxLength: 16 }), async (chosen) => {
      const planned = await planner.plan(requestOf(chosen.join(space)), { alwaysAnswer: true });
      expect(['answer', 'clarify', 'cannot']).toContain(planned.kind);
    }),
    { numRuns: 400, seed: 3 },
  );
});

test('no order of words after an answer makes the planner fail', async () => {
  const turns = new Map<string, Turn>();
  for (const question of BEFORE) {
    const planned = await planner.plan(requestOf(question), { alwaysAnswer: true });
    if (planned.kind !== 'answer') throw new Error(`${question}: ${planned.kind}`);
    turns.set(question, { question, ...planned.candidates[0]! });
  }
  const POINTING = 'what products orders categories do they have it them those its their who whose is by'.split(' ');
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...BEFORE),
      fc.array(fc.constantFrom(...POINTING, ...ENGLISH), { minLength: 1, maxLength: 9 }),
      async (before, chosen) => {
        const planned = await planner.plan(requestOf(chosen.join(' '), [turns.get(before)!]), { alwaysAnswer: true });
        expect(['answer', 'clarify', 'cannot']).toContain(planned.kind);
      },
    ),
    { numRuns: 500, seed: 5 },
  );
});
