/** Terms for a question: those it says, those it misspells, and those that are about the same. */
import { appliesTo, type KnowledgeScope } from '../scope.ts';
import type { TermContent } from '../terms/term-store.ts';
import { textKey } from '../text-key.ts';
import { cosine, misspelled, rememberedVector, says } from './likeness.ts';

export interface MatchedTerm {
  readonly word: string;
  /** With the spelling that the question uses, when it is another one. */
  readonly synonyms: readonly string[];
  readonly description: string;
  readonly match: 'literal' | 'fuzzy' | 'vector';
}

const LEAST_SIMILARITY = 0.3;
const LIMITS = { total: 20, vector: 5 } as const;

/** The enabled terms of a datasource that a question needs, the surest first. */
export function matchTerms(
  question: string,
  terms: readonly TermContent[],
  scope: KnowledgeScope,
): readonly MatchedTerm[] {
  const asked = textKey(question);
  if (asked === '') return [];
  const literal: MatchedTerm[] = [];
  const fuzzy: MatchedTerm[] = [];
  const near: { readonly term: MatchedTerm; readonly similarity: number }[] = [];
  for (const { word, synonyms, description, datasources, enabled } of terms) {
    if (!enabled || !appliesTo(datasources, scope)) continue;
    const names = [word, ...synonyms].map(textKey);
    if (names.some((name) => says(asked, name))) {
      literal.push({ word, synonyms, description, match: 'literal' });
      continue;
    }
    const spelling = firstOf(names, (name) => misspelled(name, asked));
    if (spelling !== null) {
      fuzzy.push({ word, synonyms: [...synonyms, spelling], description, match: 'fuzzy' });
      continue;
    }
    const similarity = cosine(rememberedVector(question), rememberedVector([word, ...synonyms, description].join(' ')));
    if (similarity >= LEAST_SIMILARITY) {
      near.push({ term: { word, synonyms, description, match: 'vector' }, similarity });
    }
  }
  near.sort((a, b) => b.similarity - a.similarity);
  return [...literal, ...fuzzy, ...near.slice(0, LIMITS.vector).map(({ term }) => term)].slice(0, LIMITS.total);
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
