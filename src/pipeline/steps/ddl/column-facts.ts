/** What a column's values say about it: examples, and whether it is an enumeration. */
import type { Column, Scalar, Table } from '../../../sql/index.ts';

const MOST_VALUES = 20;
const LONGEST_VALUE = 40;
const SAMPLES = 2;
const ENUM_SAMPLES = 10;
const ROWS_PER_VALUE = 2;
const NAMES_A_THING =
  /(?:^|_)(?:id|no|name|title|uuid|guid|phone|email|address|remark|desc\w*|url|path)$|(?:Id|No|Name|Title)$/;

export interface ColumnFacts {
  /** All values of an enumeration, sorted; null when the column is none. */
  readonly enumeration: readonly string[] | null;
  readonly samples: readonly string[];
}

const isKey = (table: Table, name: string): boolean =>
  table.primaryKey.includes(name) || table.uniqueKeys.some((key) => key.length === 1 && key[0] === name);

export const foreignKeyOf = (table: Table, name: string) =>
  table.foreignKeys.find((key) => key.columns.length === 1 && key.columns[0] === name);

const text = (value: Scalar): string => String(value);

/** A few short values that repeat, in a column that neither names nor numbers things. */
function enumerationOf(table: Table, column: Column): readonly string[] | null {
  const { values } = column;
  if (column.type !== 'text' || values === null || !values.complete) return null;
  if (isKey(table, column.name) || foreignKeyOf(table, column.name) || NAMES_A_THING.test(column.name)) return null;
  const list = values.list.map(text).filter((value) => value.trim() !== '');
  if (list.length < 2 || list.length > MOST_VALUES || list.some((value) => value.length > LONGEST_VALUE)) return null;
  if (table.rowCount !== null && table.rowCount < list.length * ROWS_PER_VALUE) return null;
  return list.sort((a, b) => (a < b ? -1 : 1));
}

/** Facts about one column of a table whose values were sampled. */
export function columnFacts(table: Table, column: Column): ColumnFacts {
  const enumeration = enumerationOf(table, column);
  const { values } = column;
  if (enumeration) return { enumeration, samples: enumeration.slice(0, ENUM_SAMPLES) };
  if (values === null) return { enumeration, samples: [] };
  const list = values.list.length > 0 ? values.list : [values.min, values.max];
  const samples = [...new Set(list.filter((value) => value !== null && value !== '').map(text))];
  return { enumeration, samples: samples.filter((value) => value.length <= 60).slice(0, SAMPLES) };
}
