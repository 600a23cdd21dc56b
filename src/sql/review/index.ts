export type { PlanStep, RuleTopic, Severity } from './review-rule.ts';
export { REVIEW_RULES, type ReviewFinding, type ReviewOptions, reviewSql, type SqlReview } from './review-sql.ts';
export { type Rewrite, type RewriteName, rewriteSql } from './rewrite-plan.ts';
