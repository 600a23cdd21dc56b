import { describe, expect, it } from 'vitest';
import { previousOf } from '../linking/previous.ts';
import { EMPTY_QUERY, type Query } from '../query/query.ts';
import { buildSchemaIndex } from '../schema/schema-index.ts';
import { LIBRARY } from '../testing/library-schema.ts';
import { STRUCTURE_FLAGS, structureFlags } from './structure-flags.ts';

const schema = buildSchemaIndex(LIBRARY, new Map());
const term = (name: string) => ({
  agg: '' as const,
  distinct: false,
  col: schema.columns.findIndex((c) => c.name === name),
});
const longest: Query = {
  ...EMPTY_QUERY,
  select: [term('page_count')],
  order: [term('page_count')],
  descending: true,
  limit: 1,
};
const flags = (query: Query, before: Query): string[] =>
  structureFlags(query, schema, previousOf(before, schema)).map((f) => STRUCTURE_FLAGS[f]!);

describe('what a follow-up does to the answer before', () => {
  it('keeps its order, turns it or drops it', () => {
    const titled = { ...longest, select: [term('title')] };
    expect(flags(titled, longest)).toContain('keeps-order');
    expect(flags({ ...titled, descending: false }, longest)).toContain('turns-order');
    expect(flags({ ...EMPTY_QUERY, select: [term('title')] }, longest)).toContain('drops-order');
  });
  it('drops groups, set operations and sub-queries', () => {
    const plain: Query = { ...EMPTY_QUERY, select: [term('title')] };
    const within: Query = { ...plain, where: [{ left: term('page_count'), op: '>', values: [], sub: longest }] };
    expect(flags(plain, { ...plain, group: [term('genre').col] })).toContain('drops-group');
    expect(flags(plain, { ...plain, set: { op: 'intersect', right: plain } })).toContain('drops-set');
    expect(flags(plain, within)).toContain('drops-nested');
    expect(flags(within, within)).not.toContain('drops-nested');
  });
});
