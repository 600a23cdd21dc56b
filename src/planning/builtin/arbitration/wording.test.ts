import { describe, expect, it } from 'vitest';
import { asksForGroups, WORDING_SIGNS, wordingSigns } from './wording.ts';

const signs = (question: string): Record<string, number> =>
  Object.fromEntries(wordingSigns(question).map((value, i) => [WORDING_SIGNS[i]!, value]));

describe('the wording of a question', () => {
  it('tells exercises from shorthand', () => {
    expect(signs('What are the names of all singers?')).toMatchObject({
      'starts-what': 1,
      'says-of-the': 1,
      'says-names-a-column': 1,
      'starts-fragment': 0,
    });
    expect(signs('revenue by region last year')).toMatchObject({
      'starts-fragment': 1,
      'says-by-or-per': 1,
      chinese: 0,
    });
    expect(signs('上个月的销售额')).toMatchObject({ chinese: 1, 'says-period': 1, 'starts-fragment': 1 });
  });
  it('hears that groups are asked for', () => {
    for (const question of ['orders per month', '每个地区的销售额', 'total sales by city'])
      expect(asksForGroups(question), question).toBe(true);
    expect(asksForGroups('在各城市的车站中，哪些最新')).toBe(false);
    expect(asksForGroups('how many orders')).toBe(false);
  });
});
