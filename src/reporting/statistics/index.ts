export { describeResult, type Finding, type FindingKind, findingsMarkdown, quantile } from './describe-result.ts';
export { formatNumber, formatPercent } from './format-number.ts';
