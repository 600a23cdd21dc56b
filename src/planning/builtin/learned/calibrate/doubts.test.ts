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
  it('lowers what leaves demanding words unread', () => {
    const plain: Query = { ...EMPTY_QUERY, select: [{ agg: '', distinct: false, col: 0 }] };
    for (const question of ['人口密度是多少', '除了一班以外的人数', '人数最多的班级', '2010年前的人数'])
      expect(doubt(0.9, plain, schema, question), question).toBeLessThan(0.5);
    expect(doubt(0.9, plain, schema, '各班的人数')).toBe(0.9);
    const top: Query = { ...plain, order: plain.select, descending: true, limit: 1 };
    expect(doubt(0.9, top, schema, '人数最多的班级')).toBe(0.9);
    expect(doubt(0.9, compared('<'), schema, '人数最多5的班级')).toBe(0.9);
  });
});
