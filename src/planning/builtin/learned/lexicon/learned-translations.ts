/** Translations that came with the weights, as a thesaurus. */
import type { Thesaurus } from '../linking/linker.ts';

/** From `word\tunit` → weight. */
export function translationsThesaurus(translations: ReadonlyMap<string, number>): Thesaurus {
  const out = new Map<string, (readonly [string, number])[]>();
  for (const [key, weight] of translations) {
    const at = key.indexOf('\t');
    const word = key.slice(0, at);
    const list = out.get(word);
    if (list === undefined) out.set(word, [[key.slice(at + 1), weight]]);
    else list.push([key.slice(at + 1), weight]);
  }
  return out;
}
