import { describe, expect, test } from 'vitest';
import { splitIdentifier } from '../text/identifier.ts';
import { stem } from '../text/stemmer.ts';
import { ABBREVIATIONS } from './abbreviations.ts';
import { conceptGroups, paraphrases } from './concept-index.ts';
import { CUES, STOPS } from './cues.ts';
import { SUPERLATIVES } from './superlatives.ts';
import { valueTranslations } from './value-translations.ts';

describe('concepts', () => {
  test('several hundred groups, each with English or Chinese words', () => {
    expect(conceptGroups().length).toBeGreaterThan(200);
    for (const group of conceptGroups()) expect(group.english.length + group.chinese.length).toBeGreaterThan(1);
  });

  test.each([
    ['客户', 'customer'],
    ['销售额', 'revenue'],
    ['供应商', 'supplier'],
    ['演员', 'actor'],
    ['租赁', 'rental'],
    ['发票', 'invoice'],
    ['入职', 'hire date'],
    ['client', 'customer'],
    ['movies', 'film'],
    ['songs', 'track'],
    ['薪水', 'salary'],
    ['库存', 'stock'],
    ['患者', 'patient'],
    ['球队', 'team'],
    ['人口', 'population'],
  ])('%s is said of %s', (asked, expected) => {
    expect(paraphrases(asked).map((one) => one.text)).toContain(expected);
  });

  test('looser relatives weigh less than synonyms', () => {
    const weight = (text: string): number => paraphrases('revenue').find((one) => one.text === text)?.weight ?? 0;
    expect(weight('sales')).toBeGreaterThan(weight('total amount'));
    expect(weight('total amount')).toBeGreaterThan(0);
  });
});

describe('abbreviations', () => {
  test.each([
    ['qty', 'quantity'],
    ['dept', 'department'],
    ['dob', 'birth date'],
    ['amt', 'amount'],
    ['addr', 'address'],
  ])('%s means %s', (short, long) => {
    expect(ABBREVIATIONS[short]).toBe(long);
  });

  test('are single lower-case words, written out in lower case', () => {
    for (const [short, long] of Object.entries(ABBREVIATIONS)) {
      expect(splitIdentifier(short)).toEqual([short]);
      expect(long).toMatch(/^[a-z]+(?: [a-z]+)*$/);
    }
  });
});

describe('superlatives', () => {
  test.each([
    ['oldest', true, false],
    ['youngest', false, true],
    ['newest', true, true],
    ['earliest', false, false],
    ['最年轻', false, true],
  ])('%s turns round for dates', (word, descending, dates) => {
    expect(SUPERLATIVES.get(word)).toMatchObject({ descending, dateDescending: dates });
  });

  test.each([
    ['cheapest', 'price'],
    ['longest', 'length'],
    ['最贵', 'price'],
    ['heaviest', 'weight'],
    ['best paid', 'salary'],
  ])('%s speaks of %s', (word, column) => {
    expect(SUPERLATIVES.get(word)?.columns).toContain(column);
  });
});

describe('cues', () => {
  test.each([
    ['how many', 'count'],
    ['前', 'top'],
    ['per', 'group'],
    ['各', 'each'],
    ['超过', 'compare'],
    ['没有', 'without'],
    ['占比', 'share'],
    ['同比', 'growth'],
    ['average order value', 'average-order'],
    ['above average', 'average-reference'],
  ])('%s asks for %s', (phrase, kind) => {
    expect(CUES.get(phrase)?.map((cue) => cue.kind)).toContain(kind);
  });

  test('no word that negates or compares is thrown away', () => {
    for (const word of ['not', 'without', 'more', 'most', 'no', 'never', '不', '没有', '最'])
      expect(STOPS.has(word)).toBe(false);
  });
});

describe('values across languages', () => {
  test.each([
    ['中国', 'china'],
    ['usa', '美国'],
    ['华东', 'east china'],
    ['男', 'male'],
    ['comedy', '喜剧'],
    ['已取消', 'cancelled'],
  ])('%s is %s', (one, other) => {
    expect(valueTranslations(one)).toContain(other);
  });
});

describe('stems', () => {
  test.each([
    ['categories', 'category'],
    ['employees', 'employee'],
    ['hired', 'hire'],
    ['countries', 'country'],
    ['people', 'person'],
    ['salaries', 'salary'],
  ])('%s and %s are one', (a, b) => {
    expect(stem(a)).toBe(stem(b));
  });
});
