/** How near texts are by their letters: typing errors, not meaning. */
import { distance } from 'fastest-levenshtein';
import { lexicalVector } from '../embedding/lexical-vector.ts';

const HAN = /\p{Script=Han}/u;

/** How many slips a word of this length may have; none where one letter makes another word. */
export const slipsAllowed = (word: string): number => {
  const length = [...word].length;
  if (HAN.test(word)) return length >= 4 ? 1 : 0;
  return length >= 9 ? 2 : length >= 5 ? 1 : 0;
};

/**
 * The part of `text` that is `word` but for slips of the fingers; null when there is none. Numbers are never a slip.
 * Both are keys (see `textKey`).
 */
export function misspelled(word: string, text: string): string | null {
  const allowed = slipsAllowed(word);
  if (allowed === 0 || /\d/.test(word)) return null;
  for (const candidate of HAN.test(word) ? slices(word, text) : windows(word, text)) {
    if (candidate === word || /\d/.test(candidate)) continue;
    const near = [candidate, candidate.replace(/e?s$/, ''), candidate.replace(/s$/, '')];
    if (near.some((one) => distance(one, word) <= allowed)) return candidate;
  }
  return null;
}

/** As many neighbouring words as `word` has. */
function windows(word: string, text: string): string[] {
  const words = text.split(' ');
  const count = word.split(' ').length;
  return words.slice(0, Math.max(0, words.length - count + 1)).map((_, at) => words.slice(at, at + count).join(' '));
}

/** As many neighbouring characters as `word` has. */
function slices(word: string, text: string): string[] {
  return [...text]
    .slice(0, Math.max(0, text.length - word.length + 1))
    .map((_, at) => text.slice(at, at + word.length));
}

/** Whether `text` says `word`; Latin words only whole, in the singular or plural. */
export function says(text: string, word: string): boolean {
  if (HAN.test(word)) return text.includes(word);
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?:e?s)?(?![\\p{Script=Latin}\\p{N}])`, 'u').test(text);
}

const vectors = new Map<string, readonly number[]>();
const MAX_VECTORS = 4_000;

/** The built-in vector of a text, remembered. */
export function rememberedVector(text: string): readonly number[] {
  const known = vectors.get(text);
  if (known) return known;
  const vector = lexicalVector(text);
  if (vectors.size >= MAX_VECTORS) vectors.delete(vectors.keys().next().value!);
  vectors.set(text, vector);
  return vector;
}

/** Cosine of two vectors of length one. */
export const cosine = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
