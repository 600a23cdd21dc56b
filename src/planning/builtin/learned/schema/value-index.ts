/** Finds cells by the phrases of a question: whole cells, cells up to inflection, and cells that contain a rare word. */
import { stem } from '../text/stem.ts';
import { phraseKey, splitUnits } from '../text/units.ts';
import type { IndexedColumn } from './schema-index.ts';

/** A cell value in one column. */
export interface CellHit {
  readonly column: number;
  /** Position in the column's sampled values. */
  readonly value: number;
}

export interface ValueIndex {
  /** Whole cells by the stems of their words. */
  readonly whole: ReadonlyMap<string, readonly CellHit[]>;
  /** Cells of several words by one of their words; only words that few cells share. */
  readonly partial: ReadonlyMap<string, readonly CellHit[]>;
  readonly longest: number;
}

const MAX_WHOLE = 12;
const MAX_PARTIAL = 12;
const MAX_CELL_UNITS = 12;

export function buildValueIndex(columns: readonly IndexedColumn[]): ValueIndex {
  const whole = new Map<string, CellHit[]>();
  const partial = new Map<string, CellHit[]>();
  const common = new Set<string>();
  let longest = 1;
  for (const column of columns) {
    if (column.kind === 'number' && !column.values.some((v) => typeof v === 'string')) continue;
    column.values.forEach((value, position) => {
      if (value === null || typeof value === 'boolean') return;
      const text = String(value);
      if (text.length > 80 || text.trim() === '') return;
      const units = splitUnits(text);
      if (units.length === 0 || units.length > MAX_CELL_UNITS) return;
      const hit = { column: column.id, value: position };
      push(whole, phraseKey(units), hit, MAX_WHOLE);
      longest = Math.max(longest, units.length);
      if (units.length > 1 && !units[0]!.chinese && column.kind !== 'date') {
        for (const unit of new Set(units.map((u) => u.text))) {
          if (unit.length < 3 || common.has(unit) || /^\d/.test(unit)) continue;
          if (!push(partial, unit, hit, MAX_PARTIAL)) {
            partial.delete(unit);
            common.add(unit);
          }
        }
      } else if (units[0]!.chinese && units.length > 2) {
        const short = withoutSuffix(units.map((u) => u.text));
        if (short !== null) push(whole, short, hit, MAX_WHOLE);
      }
    });
  }
  return { whole, partial, longest };
}

function push(map: Map<string, CellHit[]>, key: string, hit: CellHit, limit: number): boolean {
  const list = map.get(key);
  if (list === undefined) map.set(key, [hit]);
  else if (list.length < limit) list.push(hit);
  else if (!list.some((h) => h.column === hit.column)) list.push(hit);
  else return false;
  return true;
}

const SUFFIXES = new Set([
  '省',
  '市',
  '县',
  '区',
  '州',
  '国',
  '镇',
  '村',
  '人',
  '队',
  '岛',
  '语',
  '族',
  '奖',
  '社',
  '型',
]);

/** The key of a Chinese cell without its last character when that is a mere class word (省, 市, …). */
function withoutSuffix(units: readonly string[]): string | null {
  return SUFFIXES.has(units[units.length - 1]!) ? units.slice(0, -1).join(' ') : null;
}

/** Key of a single word as the index spells it. */
export const wordKey = (word: string): string => stem(word.toLowerCase());
