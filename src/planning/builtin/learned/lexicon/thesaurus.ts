/** The thesaurus that linking uses, all languages together: keys of different languages never collide. */
import type { Thesaurus } from '../linking/linker.ts';
import { translationsThesaurus } from './learned-translations.ts';
import { SYNONYMS_EN } from './synonyms-en.ts';
import { SYNONYMS_ZH } from './synonyms-zh.ts';
import { TRANSLATIONS_ZH } from './translations-zh.ts';

/** All entries of several thesauri; of two entries for the same pair the first counts. */
export function mergeThesauri(...parts: readonly Thesaurus[]): Thesaurus {
  const merged = new Map<string, (readonly [string, number])[]>();
  for (const part of parts)
    for (const [word, units] of part) {
      const list = merged.get(word) ?? [];
      for (const entry of units) if (!list.some(([u]) => u === entry[0])) list.push(entry);
      merged.set(word, list);
    }
  return merged;
}

export const THESAURUS: Thesaurus = mergeThesauri(SYNONYMS_EN, SYNONYMS_ZH, TRANSLATIONS_ZH);

/** The thesaurus with what the weights learnt about translations. */
export const withTranslations = (learned: ReadonlyMap<string, number> | undefined): Thesaurus =>
  learned === undefined || learned.size === 0 ? THESAURUS : mergeThesauri(THESAURUS, translationsThesaurus(learned));
