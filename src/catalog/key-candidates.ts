/**
 * Guesses foreign keys from names. Pure: the values are checked elsewhere. One column at a time; where two tables fit a name
 * equally well no guess is made.
 */
import type { Column, ColumnType, DatabaseSchema, Table } from '../sql/index.ts';

export interface KeyCandidate {
  readonly table: Table;
  readonly column: Column;
  readonly target: Table;
  readonly key: Column;
  /** True when the database declares `key` unique. */
  readonly keyIsDeclared: boolean;
  /** True when the names alone say so: `customer_id` and `customers.id`. */
  readonly isPlain: boolean;
}

/** `customerID`, `Customer_Id` and `customer id` are the same words. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** English singular, well enough for table names. */
export function singular(word: string): string {
  if (/(ss|us|is)$/.test(word) || word.length < 4) {
    return word;
  }
  return word
    .replace(/ies$/, 'y')
    .replace(/(ch|sh|x|z|s)es$/, '$1')
    .replace(/s$/, '');
}

/** One spelling for a list of words, so that `orderid` equals `order_id`. */
const joined = (words: readonly string[]): string => words.join('');
const tableWords = (table: Table): string => {
  const words = wordsOf(table.ref.name).map((word) => word.replace(/^(tbl|dim|fact)$/, ''));
  return joined([...words.slice(0, -1), singular(words.at(-1) ?? '')]);
};

const GENERIC = new Set(['id', 'code', 'key', 'no', 'number', 'num', 'name', 'uuid', 'guid', '编号', '代码']);
const NUMBERS: ReadonlySet<ColumnType> = new Set(['integer', 'decimal', 'float']);
const TEXTS: ReadonlySet<ColumnType> = new Set(['text', 'uuid']);

const comparable = (a: Column, b: Column): boolean =>
  (NUMBERS.has(a.type) && NUMBERS.has(b.type)) || (TEXTS.has(a.type) && TEXTS.has(b.type));

interface Key {
  readonly table: Table;
  readonly column: Column;
  readonly declared: boolean;
  readonly tableName: string;
  readonly keyName: string;
}

/** The single columns that may be referred to: declared keys, or what is named like one where none is declared. */
function keysOf(table: Table): Key[] {
  const tableName = tableWords(table);
  const key = (name: string, declared: boolean): Key[] => {
    const column = table.columns.find((candidate) => candidate.name === name);
    return column === undefined ? [] : [{ table, column, declared, tableName, keyName: joined(wordsOf(column.name)) }];
  };
  const declared = [table.primaryKey, ...table.uniqueKeys].filter((columns) => columns.length === 1).flat();
  if (declared.length > 0 || table.primaryKey.length > 0) {
    return [...new Set(declared)].flatMap((name) => key(name, true));
  }
  return table.columns
    .filter((column) => ['id', `${tableName}id`, `${tableName}code`].includes(joined(wordsOf(column.name))))
    .flatMap((column) => key(column.name, false));
}

/** How well a column's name says that it refers to a key; 0 is not at all. */
function fitness(columnName: string, key: Key): number {
  const named = key.keyName.startsWith(key.tableName) ? key.keyName : key.tableName + key.keyName;
  if (columnName === named) {
    return 4;
  }
  if (columnName === key.keyName && !GENERIC.has(key.keyName)) {
    return 3;
  }
  if (columnName === key.tableName && key.tableName.length > 2) {
    return 2;
  }
  return named.length > 3 && columnName.endsWith(named) ? 1 : 0;
}

/** Every guess that the names allow. */
export function keyCandidates(schema: DatabaseSchema): KeyCandidate[] {
  const keys = schema.tables.filter((table) => table.kind === 'table').flatMap(keysOf);
  const byName = new Map<string, Key[]>();
  const byLength = new Set<number>();
  for (const key of keys) {
    const named = key.keyName.startsWith(key.tableName) ? key.keyName : key.tableName + key.keyName;
    for (const name of new Set([named, key.keyName, key.tableName])) {
      byName.set(name, [...(byName.get(name) ?? []), key]);
      byLength.add(name.length);
    }
  }
  // A column's name and each of its endings that is as long as a key's name.
  const fitting = (columnName: string): Set<Key> =>
    new Set(
      [...byLength].flatMap((length) =>
        length > columnName.length ? [] : (byName.get(columnName.slice(-length)) ?? []),
      ),
    );
  return schema.tables
    .filter((table) => table.kind === 'table')
    .flatMap((table) => {
      const declared = new Set(table.foreignKeys.flatMap((key) => (key.columns.length === 1 ? key.columns : [])));
      return table.columns.flatMap((column): KeyCandidate[] => {
        const columnName = joined(wordsOf(column.name));
        if (declared.has(column.name) || columnName === '') {
          return [];
        }
        const isOwnKey = table.primaryKey.length === 1 && table.primaryKey[0] === column.name;
        const fits = [...fitting(columnName)]
          .filter((key) => (key.table !== table || key.column !== column) && comparable(column, key.column))
          .map((key) => ({ key, score: fitness(columnName, key) }))
          // A table's own key refers elsewhere only under the other table's full name.
          .filter(({ key, score }) => score > 0 && (!isOwnKey || (score === 4 && key.table !== table)));
        const best = Math.max(0, ...fits.map(({ score }) => score));
        const [winner, rival] = fits.filter(({ score }) => score === best);
        if (winner === undefined || rival !== undefined) {
          return [];
        }
        const { key } = winner;
        return [
          { table, column, target: key.table, key: key.column, keyIsDeclared: key.declared, isPlain: best === 4 },
        ];
      });
    });
}
