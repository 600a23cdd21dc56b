export { GUARD_FAILURE_CODES, type GuardFailure, type GuardFailureCode } from './guard-failure.ts';
export { type GuardedSql, type GuardOptions, guardReadOnly, guardReadOnlySync } from './guard-read-only.ts';
export {
  type Rights,
  type RowRule,
  RULE_COMPARISONS,
  type RuleComparison,
  type TableRights,
  type VisibleSchema,
  visibleSchema,
} from './rights.ts';
