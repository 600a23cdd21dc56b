import { expect, it } from 'vitest';
import type { TermContent } from '../terms/term-store.ts';
import { misspelled, says } from './likeness.ts';
import { rankPairs } from './match-examples.ts';
import { matchTerms } from './match-terms.ts';

const term = (word: string, more: Partial<TermContent> = {}): TermContent => ({
  word,
  synonyms: [],
  description: '',
  datasources: [],
  enabled: true,
  ...more,
});
const here = { namespace: 'shop', database: 'main' };
const found = (question: string, ...terms: TermContent[]): [string, string][] =>
  matchTerms(question, terms, here).map(({ word, match }) => [word, match]);

it('finds a term that the question says, by its word or a synonym, whole words only', () => {
  expect(found('How many Buyers this year?', term('customer', { synonyms: ['buyer'] }))).toEqual([
    ['customer', 'literal'],
  ]);
  expect(found('华东会员数量', term('客户', { synonyms: ['会员'] }))).toEqual([['客户', 'literal']]);
  expect(says('the category list', 'cat')).toBe(false);
  expect(says('both classes', 'class')).toBe(true);
});

it('finds a misspelled term and tells the spelling, so that planners read it', () => {
  const [match] = matchTerms('total revenu by region', [term('revenue')], here);
  expect(match).toMatchObject({ word: 'revenue', synonyms: ['revenu'], match: 'fuzzy' });
  expect(misspelled('orders', 'older things')).toBeNull();
  expect(misspelled('2024 sales', '2023 sales')).toBeNull();
  expect(misspelled('最高', '最低')).toBeNull();
});

it('finds terms that are about the same, after the sure ones', () => {
  const gross = term('GMV', { description: 'gross merchandise volume: the value of all paid orders' });
  expect(found('merchandise volume of paid orders', gross)).toEqual([['GMV', 'vector']]);
  expect(found('weather in Oslo', gross)).toEqual([]);
});

it('leaves out disabled terms and those of other datasources', () => {
  expect(found('GMV', term('GMV', { enabled: false }))).toEqual([]);
  expect(found('GMV', term('GMV', { datasources: ['bank'] }))).toEqual([]);
  expect(found('GMV', term('GMV', { datasources: ['shop/other'] }))).toEqual([]);
  expect(found('GMV', term('GMV', { datasources: ['shop/main'] }))).toEqual([['GMV', 'literal']]);
  expect(found('GMV', term('GMV', { datasources: ['shop'] }))).toEqual([['GMV', 'literal']]);
});

it('ranks the same question first, then those with slips or the same words', () => {
  const pairs = ['Revenue per region', 'revenue by regoin', 'Revenue by region?', 'staff on leave'].map((question) => ({
    question,
    sql: question,
  }));
  const ranked = rankPairs('revenue by region', pairs);
  expect(ranked[0]?.question).toBe('Revenue by region?');
  const others = ranked.slice(1).map((pair) => pair.question);
  expect(others.sort()).toEqual(['Revenue per region', 'revenue by regoin']);
  expect(ranked[0]?.similarity).toBe(1);
  expect(ranked[1]?.similarity).toBeLessThan(1);
});
