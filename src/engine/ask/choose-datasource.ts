/** Which datasource a question is about, when nobody said: the one whose catalog explains the question best. */
import type { Planner } from '../../planning/index.ts';
import type { DatabaseSchema } from '../../sql/index.ts';
import { searchTables } from '../../workflows/index.ts';

export interface Choosable {
  readonly id: number;
  readonly name: string;
  readonly schema: DatabaseSchema;
}

export type Choice =
  | { readonly kind: 'chosen'; readonly id: number }
  /** Two or more fit equally, or none does. */
  | { readonly kind: 'open'; readonly candidates: readonly Choosable[] };

/** Confidence by which one reading must be ahead of the next. */
const CLEAR_LEAD = 0.1;
/** Factor by which one catalog must explain more words than the next. */
const CLEAR_MATCH = 1.3;
/** Catalogs that a question is planned on; beyond them only the words decide. */
const MAX_PLANNED = 8;

/** Never touches a database; the planner is the builtin one. */
export async function chooseDatasource(
  question: string,
  all: readonly Choosable[],
  context: { readonly planner: Planner; readonly today: string; readonly signal: AbortSignal },
): Promise<Choice> {
  const [only] = all;
  if (only && all.length === 1) return { kind: 'chosen', id: only.id };
  const matched = all
    .map((source) => ({ source, match: matchOf(question, source.schema) }))
    .sort((a, b) => b.match - a.match);
  const scored = [];
  for (const { source, match } of matched.slice(0, MAX_PLANNED)) {
    scored.push({ source, match, confidence: await confidenceOn(question, source.schema, context) });
  }
  scored.sort((a, b) => b.confidence - a.confidence || b.match - a.match);
  const [best, next] = scored;
  if (!best) return { kind: 'open', candidates: all };
  if (!next) return { kind: 'chosen', id: best.source.id };
  if (best.confidence >= next.confidence + CLEAR_LEAD) return { kind: 'chosen', id: best.source.id };
  const close = scored.filter((one) => one.confidence > best.confidence - CLEAR_LEAD).sort((a, b) => b.match - a.match);
  const [first, second] = close;
  if (first && first.match > 0 && (!second || first.match >= second.match * CLEAR_MATCH)) {
    return { kind: 'chosen', id: first.source.id };
  }
  const fitting = new Set(close.map((one) => one.source));
  return { kind: 'open', candidates: all.filter((source) => fitting.has(source)) };
}

/** How well the words of the question are explained by names, comments and values. */
const matchOf = (question: string, schema: DatabaseSchema): number =>
  searchTables(schema, question, 3).reduce((sum, match) => sum + match.score, 0);

async function confidenceOn(
  question: string,
  schema: DatabaseSchema,
  { planner, today, signal }: { readonly planner: Planner; readonly today: string; readonly signal: AbortSignal },
): Promise<number> {
  const knowledge = { terms: [], examples: [], measures: [], notes: [] };
  const planned = await planner.plan({ question, schema, today, previous: [], knowledge }, { signal });
  switch (planned.kind) {
    case 'answer':
      return planned.candidates[0]?.confidence ?? 0;
    case 'clarify':
      return (planned.options[0]?.candidate.confidence ?? 0) / 2;
    case 'cannot':
      return 0;
  }
}
