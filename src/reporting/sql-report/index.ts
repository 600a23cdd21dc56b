export { codeBlock, markdownTable, resultTable } from './markdown.ts';
export { type ReportedValidation, resultSummary, type SqlReportInput, sqlReport } from './sql-report.ts';
