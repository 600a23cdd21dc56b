/**
 * Chinese training questions: the Spider-derived half of Chase over its own Chinese schemas and over Spider's English
 * ones, and questions generated over those schemas and over invented databases.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../src/planning/builtin/learned/model/random.ts';
import { type Query, termKey, visitColumns } from '../../src/planning/builtin/learned/query/query.ts';
import type { SchemaIndex } from '../../src/planning/builtin/learned/schema/schema-index.ts';
import { type Item, loadChase, loadSpider } from '../eval/datasets.ts';
import { querySql } from '../eval/query-sql.ts';
import { buildVocabulary, type Databases, SchemaIndexes } from './examples.ts';
import { readGold } from './gold-reader.ts';
import { inventedDatabases } from './synthetic-domains.ts';
import { QuestionMaker } from './synthetic-questions.ts';
import type { NamePair } from './translation-trainer.ts';

export interface ChineseData {
  /** Over the schemas with Chinese names. */
  readonly chinese: readonly Item[];
  /** The same questions over the schemas with English names. */
  readonly english: readonly Item[];
  readonly synthetic: readonly Item[];
  readonly pairs: readonly NamePair[];
  readonly vocabulary: ReadonlyMap<string, number>;
}

/** `wanted` says which databases may be used at all. */
export function chineseData(
  data: string,
  databases: Databases,
  wanted: (db: string) => boolean,
  synthetic: number,
): ChineseData {
  const spider = loadSpider(data);
  const vocabulary = buildVocabulary(spider);
  const indexes = new SchemaIndexes(databases, vocabulary);
  const files = new Map(spider.map((i) => [i.db, i]));
  const chinese = loadChase(data, true).filter((i) => wanted(i.db) && files.has(i.db));
  const english: Item[] = [];
  const pairs: NamePair[] = [];
  const twins = new Map<string, SchemaIndex | null>();
  for (const item of chinese) {
    const own = indexes.of(item);
    const other = files.get(item.db)!;
    let twin = twins.get(item.db);
    if (twin === undefined) {
      const index = indexes.of(other);
      twin = sameShape(own, index) ? index : null;
      twins.set(item.db, twin);
      if (twin) pairs.push(...namePairs(item.db, own, twin));
    }
    const moved = twin && moveItem(item, own, twin, other.file);
    if (moved) english.push(moved);
  }
  const first = new Map(chinese.map((i) => [i.db, i.file]));
  const invented = inventedDatabases(join(tmpdir(), 'querent-invented'), 2).filter((d) => wanted(d.db));
  const places: Place[] = [...invented, ...invented, ...invented, ...[...first].map(([db, file]) => ({ db, file }))];
  for (const [db, file] of first) {
    const twin = twins.get(db);
    if (twin) places.push({ db, file, twin: { index: twin, file: files.get(db)!.file } });
  }
  return { chinese, english, pairs, vocabulary, synthetic: generate(places, indexes, databases, synthetic) };
}

/** Every so many-th question of each part, so that about `total` remain: more than half of them made up. */
export function trainingMix(data: ChineseData, total: number): Item[] {
  const take = (items: readonly Item[], n: number): Item[] => {
    const step = Math.max(1, items.length / Math.max(1, n));
    return items.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
  };
  return [
    ...take(data.english, total * 0.2),
    ...take(data.chinese, total * 0.17),
    ...take(data.synthetic, total * 0.63),
  ];
}

function sameShape(a: SchemaIndex, b: SchemaIndex): boolean {
  return (
    a.tables.length === b.tables.length &&
    a.tables.every((t, i) => t.columns.length === b.tables[i]!.columns.length && t.rows === b.tables[i]!.rows)
  );
}

function namePairs(db: string, chinese: SchemaIndex, english: SchemaIndex): NamePair[] {
  return [
    ...chinese.tables.map((t, i) => ({ db, chinese: t.name, english: english.tables[i]!.phrases[0]! })),
    ...chinese.columns.map((c, i) => ({ db, chinese: c.name, english: english.columns[i]!.phrases[0]! })),
  ];
}

/** SQL that the gold reader takes: names in backticks. */
export const goldSql = (query: Query, schema: SchemaIndex): string | null =>
  querySql(query, schema)?.replaceAll('"', '`') ?? null;

/** The same question over a schema of the same shape. */
function moveItem(item: Item, from: SchemaIndex, to: SchemaIndex, file: string): Item | null {
  const move = (sql: string): string | null => {
    const query = readGold(sql, from);
    return query && goldSql(query, to);
  };
  const sql = move(item.sql);
  if (sql === null) return null;
  const previous = item.previous.map((p) => ({ question: p.question, sql: move(p.sql) ?? '' }));
  return { ...item, id: `${item.id}-en`, file, sql, previous: previous.filter((p) => p.sql !== '') };
}

interface Place {
  readonly db: string;
  readonly file: string;
  /** The schema of the same shape with English names, to ask over that one. */
  readonly twin?: { readonly index: SchemaIndex; readonly file: string };
}

function generate(places: readonly Place[], indexes: SchemaIndexes, databases: Databases, count: number): Item[] {
  const out: Item[] = [];
  const each = Math.ceil(count / places.length);
  places.forEach(({ db, file, twin }, place) => {
    const base: Item = { id: '', set: 'chase', db, file, question: '', sql: '', previous: [] };
    const schema = indexes.of(base);
    if (databases.isBig(base)) return;
    const maker = new QuestionMaker(schema, seededRandom(place * 977 + 5));
    if (!maker.usable) return;
    for (let tries = 0, made = 0; made < each && tries < each * 6; tries++) {
      const one = maker.make();
      const sql = one && goldSql(one.query, schema);
      if (!one || !sql || !sane(one.query, schema)) continue;
      if (tries % 3 !== 0 && emptyResult(databases, base, sql)) continue;
      const moved = twin ? goldSql(one.query, twin.index) : sql;
      if (moved === null) continue;
      const id = `synthetic-${place}-${made++}`;
      out.push({ ...base, id, file: twin?.file ?? file, question: one.question, sql: moved, query: one.query });
    }
  });
  return out;
}

const emptyResult = (databases: Databases, item: Item, sql: string): boolean => databases.runner(item).isEmpty(sql);

/** Aggregates of numbers only, each column selected once. */
function sane(query: Query, schema: SchemaIndex): boolean {
  let good = true;
  for (const t of query.select)
    if (t.col >= 0 && t.agg !== '' && t.agg !== 'count' && schema.columns[t.col]!.kind !== 'number') good = false;
  visitColumns(query, (c) => {
    if (schema.columns[c]!.values.length === 0) good = false;
  });
  const keys = query.select.map(termKey);
  return good && new Set(keys).size === keys.length;
}
