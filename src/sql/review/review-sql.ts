/** Reviews one statement by rules: what is wrong, how bad, on what evidence, and what to do. No model, no guess. */
import { analyseSql } from '../analyse/index.ts';
import type { ParsedStatement } from '../parse/index.ts';
import type { DatabaseSchema } from '../schema/database-schema.ts';
import type { PlanStep, ReviewInput, ReviewRule, RuleTopic, Severity } from './review-rule.ts';
import { CORRECTNESS_RULES } from './rules/correctness-rules.ts';
import { DIALECT_RULES } from './rules/dialect-rules.ts';
import { PERFORMANCE_RULES } from './rules/performance-rules.ts';
import { PLAN_RULES } from './rules/plan-rules.ts';
import { STYLE_RULES } from './rules/style-rules.ts';
import { blocksOf } from './tree-search.ts';

export const REVIEW_RULES: readonly ReviewRule[] = [
  ...CORRECTNESS_RULES,
  ...STYLE_RULES,
  ...PERFORMANCE_RULES,
  ...DIALECT_RULES,
  ...PLAN_RULES,
];

export interface ReviewFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly topic: RuleTopic;
  readonly message: string;
  readonly advice: string;
  /** The piece of the statement or plan that the rule saw; equal pieces are told once. */
  readonly evidence: string;
}

export interface SqlReview {
  /** Worst first. */
  readonly findings: readonly ReviewFinding[];
  /** Ids of the rules that apply to this dialect and were checked. */
  readonly checked: readonly string[];
}

export interface ReviewOptions {
  readonly schema: DatabaseSchema;
  /** The root of the database's own plan; null when it is not known. */
  readonly plan: PlanStep | null;
  readonly language: 'en' | 'zh';
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * @example
 * const parsed = await parseSql(sql, schema.dialect);
 * if (parsed.ok) reviewSql(parsed.value, { schema, plan: null, language: 'en' }).findings;
 */
export function reviewSql(parsed: ParsedStatement, { schema, plan, language }: ReviewOptions): SqlReview {
  const input: ReviewInput = {
    parsed,
    dialect: schema.dialect,
    schema,
    analysis: analyseSql(parsed, schema),
    blocks: blocksOf(parsed),
    steps: stepsOf(plan),
  };
  const rules = REVIEW_RULES.filter((rule) => rule.dialects === undefined || rule.dialects.includes(schema.dialect));
  const findings = rules.flatMap((rule) => {
    const [message, advice] = rule[language];
    const told = new Set<string>();
    return rule.check(input).flatMap((evidence): ReviewFinding[] => {
      if (told.has(evidence.text)) return [];
      told.add(evidence.text);
      return [
        {
          rule: rule.id,
          severity: rule.severity,
          topic: rule.topic,
          message: filled(message, evidence.values),
          advice: filled(advice, evidence.values),
          evidence: evidence.text,
        },
      ];
    });
  });
  return {
    findings: findings.sort((a, b) => RANK[a.severity] - RANK[b.severity]),
    checked: rules.map((rule) => rule.id),
  };
}

const stepsOf = (step: PlanStep | null): PlanStep[] => (step === null ? [] : [step, ...step.children.flatMap(stepsOf)]);

const filled = (text: string, values: Readonly<Record<string, string | number>> = {}): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
