import { expect, it } from 'vitest';
import type { ColumnType } from '../../sql/index.ts';
import { describeResult, findingsMarkdown, quantile } from './describe-result.ts';

const result = (
  columns: readonly (readonly [string, ColumnType])[],
  rows: readonly (readonly (string | number | null)[])[],
) => ({
  columns: columns.map(([name, type]) => ({ name, type })),
  rows,
});

it('describes a ranking: total, extremes and the share of the largest', () => {
  const text = findingsMarkdown(
    describeResult(
      result(
        [
          ['region', 'text'],
          ['orders', 'integer'],
        ],
        [
          ['N', 60],
          ['S', 30],
          ['E', 10],
        ],
      ),
      'en',
    ),
  );
  expect(text).toContain('orders sums to 100, on average 33.33 a row.');
  expect(text).toContain('orders is highest for N (60) and lowest for E (10).');
  expect(text).toContain('N alone makes up 60.0 % of the total of these rows.');
});

it('describes a trend in the order of time, in Chinese', () => {
  const text = findingsMarkdown(
    describeResult(
      result(
        [
          ['月份', 'date'],
          ['销售额', 'decimal'],
        ],
        [
          ['2026-03-01', '150.5'],
          ['2026-01-01', '100'],
          ['2026-02-01', '90'],
        ],
      ),
      'zh',
    ),
  );
  expect(text).toContain('销售额从 100（2026-01-01）上升到 150.5（2026-03-01），变化 +50.5 %。');
  expect(text).toContain('变化最大的是 2026-02-01 到 2026-03-01');
});

it('names every row by what tells it apart', () => {
  const texts = (columns: readonly (readonly [string, 'date' | 'text' | 'integer'])[], rows: (string | number)[][]) =>
    describeResult({ columns: columns.map(([name, type]) => ({ name, type })), rows }, 'en')
      .map(({ text }) => text)
      .join(' ');
  const split = texts(
    [
      ['segment', 'text'],
      ['region', 'text'],
      ['revenue', 'integer'],
    ],
    [
      ['Consumer', 'East', 50],
      ['Consumer', 'West', 30],
      ['Corporate', 'East', 20],
    ],
  );
  expect(split).toContain('highest for Consumer, East (50) and lowest for Corporate, East (20)');
  expect(split).toContain('Consumer, East alone makes up 50.0 %');
  const monthly = texts(
    [
      ['region', 'text'],
      ['month', 'date'],
      ['revenue', 'integer'],
    ],
    [
      ['East', '2026-01-01', 5],
      ['West', '2026-01-01', 3],
      ['East', '2026-02-01', 4],
    ],
  );
  expect(monthly).toContain('highest for 2026-01-01, East (5)');
  const list = texts(
    [
      ['product_id', 'integer'],
      ['product_name', 'text'],
      ['price', 'integer'],
    ],
    [
      [1, 'Lamp', 5],
      [2, 'Chair', 9],
    ],
  );
  expect(list).toContain('highest for Chair (9) and lowest for Lamp (5)');
});

it('does not add up averages', () => {
  const text = findingsMarkdown(
    describeResult(
      result(
        [
          ['region', 'text'],
          ['avg_price', 'decimal'],
        ],
        [
          ['N', '2'],
          ['S', '4'],
        ],
      ),
      'en',
    ),
  );
  expect(text).toContain('avg_price is 3 on average.');
  expect(text).not.toMatch(/sums|total/);
});

it('names outliers and missing values, and says that nothing came back', () => {
  const rows = [...Array.from({ length: 9 }, (_, i) => [`c${i}`, 10 + i]), ['odd', 900], ['none', null]] as (
    | string
    | number
    | null
  )[][];
  const text = findingsMarkdown(
    describeResult(
      result(
        [
          ['c', 'text'],
          ['n', 'integer'],
        ],
        rows,
      ),
      'en',
    ),
  );
  expect(text).toContain('odd stands out: n is 900');
  expect(text).toContain('n is missing in 1 row.');
  expect(describeResult(result([['n', 'integer']], []), 'zh').map((finding) => finding.text)).toEqual([
    '查询结果为空。',
  ]);
});

it('reads a single value as a sentence', () => {
  expect(describeResult(result([['total', 'decimal']], [['1234.5']]), 'en').map((finding) => finding.text)).toEqual([
    'total is 1,234.5.',
  ]);
});

it('interpolates quantiles', () => {
  expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
});
