/** Rows → the contract's data object. */
import { type Cell, type RunRows, rowObjects, uniqueColumnNames } from '../../engine/index.ts';

/** Digits that a JSON number carries without loss. */
const SAFE_DIGITS = 15;

/** `limit` is there only when the rows were cut. */
export function encodeData(result: RunRows, sql: string) {
  return {
    fields: shownRows(result).columns.map((column) => column.name),
    data: encodeRows(result),
    ...(result.truncated ? { limit: result.rows.length } : {}),
    sql: Buffer.from(sql, 'utf8').toString('base64'),
  };
}

export const encodeRows = (result: RunRows): Record<string, Cell>[] => rowObjects(shownRows(result));

/**
 * Columns have the lower-case names by which charts refer to them. Exact decimals are text in the engine; here they are
 * numbers wherever that loses nothing.
 */
export function shownRows(result: RunRows): RunRows {
  const names = uniqueColumnNames(result.columns.map((column) => column.name));
  const decimals = result.columns.map((column) => column.type === 'decimal');
  return {
    ...result,
    columns: result.columns.map((column, index) => ({ ...column, name: (names[index] ?? column.name).toLowerCase() })),
    rows: result.rows.map((row) => row.map((cell, index) => (decimals[index] ? numberOrText(cell) : cell))),
  };
}

function numberOrText(cell: Cell): Cell {
  if (typeof cell !== 'string' || !/^-?\d+(\.\d+)?$/.test(cell)) return cell;
  return cell.replace(/[-.]/g, '').replace(/^0+/, '').length <= SAFE_DIGITS ? Number(cell) : cell;
}
