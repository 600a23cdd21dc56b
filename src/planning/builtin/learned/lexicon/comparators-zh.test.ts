import { describe, expect, it } from 'vitest';
import { findComparators } from './comparators-zh.ts';

const ops = (text: string): string[] => findComparators(text).map((c) => c.op);

describe('Chinese comparators', () => {
  it('takes the longest word at a place', () => {
    expect(ops('价格大于等于5且评分不高于3')).toEqual(['>=', '<=']);
    expect(ops('价格大于5或小于3')).toEqual(['>', '<']);
    expect(ops('在2010年及之后，不早于2005年')).toEqual(['>=', '>=']);
  });
  it('tells where they stand', () => {
    expect(findComparators('人口超过10')).toEqual([{ op: '>', start: 2, end: 4 }]);
  });
  it('finds none where nothing is compared', () => {
    expect(ops('各城市的平均价格')).toEqual([]);
  });
});
