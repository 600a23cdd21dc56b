/** Pairs that a model proposes for a theme. They are proposals: each goes through the same proofs as the built ones. */
import { z } from 'zod';
import { completeObject, type ModelClient } from '../../../llm/index.ts';
import type { Language } from '../../../planning/index.ts';
import type { DatabaseSchema } from '../../../sql/index.ts';
import { tableDdl } from '../ddl/table-ddl.ts';
import { tableText } from '../ddl/table-text.ts';
import type { Theme } from './themes.ts';

const answer = z.object({
  pairs: z.array(z.object({ question: z.string(), sql: z.string() })).default([]),
});

export interface ProposedPair {
  readonly question: string;
  readonly sql: string;
}

/** Asks for pairs; null when the model failed. */
export async function proposePairs(
  model: ModelClient,
  theme: Theme,
  schema: DatabaseSchema,
  options: {
    readonly businessContext: string;
    readonly language: Language;
    readonly count: number;
    readonly known: readonly string[];
    readonly signal: AbortSignal;
  },
): Promise<readonly ProposedPair[] | null> {
  const { businessContext, language, count, known, signal } = options;
  const outcome = await completeObject(model, {
    system: `You write analysts' questions with the ${schema.dialect} query that answers each. One SELECT per question, only tables and columns shown. Answer with one JSON object.`,
    prompt: [
      `Business: ${businessContext}`,
      `Theme: ${theme.name}: ${theme.description}`,
      ...theme.tables.slice(0, 8).map((table) => tableDdl(table, schema, tableText(table, language))),
      `Already asked:\n${known.slice(0, 20).join('\n')}`,
      `Write ${count} other questions in ${language === 'zh' ? 'Chinese' : 'English'} as {"pairs": [{"question": "…", "sql": "…"}]}`,
    ].join('\n\n'),
    schema: answer,
    signal,
  });
  if (!outcome.ok) return null;
  return outcome.value.value.pairs
    .map(({ question, sql }) => ({
      question: question.replace(/\s+/g, ' ').trim(),
      sql: sql.trim().replace(/;\s*$/, ''),
    }))
    .filter(({ question, sql }) => question !== '' && question.length <= 500 && sql !== '')
    .slice(0, count * 2);
}
