import { describe, expect, it } from 'vitest';
import { THESAURUS } from '../lexicon/thesaurus.ts';
import { link } from '../linking/linker.ts';
import { analyseQuestion } from '../linking/question.ts';
import { type Condition, EMPTY_QUERY, type Query } from '../query/query.ts';
import { buildSchemaIndex } from '../schema/schema-index.ts';
import { LIBRARY } from '../testing/library-schema.ts';
import { leavesNumbersUnread } from './unread-numbers.ts';

const index = buildSchemaIndex(LIBRARY, new Map());
const unread = (question: string, query: Partial<Query>): boolean =>
  leavesNumbersUnread({ ...EMPTY_QUERY, ...query }, link(analyseQuestion(question), index, THESAURUS));
const compared = (value: string | number): Condition => ({
  left: { agg: '', distinct: false, col: 0 },
  op: '=',
  values: [value],
  sub: null,
});

describe('leavesNumbersUnread', () => {
  it('wants numbers in conditions, limits, texts or sub-queries', () => {
    expect(unread('loans in 2023', {})).toBe(true);
    expect(unread('loans in 2023', { where: [compared(2023)] })).toBe(false);
    expect(unread('loans in 2023', { where: [compared('2023-%')] })).toBe(false);
    expect(unread('loans of day 3', { where: [compared(2023)] })).toBe(true);
    expect(unread('loans of day 3', { where: [compared('2023-01-03')] })).toBe(false);
    expect(unread('the top 3 authors', { limit: 3 })).toBe(false);
    expect(unread('the top 3 authors', { limit: 1 })).toBe(true);
    const sub = { ...EMPTY_QUERY, where: [compared(2023)] };
    expect(unread('loans in 2023', { where: [{ ...compared(0), values: [], sub }] })).toBe(false);
  });
  it('takes a percentage for a share', () => {
    expect(unread('超过10%的书', { where: [compared(0.1)] })).toBe(false);
  });
  it('wants quoted texts', () => {
    expect(unread('books called "Nowhere Land"', {})).toBe(true);
    expect(unread('books called "Nowhere Land"', { where: [compared('nowhere land')] })).toBe(false);
  });
});
