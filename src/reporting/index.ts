export {
  type AnalysedQuery,
  type AnalysedResult,
  type AnalysisKind,
  type AnalysisReportInput,
  analysisFindings,
  analysisReport,
  inventedNumbers,
} from './analysis-report/index.ts';
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
export { type ReviewedTable, type ReviewReportInput, reviewReport, reviewScore } from './review-report/index.ts';
export {
  codeBlock,
  markdownTable,
  type ReportedValidation,
  resultSummary,
  resultTable,
  type SqlReportInput,
  sqlReport,
} from './sql-report/index.ts';
export { describeResult, type Finding, findingsMarkdown, formatNumber, formatPercent } from './statistics/index.ts';
