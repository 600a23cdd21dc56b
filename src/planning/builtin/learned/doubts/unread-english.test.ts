import { describe, expect, it } from 'vitest';
import { EMPTY_QUERY, type Query, type Term } from '../query/query.ts';
import { leavesEnglishUnread } from './unread-english.ts';

const term = (col: number): Term => ({ agg: '', distinct: false, col });
const plain: Query = { ...EMPTY_QUERY, select: [term(0)] };
const where = (op: '=' | '!=', value: string): Query => ({
  ...plain,
  where: [{ left: term(1), op, values: [value], sub: null }],
});
const sorted = (col: number, descending: boolean): Query => ({ ...plain, order: [term(col)], descending });

describe('leavesEnglishUnread', () => {
  it('wants negations', () => {
    expect(leavesEnglishUnread(where('=', 'Oslo'), 'authors not living in Oslo')).toBe(true);
    expect(leavesEnglishUnread(where('!=', 'Oslo'), 'authors not living in Oslo')).toBe(false);
    expect(leavesEnglishUnread(where('=', 'No'), "authors who don't write poetry")).toBe(false);
    expect(leavesEnglishUnread(where('=', 'United States'), 'authors not living in the United States')).toBe(true);
    expect(leavesEnglishUnread(where('=', 'unpaid'), 'loans that are not paid')).toBe(false);
    expect(leavesEnglishUnread(where('=', '30'), 'authors not older than 30')).toBe(false);
    expect(leavesEnglishUnread(where('=', 'Oslo'), 'not only authors in Oslo')).toBe(false);
    const others: Query = { ...plain, set: { op: 'except', right: where('=', 'Oslo') } };
    expect(leavesEnglishUnread(others, 'all authors except those in Oslo')).toBe(false);
  });
  it('sorts alphabetically by what is shown', () => {
    expect(leavesEnglishUnread(sorted(0, false), 'titles in alphabetical order')).toBe(false);
    expect(leavesEnglishUnread(sorted(2, false), 'titles in alphabetical order')).toBe(true);
  });
  it('sorts in the direction that is said', () => {
    expect(leavesEnglishUnread(sorted(1, false), 'books by pages, from greatest to least')).toBe(true);
    expect(leavesEnglishUnread(sorted(1, true), 'books by pages, from greatest to least')).toBe(false);
    expect(leavesEnglishUnread(sorted(1, true), 'books by pages, increasing')).toBe(true);
    expect(leavesEnglishUnread(sorted(1, true), 'books by pages')).toBe(false);
  });
});
