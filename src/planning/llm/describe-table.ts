/** Tables as text for a model: at full length, by column names, or by name only. */
import type { Column, DatabaseSchema, Scalar, Table, TableRef } from '../../sql/index.ts';

/** Text of others on one line, without control characters, at most `limit` characters. */
export function oneLine(text: string, limit: number): string {
  const flat = text.replace(/[\s\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return flat.length <= limit ? flat : `${flat.slice(0, limit - 1)}…`;
}

/** A table's name as it is written in SQL over this schema; the default schema is left out. */
export function tableName(ref: TableRef, schema: DatabaseSchema): string {
  return ref.schema === null || ref.schema === schema.defaultSchema ? ref.name : `${ref.schema}.${ref.name}`;
}

function scalarText(value: Scalar): string {
  return typeof value === 'string' ? JSON.stringify(oneLine(value, 40)) : String(value);
}

const MAX_VALUES = 12;

function valuesText(column: Column): string {
  const { values } = column;
  if (values === null || values.list.length === 0) return '';
  const ranged = ['integer', 'decimal', 'float', 'date', 'timestamp'].includes(column.type);
  if (ranged && !(values.complete && values.list.length <= MAX_VALUES)) {
    return values.min === null ? '' : `from ${scalarText(values.min)} to ${scalarText(values.max)}`;
  }
  const shown = values.list.slice(0, MAX_VALUES).map(scalarText).join(', ');
  const all = values.complete && values.list.length <= MAX_VALUES;
  return all ? `values: ${shown}` : `values such as: ${shown}`;
}

function columnLine(column: Column, table: Table): string {
  const notes = [
    table.primaryKey.includes(column.name) ? 'primary key' : '',
    column.comment === null ? '' : oneLine(column.comment, 160),
    column.synonyms.length === 0
      ? ''
      : `also: ${column.synonyms
          .slice(0, 6)
          .map((word) => oneLine(word, 30))
          .join(', ')}`,
    valuesText(column),
  ].filter((note) => note !== '');
  const about = notes.length === 0 ? '' : ` -- ${notes.join('; ')}`;
  return `  ${column.name} ${oneLine(column.nativeType, 40)}${about}`;
}

/** Columns, keys, comments and sampled values. */
export function describeTable(table: Table, schema: DatabaseSchema): string {
  const head = [
    table.comment === null ? '' : oneLine(table.comment, 200),
    table.synonyms.length === 0
      ? ''
      : `also: ${table.synonyms
          .slice(0, 6)
          .map((word) => oneLine(word, 30))
          .join(', ')}`,
    table.rowCount === null ? '' : `about ${table.rowCount} rows`,
  ].filter((note) => note !== '');
  const keys = table.foreignKeys.map(
    (key) =>
      `  key (${key.columns.join(', ')}) -> ${tableName(key.referenced, schema)} (${key.referencedColumns.join(', ')})${key.origin === 'inferred' ? ' (inferred)' : ''}`,
  );
  return [
    `${table.kind} ${tableName(table.ref, schema)}${head.length === 0 ? '' : ` -- ${head.join('; ')}`}`,
    ...table.columns.map((column) => columnLine(column, table)),
    ...keys,
  ].join('\n');
}

/** One line with the names of the columns. */
export function outlineTable(table: Table, schema: DatabaseSchema): string {
  return `${table.kind} ${tableName(table.ref, schema)} (${table.columns.map((column) => column.name).join(', ')})`;
}
