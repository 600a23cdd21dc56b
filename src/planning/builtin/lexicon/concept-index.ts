import { hasHan } from '../text/language.ts';
import { stemPhrase } from '../text/stemmer.ts';
import { CONCEPTS, RELATED } from './concepts.ts';

/** Another way to say a phrase, with how sure it is the same thing. */
export interface Paraphrase {
  readonly text: string;
  readonly weight: number;
}

interface Group {
  readonly english: readonly string[];
  readonly chinese: readonly string[];
}

const split = (text: string): string[] =>
  text
    .split(/[,，]/)
    .map((word) => word.trim())
    .filter(Boolean);

let groups: readonly Group[] | null = null;

/** The concept groups, parsed once. */
export function conceptGroups(): readonly Group[] {
  groups ??= CONCEPTS.trim()
    .split('\n')
    .map((line) => {
      const [english, chinese] = line.split('|');
      return { english: split(english ?? ''), chinese: split(chinese ?? '') };
    });
  return groups;
}

/** English phrases are compared by their stems, Chinese ones as they are. */
export function phraseKey(text: string): string {
  return hasHan(text) ? text : stemPhrase(text.toLowerCase()).join(' ');
}

let index: ReadonlyMap<string, readonly Paraphrase[]> | null = null;

function build(): ReadonlyMap<string, readonly Paraphrase[]> {
  const map = new Map<string, Paraphrase[]>();
  const add = (from: string, to: string, weight: number): void => {
    const key = phraseKey(from);
    if (key === phraseKey(to)) return;
    const list = map.get(key) ?? [];
    const known = list.findIndex((item) => item.text === to);
    if (known >= 0) {
      if (list[known]!.weight < weight) list[known] = { text: to, weight };
    } else list.push({ text: to, weight });
    map.set(key, list);
  };
  for (const { english, chinese } of conceptGroups()) {
    const all = [...english, ...chinese];
    for (const [i, from] of all.entries()) {
      for (const [j, to] of all.entries()) {
        if (i === j) continue;
        // Identifiers are mostly the first word of a line, or the first Chinese one.
        const head = Math.min(i, j) === 0 || (i >= english.length && j >= english.length) || j < 3;
        add(from, to, head ? 0.92 : 0.8);
      }
    }
  }
  for (const line of RELATED.trim().split('\n')) {
    const [asked, answers] = line.split('→');
    for (const from of split(asked ?? ''))
      split(answers ?? '').forEach((to, rank) => {
        add(from, to, 0.66 - rank * 0.02);
      });
  }
  return map;
}

/** Other ways to say `phrase`, both languages, surest first not guaranteed. Empty when none is known. */
export function paraphrases(phrase: string): readonly Paraphrase[] {
  index ??= build();
  return index.get(phraseKey(phrase)) ?? [];
}

let asked: readonly string[] | null = null;

/** Every phrase that has paraphrases. */
export function knownPhrases(): readonly string[] {
  index ??= build();
  asked ??= [...index.keys()];
  return asked;
}
