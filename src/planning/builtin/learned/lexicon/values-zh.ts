/**
 * Chinese words for things that cells of English databases spell in English: places, peoples and languages, days, colours,
 * food, animals, sports, music, subjects, jobs, ranks, statuses, vehicles, buildings, health, faiths, brands, frequent names.
 */
import { valueTranslations } from '../../lexicon/value-translations.ts';
import { VALUE_LINES } from './values-zh.data.ts';

let index: Map<string, string[]> | null = null;

/** English spellings of a Chinese word, lower case; empty when none is known. */
export function englishCells(word: string): readonly string[] {
  if (index === null) {
    index = new Map();
    for (const line of VALUE_LINES.trim().split('\n')) {
      const [english, chinese] = line.split(': ');
      for (const w of chinese!.split(' ')) index.set(w, [...(index.get(w) ?? []), ...english!.split(', ')]);
    }
  }
  const own = index.get(word) ?? [];
  const shared = valueTranslations(word).filter((w) => /^[a-z]/.test(w));
  return [...new Set([...own, ...shared])];
}
