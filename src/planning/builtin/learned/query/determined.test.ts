import { describe, expect, it } from 'vitest';
import { buildSchemaIndex } from '../schema/schema-index.ts';
import { LIBRARY } from '../testing/library-schema.ts';
import { isDetermined } from './determined.ts';
import { EMPTY_QUERY, type Query, type Term } from './query.ts';

const index = buildSchemaIndex(LIBRARY, new Map());
const column = (table: string, name: string): number =>
  index.columns.findIndex((c) => c.name === name && index.tables[c.table]!.name === table);
const shown = (table: string, name: string): Term => ({ agg: '', distinct: false, col: column(table, name) });
const perGroup = (select: readonly Term[], ...group: number[]): Query => ({ ...EMPTY_QUERY, select, group });

describe('isDetermined', () => {
  it('lets a key stand for all of its row, and for the rows that this one refers to', () => {
    const author = column('author', 'author_id');
    expect(isDetermined(perGroup([shown('author', 'full_name')], author), index)).toBe(true);
    expect(isDetermined(perGroup([shown('author', 'home_town')], column('book', 'book_id')), index)).toBe(true);
    expect(isDetermined(perGroup([shown('author', 'full_name')], column('book', 'author_id')), index)).toBe(true);
  });
  it('refuses what many rows of a group have', () => {
    expect(isDetermined(perGroup([shown('book', 'genre')], column('author', 'author_id')), index)).toBe(false);
    expect(isDetermined(perGroup([shown('book', 'title')], column('book', 'author_id')), index)).toBe(false);
    expect(isDetermined(perGroup([shown('author', 'full_name')], column('author', 'home_town')), index)).toBe(false);
  });
  it('takes a name for what it names, and figures as they are', () => {
    expect(isDetermined(perGroup([shown('author', 'home_town')], column('author', 'full_name')), index)).toBe(true);
    const count: Term = { agg: 'count', distinct: false, col: -1 };
    expect(isDetermined(perGroup([count], column('book', 'genre')), index)).toBe(true);
    expect(isDetermined(perGroup([shown('book', 'title')]), index)).toBe(true);
  });
});
