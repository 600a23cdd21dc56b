/** What a review rule is: it looks at one query block or at the whole statement, and says what it found. */
import type { SqlAnalysis } from '../analyse/index.ts';
import type { DialectName } from '../dialects/dialect-name.ts';
import type { ParsedStatement, TreeObject, TreeValue } from '../parse/index.ts';
import type { DatabaseSchema } from '../schema/database-schema.ts';

export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];
export type RuleTopic = 'correctness' | 'performance' | 'readability' | 'safety' | 'portability';

/** One step of the database's own plan, as EXPLAIN told it. */
export interface PlanStep {
  readonly operation: string;
  readonly table: string | null;
  readonly index: string | null;
  readonly estimatedRows: number | null;
  readonly estimatedCost: number | null;
  readonly detail: string;
  readonly children: readonly PlanStep[];
}

/** One SELECT of the statement, with its place in it. */
export interface QueryBlock {
  readonly select: TreeObject;
  /** Where the block stands: the statement itself, or nested in it. */
  readonly place: 'outer' | 'nested' | 'scalar' | 'in' | 'exists' | 'cte' | 'from';
}

export interface ReviewInput {
  readonly parsed: ParsedStatement;
  readonly dialect: DialectName;
  readonly schema: DatabaseSchema;
  readonly analysis: SqlAnalysis;
  readonly blocks: readonly QueryBlock[];
  /** Every step of the plan, parents first; empty when EXPLAIN is not known. */
  readonly steps: readonly PlanStep[];
}

/** What a rule saw: the piece of the statement, the table or the plan step at fault. */
export interface Evidence {
  readonly text: string;
  /** Values for the rule's sentences, by name. */
  readonly values?: Readonly<Record<string, string | number>>;
}

export interface ReviewRule {
  readonly id: string;
  readonly severity: Severity;
  readonly topic: RuleTopic;
  /** Only in these dialects; everywhere when absent. */
  readonly dialects?: readonly DialectName[];
  /** What is wrong and what to do; `{name}` stands for the evidence's values. */
  readonly en: readonly [message: string, advice: string];
  readonly zh: readonly [message: string, advice: string];
  check(input: ReviewInput): readonly Evidence[];
}

export type Expression = TreeValue | undefined;
