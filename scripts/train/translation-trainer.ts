/** Learns from pairs of names of the same things in two languages which Chinese words stand for which English ones. */
import type { Thesaurus } from '../../src/planning/builtin/learned/linking/linker.ts';

export interface NamePair {
  readonly db: string;
  readonly chinese: string;
  /** Units of the English name. */
  readonly english: readonly string[];
}

/** `word\tunit` → weight, as weights files keep it. */
export type Translations = ReadonlyMap<string, number>;

const HAN_ONLY = /^\p{Script=Han}{2,6}$/u;

/**
 * Names of one English word translate as they are; of longer ones the known words are taken off on both sides, and
 * what is left over belongs together. Whole names translate to whole phrases.
 */
export function trainTranslations(pairs: readonly NamePair[], known: Thesaurus): Translations {
  const found = new Map<string, Map<string, Set<string>>>();
  const add = (word: string, unit: string, db: string): void => {
    if (!HAN_ONLY.test(word)) return;
    const units = found.get(word) ?? new Map<string, Set<string>>();
    units.set(unit, (units.get(unit) ?? new Set()).add(db));
    found.set(word, units);
  };
  const means = (word: string, unit: string): boolean =>
    known.get(word)?.some(([u]) => u === unit) === true || found.get(word)?.has(unit) === true;
  const cleaned = pairs.map((p) => ({ ...p, chinese: p.chinese.replace(/[A-Za-z0-9_（）()\s]+|的/gu, '') }));
  for (const p of cleaned) {
    const english = p.english.filter((u) => u !== 'id' || p.english.length === 1);
    if (english.length === 1) add(p.chinese, english[0]!, p.db);
    else if (english.length > 1 && english.length === p.english.length) add(p.chinese, english.join(' '), p.db);
  }
  for (let round = 0; round < 3; round++)
    for (const p of cleaned) {
      let rest = p.chinese;
      const left = p.english.filter((unit) => {
        for (let n = Math.min(4, rest.length); n >= 1; n--)
          for (let i = 0; i + n <= rest.length; i++)
            if (rest.length > n && means(rest.slice(i, i + n), unit)) {
              rest = rest.slice(0, i) + rest.slice(i + n);
              return false;
            }
        return unit !== 'id';
      });
      if (left.length === 1 && rest.length > 0 && rest.length <= 4 && left.length < p.english.length)
        add(rest, left[0]!, p.db);
    }
  const out = new Map<string, number>();
  for (const [word, units] of found) {
    const best = Math.max(...[...units.values()].map((s) => s.size));
    for (const [unit, dbs] of units)
      if (dbs.size >= Math.max(1, best * 0.3)) out.set(`${word}\t${unit}`, dbs.size === best ? 1 : 0.75);
  }
  return out;
}
