import { expect, it } from 'vitest';
import { describePrediction, predict } from './prediction.ts';

const months = (count: number) => Array.from({ length: count }, (_, n) => `2025-${String(n + 1).padStart(2, '0')}`);
const options = { question: '每月销售额', language: 'zh', today: '2026-01-15' } as const;
const result = {
  columns: [
    { name: 'Month', type: 'text' as const },
    { name: 'Revenue', type: 'decimal' as const },
  ],
  rows: months(12).map((month, n) => [month, `${100 + 10 * n}.50`]),
  truncated: false,
};

it('forecasts in the form of the result, with bounds, and joins history and forecast for the chart', async () => {
  const made = await predict(result, options);
  if (!made.ok) throw new Error(made.failure);
  const { predicted, combined, chart, forecast } = made.value;
  expect(predicted.columns.map((column) => column.name)).toEqual(['Month', 'Revenue', '预测下限', '预测上限']);
  expect(predicted.rows[0]?.[0]).toBe('2026-01');
  for (const [, value, lower, upper] of predicted.rows) {
    expect(Number(lower)).toBeLessThanOrEqual(Number(value));
    expect(Number(value)).toBeLessThanOrEqual(Number(upper));
  }
  expect(combined.rows).toHaveLength(12 + predicted.rows.length);
  expect(chart).toMatchObject({ type: 'line', axis: { x: { value: 'month' }, 'multi-quota': { name: 'Revenue' } } });
  expect(describePrediction(forecast, 'zh')).toMatch(/^预测（统计方法 .+95%/);
});

it.each([
  [
    '没有日期',
    {
      ...result,
      columns: [{ name: 'region', type: 'text' as const }, result.columns[1]!],
      rows: [
        ['华东', 1],
        ['华北', 2],
      ],
    },
  ],
  ['周期太少', { ...result, rows: result.rows.slice(0, 3) }],
])('says why it cannot: %s', async (words, given) => {
  const made = await predict(given, options);
  expect(made).toMatchObject({ ok: false, failure: expect.stringContaining(words) });
});
