/** Question–SQL examples for a question: the same one, those that differ by slips, and those that share its words. */
import { distance } from 'fastest-levenshtein';
import { type DatabaseSchema, guardReadOnly } from '../../sql/index.ts';
import { textKey } from '../text-key.ts';
import { cosine, rememberedVector } from './likeness.ts';

export interface Pair {
  readonly question: string;
  readonly sql: string;
}

export interface RankedPair extends Pair {
  /** 1: the same question. */
  readonly similarity: number;
}

const LEAST_SIMILARITY = 0.25;
/** Below 1, which is kept for the same question. */
const HIGHEST = 0.99;

/** Ranks pairs by how near their questions are; far ones are left out. */
export function rankPairs(question: string, pairs: readonly Pair[]): readonly RankedPair[] {
  const asked = textKey(question);
  return pairs
    .map((pair) => ({ question: pair.question, sql: pair.sql, similarity: likeness(asked, question, pair.question) }))
    .filter(({ similarity }) => similarity >= LEAST_SIMILARITY)
    .sort((a, b) => b.similarity - a.similarity);
}

function likeness(asked: string, question: string, other: string): number {
  const key = textKey(other);
  if (key === asked) return 1;
  const words = cosine(rememberedVector(question), rememberedVector(other));
  const longest = Math.max(asked.length, key.length);
  const shortest = Math.min(asked.length, key.length);
  // Letters can only be alike where the lengths are.
  const letters = shortest / longest < 0.8 ? 0 : 1 - distance(asked, key) / longest;
  return Math.min(HIGHEST, Math.max(words, letters >= 0.8 ? letters : 0));
}

/** Merges ranked lists, every question–SQL pair once, and keeps what the given (visible) schema can answer. */
export async function usablePairs(
  lists: readonly (readonly RankedPair[])[],
  schema: DatabaseSchema,
  limit: number,
): Promise<readonly RankedPair[]> {
  const ranked = lists.flat().sort((a, b) => b.similarity - a.similarity);
  const seen = new Set<string>();
  const usable: RankedPair[] = [];
  for (const pair of ranked) {
    if (usable.length >= limit) break;
    const key = `${textKey(pair.question)}\n${pair.sql}`;
    if (seen.has(key)) continue;
    seen.add(key);
    // Names that are hidden from the caller, or gone, must not come back through an example.
    if ((await guardReadOnly(pair.sql, { schema, maxRows: 1 })).ok) {
      usable.push({ ...pair, sql: pair.sql.replace(/[;\s]+$/, '') });
    }
  }
  return usable;
}
