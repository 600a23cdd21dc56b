import { describe, expect, it } from 'vitest';
import type { Predicate } from '../../../sql/index.ts';
import { joinConditions, type Stated } from './join-conditions.ts';

/** Conditions where the question says so. */
function stated(text: string, ...words: string[]): Stated[] {
  return words.map((word) => ({
    predicate: { kind: 'is-null', arg: { kind: 'literal', value: word, type: 'text' }, negated: false } as Predicate,
    units: [{ start: text.indexOf(word), end: text.indexOf(word) + word.length }],
  }));
}
const joined = (text: string, ...words: string[]): string | null => {
  const predicates = joinConditions(stated(text, ...words), text);
  return predicates === null ? null : predicates.map((one) => one.kind).join();
};

describe('joinConditions', () => {
  it.each([
    ['cheaper than 5 and in stock', ['than 5', 'in stock'], 'is-null,is-null'],
    ['cheaper than 5 or in stock', ['than 5', 'in stock'], 'or'],
    ['cheaper than 5 or in stock', ['in stock', 'than 5'], 'or'],
    ['costs 100 or more and in stock', ['100', 'in stock'], 'is-null,is-null'],
    ['库存少于10或单价大于100', ['少于10', '大于100'], 'or'],
    ['单价大于或等于100且有库存', ['单价', '有库存'], 'is-null,is-null'],
    ['old or red and big', ['old', 'red', 'big'], null],
    ['or so: red, big', ['red', 'big'], 'is-null,is-null'],
  ] as const)('%s', (text, words, expected) => {
    expect(joined(text, ...words)).toBe(expected);
  });
});
