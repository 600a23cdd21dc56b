export {
  analyseSql,
  type BindingProblem,
  type ColumnUsage,
  type ColumnUse,
  type JoinUsage,
  type SqlAnalysis,
} from './analyse/index.ts';
export type { Dialect } from './dialects/dialect.ts';
export { DIALECT_NAMES, type DialectName } from './dialects/dialect-name.ts';
export { DIALECTS } from './dialects/dialects.ts';
export {
  GUARD_FAILURE_CODES,
  type GuardedSql,
  type GuardFailure,
  type GuardFailureCode,
  type GuardOptions,
  guardReadOnly,
  guardReadOnlySync,
  type Rights,
  type RowRule,
  RULE_COMPARISONS,
  type RuleComparison,
  type TableRights,
  type VisibleSchema,
  visibleSchema,
} from './guard/index.ts';
export { loadParser, type ParsedStatement, type ParseFailure, parseSql, parseSqlSync } from './parse/index.ts';
export { describePlan } from './plan/describe/describe-plan.ts';
export type { Language } from './plan/describe/names.ts';
export { EMPTY_SELECT } from './plan/empty-select.ts';
export { mapExpr, mapPlan, mapPredicate, type PlanMapper, renameAliases } from './plan/map-plan.ts';
export type * from './plan/plan.ts';
export { planKey } from './plan/plan-key.ts';
export { findColumn, findTable, itemName, type PlanScope, scopeOf, typeOf } from './plan/plan-types.ts';
export { sameExpr } from './plan/same-expr.ts';
export { PLAN_PROBLEM_CODES, type PlanProblem, validatePlan } from './plan/validate-plan.ts';
export { type PlanVisitor, walkExpr, walkPlan, walkPredicate } from './plan/walk-plan.ts';
export { planFromSql, type ReadOptions } from './read/plan-from-sql.ts';
export type { ReadFailure } from './read/read-failure.ts';
export type { ReadOnlySql } from './read-only-sql.ts';
export { columnDefaultClause } from './render/column-default.ts';
export { identifier } from './render/identifiers.ts';
export { type DdlOptions, renderTableDdl } from './render/render-ddl.ts';
export { type RenderFailure, type RenderOptions, renderPlan, safeRenderPlan } from './render/render-plan.ts';
export {
  type PlanStep,
  REVIEW_RULES,
  type ReviewFinding,
  type Rewrite,
  type RewriteName,
  type RuleTopic,
  reviewSql,
  rewriteSql,
  type Severity,
  type SqlReview,
} from './review/index.ts';
export { type ColumnDefault, readDefault } from './schema/column-default.ts';
export {
  COLUMN_TYPES,
  type Column,
  type ColumnType,
  type ColumnValues,
  type DatabaseSchema,
  type ForeignKey,
  type Scalar,
  type Table,
  type TableRef,
} from './schema/database-schema.ts';
