import type { Example } from '../planner.ts';
import { normalizeQuestion } from './text/normalize.ts';

const key = (question: string): string =>
  normalizeQuestion(question)
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, ' ')
    .trim();

/** The verified example whose question is the same but for case, spaces and punctuation; null when there is none. */
export function matchExample(question: string, examples: readonly Example[]): Example | null {
  const asked = key(question);
  if (asked === '') return null;
  return examples.find((example) => key(example.question) === asked) ?? null;
}
