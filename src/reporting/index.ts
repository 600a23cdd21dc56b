export {
  askedChartType,
  type ChartConfig,
  type ChartData,
  type ChartField,
  type ChartSize,
  type ChartTheme,
  type ChartType,
  chooseChart,
  columnRoles,
  numberOf,
  renderChartPng,
  renderChartSvg,
} from './charts/index.ts';
export {
  type Forecast,
  type ForecastOptions,
  type ForecastPoint,
  forecast,
  readTimeSeries,
  type SeriesProblem,
  type TimeSeries,
} from './forecast/index.ts';
export { describeResult, type Finding, findingsMarkdown, formatNumber, formatPercent } from './statistics/index.ts';
