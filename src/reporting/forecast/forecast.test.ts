import { describe, expect, it } from 'vitest';
import { forecast } from './forecast.ts';

const monthly = (values: readonly number[], from = 2024) => ({
  columns: [
    { name: 'month', type: 'date' as const },
    { name: 'revenue', type: 'decimal' as const },
  ],
  rows: values.map((value, i) => [
    `${from + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`,
    String(value),
  ]),
});

describe('forecast', () => {
  it('continues a line, with intervals that hold the forecast and widen', async () => {
    const made = await forecast(monthly([10, 12.1, 13.9, 16, 18.2, 19.8, 22, 24.1]), {
      today: '2026-01-01',
      horizon: 3,
    });
    if (!made.ok) throw new Error(made.failure);
    expect(made.value.method).toBe('ETS');
    expect(made.value.points.map((point) => point.period)).toEqual(['2024-09-01', '2024-10-01', '2024-11-01']);
    expect(made.value.points[0]?.value).toBeCloseTo(26, 0);
    for (const point of made.value.points) expect(point.lower <= point.value && point.value <= point.upper).toBe(true);
    const width = made.value.points.map((point) => point.upper - point.lower);
    expect(width[2]).toBeGreaterThanOrEqual(width[0]!);
  });

  it('finds the yearly season in three years of months', async () => {
    const season = Array.from({ length: 36 }, (_, i) => 100 + (i % 12 === 11 ? 80 : 0));
    const made = await forecast(monthly(season, 2023), { today: '2026-06-01', horizon: 12 });
    if (!made.ok) throw new Error(made.failure);
    expect(made.value.method).toBe('MSTL + ETS');
    const december = made.value.points.find((point) => point.period === '2026-12-01');
    expect(december?.value).toBeGreaterThan(150);
    expect(made.value.points[0]?.value).toBeLessThan(130);
  });

  it('leaves out the running period and never goes below zero for what never did', async () => {
    const made = await forecast(monthly([50, 40, 30, 20, 10, 5, 2, 1, 0]), { today: '2024-09-15', horizon: 6 });
    if (!made.ok) throw new Error(made.failure);
    expect(made.value.droppedRunningPeriod).toBe(true);
    expect(made.value.points[0]?.period).toBe('2024-09-01');
    expect(made.value.points.every((point) => point.lower >= 0)).toBe(true);
  });

  it('says why a result cannot be forecast', async () => {
    const columns = [
      { name: 'region', type: 'text' as const },
      { name: 'n', type: 'integer' as const },
    ];
    expect(await forecast({ columns, rows: [['N', 1]] }, { today: '2026-01-01' })).toEqual({
      ok: false,
      failure: 'no-time-column',
    });
    expect(await forecast(monthly([1, 2, 3]), { today: '2026-01-01' })).toEqual({
      ok: false,
      failure: 'too-few-periods',
    });
  });

  it('keeps a constant constant', async () => {
    const made = await forecast(monthly([5, 5, 5, 5, 5, 5]), { today: '2026-01-01', horizon: 2 });
    expect(made.ok && made.value.points.map((point) => point.value)).toEqual([5, 5]);
  });
});
