import type { Column, DatabaseSchema, Scalar, Table, TableRef } from '../../../sql/index.ts';
import { valueTranslations } from '../lexicon/value-translations.ts';
import { expandIdentifier, splitIdentifier } from '../text/identifier.ts';
import { hasHan } from '../text/language.ts';
import { stem } from '../text/stemmer.ts';
import { tokenize } from '../text/tokenizer.ts';
import { type ColumnTraits, columnTraits, labelColumns } from './column-traits.ts';
import { type JoinGraph, joinGraph } from './join-graph.ts';
import { valueLegend } from './value-legend.ts';

/** A thing of the schema that a phrase may mean; indices into {@link SchemaIndex.tables}. */
export interface Target {
  readonly kind: 'table' | 'column';
  readonly table: number;
  /** -1 for a table. */
  readonly column: number;
}

export interface Hit {
  readonly target: Target;
  /** 1: says it exactly; less for partial names and paraphrases. */
  readonly weight: number;
}

export interface ValueHit {
  readonly table: number;
  readonly column: number;
  readonly value: Scalar;
  readonly weight: number;
}

export interface IndexedTable {
  readonly index: number;
  readonly table: Table;
  readonly columns: readonly { readonly column: Column; readonly traits: ColumnTraits }[];
  /** Columns that name a row to people, e.g. `name`, or first and last name. Empty when there is none. */
  readonly labels: readonly number[];
}

/** Everything that linking needs to know about one schema; built once per fingerprint. */
export interface SchemaIndex {
  readonly schema: DatabaseSchema;
  readonly tables: readonly IndexedTable[];
  readonly phrases: ReadonlyMap<string, readonly Hit[]>;
  readonly values: ReadonlyMap<string, readonly ValueHit[]>;
  readonly joins: JoinGraph;
}

const MAX_VALUE_TOKENS = 7;
const NOISE_SUFFIX = /(?:信息表|数据表|记录表|主表|明细表|信息|表|table)$/i;
const TABLE_PREFIX = /^(?:tbl|tb|t|dim|fact|fct|ods|dwd|dws|ads|stg|bss|sys|vw|v)$/;
const GENERIC_HEAD = new Set(
  'name date number code id type level count amount price time key no title value status'.split(' '),
);
const CHINESE_GENERIC = /(?:编号|名称|日期|时间|金额|数量|类型|状态|姓名|代码|等级|总额|总数|ID|id)$/;

/** The key under which a phrase is indexed and looked up: stems of words, Chinese without spaces. */
export function phraseKeyOf(text: string): string {
  return keyOfStems(
    tokenize(text)
      .filter((token) => token.kind !== 'punctuation')
      .map((token) => token.stem.toLowerCase()),
  );
}

export function keyOfStems(stems: readonly string[]): string {
  let key = '';
  for (const part of stems) key += key !== '' && !(hasHan(part) || hasHan(key.at(-1) ?? '')) ? ` ${part}` : part;
  return key;
}

/** Builds the linking index of a schema. Cost grows with columns and sampled values; call it once per fingerprint. */
export function buildSchemaIndex(schema: DatabaseSchema): SchemaIndex {
  const phrases = new Map<string, Hit[]>();
  const values = new Map<string, ValueHit[]>();
  const tables: IndexedTable[] = schema.tables.map((table, index) => {
    const columns = table.columns.map((column) => ({ column, traits: columnTraits(table, column) }));
    return { index, table, columns, labels: labelColumns(table, columns) };
  });
  for (const table of tables) indexTable(table, phrases, values);
  return { schema, tables, phrases, values, joins: joinGraph(schema) };
}

function add(phrases: Map<string, Hit[]>, key: string, target: Target, weight: number): void {
  if (key === '') return;
  const list = phrases.get(key);
  if (list === undefined) {
    phrases.set(key, [{ target, weight }]);
    return;
  }
  const same = list.findIndex((hit) => hit.target.table === target.table && hit.target.column === target.column);
  if (same < 0) list.push({ target, weight });
  else if (list[same]!.weight < weight) list[same] = { target, weight };
}

function indexTable(table: IndexedTable, phrases: Map<string, Hit[]>, values: Map<string, ValueHit[]>): void {
  const view = table.table.kind === 'view' ? 0.86 : isBridge(table) ? 0.6 : 1;
  const target: Target = { kind: 'table', table: table.index, column: -1 };
  const words = expandIdentifier(table.table.ref.name).filter(
    (word, i, all) => all.length === 1 || i > 0 || !TABLE_PREFIX.test(word),
  );
  const stems = words.map(stem);
  add(phrases, keyOfStems(stems), target, view);
  const raw = splitIdentifier(table.table.ref.name).map(stem);
  if (raw.join() !== stems.join()) add(phrases, keyOfStems(raw), target, view);
  if (stems.length > 1) {
    add(phrases, stems.at(-1)!, target, 0.55 * view);
    if (stems.length > 2) add(phrases, keyOfStems(stems.slice(-2)), target, 0.7 * view);
  }
  for (const name of [...names(table.table.comment), ...table.table.synonyms]) {
    add(phrases, phraseKeyOf(name), target, view);
    const short = name.replace(NOISE_SUFFIX, '');
    if (short !== name) add(phrases, phraseKeyOf(short), target, view);
  }
  const chineseNames = names(table.table.comment)
    .filter(hasHan)
    .map((name) => name.replace(NOISE_SUFFIX, ''));
  if (hasHan(table.table.ref.name)) chineseNames.push(table.table.ref.name.replace(NOISE_SUFFIX, ''));
  for (const name of chineseNames) add(phrases, name, target, view);
  for (const [index, { column, traits }] of table.columns.entries()) {
    indexColumn(table, index, column, stems, chineseNames, phrases, view);
    if (traits.key || table.table.kind !== 'table') continue;
    if (column.values !== null) indexValues(table.index, index, column, values);
    for (const { value, label } of valueLegend(column))
      if (label !== null)
        addValue(values, phraseKeyOf(label), { table: table.index, column: index, value, weight: 0.95 });
  }
}

/** A table that only links others: its key is made of foreign keys and it says nothing else. */
export function isBridge(table: IndexedTable): boolean {
  const keys = table.table.foreignKeys;
  if (keys.length < 2) return false;
  return table.columns.every(
    ({ column, traits }) =>
      traits.technical ||
      table.table.primaryKey.includes(column.name) ||
      keys.some((key) => key.columns.includes(column.name)),
  );
}

/** Tables named after the one number they hold: a salary, a payment, a score. */
const NUMBER_TABLE =
  /salar|wage|payment|price|cost|expense|budget|sale|revenue|income|score|grade|fee|fare|balance|population|工资|薪|付款|支付|成绩|费用|价格/i;

function indexColumn(
  table: IndexedTable,
  index: number,
  column: Column,
  tableStems: readonly string[],
  tableNames: readonly string[],
  phrases: Map<string, Hit[]>,
  view: number,
): void {
  const target: Target = { kind: 'column', table: table.index, column: index };
  const put = (key: string, weight: number): void => {
    add(phrases, key, target, weight * view);
  };
  const stems = expandIdentifier(column.name).map(stem);
  if (!hasHan(column.name)) {
    put(keyOfStems(stems), 1);
    put(keyOfStems(splitIdentifier(column.name).map(stem)), 1);
    if (!stems.some((part) => tableStems.includes(part))) put(keyOfStems([...tableStems, ...stems]), 1);
    const rest =
      tableStems.length < stems.length && tableStems.every((part, i) => stems[i] === part)
        ? stems.slice(tableStems.length)
        : null;
    if (rest !== null) put(keyOfStems(rest), 0.95);
    const traits = table.columns[index]!.traits;
    // A key's role: support_rep_id is the support rep.
    if (traits.key && stems.length > 2 && stems.at(-1) === 'id') put(keyOfStems(stems.slice(0, -1)), 0.8);
    const numbers = table.columns.filter((one) => one.traits.numeric);
    if (traits.numeric && numbers.length === 1 && NUMBER_TABLE.test(table.table.ref.name))
      put(keyOfStems(tableStems), 0.97);
    if (stems.length > 1 && !(traits.key && stems.at(-1) === 'id')) {
      const head = stems.at(-1)!;
      put(head, traits.key ? 0.3 : 0.68);
      if (stems.length > 2) put(keyOfStems(stems.slice(1)), 0.75);
      if (GENERIC_HEAD.has(head)) put(keyOfStems(stems.slice(0, -1)), traits.key ? 0.3 : 0.62);
      for (const part of stems.slice(0, -1)) if (part.length > 2) put(part, 0.35);
    }
  }
  for (const name of [...(hasHan(column.name) ? [column.name] : []), ...namesOf(column), ...column.synonyms]) {
    put(phraseKeyOf(name), 1);
    if (!hasHan(name)) continue;
    const clean = name.replace(/[^\p{Script=Han}A-Za-z0-9]/gu, '');
    for (const prefix of tableNames)
      if (clean.startsWith(prefix) && clean.length > prefix.length + 1) put(clean.slice(prefix.length), 0.9);
    if (clean.length >= 4) {
      put(clean.slice(-2), 0.6);
      if (clean.length >= 5) put(clean.slice(-3), 0.62);
      if (clean.length >= 6) put(clean.slice(-4), 0.7);
      const bare = clean.replace(CHINESE_GENERIC, '');
      if (bare !== clean && bare.length >= 2) put(bare, 0.62);
    }
  }
}

/** "订单金额(元)，含税" → 订单金额; synonyms in brackets are kept as names of their own. */
function names(comment: string | null): string[] {
  if (comment === null) return [];
  const main = comment.split(/[(（:：,，;；。.\n|]/)[0]!.trim();
  const rest = comment
    .split(/[(（)）:：,，;；、/|]/)
    .slice(1)
    .map((part) => part.trim())
    .filter((part) => part.length > 1 && part.length <= 8);
  return [main, ...rest].filter((name) => name !== '' && name.length <= 40);
}

/** The names that a comment gives a column; what it says of the values is no name of it. */
function namesOf(column: Column): string[] {
  const parts = new Set(valueLegend(column).flatMap((entry) => [entry.part, String(entry.value)]));
  return names(column.comment).filter((name, i) => i === 0 || !parts.has(name));
}

function indexValues(table: number, index: number, column: Column, values: Map<string, ValueHit[]>): void {
  const put = (key: string, value: Scalar, weight: number): void =>
    addValue(values, key, { table, column: index, value, weight });
  const few = column.values!.complete && column.values!.list.length <= 200;
  for (const value of column.values!.list) {
    if (typeof value !== 'string' || value.length > 60 || value.length === 0) continue;
    const words = valueWords(value);
    if (words.length === 0 || words.length > (hasHan(value) ? 20 : MAX_VALUE_TOKENS)) continue;
    if (value.length < 4 && /^\d+$/.test(value)) continue;
    put(keyOfStems(words), value, 1);
    // Few values: word forms count as well ("comedies" for Comedy).
    if (few && words.length <= 3) put(keyOfStems(words.map(stem)), value, 0.97);
    if (hasHan(value)) {
      const short = value.replace(/(?:省|市|自治区|地区|大区|区|县|部|有限公司|公司)$/, '');
      if (short.length >= 2 && short !== value) put(short, value, 0.9);
    }
    if (value.length <= 24 && (few || hasHan(value)))
      for (const other of valueTranslations(value)) put(phraseKeyOf(other), value, 0.9);
  }
}

function addValue(values: Map<string, ValueHit[]>, key: string, hit: ValueHit): void {
  const list = values.get(key);
  if (list === undefined) values.set(key, [hit]);
  else if (!list.some((other) => other.table === hit.table && other.column === hit.column)) list.push(hit);
}

const VALUE_WORD = /\p{Script=Han}|\d+(?:[.,]\d+)*|(?:(?!\p{Script=Han})[\p{L}\p{M}])+/gu;

/** Lower-cased words of a cell, split as a question is, without stems. */
function valueWords(value: string): string[] {
  if (/[a-z][A-Z]|'/.test(value))
    return tokenize(value).flatMap((token) => (token.kind === 'punctuation' ? [] : [token.text.toLowerCase()]));
  return value.toLowerCase().match(VALUE_WORD) ?? [];
}

/** The reference of a table, for sources. */
export function refOf(index: SchemaIndex, table: number): TableRef {
  return index.tables[table]!.table.ref;
}
