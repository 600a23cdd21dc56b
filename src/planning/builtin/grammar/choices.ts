import type { Measure } from '../../planner.ts';
import type { Superlative } from '../lexicon/superlatives.ts';
import { expandIdentifier } from '../text/identifier.ts';
import { stemPhrase } from '../text/stemmer.ts';
import type { MeasureSlot } from './frame.ts';
import { lineRevenues } from './line-revenue.ts';
import { isRevenueWord } from './reader.ts';
import type { IndexedTable, SchemaIndex } from './schema-index.ts';
import { tableDistance } from './table-distance.ts';
import type { Unit } from './units.ts';

/** What a slot of the frame was resolved to. */
export type Choice =
  | { readonly kind: 'table'; readonly table: number; readonly weight: number }
  | { readonly kind: 'column'; readonly table: number; readonly column: number; readonly weight: number }
  | {
      readonly kind: 'line-revenue';
      readonly table: number;
      readonly quantity: number;
      readonly price: number;
      readonly discount: number | null;
      readonly weight: number;
    }
  | { readonly kind: 'measure'; readonly table: number; readonly measure: number; readonly weight: number };

/** Tables and columns that can be grouped by, listed or ranked. */
export function dimChoices(unit: Unit, index: SchemaIndex): Choice[] {
  const choices: Choice[] = [];
  for (const hit of unit.hits) {
    const table = index.tables[hit.target.table]!;
    if (hit.target.kind === 'table') {
      choices.push({ kind: 'table', table: hit.target.table, weight: hit.weight });
      continue;
    }
    // A thing and the column that names it (city.city) are one reading, not two.
    const named = table.labels.includes(hit.target.column) && table.labels.length === 1;
    if (
      named &&
      unit.hits.some(
        (other) =>
          other.target.kind === 'table' && other.target.table === hit.target.table && other.weight >= hit.weight - 0.1,
      )
    )
      continue;
    const { traits } = table.columns[hit.target.column]!;
    const factor = traits.numeric ? 0.75 : traits.key ? 0.6 : traits.technical ? 0.5 : 1;
    choices.push({ kind: 'column', table: hit.target.table, column: hit.target.column, weight: hit.weight * factor });
  }
  return choices.sort((a, b) => b.weight - a.weight);
}

export function tableChoices(unit: Unit, index: SchemaIndex): Choice[] {
  return dimChoices(unit, index).filter((choice) => choice.kind === 'table');
}

/** Numbers that can be aggregated or compared. */
export function valueChoices(
  unit: Unit,
  index: SchemaIndex,
  measures: readonly Measure[],
  measureTables: readonly number[],
): Choice[] {
  const choices: Choice[] = [];
  for (const i of unit.measures)
    if (measures[i] !== undefined && measureTables[i]! >= 0)
      choices.push({ kind: 'measure', table: measureTables[i]!, measure: i, weight: 1.2 });
  const money = isRevenueWord(unit.text);
  for (const hit of unit.hits) {
    if (hit.target.kind !== 'column') continue;
    const { traits, column } = index.tables[hit.target.table]!.columns[hit.target.column]!;
    if (!traits.numeric) continue;
    // A price belongs to the thing sold before it belongs to the line that sold it.
    const line = traits.adds === 'avg' && lineRevenues(index).some((one) => one.table === hit.target.table) ? 0.93 : 1;
    // Money words never mean a unit price or a rate.
    const factor = money && traits.adds === 'avg' && !/salary|wage|薪|工资/i.test(column.name) ? 0.4 : 1;
    choices.push({
      kind: 'column',
      table: hit.target.table,
      column: hit.target.column,
      weight: hit.weight * factor * line,
    });
  }
  if (money) for (const line of lineRevenues(index)) choices.push({ kind: 'line-revenue', ...line });
  return choices.sort((a, b) => b.weight - a.weight);
}

/** Columns that an adjective may order by, in the given tables first. */
export function hintChoices(superlative: Superlative, tables: readonly IndexedTable[]): Choice[] {
  const choices: Choice[] = [];
  for (const table of tables) {
    const tableStems = expandIdentifier(table.table.ref.name).flatMap((word) => stemPhrase(word));
    const lone = table.columns.filter((one) => one.traits.numeric).length === 1;
    for (const [column, { column: meta, traits }] of table.columns.entries()) {
      if (!(traits.numeric || traits.time !== null) || traits.technical) continue;
      // What is left in the store was not sold.
      if (superlative.counts && IN_STORE.test(`${expandIdentifier(meta.name).join(' ')} ${meta.comment ?? ''}`))
        continue;
      const name = expandIdentifier(meta.name).flatMap((word) => stemPhrase(word));
      const words = lone && traits.numeric ? [...name, ...tableStems] : name;
      const rank = superlative.columns.findIndex((hint) => stemPhrase(hint).every((part) => words.includes(part)));
      if (rank >= 0) {
        const secondary =
          SECONDARY_DATE.test(expandIdentifier(meta.name).join(' ')) && !superlative.columns[rank]!.includes('birth');
        const own = traits.time !== null && name.some((word) => tableStems.includes(word));
        const weight = 0.93 - (secondary ? 0.3 : 0) + (own ? 0.04 : 0) - rank * 0.04 - (words.length > 2 ? 0.02 : 0);
        choices.push({ kind: 'column', table: table.index, column, weight: Math.max(0.4, weight) });
      } else if (
        !(superlative.counts && /数量/.test(meta.comment ?? '') && !SOLD.test(meta.comment ?? '')) &&
        chineseHint(superlative, `${meta.comment ?? ''}${meta.name}`) >= 0
      ) {
        choices.push({ kind: 'column', table: table.index, column, weight: 0.85 });
      }
    }
  }
  return choices.sort((a, b) => b.weight - a.weight).slice(0, 4);
}

/** A number of what was sold, not of seats or cars. */
const SOLD = /^数量|销售数量|销量|售出/;
const IN_STORE = /\b(?:stock|inventory|on hand|reorder|on order)\b|库存|存货|在途|补货/i;

const SECONDARY_DATE = /birth|\bend\b|due|expir|requir|return|ship/;

const CHINESE_HINTS: readonly (readonly [RegExp, RegExp])[] = [
  [/price/, /价|费/],
  [/age|birth/, /年龄|出生|生日/],
  [/length|duration/, /时长|长度|距离|里程/],
  [/height/, /身高|高度/],
  [/weight/, /重量|体重/],
  [/date/, /日期|时间/],
  [/salary/, /工资|薪/],
  [/quantity/, /数量|销量/],
  [/population/, /人口/],
  [/area/, /面积/],
  [/rating|score/, /评分|得分|分数/],
  [/speed/, /速度/],
];

function chineseHint(superlative: Superlative, text: string): number {
  if (!/\p{Script=Han}/u.test(text)) return -1;
  return CHINESE_HINTS.findIndex(
    ([hint, pattern]) => superlative.columns.some((column) => hint.test(column)) && pattern.test(text),
  );
}

/** Choices of a measure slot: for counts a table (or a column to count distinctly), for values a number. */
export function measureChoices(
  slot: MeasureSlot,
  index: SchemaIndex,
  measures: readonly Measure[],
  measureTables: readonly number[],
  hintTables: readonly IndexedTable[],
): Choice[] {
  if (slot.kind === 'count') {
    if (slot.unit === null) return [];
    const known: Choice[] = slot.unit.measures
      .filter((i) => measures[i] !== undefined && measureTables[i]! >= 0)
      .map((i) => ({
        kind: 'measure',
        table: measureTables[i]!,
        measure: i,
        weight: countsRows(measures[i]!) ? 1.2 : 0.6,
      }));
    const things = dimChoices(slot.unit, index);
    const rows = things.some((choice) => choice.kind === 'table' && choice.weight >= 0.8);
    return [
      ...known,
      ...things.map((choice) =>
        rows && choice.kind === 'column' ? { ...choice, weight: choice.weight * 0.8 } : choice,
      ),
    ];
  }
  if (slot.kind === 'hint') {
    const own = hintChoices(slot.superlative, hintTables);
    if (own.length > 0) return own;
    if (!slot.superlative.counts) {
      const beside = index.tables.filter(
        (table) =>
          table.table.kind === 'table' &&
          hintTables.some((other) => tableDistance(index, other.index, table.index) < 1.8),
      );
      return hintChoices(slot.superlative, beside).map((choice) => ({ ...choice, weight: choice.weight * 0.88 }));
    }
    const near = index.tables.filter(
      (table) =>
        table.table.kind === 'table' &&
        hintTables.some((other) => tableDistance(index, other.index, table.index) < 4.5),
    );
    return hintChoices(slot.superlative, near).map((choice) => ({ ...choice, weight: choice.weight * 0.9 }));
  }
  if (slot.kind === 'average-order') {
    const known: Choice[] = slot.unit.measures
      .filter((i) => measureTables[i]! >= 0)
      .map((i) => ({ kind: 'measure', table: measureTables[i]!, measure: i, weight: 1.2 }));
    const revenue = { ...slot.unit, text: 'revenue', hits: revenueHits(index), measures: [] };
    return [...known, ...valueChoices(revenue, index, [], [])];
  }
  const values = valueChoices(slot.unit, index, measures, measureTables);
  if (values.length > 0) return values;
  // min/max of a date, or an order by a text column.
  return slot.unit.hits.flatMap((hit): Choice[] =>
    hit.target.kind === 'column'
      ? [{ kind: 'column', table: hit.target.table, column: hit.target.column, weight: hit.weight * 0.9 }]
      : [],
  );
}

/** "how many refunds": the measure that counts them, not the one that adds up their money. */
function countsRows({ plan }: Measure): boolean {
  const json = plan.kind === 'select' ? JSON.stringify(plan.items) : '';
  return json.includes('"fn":"count"') || !json.includes('"fn":"sum"');
}

function revenueHits(index: SchemaIndex): Unit['hits'] {
  const keys = ['total amount', 'order amount', 'sale amount', 'total', 'amount', 'revenu'];
  return keys.flatMap((key, rank) =>
    (index.phrases.get(key) ?? [])
      .filter((hit) => hit.target.kind === 'column')
      .map((hit) => ({ ...hit, weight: hit.weight * (0.9 - rank * 0.03) })),
  );
}
