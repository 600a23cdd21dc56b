import { expect, it } from 'vitest';
import { asksOnlyForChart } from './chart-request.ts';

it.each(['as a pie chart', 'Show it as a line chart, please', '用折线图展示', '换成柱状图', '请把结果画成饼图'])(
  'takes %j as a wish for another chart',
  (question) => {
    expect(asksOnlyForChart(question)).toBe(true);
  },
);

it.each(['revenue by region as a pie chart', '用饼图展示各地区销售额', 'top 5 products', '按地区分组', 'bar'])(
  'takes %j as a question',
  (question) => {
    expect(asksOnlyForChart(question)).toBe(false);
  },
);
