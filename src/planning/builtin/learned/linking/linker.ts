/** Connects a question with a schema: which columns, tables and cells its words may mean. */

import type { Query } from '../query/query.ts';
import { withMeasures } from '../schema/measure-columns.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';
import type { Unit } from '../text/units.ts';
import { findMeasures, type Measure, type NamedSpan } from './measures/find-measures.ts';
import { matchCharacters, matchPhrase, type Occurrence, type PhraseMatch } from './phrase-match.ts';
import { carriedValues, type Previous, previousOf } from './previous.ts';
import type { Question } from './question.ts';
import { findValues, type ValueMention } from './values.ts';

/** Words that mean a schema unit although they are spelt differently. */
export type Thesaurus = ReadonlyMap<string, readonly (readonly [unit: string, weight: number])[]>;

/** Coverage from which a table counts as named: its words, or synonyms of all of them. */
export const NAMED = 0.74;

export interface Link {
  /** Best first; empty when nothing matches. */
  readonly matches: readonly PhraseMatch[];
  /** Best match of the name without its table's words; null when there are none or the name is nothing else. */
  readonly short: PhraseMatch | null;
  /** Coverage of the best match, units weighted by rarity in this schema. */
  readonly rarity: number;
  /** The best match is part of a longer exact match of something else. */
  readonly dominated: boolean;
  /** How many columns match as well as this one at the same place. */
  readonly rivals: number;
}

export interface NamedPlace {
  readonly start: number;
  readonly end: number;
  /** The column named there, -1 when several are. */
  readonly column: number;
  readonly dominated: boolean;
  /** One of the columns named there is not text. */
  readonly measurable: boolean;
}

export interface Linking {
  readonly question: Question;
  readonly schema: SchemaIndex;
  readonly columns: readonly Link[];
  readonly tables: readonly Link[];
  /** Columns that match at all. */
  readonly matched: readonly number[];
  /** Tables that match at all. */
  readonly matchedTables: readonly number[];
  /** The first column of every place that columns match best at, those inside longer names left out. */
  readonly spanColumns: readonly number[];
  /** Places where some column is named in full. */
  readonly named: readonly NamedPlace[];
  readonly values: readonly ValueMention[];
  /** Set for follow-up questions. */
  readonly previous: Previous | null;
  /** Per unit: C column, T table, V value, N number, or '' – what a sketch model sees instead of the word. */
  readonly mask: readonly string[];
}

const NOTHING: Link = { matches: [], short: null, rarity: 0, dominated: false, rivals: 0 };

export function link(
  asked: Question,
  plain: SchemaIndex,
  thesaurus: Thesaurus,
  previousQuery: Query | null = null,
): Linking {
  const places = occurrencesOf(asked, thesaurus);
  addPrefixes(places, asked, plain);
  const lookup = (unit: string): readonly Occurrence[] | undefined => places.get(unit);
  const match = (phrase: readonly string[]): PhraseMatch[] =>
    /\p{Script=Han}/u.test(phrase[0] ?? '')
      ? matchCharacters(phrase, lookup)
      : matchPhrase(phrase, lookup, 1, phrase.length > 1 ? lookup(phrase.join(' ')) : undefined);
  const tables: Link[] = plain.tables.map(() => NOTHING);
  for (const t of touched(places, plain.tablesByUnit))
    tables[t] = linkPhrases(plain.tables[t]!.phrases, null, match, plain);
  const columns: Link[] = plain.columns.map(() => NOTHING);
  for (const c of touched(places, plain.columnsByUnit)) {
    const { phrases, table } = plain.columns[c]!;
    columns[c] = linkPhrases(phrases, plain.tables[table]!.phrases[0]!, match, plain);
  }
  const question = atSeams(asked, columns, tables);
  const measures = measuresOf(question, plain, columns, tables);
  const schema = measures.length === 0 ? plain : withMeasures(plain, measures);
  for (const m of measures) columns.push(measureLink(question, m));
  settleRivals(question.units.length, columns, tables);
  const previous = previousQuery && previousOf(previousQuery, schema);
  const values = [...findValues(question, schema), ...(previous ? carriedValues(previous) : [])];
  const matched = columns.flatMap((l, id) => (l.matches.length > 0 ? [id] : []));
  return {
    question,
    schema,
    columns,
    tables,
    matched,
    matchedTables: tables.flatMap((l, id) => (l.matches.length > 0 ? [id] : [])),
    spanColumns: spanColumns(columns, matched),
    named: namedPlaces(schema, columns, matched),
    values,
    previous,
    mask: maskOf(question, columns, tables, values),
  };
}

/** 车型的里程数平台的名称: a table's name right behind a column's begins the next item of a list, as if behind a comma. */
function atSeams(question: Question, columns: readonly Link[], tables: readonly Link[]): Question {
  if (!question.chinese) return question;
  const { units } = question;
  const ends = new Set<number>();
  for (const l of columns) for (const m of l.matches) if (m.coverage === 1 && m.exact) ends.add(m.end);
  const seams = new Set<number>();
  for (const l of tables)
    for (const m of l.matches)
      if (m.coverage === 1 && m.exact && ends.has(m.start) && units[m.end]?.text === '的') seams.add(m.start);
  if (seams.size === 0) return question;
  return { ...question, units: units.map((u, i) => (seams.has(i) ? { ...u, afterComma: true } : u)) };
}

/** Measures of the tables that something matches in. */
function measuresOf(
  question: Question,
  schema: SchemaIndex,
  columns: readonly Link[],
  tables: readonly Link[],
): Measure[] {
  const touchedTables = new Set<number>();
  const named: NamedSpan[] = [];
  const chars = ({ start, end }: PhraseMatch): NamedSpan => ({
    start: question.units[start]!.start,
    end: question.units[end - 1]!.end,
  });
  tables.forEach((l, t) => {
    if (l.matches.length > 0) touchedTables.add(t);
  });
  columns.forEach((l, c) => {
    const m = l.matches[0];
    if (m === undefined) return;
    touchedTables.add(schema.columns[c]!.table);
    if (m.coverage === 1) named.push(...l.matches.filter((x) => x.coverage === 1).map(chars));
  });
  return findMeasures(question, schema, touchedTables, named);
}

function measureLink(question: Question, measure: Measure): Link {
  const { units } = question;
  const first = units.findIndex((u) => u.end > measure.start);
  let end = Math.max(0, first);
  while (end < units.length && units[end]!.start < measure.end) end++;
  if (first < 0 || end === first) return NOTHING;
  const match: PhraseMatch = { start: first, end, coverage: 1, exact: true, head: true, weight: 1 };
  return { matches: [match], short: null, rarity: 1, dominated: false, rivals: 0 };
}

function spanColumns(columns: readonly Link[], matched: readonly number[]): number[] {
  const seen = new Set<number>();
  return matched.filter((id) => {
    const { matches, dominated } = columns[id]!;
    const key = matches[0]!.start * 1000 + matches[0]!.end;
    if (dominated || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function namedPlaces(schema: SchemaIndex, columns: readonly Link[], matched: readonly number[]): NamedPlace[] {
  const places = new Map<string, NamedPlace>();
  for (const id of matched) {
    const { matches, dominated } = columns[id]!;
    const m = matches[0]!;
    if (m.coverage < 1) continue;
    const key = `${m.start}-${m.end}-${dominated}`;
    const known = places.get(key);
    const measurable = schema.columns[id]!.kind !== 'text' || (known?.measurable ?? false);
    places.set(key, { start: m.start, end: m.end, column: known ? -1 : id, dominated, measurable });
  }
  return [...places.values()];
}

/** Ids of what has a unit that occurs. */
function touched(places: ReadonlyMap<string, unknown>, index: ReadonlyMap<string, readonly number[]>): Set<number> {
  const ids = new Set<number>();
  for (const unit of places.keys()) {
    const space = unit.indexOf(' ');
    for (const id of index.get(space < 0 ? unit : unit.slice(0, space)) ?? []) ids.add(id);
  }
  return ids;
}

function occurrencesOf(question: Question, thesaurus: Thesaurus): Map<string, Occurrence[]> {
  const places = new Map<string, Occurrence[]>();
  const add = (unit: string, start: number, end: number, weight: number): void => {
    const list = places.get(unit);
    if (list === undefined) places.set(unit, [{ start, end, weight }]);
    else {
      const same = list.findIndex((o) => o.start === start);
      // 省 is the whole of 省份 as well: a part of a character beside the character.
      if (same < 0 || !Number.isInteger(end)) list.push({ start, end, weight });
      else if (list[same]!.end < end && weight >= list[same]!.weight) list[same] = { start, end, weight };
    }
  };
  const { units } = question;
  const hidden = insideLongerWords(question, thesaurus);
  units.forEach((u, i) => {
    add(u.text, i, i + 1, 1);
  });
  for (let i = 0; i < units.length; i++) {
    for (const { unit, end } of numbersAsked(units, i)) addSynonym(add, unit, i, end, ASKED_NUMBER);
    let key = '';
    for (let j = i; j < Math.min(units.length, i + 6); j++) {
      key += units[j]!.text;
      if (!hidden.has(i * 256 + j + 1))
        for (const [unit, weight] of thesaurus.get(key) ?? []) addSynonym(add, unit, i, j + 1, weight);
      if (j === i + 1 && !units[i]!.chinese) add(units[i]!.raw + units[j]!.text, i, j + 1, 1);
      if (!units[i]!.chinese && j > i) break;
    }
  }
  return places;
}

/** Weight of 页数 in 多少页. */
const ASKED_NUMBER = 0.8;

/** 多少页 asks for a 页数, 多少专辑 for a 专辑数量; what is counted has one or two characters. */
function numbersAsked(units: readonly Unit[], at: number): { unit: string; end: number }[] {
  const word = (from: number, length: number): string =>
    units
      .slice(from, from + length)
      .map((u) => (u.chinese && !u.afterComma ? u.text : ' '))
      .join('');
  if (word(at, 2) !== '多少') return [];
  return [1, 2].flatMap((length) => {
    const thing = word(at + 2, length);
    if (thing.length < length || thing.includes(' ')) return [];
    const end = at + 2 + length;
    return length === 1
      ? [{ unit: `${thing}数`, end }]
      : [
          { unit: `${thing}数量`, end },
          { unit: `${thing}数`, end },
        ];
  });
}

/** Places of words that are only a piece of a longer known word: 电影 in 电影院 (but not 学生 in 学生人数). */
function insideLongerWords(question: Question, thesaurus: Thesaurus): Set<number> {
  const hidden = new Set<number>();
  if (!question.chinese) return hidden;
  const words: { start: number; end: number }[] = [];
  const { units } = question;
  for (let i = 0; i < units.length; i++) {
    if (!units[i]!.chinese) continue;
    let key = '';
    for (let j = i; j < Math.min(units.length, i + 6) && units[j]!.chinese; j++) {
      key += units[j]!.text;
      if (thesaurus.has(key)) words.push({ start: i, end: j + 1 });
    }
  }
  const known = new Set(words.map((w) => w.start * 256 + w.end));
  for (const long of words) {
    if (long.end - long.start < 2) continue;
    let splits = false;
    for (let k = long.start + 1; k < long.end && !splits; k++)
      splits = known.has(long.start * 256 + k) && known.has(k * 256 + long.end);
    if (splits && long.end - long.start > 2) continue;
    for (const w of words)
      if (w !== long && w.start >= long.start && w.end <= long.end) hidden.add(w.start * 256 + w.end);
  }
  return hidden;
}

/** A synonym of several characters takes the place of the word, each character a part of it. */
function addSynonym(
  add: (unit: string, start: number, end: number, weight: number) => void,
  unit: string,
  start: number,
  end: number,
  weight: number,
): void {
  if (!/\p{Script=Han}/u.test(unit)) {
    add(unit, start, end, weight);
    return;
  }
  const part = (end - start) / unit.length;
  for (let k = 0; k < unit.length; k++)
    add(unit[k]!, start + k * part, k + 1 === unit.length ? end : start + (k + 1) * part, weight);
}

/** Schema words that abbreviate a question word: `enr` for "enrolled". */
function addPrefixes(places: Map<string, Occurrence[]>, question: Question, schema: SchemaIndex): void {
  if (question.chinese) return;
  for (const unit of schema.unitFrequency.keys()) {
    if (unit.length < 3 || unit.length > 6 || places.has(unit) || !/^[a-z]+$/.test(unit)) continue;
    question.units.forEach((u, i) => {
      if (u.raw.length < unit.length + 2 || !u.raw.startsWith(unit)) return;
      const list = places.get(unit);
      if (list === undefined) places.set(unit, [{ start: i, end: i + 1, weight: 0.7 }]);
      else list.push({ start: i, end: i + 1, weight: 0.7 });
    });
  }
}

function linkPhrases(
  phrases: readonly (readonly string[])[],
  table: readonly string[] | null,
  match: (phrase: readonly string[]) => PhraseMatch[],
  schema: SchemaIndex,
): Link {
  let matches: PhraseMatch[] = [];
  let chosen = phrases[0]!;
  for (const phrase of phrases) {
    const found = match(phrase);
    if (found.length > 0 && (matches.length === 0 || found[0]!.coverage > matches[0]!.coverage)) {
      matches = found;
      chosen = phrase;
    }
  }
  if (matches.length === 0) return NOTHING;
  let short: PhraseMatch | null = null;
  if (table !== null) {
    const rest = chosen.filter((u) => !table.includes(u));
    if (rest.length > 0 && rest.length < chosen.length) short = match(rest)[0] ?? null;
  }
  let total = 0;
  let seen = 0;
  for (const unit of chosen) {
    const weight = 1 / Math.sqrt(schema.unitFrequency.get(unit) ?? 1);
    total += weight;
    seen += weight * (match([unit]).length > 0 ? 1 : 0);
  }
  return { matches, short, rarity: seen / total, dominated: false, rivals: 0 };
}

/** Marks matches inside longer exact ones, and counts equally good columns per place. */
function settleRivals(length: number, columns: Link[], tables: Link[]): void {
  const longest = new Int32Array(length);
  const best = new Map<string, number>();
  const spanKey = (m: PhraseMatch): string => `${m.start}-${m.end}-${Math.round(m.coverage * 20)}`;
  for (const l of [...columns, ...tables])
    for (const m of l.matches)
      if (m.coverage === 1) for (let i = m.start; i < m.end; i++) longest[i] = Math.max(longest[i]!, m.end - m.start);
  const inside = (m: PhraseMatch): boolean => longest[m.start]! > m.end - m.start;
  for (const list of [columns, tables])
    list.forEach((l, i) => {
      if (l.matches.length > 1) list[i] = { ...l, matches: freeFirst(l.matches, inside) };
    });
  for (const l of columns) {
    const m = l.matches[0];
    if (m) best.set(spanKey(m), (best.get(spanKey(m)) ?? 0) + 1);
  }
  for (const list of [columns, tables])
    list.forEach((l, i) => {
      const m = l.matches[0];
      if (!m) return;
      list[i] = { ...l, dominated: inside(m), rivals: (best.get(spanKey(m)) ?? 1) - (list === columns ? 1 : 0) };
    });
}

/** Of equally good places those first that are no part of a longer name. */
function freeFirst(matches: readonly PhraseMatch[], inside: (m: PhraseMatch) => boolean): readonly PhraseMatch[] {
  const free = matches.find((m) => m.coverage === matches[0]!.coverage && !inside(m));
  return free === undefined || free === matches[0] ? matches : [free, ...matches.filter((m) => m !== free)];
}

function maskOf(
  question: Question,
  columns: readonly Link[],
  tables: readonly Link[],
  values: readonly ValueMention[],
): string[] {
  const mask = question.units.map(() => '');
  for (const l of columns)
    for (const m of l.matches) if (m.coverage === 1) for (let i = m.start; i < m.end; i++) mask[i] = 'C';
  for (const l of tables)
    for (const m of l.matches) if (m.coverage >= NAMED) for (let i = m.start; i < m.end; i++) mask[i] = 'T';
  for (const v of values)
    if (v.strong)
      for (let i = v.start; i < v.end; i++)
        mask[i] = v.number !== null && (v.cells.length === 0 || question.chinese) ? 'N' : 'V';
  return mask;
}
