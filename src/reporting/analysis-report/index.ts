export { type AnalysedResult, type AnalysisKind, analysisFindings, inventedNumbers } from './analysis-findings.ts';
export { type AnalysedQuery, type AnalysisReportInput, analysisReport } from './analysis-report.ts';
