export { analyseSql, analysisOf, type SqlAnalysis } from './analyse-sql.ts';
export { bindStatement } from './bind-statement.ts';
export type { BaseReference, Binding, BindingCode, BindingProblem, ColumnUsage, JoinUsage } from './binding.ts';
export { findTable, namesMatch, nearestNames } from './names.ts';
export { endsWithValues, type RowLimit, readRowLimit } from './row-limit.ts';
export type { ColumnUse } from './scope.ts';
