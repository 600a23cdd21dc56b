export { type ReviewedTable, type ReviewReportInput, reviewReport, reviewScore } from './review-report.ts';
