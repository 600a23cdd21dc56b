/** Column types of engines that do not enforce them (SQLite, text files): what was declared, corrected by the values seen. */
import type { ColumnType } from '../sql/index.ts';
import type { Cell } from './datasource.ts';

const ISO_DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const ISO_TIMESTAMP =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$/;

const DECLARED: readonly (readonly [RegExp, ColumnType])[] = [
  [/DATETIME|TIMESTAMP/, 'timestamp'],
  [/DATE/, 'date'],
  [/TIME/, 'time'],
  [/INTERVAL/, 'interval'],
  [/BOOL/, 'boolean'],
  [/INT|SERIAL/, 'integer'],
  [/CHAR|CLOB|TEXT|STRING|ENUM/, 'text'],
  [/BLOB|BINARY|BYTEA/, 'binary'],
  [/REAL|FLOA|DOUB/, 'float'],
  [/DEC|NUM|MONEY/, 'decimal'],
  [/JSON/, 'json'],
  [/UUID|GUID/, 'uuid'],
  [/YEAR/, 'integer'],
];

/** The logical type that a declaration such as `VARCHAR(40)` asks for; null when it says nothing. */
export function declaredType(declaration: string | null): ColumnType | null {
  const upper = (declaration ?? '').toUpperCase();
  return upper === '' ? null : (DECLARED.find(([pattern]) => pattern.test(upper))?.[1] ?? null);
}

interface Seen {
  integers: number;
  floats: number;
  blobs: number;
  texts: number;
  beyondBit: boolean;
  dates: number;
  timestamps: number;
  clocks: number;
}

function look(values: Iterable<Cell>): Seen {
  const seen: Seen = {
    integers: 0,
    floats: 0,
    blobs: 0,
    texts: 0,
    beyondBit: false,
    dates: 0,
    timestamps: 0,
    clocks: 0,
  };
  for (const value of values) {
    if (typeof value === 'number') {
      seen[Number.isInteger(value) ? 'integers' : 'floats'] += 1;
      seen.beyondBit ||= value !== 0 && value !== 1;
    } else if (typeof value === 'string' && value !== '') {
      seen.texts += 1;
      seen.dates += ISO_DATE.test(value) ? 1 : 0;
      seen.timestamps += ISO_TIMESTAMP.test(value) ? 1 : 0;
      seen.clocks += CLOCK.test(value) ? 1 : 0;
    } else if (typeof value === 'object' && value !== null) {
      seen.blobs += 1;
    }
  }
  return seen;
}

function typeOfTexts(declared: ColumnType | null, seen: Seen): ColumnType {
  if (seen.dates === seen.texts) {
    return declared === 'timestamp' ? 'timestamp' : 'date';
  }
  if (seen.dates + seen.timestamps === seen.texts) {
    return 'timestamp';
  }
  if (seen.clocks === seen.texts) {
    return 'time';
  }
  // Integers beyond 2^53 and exact decimals arrive as strings, too, and some columns mix a few words into numbers.
  const keeps: readonly (ColumnType | null)[] = ['json', 'uuid', 'integer', 'decimal', 'float'];
  return declared !== null && keeps.includes(declared) ? declared : 'text';
}

/** The type of a column, from its declaration and the values that were seen. */
export function observedType(declaration: string | null, values: Iterable<Cell>): ColumnType {
  const declared = declaredType(declaration);
  const seen = look(values);
  const numbers = seen.integers + seen.floats;
  if (numbers + seen.texts + seen.blobs === 0) {
    return declared ?? 'text';
  }
  if (seen.blobs > 0) {
    return numbers + seen.texts === 0 ? 'binary' : (declared ?? 'other');
  }
  if (seen.texts > 0) {
    return numbers === 0 ? typeOfTexts(declared, seen) : (declared ?? 'text');
  }
  if (declared === 'boolean' && !seen.beyondBit) {
    return 'boolean';
  }
  if (declared === 'integer' || declared === 'float' || declared === 'decimal') {
    return declared === 'integer' && seen.floats > 0 ? 'float' : declared;
  }
  return seen.floats > 0 ? 'float' : 'integer';
}
