import type { PlainCell, PlainRow } from './query-runner.ts';

/** An answer may show this many columns more than were asked for. */
const EXTRA_COLUMNS = 2;

/**
 * True when the answer holds the expected rows: each expected column is one of the answer's columns, in any order, and
 * the rows are equal as multisets, or as lists when the question asks for an order. Numbers may differ by 1e-6.
 */
export function holdsRows(answer: readonly PlainRow[], expected: readonly PlainRow[], ordered: boolean): boolean {
  if (answer.length !== expected.length) return false;
  if (expected.length === 0) return true;
  const width = expected[0]!.length;
  const offered = answer[0]!.length;
  if (offered < width || offered > width + EXTRA_COLUMNS) return false;
  const wanted = canonical(expected, ordered);
  return choices(answer, expected).some((columns) => {
    const rows = canonical(
      answer.map((row) => columns.map((column) => row[column]!)),
      ordered,
    );
    return rows.every((row, i) => row.every((cell, j) => sameCell(cell, wanted[i]![j]!)));
  });
}

/** Ways to pick an answer column for each expected one, among those whose values fit. */
function choices(answer: readonly PlainRow[], expected: readonly PlainRow[]): number[][] {
  const column = (rows: readonly PlainRow[], at: number): PlainRow[] =>
    canonical(
      rows.map((row) => [row[at]!]),
      false,
    );
  const offered = answer[0]!.map((_, at) => column(answer, at));
  const fitting = expected[0]!.map((_, at) => {
    const wanted = column(expected, at);
    return offered.flatMap((cells, i) => (cells.every((row, r) => sameCell(row[0]!, wanted[r]![0]!)) ? [i] : []));
  });
  return fitting.reduce<number[][]>(
    (partial, options) =>
      partial.flatMap((chosen) =>
        options.filter((option) => !chosen.includes(option)).map((option) => [...chosen, option]),
      ),
    [[]],
  );
}

function canonical(rows: readonly PlainRow[], ordered: boolean): PlainRow[] {
  return ordered ? [...rows] : [...rows].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

const sortKey = (row: PlainRow): string =>
  row.map((cell) => (typeof cell === 'number' ? cell.toPrecision(5) : String(cell))).join('\u0001');

const sameCell = (a: PlainCell, b: PlainCell): boolean =>
  typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b)) : a === b;
