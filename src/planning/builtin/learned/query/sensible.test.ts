import { describe, expect, it } from 'vitest';
import { buildSchemaIndex } from '../schema/schema-index.ts';
import { LIBRARY } from '../testing/library-schema.ts';
import { EMPTY_QUERY, type Query, type Term } from './query.ts';
import { isSensible } from './sensible.ts';

const index = buildSchemaIndex(LIBRARY, new Map());
const column = (name: string): number => index.columns.findIndex((c) => c.name === name);
const term = (name: string, agg: Term['agg'] = ''): Term => ({ agg, distinct: false, col: column(name) });
const titles: Query = { ...EMPTY_QUERY, select: [term('title')] };

describe('isSensible', () => {
  it('refuses what is said twice', () => {
    const one = { left: term('pages'), op: '>', values: [100], sub: null } as const;
    expect(isSensible({ ...titles, where: [one] }, index)).toBe(true);
    expect(isSensible({ ...titles, where: [one, one] }, index)).toBe(false);
    expect(isSensible({ ...titles, select: [term('title'), term('title')] }, index)).toBe(false);
  });
  it('refuses a set operation of two equal sides', () => {
    const other: Query = { ...titles, where: [{ left: term('pages'), op: '<', values: [50], sub: null }] };
    expect(isSensible({ ...titles, set: { op: 'intersect', right: titles } }, index)).toBe(false);
    expect(isSensible({ ...titles, set: { op: 'intersect', right: other } }, index)).toBe(true);
  });
  it('refuses keys compared with an average', () => {
    const key = index.columns.find((c) => c.primary)!.name;
    const beyond = (name: string): Query => ({
      ...titles,
      where: [{ left: term(name), op: '>', values: [], sub: { ...EMPTY_QUERY, select: [term(name, 'avg')] } }],
    });
    expect(isSensible(beyond('pages'), index)).toBe(true);
    expect(isSensible(beyond(key), index)).toBe(false);
  });
});
