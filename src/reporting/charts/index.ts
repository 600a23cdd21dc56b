export type { AxisChart, ChartConfig, ChartField, ChartType, PieChart, TableChart } from './chart-config.ts';
export { askedChartType, type ChartRequest, chooseChart } from './choose-chart.ts';
export { type ChartData, columnRoles, numberOf, type RoledColumn } from './column-roles.ts';
export { type ChartSize, type ChartTheme, renderChartPng, renderChartSvg } from './render-chart.ts';
