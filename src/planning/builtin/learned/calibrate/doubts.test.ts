import { describe, expect, it } from 'vitest';
import { EMPTY_QUERY, type Query } from '../query/query.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';
import { doubt } from './doubts.ts';

const schema = { columns: [{ name: '人数', kind: 'number' }] } as unknown as SchemaIndex;
const compared = (op: '<' | '>'): Query => ({
  ...EMPTY_QUERY,
  where: [{ left: { agg: '', distinct: false, col: 0 }, op, values: [5], sub: null }],
});

describe('doubt', () => {
  it('lowers what compares the other way round', () => {
    expect(doubt(0.9, compared('>'), schema, '人数不超过5的班级')).toBeLessThan(0.5);
    expect(doubt(0.9, compared('<'), schema, '人数不超过5的班级')).toBe(0.9);
  });
  it('lowers ages told by something else', () => {
    expect(doubt(0.9, compared('>'), schema, '年龄大于5岁')).toBeLessThan(0.5);
  });
});
