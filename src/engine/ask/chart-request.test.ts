import { expect, it } from 'vitest';
import { asksOnlyForChart, withoutChartWords } from './chart-request.ts';

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

it.each([
  ['revenue by region as a pie chart', 'revenue by region'],
  ['Show me a line chart of monthly revenue', 'monthly revenue'],
  ['orders per month, drawn as bars', 'orders per month'],
  ['用饼图展示各地区销售额', '各地区销售额'],
  ['按城市统计客户数，用饼图', '按城市统计客户数'],
  ['画一个各地区销售额的饼图', '各地区销售额'],
  ['how many products are in line', 'how many products are in line'],
  ['按地区分组', '按地区分组'],
])('plans %j as %j', (question, planned) => {
  expect(withoutChartWords(question)).toBe(planned);
});
