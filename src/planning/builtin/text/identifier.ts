import { ABBREVIATIONS } from '../lexicon/abbreviations.ts';
import { stem } from './stemmer.ts';

const PART = /\p{Script=Han}+|[A-Z]+(?![a-z])|[A-Z]?[a-z\u00c0-\u024f']+|\d+|[\p{L}]+/gu;

/** Words of an identifier: `OrderDate`, `order_date`, `ORDER-DATE2`, `emp no` → lower-case words. */
export function splitIdentifier(name: string): string[] {
  return (name.match(PART) ?? []).map((part) => part.toLowerCase());
}

/** Like {@link splitIdentifier}, with abbreviations written out (`qty` → quantity, `emp` → employee). */
export function expandIdentifier(name: string): string[] {
  return splitIdentifier(name).flatMap((word) =>
    Object.hasOwn(ABBREVIATIONS, word) ? ABBREVIATIONS[word]!.split(' ') : [word],
  );
}

/** Stems of the written-out words of an identifier. */
export function identifierStems(name: string): string[] {
  return expandIdentifier(name).map(stem);
}
