/** A small made-up library database for the unit tests. */
import type { Column, ColumnType, DatabaseSchema, Scalar, Table } from '../../../../sql/index.ts';

export function column(name: string, type: ColumnType, values: readonly Scalar[]): Column {
  return {
    name,
    type,
    nativeType: type,
    nullable: true,
    comment: null,
    synonyms: [],
    values: { list: values, complete: true, min: null, max: null },
  };
}

export function table(
  name: string,
  columns: readonly Column[],
  foreign: readonly (readonly [string, string, string])[] = [],
): Table {
  return {
    ref: { schema: null, name },
    kind: 'table',
    comment: null,
    synonyms: [],
    columns,
    primaryKey: [columns[0]!.name],
    uniqueKeys: [],
    foreignKeys: foreign.map(([from, to, key]) => ({
      columns: [from],
      referenced: { schema: null, name: to },
      referencedColumns: [key],
      origin: 'declared',
    })),
    rowCount: 10,
  };
}

export const LIBRARY: DatabaseSchema = {
  dialect: 'sqlite',
  defaultSchema: null,
  fingerprint: 'library',
  tables: [
    table('author', [
      column('author_id', 'integer', [1, 2, 3]),
      column('full_name', 'text', ['Ada Quill', 'Ben Vellum', 'Cleo Codex']),
      column('birth_year', 'integer', [1950, 1961, 1972]),
      column('home_town', 'text', ['Lisbon', 'Oslo', 'Quito']),
    ]),
    table(
      'book',
      [
        column('book_id', 'integer', [1, 2, 3, 4]),
        column('title', 'text', ['Salt Roads', 'The Glass Barn', 'Winter Index', 'Tidewater']),
        column('author_id', 'integer', [1, 2, 3]),
        column('page_count', 'integer', [120, 240, 310, 95]),
        column('genre', 'text', ['novel', 'poetry']),
      ],
      [['author_id', 'author', 'author_id']],
    ),
    table(
      'loan',
      [
        column('loan_id', 'integer', [1, 2]),
        column('book_id', 'integer', [1, 2]),
        column('loan_date', 'date', ['2023-01-05', '2023-02-07']),
      ],
      [['book_id', 'book', 'book_id']],
    ),
  ],
};
