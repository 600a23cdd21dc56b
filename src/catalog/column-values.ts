/** Distinct values, minimum and maximum of columns, from rows that were read. Pure. */
import type { Cell } from '../execution/index.ts';
import type { ColumnType, ColumnValues, Scalar } from '../sql/index.ts';

/** Longer texts are no names that a question would mention. */
const LONGEST_VALUE = 120;
/** Numbers and dates are listed only when they are few, as codes and years are. */
const MOST_NUMBERS = 50;

const NEVER_SAMPLED: ReadonlySet<ColumnType> = new Set(['binary', 'json', 'array', 'interval', 'other']);
const RANGED: ReadonlySet<ColumnType> = new Set(['integer', 'decimal', 'float', 'date', 'timestamp', 'time']);

/** True for types whose values are worth reading. */
export const isSampled = (type: ColumnType): boolean => !NEVER_SAMPLED.has(type);

/** True for types with a minimum and a maximum. */
export const isRanged = (type: ColumnType): boolean => RANGED.has(type);

function scalarOf(cell: Cell): Scalar {
  return cell !== null && typeof cell === 'object' ? null : cell;
}

const isNumeric = (type: ColumnType): boolean => type === 'integer' || type === 'decimal' || type === 'float';

function isLess(a: Scalar, b: Scalar, type: ColumnType): boolean {
  return isNumeric(type) ? Number(a) < Number(b) : String(a) < String(b);
}

/** The smallest and the largest of the values, for types that have them. */
export function rangeOf(values: Iterable<Cell>, type: ColumnType): { min: Scalar; max: Scalar } {
  let min: Scalar = null;
  let max: Scalar = null;
  if (isRanged(type)) {
    for (const cell of values) {
      const value = scalarOf(cell);
      if (value === null || value === '' || (isNumeric(type) && Number.isNaN(Number(value)))) {
        continue;
      }
      min = min === null || isLess(value, min, type) ? value : min;
      max = max === null || isLess(max, value, type) ? value : max;
    }
  }
  return { min, max };
}

export interface DistinctOptions {
  readonly type: ColumnType;
  /** The most values to keep. */
  readonly cap: number;
  /** True when `values` are all values of the column. */
  readonly complete: boolean;
}

/** Distinct values with the most frequent first, from the values of a column. */
export function distinctValues(values: readonly Cell[], options: DistinctOptions): ColumnValues {
  const counts = new Map<Scalar, number>();
  let skipped = false;
  for (const cell of values) {
    const value = scalarOf(cell);
    if (value === null) {
      continue;
    }
    if (typeof value === 'string' && value.length > LONGEST_VALUE) {
      skipped = true;
      continue;
    }
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const range = rangeOf(values, options.type);
  const cap = isRanged(options.type) ? Math.min(options.cap, MOST_NUMBERS) : options.cap;
  const ordered = [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
  if (isRanged(options.type) && ordered.length > cap) {
    return { list: [], complete: false, ...range };
  }
  return {
    list: ordered.slice(0, cap),
    complete: options.complete && !skipped && ordered.length <= cap,
    ...range,
  };
}
