/** Which texts speak of what is hidden from a caller: they must reach neither the caller nor a model that works for the caller. */
import type { DatabaseSchema, Table } from '../sql/index.ts';

/** True when a text names a hidden table or column, in whatever spelling. */
export type Mentions = (text: string) => boolean;

/** Longer comments are sentences, not names. */
const MAX_COMMENT = 40;
/** A name that is found inside of other words, too: written as one word it is still itself. */
const LEAST_INNER = 6;

const remembered = new WeakMap<DatabaseSchema, WeakMap<DatabaseSchema, Mentions>>();

/** What `whole` has and `visible` has not. A name that is also visible elsewhere is not hidden. */
export function hiddenNames(whole: DatabaseSchema, visible: DatabaseSchema): Mentions {
  const ofWhole = remembered.get(whole) ?? new WeakMap<DatabaseSchema, Mentions>();
  remembered.set(whole, ofWhole);
  const known = ofWhole.get(visible);
  if (known) return known;
  const seen = new Set(namesOf(visible.tables));
  const made = mentionsOf([...new Set(namesOf(whole.tables))].filter((name) => !seen.has(name)));
  ofWhole.set(visible, made);
  return made;
}

function namesOf(tables: readonly Table[]): string[] {
  return tables
    .flatMap((table) => [
      table.ref.name,
      ...table.synonyms,
      table.comment ?? '',
      ...table.columns.flatMap((column) => [column.name, ...column.synonyms, column.comment ?? '']),
    ])
    .filter((name) => name.length <= MAX_COMMENT)
    .map(spaced)
    .filter((name) => [...name].length > 1);
}

function mentionsOf(names: readonly string[]): Mentions {
  if (names.length === 0) return () => false;
  const words = names.flatMap((name) => [name, singular(name)]).map(escaped);
  const whole = new RegExp(
    `(?<![\\p{Script=Latin}\\p{N}])(?:${words.join('|')})(?:e?s)?(?![\\p{Script=Latin}\\p{N}])`,
    'u',
  );
  const inner = names
    .map((name) => name.replaceAll(' ', ''))
    .filter((name) => name.length >= LEAST_INNER || /\p{Script=Han}/u.test(name));
  return (text) => {
    const key = spaced(text);
    const joined = key.replaceAll(' ', '');
    return whole.test(key) || inner.some((name) => joined.includes(name));
  };
}

/** Small letters, one blank for whatever stands between words. */
const spaced = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/(?<=\w)s$/, '');

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
