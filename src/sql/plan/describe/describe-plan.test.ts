import { describe, expect, it } from 'vitest';
import type { Column, ColumnType, DatabaseSchema } from '../../schema/database-schema.ts';
import type { Expr, Plan, Predicate, SelectPlan } from '../plan.ts';
import { describePlan } from './describe-plan.ts';

const column = (name: string, type: ColumnType, comment: string): Column => ({
  name,
  type,
  nativeType: type,
  nullable: true,
  comment,
  synonyms: [],
  values: null,
});

const schema: DatabaseSchema = {
  dialect: 'duckdb',
  defaultSchema: 'main',
  fingerprint: '',
  tables: [
    {
      name: 'orders',
      comment: '订单',
      columns: [
        column('order_id', 'integer', '订单编号'),
        column('region', 'text', '地区'),
        column('status', 'text', '状态'),
        column('amount', 'decimal', '金额，单位元'),
        column('placed_on', 'date', '下单日期'),
        column('customer_id', 'integer', '客户编号'),
      ],
    },
    {
      name: 'customers',
      comment: '客户',
      columns: [column('customer_id', 'integer', '客户编号'), column('name', 'text', '姓名')],
    },
  ].map(({ name, comment, columns }) => ({
    ref: { schema: null, name },
    kind: 'table' as const,
    comment,
    synonyms: [],
    columns,
    primaryKey: [],
    uniqueKeys: [],
    foreignKeys: [],
    rowCount: null,
  })),
};

const col = (name: string, source = 'o'): Expr => ({ kind: 'column', source, column: name });
const text = (value: string): Expr => ({ kind: 'literal', value, type: 'text' });
const number = (value: number): Expr => ({ kind: 'literal', value, type: 'integer' });
const day = (value: string): Expr => ({ kind: 'literal', value, type: 'date' });
const total: Expr = { kind: 'aggregate', fn: 'sum', arg: col('amount'), distinct: false, filter: null };
const count: Expr = {
  kind: 'aggregate',
  fn: 'count',
  arg: { kind: 'star', source: null },
  distinct: false,
  filter: null,
};
const compare = (left: Expr, op: '=' | '!=' | '<' | '>' | '>=' | '<=', right: Expr): Predicate => ({
  kind: 'comparison',
  op,
  left,
  right,
});
const select = (items: readonly Expr[], more: Partial<SelectPlan> = {}): SelectPlan => ({
  kind: 'select',
  distinct: false,
  items: items.map((expr) => ({ expr, alias: null })),
  sources: [{ kind: 'table', alias: 'o', table: { schema: null, name: 'orders' }, join: null }],
  where: null,
  groupBy: [],
  having: null,
  orderBy: [],
  limit: null,
  offset: null,
  ...more,
});
const joined: SelectPlan['sources'] = [
  { kind: 'table', alias: 'o', table: { schema: null, name: 'orders' }, join: null },
  {
    kind: 'table',
    alias: 'c',
    table: { schema: null, name: 'customers' },
    join: { kind: 'inner', on: compare(col('customer_id', 'c'), '=', col('customer_id')) },
  },
];

const CASES: readonly (readonly [string, Plan, string, string])[] = [
  [
    'all columns',
    select([{ kind: 'star', source: null }], { limit: 5 }),
    'All columns of orders, first 5 rows',
    '订单的全部信息，取前5条',
  ],
  ['a count', select([count]), 'Number of orders', '订单数量'],
  [
    'a measure by group, filtered, ordered and limited',
    select([col('region'), total], {
      where: compare(col('status'), '=', text('paid')),
      groupBy: [col('region')],
      orderBy: [{ expr: { kind: 'ordinal', index: 1 }, descending: true, nulls: null }],
      limit: 5,
    }),
    'Total amount, for each region, where status is “paid”, the 5 with the highest total amount',
    '状态为“paid”的订单，按地区统计金额合计，取金额合计最高的5条',
  ],
  [
    'a whole year',
    select([total], {
      where: {
        kind: 'and',
        args: [compare(col('placed_on'), '>=', day('2024-01-01')), compare(col('placed_on'), '<', day('2025-01-01'))],
      },
    }),
    'Total amount, in 2024 (placed on)',
    '下单日期在2024年的订单，统计金额合计',
  ],
  [
    'a stretch of days',
    select([count], {
      where: {
        kind: 'and',
        args: [compare(col('placed_on'), '>=', day('2024-01-05')), compare(col('placed_on'), '<=', day('2024-02-10'))],
      },
    }),
    'Number of orders, from 2024-01-05 to 2024-02-10 (placed on)',
    '下单日期在2024-01-05至2024-02-10的订单，统计订单数量',
  ],
  [
    'months',
    select([{ kind: 'date-trunc', grain: 'month', arg: col('placed_on') }, count], {
      groupBy: [{ kind: 'ordinal', index: 0 }],
      orderBy: [{ expr: { kind: 'ordinal', index: 0 }, descending: false, nulls: null }],
    }),
    'Number of orders, for each month of placed on, by month of placed on, earliest first',
    '按下单日期（月）统计订单数量，按下单日期（月）从早到晚',
  ],
  [
    'columns of the joined table',
    select([col('name', 'c')], { sources: joined, distinct: true, where: compare(col('amount'), '>', number(100)) }),
    'Distinct name of customers, where amount is above 100',
    '金额大于100的客户的姓名（去重）',
  ],
  [
    'groups with a condition',
    select([col('name', 'c'), count], {
      sources: joined,
      groupBy: [col('name', 'c')],
      having: compare(count, '>=', number(3)),
    }),
    'Number of orders, for each customer name, only where number of orders is at least 3',
    '按客户姓名统计订单数量，仅保留订单数量不低于3的',
  ],
  [
    'alternatives, patterns and missing values',
    select([col('order_id')], {
      where: {
        kind: 'or',
        args: [
          { kind: 'like', arg: col('region'), pattern: '%east%', negated: false, caseInsensitive: true },
          { kind: 'is-null', arg: col('region'), negated: false },
        ],
      },
    }),
    'Order id of orders, where either region contains “east” or region is missing',
    '（地区包含“east”，或地区为空）的订单的订单编号',
  ],
  [
    'a comparison with a sub-query',
    select([col('order_id')], {
      where: compare(col('amount'), '>', {
        kind: 'scalar-plan',
        plan: select([{ kind: 'aggregate', fn: 'avg', arg: col('amount', 'p'), distinct: false, filter: null }], {
          sources: [{ kind: 'table', alias: 'p', table: { schema: null, name: 'orders' }, join: null }],
        }),
      }),
    }),
    'Order id of orders, where amount is above the average amount',
    '金额大于（平均金额）的订单的订单编号',
  ],
];

describe('describePlan', () => {
  it.each(CASES)('tells %s in English', (_title, plan, english) => {
    expect(describePlan(plan, schema, 'en')).toBe(english);
  });

  it.each(CASES)('tells %s in Chinese', (_title, plan, _english, chinese) => {
    expect(describePlan(plan, schema, 'zh')).toBe(chinese);
  });
});
