/** Turning driver values into {@link Cell}s without losing a digit, and collecting rows under a cap. */
import type { BinaryCell, Cell } from './datasource.ts';

/** A JSON number when it is exact, else the digits as a string. */
export function integerCell(value: bigint | string): number | string {
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : String(value);
}

const WHOLE_NUMBER = /^-?\d{1,16}$/;

/** A decimal's text as it is; whole numbers that a JSON number holds exactly become one. */
export function decimalCell(text: string): number | string {
  return WHOLE_NUMBER.test(text) ? integerCell(text) : text;
}

/** A float as a JSON number; NaN and the infinities as their names. */
export function floatCell(value: number): number | string {
  if (Number.isFinite(value)) {
    return value;
  }
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

/** Bytes as base64 with the marker that tells them from text. */
export function binaryCell(bytes: Uint8Array): BinaryCell {
  return { $binary: 'base64', data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') };
}

interface ReviverContext {
  readonly source?: string;
}

/** Parses JSON text; integers and decimals that a JavaScript number would round stay strings. Bad JSON stays text. */
export function jsonCell(text: string): Cell {
  const reviver = (_key: string, value: unknown, context?: ReviverContext): unknown =>
    typeof value === 'number' && context?.source !== undefined && /^-?\d{16,}$/.test(context.source)
      ? integerCell(context.source)
      : value;
  try {
    return JSON.parse(text, reviver as (key: string, value: unknown) => unknown) as Cell;
  } catch {
    return text;
  }
}

/** The cap on a result's size when the caller names none. */
export const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;

function cellBytes(cell: Cell): number {
  if (cell === null || typeof cell !== 'object') {
    return typeof cell === 'string' ? cell.length + 2 : 8;
  }
  return JSON.stringify(cell).length;
}

/** Keeps rows until the row or byte cap; `truncated` tells whether more came. */
export class RowCollector {
  readonly rows: Cell[][] = [];
  truncated = false;
  bytes = 0;
  readonly #maxRows: number;
  readonly #maxBytes: number;

  constructor(maxRows: number, maxBytes: number = DEFAULT_MAX_BYTES) {
    this.#maxRows = maxRows;
    this.#maxBytes = maxBytes;
  }

  /** Adds a row; false when the cap is reached and the row was dropped. */
  add(row: Cell[]): boolean {
    if (this.truncated) {
      return false;
    }
    let size = 0;
    for (const cell of row) {
      size += cellBytes(cell);
    }
    if (this.rows.length >= this.#maxRows || this.bytes + size > this.#maxBytes) {
      this.truncated = true;
      return false;
    }
    this.bytes += size;
    this.rows.push(row);
    return true;
  }

  /** How many rows to ask for next: small at first, then as many as the byte cap lets us expect, one beyond the row cap. */
  nextBatch(): number {
    const wanted = this.#maxRows + 1 - this.rows.length;
    const average = this.rows.length === 0 ? 0 : this.bytes / this.rows.length;
    const affordable = average === 0 ? 64 : Math.ceil((this.#maxBytes - this.bytes) / average) + 1;
    return Math.max(1, Math.min(wanted, affordable, 2_000));
  }
}
