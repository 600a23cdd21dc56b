/** Rows → the contract's data object. */
import { type Cell, type RunRows, rowObjects, uniqueColumnNames } from '../../engine/index.ts';

/** Digits that a JSON number carries without loss. */
const SAFE_DIGITS = 15;

/** `limit` is there only when the rows were cut. */
export function encodeData(result: RunRows, sql: string) {
  return {
    fields: uniqueColumnNames(result.columns.map((column) => column.name)),
    data: encodeRows(result),
    ...(result.truncated ? { limit: result.rows.length } : {}),
    sql: Buffer.from(sql, 'utf8').toString('base64'),
  };
}

export const encodeRows = (result: RunRows): Record<string, Cell>[] => rowObjects(withNumbers(result));

/** Exact decimals are text in the engine; here they are numbers wherever that loses nothing. */
export function withNumbers(result: RunRows): RunRows {
  const decimals = result.columns.map((column) => column.type === 'decimal');
  if (!decimals.includes(true)) return result;
  return {
    ...result,
    rows: result.rows.map((row) => row.map((cell, index) => (decimals[index] ? numberOrText(cell) : cell))),
  };
}

function numberOrText(cell: Cell): Cell {
  if (typeof cell !== 'string' || !/^-?\d+(\.\d+)?$/.test(cell)) return cell;
  return cell.replace(/[-.]/g, '').replace(/^0+/, '').length <= SAFE_DIGITS ? Number(cell) : cell;
}
