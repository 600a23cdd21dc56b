/** MySQL's and MariaDB's types and text values as ours. */
import type { ColumnType } from '../../../sql/index.ts';
import { binaryCell, decimalCell, floatCell, integerCell, jsonCell } from '../../cells.ts';
import type { Cell } from '../../datasource.ts';

/** Data types as information_schema names them. */
const BY_NAME: Readonly<Record<string, ColumnType>> = {
  tinyint: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  int: 'integer',
  bigint: 'integer',
  year: 'integer',
  bit: 'integer',
  decimal: 'decimal',
  float: 'float',
  double: 'float',
  date: 'date',
  time: 'time',
  datetime: 'timestamp',
  timestamp: 'timestamp',
  json: 'json',
  uuid: 'uuid',
  binary: 'binary',
  varbinary: 'binary',
  tinyblob: 'binary',
  blob: 'binary',
  mediumblob: 'binary',
  longblob: 'binary',
  char: 'text',
  varchar: 'text',
  tinytext: 'text',
  text: 'text',
  mediumtext: 'text',
  longtext: 'text',
  enum: 'text',
  set: 'text',
  inet4: 'text',
  inet6: 'text',
};

/** The logical type of a table's column. `tinyint(1)` and `bit(1)` are how booleans are declared. */
export function mysqlColumnType(dataType: string, columnType: string): ColumnType {
  return /^(tinyint|bit)\(1\)/i.test(columnType) ? 'boolean' : (BY_NAME[dataType.toLowerCase()] ?? 'other');
}

/** What the protocol says about a result column. */
export interface WireColumn {
  readonly name: string;
  readonly columnType: number;
  readonly characterSet: number;
  readonly columnLength: number;
  readonly orgTable: string;
  readonly extendedFormat?: string;
}

const BY_WIRE_TYPE: Readonly<Record<number, ColumnType>> = {
  0: 'decimal',
  1: 'integer',
  2: 'integer',
  3: 'integer',
  4: 'float',
  5: 'float',
  7: 'timestamp',
  8: 'integer',
  9: 'integer',
  10: 'date',
  11: 'time',
  12: 'timestamp',
  13: 'integer',
  14: 'date',
  16: 'integer',
  245: 'json',
  246: 'decimal',
  255: 'binary',
};
const TINY = 1;
const BIT = 16;
const BINARY_CHARACTER_SET = 63;

/** True for columns that may be booleans; their values decide. */
export function mayBeBoolean(column: WireColumn): boolean {
  return (column.columnType === TINY || column.columnType === BIT) && column.columnLength === 1;
}

/** The logical type of a result column. Bytes that no table declared (results of functions) count as text. */
export function mysqlResultType(column: WireColumn): ColumnType {
  const known = BY_WIRE_TYPE[column.columnType];
  if (known !== undefined) {
    return known;
  }
  if (column.extendedFormat === 'json') {
    return 'json';
  }
  return column.characterSet === BINARY_CHARACTER_SET && column.orgTable !== '' ? 'binary' : 'text';
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function textCell(bytes: Buffer): Cell {
  try {
    return utf8.decode(bytes);
  } catch {
    return binaryCell(bytes);
  }
}

/** One value, as the text protocol carries it, as a cell. */
export function mysqlCell(bytes: Buffer | null, column: WireColumn): Cell {
  if (bytes === null) {
    return null;
  }
  if (column.columnType === BIT) {
    return integerCell(BigInt(bytes.length === 0 ? 0 : `0x${bytes.toString('hex')}`));
  }
  switch (mysqlResultType(column)) {
    case 'integer':
      return integerCell(bytes.toString('latin1'));
    case 'decimal':
      return decimalCell(bytes.toString('latin1'));
    case 'float':
      return floatCell(Number(bytes.toString('latin1')));
    case 'json':
      return jsonCell(bytes.toString('utf8'));
    case 'binary':
      return binaryCell(bytes);
    default:
      return textCell(bytes);
  }
}
