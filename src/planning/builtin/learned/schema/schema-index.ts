/** Everything about one database that planning needs again and again, built once per schema fingerprint. */
import type { DatabaseSchema, Scalar } from '../../../../sql/index.ts';
import type { Arithmetic } from '../query/query.ts';
import { buildGraph, type Edge, type Graph } from './join-graph.ts';
import { columnUnits, nameUnits, type Vocabulary } from './names.ts';
import { buildValueIndex, type ValueIndex } from './value-index.ts';

export type ValueKind = 'number' | 'text' | 'date' | 'flag';

export interface IndexedColumn {
  readonly id: number;
  readonly table: number;
  readonly name: string;
  /** Phrases for it: the name first, then comment and synonyms. */
  readonly phrases: readonly (readonly string[])[];
  readonly kind: ValueKind;
  readonly primary: boolean;
  readonly foreign: boolean;
  /** Looks like an identifier or code rather than something people read. */
  readonly idLike: boolean;
  /** The column that best names a row of its table. */
  readonly naming: boolean;
  readonly values: readonly Scalar[];
  readonly distinct: number;
  readonly unique: boolean;
  /** Not a column of the database but made of two of them for one question. */
  readonly measure?: { readonly op: Arithmetic; readonly left: number; readonly right: number };
}

export interface IndexedTable {
  readonly id: number;
  readonly name: string;
  readonly schema: string | null;
  readonly phrases: readonly (readonly string[])[];
  readonly columns: readonly number[];
  readonly primary: readonly number[];
  readonly rows: number;
  /** A table that mostly connects others: two or more foreign keys and little else. */
  readonly bridge: boolean;
}

export interface SchemaIndex {
  readonly schema: DatabaseSchema;
  readonly tables: readonly IndexedTable[];
  readonly columns: readonly IndexedColumn[];
  readonly graph: Graph;
  readonly values: ValueIndex;
  /** How many columns' names contain a unit, for weighting. */
  readonly unitFrequency: ReadonlyMap<string, number>;
  /** Columns and tables whose phrases hold a unit. */
  readonly columnsByUnit: ReadonlyMap<string, readonly number[]>;
  readonly tablesByUnit: ReadonlyMap<string, readonly number[]>;
  /** Columns by the first phrase of their names. */
  readonly columnsByPhrase: ReadonlyMap<string, readonly number[]>;
  /** First phrase of each column as one string. */
  readonly phraseKeys: readonly string[];
  /** Columns connected by a foreign key, either direction. */
  readonly linked: readonly (readonly number[])[];
}

const TIME_TYPES = new Set(['date', 'time', 'timestamp']);
const NUMBER_TYPES = new Set(['integer', 'decimal', 'float']);

export function buildSchemaIndex(schema: DatabaseSchema, vocabulary: Vocabulary): SchemaIndex {
  const tables: IndexedTable[] = [];
  const columns: IndexedColumn[] = [];
  const byName = new Map<string, number>();
  schema.tables.forEach((table, t) => {
    const ids: number[] = [];
    const foreign = new Set(table.foreignKeys.flatMap((fk) => fk.columns.map((c) => c.toLowerCase())));
    const primary = new Set(table.primaryKey.map((c) => c.toLowerCase()));
    const tablePhrases = phrasesOf(table.ref.name, table.comment, table.synonyms, vocabulary);
    const first = columns.length;
    for (const column of table.columns) {
      const id = columns.length;
      const values = column.values?.list ?? [];
      const lower = column.name.toLowerCase();
      byName.set(`${t}.${lower}`, id);
      ids.push(id);
      const phrases = phrasesOf(column.name, column.comment, column.synonyms, vocabulary);
      const spelt = columnUnits(column.name, tablePhrases[0]!, table.ref.name, vocabulary);
      if (spelt.length > 0) phrases[0] = spelt;
      columns.push({
        id,
        table: t,
        name: column.name,
        phrases,
        kind: kindOf(column.type, values),
        primary: primary.has(lower),
        foreign: foreign.has(lower),
        idLike: looksLikeId(phrases[0]!, column.name) || (foreign.has(lower) && NUMBER_TYPES.has(column.type)),
        naming: false,
        values,
        distinct: values.length,
        unique: primary.size === 1 && primary.has(lower),
      });
    }
    const naming = namingColumn(columns.slice(first), tablePhrases[0]!);
    if (naming >= 0) columns[naming] = { ...columns[naming]!, naming: true };
    tables.push({
      id: t,
      name: table.ref.name,
      schema: table.ref.schema,
      phrases: tablePhrases,
      columns: ids,
      primary: ids.filter((id) => columns[id]!.primary),
      rows: table.rowCount ?? 0,
      bridge:
        table.foreignKeys.length >= 2 && ids.filter((id) => !columns[id]!.foreign && !columns[id]!.primary).length <= 1,
    });
  });
  const graph = buildGraph(schema, tables, columns, byName);
  const linked: number[][] = columns.map(() => []);
  for (const edge of graph.edges) {
    linked[edge.from]!.push(edge.to);
    linked[edge.to]!.push(edge.from);
  }
  const columnsByUnit = groupIds(columns, (c) => c.phrases.flat());
  const tablesByUnit = groupIds(tables, (t) => t.phrases.flat());
  const phraseKeys = columns.map((c) => c.phrases[0]!.join(' '));
  const columnsByPhrase = groupIds(columns, (c) => [phraseKeys[c.id]!]);
  const unitFrequency = new Map([...columnsByUnit].map(([unit, ids]) => [unit, ids.length]));
  return {
    schema,
    tables,
    columns,
    graph,
    values: buildValueIndex(columns),
    unitFrequency,
    columnsByUnit,
    tablesByUnit,
    columnsByPhrase,
    phraseKeys,
    linked,
  };
}

export type { Edge, Graph };

function groupIds<T extends { readonly id: number }>(
  items: readonly T[],
  keysOf: (item: T) => readonly string[],
): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const item of items)
    for (const key of new Set(keysOf(item))) {
      const ids = groups.get(key);
      if (ids === undefined) groups.set(key, [item.id]);
      else ids.push(item.id);
    }
  return groups;
}

function phrasesOf(
  name: string,
  comment: string | null,
  synonyms: readonly string[],
  vocabulary: Vocabulary,
): string[][] {
  const phrases = [nameUnits(name, vocabulary)];
  if (phrases[0]!.length === 0) phrases[0] = [name.toLowerCase()];
  const extra = [...synonyms];
  if (comment !== null && comment.length <= 60) extra.push(comment.replace(/[(（].*$/u, ''));
  for (const text of extra) {
    const units = nameUnits(text, vocabulary);
    if (units.length > 0 && units.length <= 10) phrases.push(units);
  }
  const bare = name.replace(BELONGS, '');
  if (bare !== name && bare !== '') phrases.push(nameUnits(bare, vocabulary));
  return phrases;
}

/** 所属省份 is the province. */
const BELONGS = /^(?:总部)?(?:所属|所在|位于)/u;

function kindOf(type: string, values: readonly Scalar[]): ValueKind {
  if (type === 'boolean') return 'flag';
  if (TIME_TYPES.has(type)) return 'date';
  const known = values.slice(0, 50).filter((v) => v !== null && v !== '');
  if (known.length > 0 && known.every((v) => /^(19|20)\d\d-\d\d?-\d\d?( .*)?$/.test(String(v)))) return 'date';
  if (values.length <= 2 && known.length > 0 && known.every((v) => FLAGS.has(String(v).toLowerCase()))) return 'flag';
  if (NUMBER_TYPES.has(type)) return 'number';
  if (known.length > 0 && known.every((v) => typeof v === 'number' || /^-?\d+(\.\d+)?$/.test(String(v))))
    return 'number';
  return 'text';
}

const FLAGS = new Set(['0', '1', 't', 'f', 'y', 'n', 'yes', 'no', 'true', 'false', '是', '否']);

function looksLikeId(phrase: readonly string[], name: string): boolean {
  const last = phrase[phrase.length - 1]!;
  return (
    last === 'id' ||
    /(^|_)(id|code|key|uuid)$|[a-z]ID$|[a-z]Id$/.test(name) ||
    /^(id|pk)$/i.test(name) ||
    /(编号|编码|代码|id)$/iu.test(name)
  );
}

function namingColumn(columns: readonly IndexedColumn[], table: readonly string[]): number {
  let best = -1;
  let bestScore = 0;
  columns.forEach((c, i) => {
    const phrase = c.phrases[0]!.join(' ');
    let score = 0;
    if (phrase === 'name' || phrase === 'titl' || phrase === '名 称' || phrase === '姓 名') score = 5;
    else if (/\bname$|\btitl$|名 称$|姓 名$|\b名$/u.test(phrase))
      score = 3 + (phrase.includes(table.join(' ')) ? 1 : 0);
    else if (phrase === table.join(' ')) score = 3.5;
    else if (c.kind === 'text' && !c.foreign && !c.idLike) score = 1;
    score -= i * 0.01;
    if (score > bestScore) {
      bestScore = score;
      best = c.id;
    }
  });
  return best;
}
