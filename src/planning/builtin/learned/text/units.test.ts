import { describe, expect, it } from 'vitest';
import { findNumbers } from './numbers.ts';
import { splitUnits } from './units.ts';

const texts = (s: string): string[] => splitUnits(s).map((u) => u.text);

describe('units', () => {
  it('stems words, keeps numbers whole and drops punctuation', () => {
    expect(texts('How many employees earn over 1,500.50?')).toEqual([
      'how',
      'mani',
      'employe',
      'earn',
      'over',
      '1500.50',
    ]);
  });
  it('takes Chinese apart into characters and leaves Latin words between them whole', () => {
    expect(texts('列出ID最大的城市')).toEqual(['列', '出', 'id', '最', '大', '的', '城', '市']);
  });
  it('marks quoted passages and list commas', () => {
    const units = splitUnits('the name, age of "Ada Quill"');
    expect(units.filter((u) => u.quote >= 0).map((u) => u.raw)).toEqual(['ada', 'quill']);
    expect(units.find((u) => u.raw === 'age')?.afterComma).toBe(true);
  });
});

describe('numbers', () => {
  const values = (s: string): number[] => findNumbers(splitUnits(s)).map((n) => n.value);
  it('reads digits, words, ordinals and scales', () => {
    expect(values('the top three of 2 million and the 5th')).toEqual([3, 2_000_000, 5]);
  });
  it('takes numbers off their units of measure', () => {
    expect(values('毛重大于11kg且排量不到2.0T的')).toEqual([11, 2]);
    expect(values('the 22nd of 1,200.50')).toEqual([22, 1200.5]);
  });
  it('reads percentages in words', () => {
    const found = findNumbers(splitUnits('超过百分之三十或不到三成'));
    expect(found.map((n) => [n.value, n.percent])).toEqual([
      [30, true],
      [30, true],
    ]);
  });
  it('reads Chinese numerals with scales', () => {
    expect(values('超过一百二十三个')).toEqual([123]);
    expect(values('三万五千')).toEqual([35_000]);
    expect(values('六千五和3万5以及一千零五')).toEqual([6500, 35_000, 1005]);
  });
  it('takes short years for years and pointing words for no figures', () => {
    expect(values('成立于03年的')).toEqual([2003]);
    expect(values('这两年都有的三家')).toEqual([3]);
  });
});
