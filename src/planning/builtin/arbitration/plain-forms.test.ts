import { describe, expect, it } from 'vitest';
import { isBareList, isBreakdown, isNarrowing, isPlainCount } from './plain-forms.ts';

describe('plain questions', () => {
  it('hears that a thing is just listed', () => {
    for (const question of ['Show all patients', 'list customers', '查询前5行数据', '显示所有客户', '播放列表有哪些'])
      expect(isBareList(question), question).toBe(true);
    for (const question of ['show the names of customers in Paris', '北京的客户有哪些', 'how many patients'])
      expect(isBareList(question), question).toBe(false);
  });
  it('hears a breakdown in shorthand', () => {
    for (const question of [
      'customers by city',
      'total amount of deliveries by month',
      'patients by city as a pie chart',
    ])
      expect(isBreakdown(question), question).toBe(true);
    for (const question of [
      'List singers ordered by age',
      'which films are directed by women',
      'count the pets by type',
    ])
      expect(isBreakdown(question), question).toBe(false);
  });
  it('hears that an answer is narrowed', () => {
    for (const question of ['only app', 'just the north', '只看华东'])
      expect(isNarrowing(question), question).toBe(true);
    expect(isNarrowing('only those that were shipped to the north last year')).toBe(false);
  });
  it('hears that all things of a kind are counted', () => {
    expect(isPlainCount('how many products')).toBe(true);
    expect(isPlainCount('how many products were sold last year')).toBe(false);
    expect(isPlainCount('how many are there in Rome')).toBe(false);
  });
});
