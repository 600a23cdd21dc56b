/** Collects pairs that were proven and are not there yet: no question twice, no query twice. */
import { planKey, type SqlAnalysis, safeRenderPlan } from '../../../sql/index.ts';
import { type ProofContext, proveSql } from '../prove/prove-sql.ts';
import type { Draft, Form } from './draft.ts';
import { questionKey } from './select-drafts.ts';

export interface ProvenPair {
  readonly question: string;
  /** On one line, with a semicolon. */
  readonly sql: string;
  readonly form: Form | 'model';
  readonly theme: string;
  readonly analysis: SqlAnalysis;
}

export type Refusal = 'known' | 'not-expressible' | 'not-proven' | 'trivial';

export interface PairCollector {
  readonly pairs: readonly ProvenPair[];
  addDraft(draft: Draft, theme: string): Promise<Refusal | null>;
  addProposal(question: string, sql: string, theme: string): Promise<Refusal | null>;
}

/** One line; texts in quotes keep their blanks. */
export function oneLineSql(sql: string): string {
  const joined =
    sql.includes("'") || sql.includes('--')
      ? sql.replace(/\n\s*(?=(?:[^']*'[^']*')*[^']*$)/g, ' ')
      : sql.replace(/\s+/g, ' ');
  return `${joined.trim().replace(/;\s*$/, '')};`;
}

export function createPairCollector(context: ProofContext): PairCollector {
  const pairs: ProvenPair[] = [];
  const questions = new Set<string>();
  const queries = new Set<string>();
  const prove = async (question: string, sql: string, form: Form | 'model', theme: string): Promise<Refusal | null> => {
    const proof = await proveSql(sql, context);
    if (!proof.ok) return 'not-proven';
    if (proof.value.trivial !== null) return 'trivial';
    pairs.push({ question, sql: oneLineSql(sql), form, theme, analysis: proof.value.analysis });
    return null;
  };
  return {
    pairs,
    async addDraft(draft, theme) {
      const question = questionKey(draft.question);
      const query = planKey(draft.plan);
      if (questions.has(question) || queries.has(query)) return 'known';
      questions.add(question);
      queries.add(query);
      const rendered = safeRenderPlan(draft.plan, context.schema.dialect, { schema: context.schema, pretty: false });
      return rendered.ok ? prove(draft.question, rendered.value, draft.form, theme) : 'not-expressible';
    },
    async addProposal(question, sql, theme) {
      const key = questionKey(question);
      const query = oneLineSql(sql).toLowerCase();
      if (questions.has(key) || queries.has(query)) return 'known';
      questions.add(key);
      queries.add(query);
      return prove(question, sql, 'model', theme);
    },
  };
}
