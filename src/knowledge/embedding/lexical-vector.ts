/**
 * The built-in vector of a text, for installations without an embedding model: a signed hash of its words, word parts
 * and Chinese character pairs. Deterministic, the same on every machine; texts that share words are near each other.
 *
 * The features of a text are its Latin words (weight 1), the character triples inside them (so that `orders` meets
 * `order`; weight 0.4), numbers, single Chinese characters (0.5) and pairs of neighbours (1). Each feature is hashed
 * (FNV-1a, 32 bits): the hash picks one of the dimensions and a sign. A feature that occurs n times counts 1 + ln n;
 * the vector is brought to length 1.
 */

/** The dimension of the built-in vectors, here and nowhere else. */
export const LEXICAL_DIMENSIONS = 1024;

/** Names the vectors, so that they are never compared with a model's. */
export const LEXICAL_MODEL = 'querent-lexical-1';

const WORD_PART = 0.4;
const SINGLE_HAN = 0.5;
const FREQUENT = new Set(
  'a an the of and or is are was were be to in on for by with from at as it this that 的 了 是 在 和 与'.split(' '),
);

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193);
  }
  // The last bits of FNV are weak for short texts.
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  value ^= value >>> 13;
  return value >>> 0;
}

function features(text: string): Map<string, number> {
  const found = new Map<string, { count: number; weight: number }>();
  const add = (feature: string, weight: number): void => {
    const known = found.get(feature);
    if (known) known.count += 1;
    else found.set(feature, { count: 1, weight });
  };
  const plain = text.normalize('NFKC').toLowerCase();
  for (const [run] of plain.matchAll(/\p{Script=Han}+|[\p{L}\p{M}]+|\p{N}+(?:[.-]\p{N}+)*/gu)) {
    if (/\p{Script=Han}/u.test(run)) {
      const characters = [...run];
      for (const [index, character] of characters.entries()) {
        if (!FREQUENT.has(character)) add(`h:${character}`, SINGLE_HAN);
        const next = characters[index + 1];
        if (next !== undefined) add(`h:${character}${next}`, 1);
      }
      continue;
    }
    if (FREQUENT.has(run)) continue;
    add(`w:${run}`, 1);
    const padded = `^${run}$`;
    for (let at = 0; run.length > 3 && at + 3 <= padded.length; at++) add(`t:${padded.slice(at, at + 3)}`, WORD_PART);
  }
  return new Map([...found].map(([feature, { count, weight }]) => [feature, weight * (1 + Math.log(count))]));
}

/** The vector of a text; a text without letters and digits has zeros only, and is similar to nothing. */
export function lexicalVector(text: string): readonly number[] {
  const vector = new Array<number>(LEXICAL_DIMENSIONS).fill(0);
  for (const [feature, weight] of features(text)) {
    const value = hash(feature);
    vector[value % LEXICAL_DIMENSIONS]! += (value & 0x80000000) === 0 ? weight : -weight;
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => Math.round((value / length) * 1e6) / 1e6);
}
