import { expect, it } from 'vitest';
import { coveredShare } from './related.ts';

const mapped = (...phrases: string[]) => phrases.map((phrase) => ({ phrase, meaning: 'x' }));

it('counts the content words that mappings cover, in both languages', () => {
  expect(coveredShare('List the names of the customers in Beijing', mapped('names of the customers', 'Beijing'))).toBe(
    1,
  );
  expect(coveredShare('who won the world cup', mapped('who'))).toBe(0);
  expect(coveredShare('各地区的订单', mapped('地区', '订单'))).toBeCloseTo(0.8);
  expect(coveredShare('zzz qqq', [])).toBe(0);
});

it('is nothing for a question without content', () => {
  expect(coveredShare('what is it', mapped('what'))).toBe(0);
});
