import { describe, expect, it } from 'vitest';
import { EMPTY_QUERY, type Query } from '../query/query.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';
import { isDoubtful } from './doubts.ts';

const schema = { columns: [{ name: '人数', kind: 'number' }] } as unknown as SchemaIndex;
const compared = (op: '<' | '>'): Query => ({
  ...EMPTY_QUERY,
  where: [{ left: { agg: '', distinct: false, col: 0 }, op, values: [5], sub: null }],
});

describe('isDoubtful', () => {
  it('lowers what compares the other way round', () => {
    expect(isDoubtful(compared('>'), schema, '人数不超过5的班级')).toBe(true);
    expect(isDoubtful(compared('<'), schema, '人数不超过5的班级')).toBe(false);
  });
  it('lowers days compared with a bare year', () => {
    const days = (values: readonly string[]): SchemaIndex =>
      ({ columns: [{ name: 'issued', kind: 'date', values }] }) as unknown as SchemaIndex;
    const year: Query = { ...compared('>'), where: [{ ...compared('>').where[0]!, values: [2025] }] };
    expect(isDoubtful(year, days(['2025-01-03']), 'issued after 2025')).toBe(true);
    expect(isDoubtful(year, days(['2024', '2025']), 'issued after 2025')).toBe(false);
  });
  it('lowers ages told by something else', () => {
    expect(isDoubtful(compared('>'), schema, '年龄大于5岁')).toBe(true);
  });
  it('lowers ages told by a place of birth', () => {
    const places = { columns: [{ name: '出生地', kind: 'text' }] } as unknown as SchemaIndex;
    expect(isDoubtful(compared('>'), places, '超过5岁')).toBe(true);
  });
  it('lowers a number of rows compared with a percentage', () => {
    const count = { agg: 'count', distinct: false, col: -1 } as const;
    const grouped: Query = { ...EMPTY_QUERY, group: [0], having: [{ left: count, op: '>', values: [10], sub: null }] };
    expect(isDoubtful(grouped, schema, '占比超过10%的班级')).toBe(true);
    expect(isDoubtful(grouped, schema, '超过10个学生的班级')).toBe(false);
  });
  it('lowers a count where the things themselves are asked for', () => {
    const counted: Query = { ...EMPTY_QUERY, select: [{ agg: 'count', distinct: false, col: -1 }] };
    expect(isDoubtful(counted, schema, '哪几年超过平均水平')).toBe(true);
    expect(isDoubtful(counted, schema, '一共有多少年')).toBe(false);
  });
  it('lowers what leaves demanding words unread', () => {
    const plain: Query = { ...EMPTY_QUERY, select: [{ agg: '', distinct: false, col: 0 }] };
    for (const question of ['人口密度是多少', '除了一班以外的人数', '人数最多的班级', '2010年前的人数'])
      expect(isDoubtful(plain, schema, question), question).toBe(true);
    expect(isDoubtful(plain, schema, '各班的人数')).toBe(false);
    const top: Query = { ...plain, order: plain.select, descending: true, limit: 1 };
    expect(isDoubtful(top, schema, '人数最多的班级')).toBe(false);
    expect(isDoubtful(compared('<'), schema, '人数最多5的班级')).toBe(false);
  });
  it('lowers a number of the one thing that is called so', () => {
    const kinds = {
      columns: [{ name: 'name', kind: 'text', table: 0, naming: true, distinct: 16 }],
      tables: [{ rows: 16 }],
    } as unknown as SchemaIndex;
    const rows: Query = { ...EMPTY_QUERY, select: [{ agg: 'count', distinct: false, col: -1 }] };
    const where = [
      { left: { agg: '' as const, distinct: false, col: 0 }, op: '=' as const, values: ['Comedy'], sub: null },
    ];
    expect(isDoubtful({ ...rows, where }, kinds, '有几部喜剧片')).toBe(true);
    expect(isDoubtful(rows, kinds, '有几种类型')).toBe(false);
  });
  it('lowers what leaves a choice, a sum or a range unread', () => {
    const plain: Query = { ...EMPTY_QUERY, select: [{ agg: '', distinct: false, col: 0 }] };
    for (const question of ['一班或二班的人数', '所有班的人数总和', '人数在10到20之间的班级'])
      expect(isDoubtful(plain, schema, question), question).toBe(true);
    const range: Query = { ...plain, where: [{ left: plain.select[0]!, op: 'between', values: [10, 20], sub: null }] };
    expect(isDoubtful(range, schema, '人数在10到20之间的班级')).toBe(false);
    const summed: Query = { ...EMPTY_QUERY, select: [{ agg: 'sum', distinct: false, col: 0 }] };
    expect(isDoubtful(summed, schema, '所有班的人数总和')).toBe(false);
    expect(isDoubtful({ ...compared('>'), any: true }, schema, '一班或人数超过5的班级')).toBe(false);
  });
  it('takes a figure made of two columns for what the question calculates', () => {
    const made = (left: readonly unknown[], right: readonly unknown[]): SchemaIndex =>
      ({
        columns: [
          { name: '人口', kind: 'number', values: left },
          { name: '面积', kind: 'number', values: right },
          { name: '人口 / 面积', kind: 'number', values: [], measure: { op: '/', left: 0, right: 1 } },
        ],
      }) as unknown as SchemaIndex;
    const dense: Query = { ...EMPTY_QUERY, select: [{ agg: '', distinct: false, col: 2 }] };
    expect(isDoubtful(dense, made([9000, 12000], [30, 44]), '人口密度是多少')).toBe(false);
    expect(isDoubtful(dense, made(['9万', '1亿'], [30, 44]), '人口密度是多少'), 'units that differ').toBe(true);
  });
});
