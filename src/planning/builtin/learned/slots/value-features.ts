/** Features of comparing a column with a value of the question, and of numbers for limits and having conditions. */
import type { PhraseMatch } from '../linking/phrase-match.ts';
import type { ValueMention } from '../linking/values.ts';
import type { Literal } from '../query/query.ts';
import type { IndexedColumn } from '../schema/schema-index.ts';
import { F } from './feature-names.ts';
import type { FeatureVector } from './feature-vector.ts';
import type { QuestionContext } from './question-context.ts';
import type { State } from './state.ts';

/** What the column would be compared with: the cell as stored, or the text or number as asked. */
export function literalFor(value: ValueMention, column: IndexedColumn): Literal {
  if (value.day !== undefined) return value.day;
  const cell = value.cells.find((c) => c.column === column.id);
  // A numeric column is compared with numbers, even where SQLite let a unit into some of its cells.
  if (cell && !(value.measured && value.number !== null && column.kind === 'number')) return cell.literal;
  if (value.number !== null && (column.kind === 'number' || !value.quoted))
    return numberFor(value, value.number, column);
  return value.text;
}

/** The number as the column keeps it: 30% is 0.3 where shares are fractions of one. */
export const numberFor = (value: ValueMention, number: number, column: IndexedColumn): number =>
  value.percent && column.kind === 'number' && holdsShares(column) ? number / 100 : number;

export function pairFeatures(
  out: FeatureVector,
  context: QuestionContext,
  state: State,
  id: number,
  v: number,
  spot: PhraseMatch | null,
): void {
  const { linking } = context;
  const column = linking.schema.columns[id]!;
  const value = linking.values[v]!;
  const cell = value.cells.find((c) => c.column === id);
  out.flag(F['cell-exact'], cell?.quality === 1);
  out.flag(F['cell-inflected'], cell !== undefined && cell.quality >= 0.69 && cell.quality < 1);
  out.flag(F['cell-partial'], cell !== undefined && cell.quality < 0.69);
  out.flag(F['cell-none'], cell === undefined && value.number === null);
  out.flag(F['cell-elsewhere'], cell === undefined && value.cells.length > 0);
  out.add(F['cell-rivals'], cell ? Math.log(value.cells.length) : 0);
  out.flag(F['cell-unmatched-column'], cell !== undefined && spot === null);
  out.add(F['value-length'], Math.min(4, value.end - value.start) / 4);
  out.flag(F['value-quoted'], value.quoted);
  out.flag(F['value-capital'], value.capital);
  out.flag(F['value-plain'], !value.quoted && !value.capital && value.number === null);
  out.flag(F['value-strong'], value.strong);
  out.flag(F['value-used'], (state.values & (1 << v)) !== 0);
  out.flag(F['value-flag'], column.kind === 'flag');
  if (value.day !== undefined) {
    out.flag(F['value-year'], column.kind === 'date' || /date|time|birth|日|时间/u.test(column.name.toLowerCase()));
    numberCues(out, context, value.start, value.end);
  }
  if (value.number !== null) {
    out.add(F['value-number']);
    out.flag(F['value-number-fits'], column.kind === 'number');
    out.flag(F['value-number-in-text'], column.kind === 'text');
    out.flag(
      F['value-year'],
      value.number >= 1000 &&
        value.number <= 2100 &&
        Number.isInteger(value.number) &&
        /year|date|time|年|日/u.test(column.name.toLowerCase()),
    );
    if (column.kind === 'number' && column.values.length > 0) {
      const range = rangeOf(column);
      out.add(value.number >= range[0] && value.number <= range[1] ? F['value-in-range'] : F['value-number-outside']);
    }
    numberCues(out, context, value.start, value.end);
    const table = linking.tables[column.table]!.matches[0];
    const follows =
      table !== undefined && table.coverage === 1 && (table.end === value.start || table.end + 1 === value.start);
    out.flag(F['value-follows-table'], follows);
    out.flag(F['value-follows-table-key'], follows && column.primary);
  }
  out.flag(
    F['value-in-name'],
    !value.carried && linking.named.some((n) => n.start <= value.start && n.end >= value.end),
  );
  if (value.carried) {
    out.add(F['previous-carried']);
    out.flag(F['previous-carried-used'], (state.values & (1 << v)) !== 0);
    return;
  }
  let before = 0;
  let after = 0;
  for (let d = 1; d <= 3; d++) {
    before = Math.max(before, context.wordOdds(value.start - d, id) / d);
    if (d <= 2) after = Math.max(after, context.wordOdds(value.end + d - 1, id) / d);
  }
  out.add(F['value-lexicon-before'], before);
  out.add(F['value-lexicon-after'], after);
  if (spot) {
    const gap = value.start >= spot.end ? value.start - spot.end : spot.start - value.end;
    out.add(F['value-gap'], Math.log(1 + Math.max(0, gap)) / 3);
    out.flag(F['value-adjacent'], gap <= 1);
    out.flag(F['value-before-column'], value.end <= spot.start);
    out.flag(F['value-same-as-name'], value.start < spot.end && spot.start < value.end);
    out.flag(F['value-closer-elsewhere'], closerColumn(context, value, gap, id));
  }
}

/** Another fully named column of fitting kind stands nearer to the value. */
function closerColumn(context: QuestionContext, value: ValueMention, gap: number, id: number): boolean {
  const unitless = value.number === null || value.cells.length > 0;
  return context.linking.named.some((n) => {
    if (n.column === id || n.dominated || !(unitless || n.measurable)) return false;
    const d = value.start >= n.end ? value.start - n.end : n.start - value.end;
    return d >= 0 && d < gap;
  });
}

/** Shares are kept as fractions of one, or were meant to be: 5% in a numeric column is dirt for 0.05. */
const holdsShares = (column: IndexedColumn): boolean => {
  const [low, high] = rangeOf(column);
  return (
    (high <= 1 && high >= 0 && low <= high) || column.values.some((v) => typeof v === 'string' && /[%％]$/u.test(v))
  );
};

const ranges = new WeakMap<IndexedColumn, readonly [number, number]>();

function rangeOf(column: IndexedColumn): readonly [number, number] {
  let range = ranges.get(column);
  if (range === undefined) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const v of column.values) {
      const n = Number(v);
      if (n < low) low = n;
      if (n > high) high = n;
    }
    range = [low, high];
    ranges.set(column, range);
  }
  return range;
}

const TOP = new Set(['top', 'first', 'most', 'last', 'best', 'bottom', '前', '后']);
const THAN = new Set([
  'than',
  'least',
  'above',
  'below',
  'over',
  'under',
  'exceeds',
  'exceed',
  'exactly',
  'equal',
  '于',
  '过',
  '达',
  '少',
]);

export function numberCues(out: FeatureVector, context: QuestionContext, start: number, end: number): void {
  const { units } = context.linking.question;
  const around = (set: ReadonlySet<string>, from: number, to: number): boolean =>
    units.slice(Math.max(0, from), Math.max(0, to)).some((u) => set.has(u.raw));
  out.flag(F['number-after-top'], around(TOP, start - 2, start));
  out.flag(F['number-after-than'], around(THAN, start - 2, start));
  out.flag(F['number-before-top'], around(TOP, end, end + 2));
  out.flag(F['number-word'], /^\D/.test(units[start]!.raw));
}
