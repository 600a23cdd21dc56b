import { describe, expect, it } from 'vitest';
import { chooseChart } from './choose-chart.ts';
import type { ChartData } from './column-roles.ts';
import { renderChartPng, renderChartSvg } from './render-chart.ts';

/** The texts of a drawing in the order in which they are painted. */
async function texts(data: ChartData, question: string): Promise<string[]> {
  const svg = (await renderChartSvg(chooseChart({ ...data, question }), data)) ?? '';
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');
}

describe('the drawing of a chart', () => {
  it('goes along the time, in whatever order the rows come', async () => {
    const data: ChartData = {
      columns: [
        { name: 'month', type: 'date' },
        { name: 'revenue', type: 'integer' },
      ],
      rows: [
        ['2025-11-01', 9],
        ['2025-12-01', 8],
        ['2025-06-01', 7],
      ],
    };
    const months = (await texts(data, 'monthly revenue')).filter((text) => /^\d{4}-/.test(text));
    expect(months).toEqual(['2025-06-01', '2025-11-01', '2025-12-01']);
  });

  it('gives every row a bar, also those of the same name', async () => {
    const data: ChartData = {
      columns: [
        { name: 'customer', type: 'text' },
        { name: 'revenue', type: 'integer' },
      ],
      rows: [
        ['王伟', 9],
        ['李娜', 8],
        ['王伟', 7],
      ],
    };
    const names = (await texts(data, '销售额前3的客户')).filter((text) => /^\p{Script=Han}{2}$/u.test(text));
    expect(names).toEqual(['王伟', '李娜', '王伟']);
  });

  it('measures figures of another size on an axis of their own', async () => {
    const data: ChartData = {
      columns: [
        { name: 'region', type: 'text' },
        { name: 'revenue', type: 'integer' },
        { name: 'change_percent', type: 'float' },
      ],
      rows: [
        ['East', 3_000_000, -9.4],
        ['West', 1_000_000, 12.5],
      ],
    };
    const drawn = await texts(data, 'revenue by region');
    expect(drawn).toEqual(expect.arrayContaining(['3M', '10']));
    expect((await texts({ ...data, columns: data.columns.slice(0, 2) }, 'revenue by region')).includes('10')).toBe(
      false,
    );
  });

  it('is a PNG with glyphs for Chinese text', async () => {
    const picture = async (name: string): Promise<Buffer | null> => {
      const data: ChartData = {
        columns: [
          { name: '地区', type: 'text' },
          { name: '销售额', type: 'integer' },
        ],
        rows: [
          [name, 3],
          ['b', 5],
        ],
      };
      return renderChartPng(chooseChart({ ...data, question: 'x' }), data);
    };
    const [one, other] = [await picture('华东'), await picture('华北')];
    expect(one?.subarray(1, 4).toString()).toBe('PNG');
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(false);
  });
});
