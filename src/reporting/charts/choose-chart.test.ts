import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../../sql/index.ts';
import { chooseChart } from './choose-chart.ts';

const result = (
  columns: readonly (readonly [string, ColumnType])[],
  rows: readonly (readonly (string | number | null)[])[],
) => ({
  columns: columns.map(([name, type]) => ({ name, type })),
  rows,
});
const byMonth = result(
  [
    ['Month', 'date'],
    ['revenue', 'decimal'],
  ],
  [
    ['2026-01-01', '10.5'],
    ['2026-02-01', '12.0'],
  ],
);
const byRegion = result(
  [
    ['region', 'text'],
    ['total', 'integer'],
  ],
  [
    ['N', 3],
    ['S', 5],
    ['E', 1],
  ],
);

describe('the natural chart', () => {
  it.each([
    ['time → line', byMonth, 'monthly revenue', 'line'],
    ['category → column', byRegion, 'orders by region', 'column'],
    ['ranking → bar', byRegion, 'top 3 regions by orders', 'bar'],
    ['Chinese ranking → bar', byRegion, '订单数前3的地区', 'bar'],
    ['share → pie', byRegion, '各地区订单占比', 'pie'],
    ['a single number → table', result([['count', 'integer']], [[5]]), 'how many orders', 'table'],
    [
      'no rows → table',
      result(
        [
          ['region', 'text'],
          ['total', 'integer'],
        ],
        [],
      ),
      'orders by region',
      'table',
    ],
    [
      'no measure → table',
      result(
        [
          ['name', 'text'],
          ['city', 'text'],
        ],
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
      ),
      'list customers',
      'table',
    ],
    [
      'years as numbers → line',
      result(
        [
          ['year', 'integer'],
          ['n', 'integer'],
        ],
        [
          [2024, 1],
          [2025, 2],
        ],
      ),
      'orders per year',
      'line',
    ],
    [
      'months as text → line',
      result(
        [
          ['月份', 'text'],
          ['n', 'integer'],
        ],
        [
          ['2026-01', 1],
          ['2026-02', 2],
        ],
      ),
      '每月订单',
      'line',
    ],
  ] as const)('%s', (_name, data, question, type) => {
    expect(chooseChart({ ...data, question }).type).toBe(type);
  });

  const shares = (...percentages: number[]) =>
    result(
      [
        ['region', 'text'],
        ['revenue', 'integer'],
        ['percentage', 'float'],
      ],
      percentages.map((percentage, index) => [`r${index}`, 10 * percentage, percentage]),
    );

  it('stays a pie while the rows are shares of a whole, whatever the follow-up says', () => {
    expect(chooseChart({ ...shares(50, 30, 20), question: '去年呢' }).type).toBe('pie');
    expect(chooseChart({ ...shares(50, 30), question: '前2' }).type).toBe('bar');
    expect(chooseChart({ ...shares(50, 30), question: '占比前2' }).type).toBe('bar');
  });

  it.each([
    [
      'with several keys',
      result(
        [
          ['order_id', 'integer'],
          ['customer_id', 'integer'],
          ['order_date', 'date'],
          ['total', 'decimal'],
        ],
        [
          [1, 1, '2026-01-01', '5'],
          [2, 1, '2026-01-02', '6'],
        ],
      ),
    ],
    [
      'with several rows for one day',
      result(
        [
          ['order_date', 'date'],
          ['total', 'decimal'],
        ],
        [
          ['2026-01-01', '5'],
          ['2026-01-02', '5'],
          ['2026-01-01', '6'],
        ],
      ),
    ],
    [
      'with many descriptions',
      result(
        [
          ['order_date', 'date'],
          ['status', 'text'],
          ['channel', 'text'],
          ['payment', 'text'],
          ['total', 'decimal'],
        ],
        [
          ['2026-01-01', 'paid', 'app', 'card', '5'],
          ['2026-01-02', 'paid', 'web', 'card', '6'],
        ],
      ),
    ],
  ])('a list of records %s is a table, unless a chart is asked for', (_name, data) => {
    expect(chooseChart({ ...data, question: '查询前5行数据' }).type).toBe('table');
    expect(chooseChart({ ...data, question: '用折线图' }).type).toBe('line');
  });

  it('draws no pie of more than eight slices or of negative values', () => {
    const many = result(
      [
        ['c', 'text'],
        ['n', 'integer'],
      ],
      Array.from({ length: 9 }, (_, i) => [`c${i}`, i]),
    );
    expect(chooseChart({ ...many, question: 'share by c' }).type).toBe('column');
    const negative = result(
      [
        ['c', 'text'],
        ['n', 'integer'],
      ],
      [
        ['a', -1],
        ['b', 2],
      ],
    );
    expect(chooseChart({ ...negative, question: '占比' }).type).toBe('column');
  });
});

describe('the asked-for chart', () => {
  it.each([
    ['用折线图展示各地区订单', 'line'],
    ['orders by region as a pie chart', 'pie'],
    ['柱状图看各地区订单', 'column'],
    ['top regions, as a table', 'table'],
    ['horizontal bar chart of regions', 'bar'],
  ] as const)('%s', (question, type) => {
    expect(chooseChart({ ...byRegion, question }).type).toBe(type);
  });
});

describe('the configuration', () => {
  it('names fields with their labels and lower-case columns', () => {
    expect(chooseChart({ ...byMonth, question: 'monthly revenue', title: 'Revenue' })).toEqual({
      type: 'line',
      title: 'Revenue',
      axis: { x: { name: 'Month', value: 'month' }, y: [{ name: 'revenue', value: 'revenue' }] },
    });
  });

  const cities = Array.from({ length: 20 }, (_, n) => `city ${n}`);
  const crossed = (first: string, second: string, rows: readonly (readonly string[])[]) =>
    result(
      [
        [first, 'text'],
        [second, 'text'],
        ['n', 'integer'],
        ['share', 'float'],
      ],
      rows.map((row, index) => [...row, index, 1]),
    );

  it('splits the first of several measures, by whichever column has few values', () => {
    const segments = ['a', 'b'];
    const bySegment = crossed(
      'segment',
      'city',
      segments.flatMap((one) => cities.map((city) => [one, city])),
    );
    expect(chooseChart({ ...bySegment, question: 'x' })).toMatchObject({
      type: 'column',
      axis: { x: { value: 'city' }, y: [{ value: 'n' }], series: { value: 'segment' } },
    });
    const pairs = crossed(
      'city',
      'town',
      cities.flatMap((one) => cities.map((city) => [one, city])),
    );
    expect(chooseChart({ ...pairs, question: 'x' }).type).toBe('table');
  });

  it('numbers columns of one name as the rows do', () => {
    const twice = result(
      [
        ['region', 'text'],
        ['total', 'integer'],
        ['total', 'integer'],
      ],
      [
        ['N', 1, 2],
        ['S', 3, 4],
      ],
    );
    expect(chooseChart({ ...twice, question: 'x' })).toMatchObject({
      axis: { 'multi-quota': { value: ['total', 'total_2'] } },
    });
  });

  it('splits by a second category, or names several measures, never both', () => {
    const split = result(
      [
        ['month', 'date'],
        ['region', 'text'],
        ['n', 'integer'],
      ],
      [
        ['2026-01-01', 'N', 1],
        ['2026-02-01', 'S', 2],
      ],
    );
    expect(chooseChart({ ...split, question: 'x' })).toMatchObject({
      type: 'line',
      axis: { series: { value: 'region' } },
    });
    const two = result(
      [
        ['region', 'text'],
        ['a', 'integer'],
        ['b', 'integer'],
      ],
      [
        ['N', 1, 2],
        ['S', 3, 4],
      ],
    );
    const config = chooseChart({ ...two, question: 'x' });
    expect(config).toMatchObject({ axis: { 'multi-quota': { value: ['a', 'b'] } } });
    expect(config.type !== 'table' && config.type !== 'pie' && config.axis.series).toBeFalsy();
  });
});
