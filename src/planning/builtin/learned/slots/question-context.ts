/** Everything about one question over one schema that slot filling looks up again and again. */
import { type Link, type Linking, NAMED } from '../linking/linker.ts';
import type { PhraseMatch } from '../linking/phrase-match.ts';
import type { Question } from '../linking/question.ts';
import type { TextClassifier } from '../model/text-classifier.ts';
import { F } from './feature-names.ts';
import { FeatureVector, type SparseVector } from './feature-vector.ts';
import { ROLES, type Role, tagRoles } from './role-tagger.ts';

/** Learned associations of question words with schema words, `word~unit` → log-odds. */
export type Lexicon = ReadonlyMap<string, number>;

/** Learned odds that a question word goes with a column, 0 when unknown. */
export type WordOdds = (unit: number, column: number) => number;

export interface QuestionContext {
  readonly linking: Linking;
  /** Features of each column that do not depend on what is filled already. */
  fixed(id: number): SparseVector;
  readonly lexicon: Float32Array;
  readonly wordOdds: WordOdds;
  /** Columns worth considering at all. */
  readonly pool: readonly number[];
  /** Exactly named tables: their best match. */
  readonly tableMatch: readonly (PhraseMatch | null)[];
  roles(start: number, end: number): Float32Array;
  /** Log-probability of a role at a mention. */
  role(match: PhraseMatch | null, role: Role): number;
}

const POOL = 56;

export function createContext(linking: Linking, tagger: TextClassifier | null, lexicon: Lexicon): QuestionContext {
  const lex = lexiconScores(linking, lexicon);
  const namedTables = linking.tables.map((l) => (l.matches[0] && l.matches[0].coverage >= NAMED ? l.matches[0] : null));
  const cells = new Set<number>();
  for (const v of linking.values) if (v.strong) for (const c of v.cells) cells.add(c.column);
  const buffer = new FeatureVector();
  const known = new Map<number, SparseVector>();
  const fixed = (id: number): SparseVector => {
    let vector = known.get(id);
    if (vector === undefined) {
      buffer.clear();
      fixedFeatures(buffer, linking, id, lex[id]!, namedTables, cells);
      vector = buffer.copy();
      known.set(id, vector);
    }
    return vector;
  };
  const cache = new Map<number, Float32Array>();
  const roles = (start: number, end: number): Float32Array => {
    const key = start * 256 + end;
    let found = cache.get(key);
    if (found === undefined) {
      found = tagger ? tagRoles(tagger, linking, start, end) : new Float32Array(ROLES.length);
      cache.set(key, found);
    }
    return found;
  };
  return {
    linking,
    fixed,
    lexicon: lex,
    wordOdds: (unit, column) => {
      const word = linking.question.units[unit];
      if (word === undefined || lexicon.size === 0) return 0;
      let best = 0;
      for (const u of linking.schema.columns[column]!.phrases[0]!)
        best = Math.max(best, lexicon.get(`${word.text}~${u}`) ?? 0);
      return best;
    },
    pool: poolOf(linking, lex, cells),
    tableMatch: namedTables,
    roles,
    role: (match, role) => (match ? roles(match.start, match.end)[ROLES.indexOf(role)]! : 0),
  };
}

function lexiconScores(linking: Linking, lexicon: Lexicon): Float32Array {
  const scores = new Float32Array(linking.schema.columns.length);
  if (lexicon.size === 0) return scores;
  const byWord = groupedLexicon(lexicon);
  const byUnit = new Map<string, number>();
  for (const word of lexiconWords(linking.question, null))
    for (const [unit, odds] of byWord.get(word) ?? []) byUnit.set(unit, Math.max(odds, byUnit.get(unit) ?? 0));
  for (const [unit, odds] of byUnit)
    for (const id of linking.schema.columnsByUnit.get(unit) ?? [])
      if (linking.schema.columns[id]!.phrases[0]!.includes(unit)) scores[id] = Math.max(scores[id]!, odds);
  return scores;
}

/** What the lexicon knows as words: units, and pairs of neighbouring Chinese characters; without the masked ones. */
export function lexiconWords(question: Question, mask: readonly string[] | null): Set<string> {
  const words = new Set<string>();
  const { units } = question;
  const open = (i: number): boolean => mask === null || mask[i] === '';
  units.forEach((u, i) => {
    if (!open(i)) return;
    words.add(u.text);
    const next = units[i + 1];
    if (u.chinese && next?.chinese && open(i + 1) && !next.afterComma) words.add(u.text + next.text);
  });
  return words;
}

const grouped = new WeakMap<Lexicon, Map<string, [unit: string, odds: number][]>>();

function groupedLexicon(lexicon: Lexicon): Map<string, [string, number][]> {
  let byWord = grouped.get(lexicon);
  if (byWord === undefined) {
    byWord = new Map();
    for (const [key, odds] of lexicon) {
      const at = key.indexOf('~');
      const word = key.slice(0, at);
      const list = byWord.get(word);
      if (list === undefined) byWord.set(word, [[key.slice(at + 1), odds]]);
      else list.push([key.slice(at + 1), odds]);
    }
    grouped.set(lexicon, byWord);
  }
  return byWord;
}

function poolOf(linking: Linking, lex: Float32Array, cells: ReadonlySet<number>): number[] {
  const { schema } = linking;
  const all = schema.columns.map((c) => c.id);
  if (all.length <= POOL) return all;
  const quick = (id: number): number => {
    const c = schema.columns[id]!;
    const l = linking.columns[id]!;
    const t = linking.tables[c.table]!;
    const table = t.matches[0]?.coverage ?? 0;
    return (
      (l.matches[0]?.coverage ?? 0) * 2 +
      (l.short?.coverage ?? 0) +
      l.rarity +
      table * 1.2 +
      (cells.has(id) ? 2 : 0) +
      lex[id]! * 0.3 +
      (c.naming ? 0.5 + table : 0) +
      (c.primary ? 0.5 * table : 0) +
      (linking.previous?.used.has(id) ? 2 : 0)
    );
  };
  const scored = all.map((id) => [id, quick(id)] as const);
  return scored
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, POOL)
    .map(([id]) => id);
}

function fixedFeatures(
  out: FeatureVector,
  linking: Linking,
  id: number,
  lexicon: number,
  namedTables: readonly (PhraseMatch | null)[],
  cells: ReadonlySet<number>,
): void {
  const { schema } = linking;
  const column = schema.columns[id]!;
  const l: Link = linking.columns[id]!;
  const m = l.matches[0];
  const table = namedTables[column.table]!;
  const tablePartial = linking.tables[column.table]!.matches.length > 0;
  const exact = m?.exact === true && m.weight === 1;
  out.add(F.bias);
  out.add(F.coverage, m ? m.coverage : 0);
  out.flag(F.exact, exact);
  out.flag(F.full, m !== undefined && m.coverage === 1);
  out.flag(F.partial, m !== undefined && m.coverage < 1);
  out.flag(F.unmatched, m === undefined);
  out.add(F.rarity, l.rarity);
  out.flag(F.head, m?.head ?? false);
  const short = l.short !== null && l.short.coverage === 1;
  out.flag(F['short-full'], short);
  out.flag(F['short-full-table-named'], short && table !== null);
  out.flag(F['exact-table-named'], exact && table !== null);
  out.flag(F.dominated, l.dominated);
  out.add(F.rivals, Math.log(1 + l.rivals));
  out.flag(F['exact-alone'], exact && l.rivals === 0);
  out.flag(F.synonym, m !== undefined && m.weight < 1);
  out.add(F.lexicon, lexicon);
  out.add(F['lexicon-unmatched'], m === undefined ? lexicon : 0);
  out.flag(F['table-exact'], table !== null);
  out.flag(F['table-partial'], table === null && tablePartial);
  out.flag(F['table-unnamed'], !tablePartial);
  if (table && m) {
    const gap = m.start >= table.end ? m.start - table.end : table.start - m.end;
    out.flag(F['table-near'], gap <= 2);
    out.flag(F['table-before'], table.start < m.start && gap <= 1);
  }
  out.flag(
    F['linked-table-named'],
    schema.linked[id]!.some(
      (o) => namedTables[schema.columns[o]!.table] !== null && schema.columns[o]!.table !== column.table,
    ),
  );
  const same = schema.columnsByPhrase.get(schema.phraseKeys[id]!) ?? [id];
  const copies = same.length;
  out.flag(
    F['duplicate-elsewhere-named'],
    copies > 1 &&
      table === null &&
      same.some((o) => schema.columns[o]!.table !== column.table && namedTables[schema.columns[o]!.table] !== null),
  );
  out.flag(F.bridge, schema.tables[column.table]!.bridge);
  out.flag(F.primary, column.primary);
  out.flag(F.foreign, column.foreign);
  out.flag(F['id-like'], column.idLike);
  out.flag(F.naming, column.naming);
  out.flag(F['naming-table-named-unmatched'], column.naming && table !== null && m === undefined);
  out.flag(F['primary-unmatched'], column.primary && m === undefined);
  out.flag(F['foreign-exact'], column.foreign && exact);
  out.add(F[column.kind]);
  out.flag(F['short-name'], column.phrases[0]!.length === 1);
  out.flag(F['long-name'], column.phrases[0]!.length >= 3);
  out.add(F.duplicates, Math.log(copies));
  out.flag(F['has-cell'], cells.has(id));
  out.flag(F['unique-table'], schema.tables.length === 1);
  out.flag(F.measure, column.measure !== undefined);
  const { previous } = linking;
  if (previous === null) return;
  out.add(F['previous-exists']);
  const selected = previous.selected.has(id);
  const used = previous.used.has(id);
  out.flag(F['previous-selected'], selected);
  out.flag(F['previous-filtered'], previous.filtered.has(id));
  out.flag(F['previous-grouped'], previous.grouped.has(id));
  out.flag(F['previous-ordered'], previous.ordered.has(id));
  out.flag(F['previous-used'], used);
  out.flag(F['previous-table'], previous.tables.has(column.table));
  out.flag(F['previous-selected-unmatched'], selected && m === undefined);
  out.flag(F['previous-used-unmatched'], used && m === undefined);
  out.flag(F['previous-new-matched'], !used && m !== undefined && m.coverage === 1);
}
