/**
 * Which tables a question is probably about, by words alone: names, comments, synonyms and sampled values. It only
 * decides what is described at length in a prompt, so recall counts and precision hardly does.
 */
import type { DatabaseSchema, ForeignKey, Table } from '../../sql/index.ts';

export interface RankedTable {
  readonly table: Table;
  readonly score: number;
}

/** Lower-case word stems and Chinese character pairs of a text. */
export function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  const spaced = text.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').toLowerCase();
  for (const [run] of spaced.matchAll(/\p{Script=Han}+|[\p{L}\p{N}]+/gu)) {
    if (/\p{Script=Han}/u.test(run)) {
      if (run.length === 1) words.add(run);
      for (let i = 0; i + 2 <= run.length; i++) words.add(run.slice(i, i + 2));
    } else if (run.length > 1) {
      words.add(stem(run));
    }
  }
  return words;
}

function stem(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(ses|xes|ches|shes)$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}

const WEIGHTS = { name: 4, tableText: 3, column: 2, columnText: 1.5, value: 3 } as const;

/** Snapshots live long and are asked often; what is known of a table is computed once. */
const weighed = new WeakMap<Table, ReadonlyMap<string, number>>();

/** The words of a table, each with the weight of the best place it stands in. */
function weigh(table: Table): ReadonlyMap<string, number> {
  const known = weighed.get(table);
  if (known !== undefined) return known;
  const weights = new Map<string, number>();
  const add = (text: string | null, weight: number) => {
    if (text === null) return;
    for (const word of wordsOf(text)) weights.set(word, Math.max(weights.get(word) ?? 0, weight));
  };
  add(table.ref.name, WEIGHTS.name);
  add(table.comment, WEIGHTS.tableText);
  for (const synonym of table.synonyms) add(synonym, WEIGHTS.tableText);
  for (const column of table.columns) {
    add(column.name, WEIGHTS.column);
    add(column.comment, WEIGHTS.columnText);
    for (const synonym of column.synonyms) add(synonym, WEIGHTS.column);
  }
  weighed.set(table, weights);
  return weights;
}

/** Values of one column that are compared with a question. */
const MAX_VALUES = 1_000;

/** Sampled texts that the question names literally. */
function namedValues(table: Table, question: string): number {
  let found = 0;
  for (const column of table.columns) {
    if (column.type !== 'text') continue;
    const hit = column.values?.list
      .slice(0, MAX_VALUES)
      .some((value) => typeof value === 'string' && value.length >= 2 && question.includes(value.toLowerCase()));
    if (hit) found += 1;
  }
  return Math.min(found, 3);
}

const keyOf = (ref: { schema: string | null; name: string }): string => `${ref.schema ?? ''}.${ref.name}`;

/** Ranks all tables of a schema for a question, best first; tables between two related ones move up. */
export function rankTables(schema: DatabaseSchema, question: string, hints: readonly string[] = []): RankedTable[] {
  const asked = wordsOf([question, ...hints].join('\n'));
  const lower = question.toLowerCase();
  const weights = schema.tables.map(weigh);
  const holders = new Map<string, number>();
  for (const table of weights) for (const word of table.keys()) holders.set(word, (holders.get(word) ?? 0) + 1);
  const own = schema.tables.map((table, index) => {
    let score = namedValues(table, lower) * WEIGHTS.value;
    for (const word of asked) {
      const weight = weights[index]!.get(word);
      // A word that every table has tells nothing.
      if (weight !== undefined) score += weight * Math.log(1 + schema.tables.length / (holders.get(word) ?? 1));
    }
    return score;
  });
  const position = new Map(schema.tables.map((table, index) => [keyOf(table.ref), index]));
  const linked = [...own];
  const neighbours = schema.tables.map((table) =>
    table.foreignKeys.flatMap((key: ForeignKey) => position.get(keyOf(key.referenced)) ?? []),
  );
  neighbours.forEach((targets, from) => {
    for (const to of targets) {
      linked[from] = Math.max(linked[from]!, own[from]! + own[to]! * 0.3);
      linked[to] = Math.max(linked[to]!, own[to]! + own[from]! * 0.3);
    }
    // A bridge between two asked-for tables is needed though nobody names it.
    const strong = targets.map((to) => own[to]!).sort((a, b) => b - a);
    if (strong.length >= 2) linked[from] = Math.max(linked[from]!, own[from]! + strong[1]! * 0.8);
  });
  return schema.tables
    .map((table, index) => ({ table, score: linked[index]! }))
    .sort((a, b) => b.score - a.score || a.table.ref.name.localeCompare(b.table.ref.name));
}
