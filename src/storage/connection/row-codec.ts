/** Values between JavaScript and PostgreSQL's text form; the same for every backend, so that all read alike. */
import pg from 'pg';
import type { RawResult } from './backend.ts';

export type TypeParser = (value: string) => unknown;
export type ParserOf = (oid: number) => TypeParser;

/** The text form of a parameter: arrays become PostgreSQL arrays, other objects JSON. */
export function encodeParameter(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return encodeArray(value);
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

function encodeArray(values: readonly unknown[]): string {
  const items = values.map((value) => {
    if (Array.isArray(value)) return encodeArray(value);
    const text = encodeParameter(value);
    return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${items.join(',')}}`;
}

/** The default reading of a column type: node-postgres's own. */
export const defaultParser: ParserOf = (oid) => pg.types.getTypeParser(oid, 'text') as TypeParser;

/** Rows as objects by column name, or as arrays. */
export function decodeRows(result: RawResult, parserOf: ParserOf, asArrays: boolean): unknown[] {
  const parsers = result.fields.map((field) => parserOf(field.oid));
  const decode = (row: readonly (string | null)[]): unknown[] =>
    row.map((value, column) => (value === null ? null : parsers[column]!(value)));
  if (asArrays) return result.rows.map(decode);
  const names = result.fields.map((field) => field.name);
  return result.rows.map((row) => Object.fromEntries(decode(row).map((value, column) => [names[column]!, value])));
}
