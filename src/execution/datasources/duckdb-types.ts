/** DuckDB's types and values as ours. */
import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  type DuckDBType,
  DuckDBTypeId,
  DuckDBUnionValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { ColumnType } from '../../sql/index.ts';
import { binaryCell, decimalCell, floatCell, integerCell, jsonCell } from '../cells.ts';
import type { Cell } from '../datasource.ts';

const BY_NAME: Readonly<Record<string, ColumnType>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'integer',
  HUGEINT: 'integer',
  UTINYINT: 'integer',
  USMALLINT: 'integer',
  UINTEGER: 'integer',
  UBIGINT: 'integer',
  UHUGEINT: 'integer',
  BIGNUM: 'integer',
  FLOAT: 'float',
  DOUBLE: 'float',
  DECIMAL: 'decimal',
  VARCHAR: 'text',
  ENUM: 'text',
  BLOB: 'binary',
  BIT: 'text',
  DATE: 'date',
  TIME: 'time',
  TIME_NS: 'time',
  'TIME WITH TIME ZONE': 'time',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  TIMESTAMP_NS: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamp',
  INTERVAL: 'interval',
  UUID: 'uuid',
  JSON: 'json',
  STRUCT: 'json',
  MAP: 'json',
  UNION: 'json',
  VARIANT: 'json',
};

/** The logical type of a DuckDB type as it is written, e.g. `DECIMAL(10,2)` or `VARCHAR[]`. */
export function duckDbColumnType(written: string): ColumnType {
  if (/\[\d*\]$/.test(written)) {
    return 'array';
  }
  return BY_NAME[written.replace(/\(.*$/s, '').trim().toUpperCase()] ?? 'other';
}

/** The logical type of a result column. */
export function duckDbResultType(type: DuckDBType): ColumnType {
  return type.alias === 'JSON' ? 'json' : duckDbColumnType(type.toString());
}

/** The shortest number that is the same 32-bit float, as people wrote it. */
function shortestFloat(value: number): number {
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) {
      return short;
    }
  }
  return value;
}

function structCell(entries: Readonly<Record<string, DuckDBValue>>): Cell {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, duckDbCell(value, null)]));
}

/** One DuckDB value as a cell. `type` is null inside lists and structs. */
export function duckDbCell(value: DuckDBValue, type: DuckDBType | null): Cell {
  if (value === null || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'number') {
    return type?.typeId === DuckDBTypeId.FLOAT && Number.isFinite(value) ? shortestFloat(value) : floatCell(value);
  }
  if (typeof value === 'bigint') {
    return integerCell(value);
  }
  if (typeof value === 'string') {
    return type?.alias === 'JSON' ? jsonCell(value) : value;
  }
  if (value instanceof DuckDBDecimalValue) {
    return decimalCell(value.toString());
  }
  if (value instanceof DuckDBBlobValue) {
    return binaryCell(value.bytes);
  }
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    return value.items.map((item) => duckDbCell(item, null));
  }
  if (value instanceof DuckDBStructValue) {
    return structCell(value.entries);
  }
  if (value instanceof DuckDBMapValue) {
    return Object.fromEntries(value.entries.map((entry) => [String(entry.key), duckDbCell(entry.value, null)]));
  }
  if (value instanceof DuckDBUnionValue) {
    return duckDbCell(value.value, null);
  }
  return String(value);
}
