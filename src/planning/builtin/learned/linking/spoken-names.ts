/** Foreign names that a Chinese question spells by their sound, found among Latin cells: 安迪 for Andy, 明尼苏达 for Minnesota. */
import { TRANSLATIONS_ZH } from '../lexicon/translations-zh.ts';
import {
  consonantsOf,
  isNameCharacter,
  soundDistance,
  soundsForeign,
  vowelDistance,
  vowelsOf,
} from '../lexicon/transliteration-zh.ts';
import { englishCells } from '../lexicon/values-zh.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';
import type { CellHit } from '../schema/value-index.ts';
import type { Question } from './question.ts';

/** A run of the question's characters and the cells that sound like it. */
export interface SpokenName {
  readonly start: number;
  readonly end: number;
  readonly cells: readonly CellHit[];
  /** Whether the cells are the name and nothing else. */
  readonly whole: boolean;
}

/** A name while its parts are still put together. */
interface Part extends SpokenName {
  readonly words: number;
}

interface LatinWord {
  readonly word: string;
  readonly consonants: readonly string[];
  readonly vowels: string;
  readonly cells: readonly CellHit[];
}

const MAX_WORDS = 20_000;
/** Cells that are kept for a word; one that stands in more tells little. */
const MAX_CELLS_OF_WORD = 100;
const MAX_CELL_WORDS = 5;
const MAX_CELLS = 8;
const MAX_ALIKE = 3;
const LONGEST = 8;
/** Words of cells that are no names. */
const COMMON = new Set('and the for not with from inc ltd street road avenue court apt suite'.split(' '));

const lexicons = new WeakMap<SchemaIndex, readonly LatinWord[]>();

/** Latin words of text cells with their sounds; made when the first question asks for it. */
function latinWords(schema: SchemaIndex): readonly LatinWord[] {
  const known = lexicons.get(schema);
  if (known !== undefined) return known;
  const cells = new Map<string, CellHit[]>();
  for (const column of schema.columns) {
    if (column.kind !== 'text' || column.measure !== undefined) continue;
    column.values.forEach((value, position) => {
      const words = wordsOf(value);
      if (words.length === 0 || words.length > MAX_CELL_WORDS) return;
      for (const word of words) {
        if (word.length < 3 || COMMON.has(word)) continue;
        const list = cells.get(word);
        if (list !== undefined) {
          if (list.length < MAX_CELLS_OF_WORD) list.push({ column: column.id, value: position });
        } else if (cells.size < MAX_WORDS) cells.set(word, [{ column: column.id, value: position }]);
      }
    });
  }
  const made = [...cells].map(([word, hits]) => ({
    word,
    consonants: consonantsOf(word),
    vowels: vowelsOf(word),
    cells: hits,
  }));
  lexicons.set(schema, made);
  return made;
}

/** The words of a cell; none when it holds anything but letters. */
function wordsOf(value: unknown): string[] {
  if (typeof value !== 'string' || value.length > 60 || !/^[\p{Script=Latin}\s.,'’&-]+$/u.test(value)) return [];
  return value
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((w) => w !== '');
}

/** Names in the question that are not `taken` by anything else, left to right; parts of one name are one. */
export function spokenNames(question: Question, schema: SchemaIndex, taken: Uint8Array): SpokenName[] {
  const found: Part[] = [];
  for (const [from, to] of nameRuns(question, taken)) {
    const words = latinWords(schema);
    if (words.length === 0) return [];
    found.push(...namesIn(question, words, from, to));
  }
  return joined(found, schema);
}

/** Runs of at least two characters that names are written with. */
function nameRuns(question: Question, taken: Uint8Array): [number, number][] {
  const runs: [number, number][] = [];
  const { units } = question;
  for (let i = 0; i < units.length; i++) {
    let end = i;
    while (
      end < units.length &&
      taken[end] === 0 &&
      isNameCharacter(units[end]!.raw) &&
      (end === i || units[end]!.start === units[end - 1]!.end)
    )
      end++;
    if (end - i >= 2) runs.push([i, end]);
    if (end > i) i = end - 1;
  }
  return runs;
}

function namesIn(question: Question, words: readonly LatinWord[], from: number, to: number): Part[] {
  const found: Part[] = [];
  const free = (start: number, end: number): boolean => found.every((f) => f.end <= start || f.start >= end);
  const bound = (at: number): boolean => at === from || at === to || found.some((f) => f.start === at || f.end === at);
  for (let length = Math.min(LONGEST, to - from); length >= 2; length--)
    for (let start = from; start + length <= to; start++) {
      const end = start + length;
      // Two characters are a name only between others or where the run ends: 大多 and 可以 are none.
      if (!free(start, end) || (length === 2 && !(bound(start) && bound(end)))) continue;
      const chars = question.units.slice(start, end).map((u) => u.raw);
      const text = chars.join('');
      if (!soundsForeign(chars) || TRANSLATIONS_ZH.has(text)) continue;
      const translated = englishCells(text);
      // A name with a translation of its own (约翰 for John) is no other that sounds like it.
      const cells =
        translated.length > 0
          ? words.filter((w) => translated.includes(w.word)).flatMap((w) => w.cells)
          : soundingLike(chars, words);
      if (cells.length > 0) found.push({ start, end, cells, whole: false, words: 1 });
    }
  return found.sort((a, b) => a.start - b.start);
}

/** Most that a name may differ, by how many consonants tell it. */
const tolerance = (consonants: number): number =>
  consonants <= 2 ? 0.05 : consonants === 3 ? 0.3 : consonants <= 5 ? 0.55 : 0.8;

function soundingLike(chars: readonly string[], words: readonly LatinWord[]): CellHit[] {
  let best = Number.POSITIVE_INFINITY;
  let alike: LatinWord[] = [];
  for (const word of words) {
    const n = word.consonants.length;
    if (n < 2 || Math.abs(n - chars.length) > 2) continue;
    const distance = soundDistance(chars, word.consonants);
    if (distance > tolerance(Math.min(n, chars.length + 1)) || distance > best) continue;
    if (distance < best) alike = [];
    best = distance;
    alike.push(word);
  }
  if (alike.length > MAX_ALIKE) {
    const vowels = alike.map((word) => vowelDistance(chars, word.vowels));
    alike = alike.filter((_, i) => vowels[i] === Math.min(...vowels));
  }
  // Many words that sound alike say nothing.
  return alike.length > MAX_ALIKE ? [] : alike.flatMap((w) => w.cells);
}

/** Neighbouring names that stand in one cell become one; then each name keeps the cells that are nothing else, if there are any. */
function joined(found: readonly Part[], schema: SchemaIndex): SpokenName[] {
  const out: Part[] = [];
  for (const name of found) {
    const before = out.at(-1);
    const key = (c: CellHit): string => `${c.column}:${c.value}`;
    const shared =
      before?.end === name.start ? before.cells.filter((c) => name.cells.some((d) => key(d) === key(c))) : [];
    if (before !== undefined && shared.length > 0)
      out[out.length - 1] = { ...name, start: before.start, cells: shared, words: before.words + 1 };
    else out.push(name);
  }
  return out.flatMap(({ words, ...name }): SpokenName[] => {
    const alone = name.cells.filter((c) => wordsOf(schema.columns[c.column]!.values[c.value]).length === words);
    if (alone.length > 0) return [{ ...name, cells: alone.slice(0, MAX_CELLS), whole: true }];
    // Two sounds within a longer cell are chance.
    return name.end - name.start < 3 ? [] : [{ ...name, cells: name.cells.slice(0, MAX_CELLS), whole: false }];
  });
}
