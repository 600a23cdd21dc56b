import { describe, expect, it } from 'vitest';
import { consonantsOf, soundDistance, soundsForeign, vowelDistance, vowelsOf } from './transliteration-zh.ts';

const distance = (chinese: string, latin: string): number => soundDistance([...chinese], consonantsOf(latin));

describe('names by their sound', () => {
  it('are near the names they spell', () => {
    for (const [chinese, latin] of [
      ['安迪', 'Andy'],
      ['明尼苏达', 'Minnesota'],
      ['史蒂夫', 'Steve'],
      ['约翰逊', 'Johnson'],
      ['凯瑟琳', 'Katherine'],
      ['德克萨斯', 'Texas'],
      ['罗宾逊', 'Robinson'],
      ['布朗', 'Brown'],
    ] as const)
      expect(distance(chinese, latin), latin).toBeLessThan(0.3);
  });
  it('are far from others', () => {
    for (const [chinese, latin] of [
      ['安迪', 'Betty'],
      ['明尼苏达', 'Alabama'],
      ['约翰逊', 'Robinson'],
      ['凯瑟琳', 'Caroline'],
    ] as const)
      expect(distance(chinese, latin), latin).toBeGreaterThan(0.9);
  });
  it('are told apart by their vowels where the consonants are the same', () => {
    const vowels = (chinese: string, latin: string): number => vowelDistance([...chinese], vowelsOf(latin));
    expect(vowels('贝蒂', 'Betty')).toBe(0);
    for (const other of ['Patty', 'Pete', 'Bud']) expect(vowels('贝蒂', other), other).toBeGreaterThan(0);
    expect(vowelsOf('Grace')).toBe('a');
  });
  it('are no ordinary words, nor anything that names are not written with', () => {
    expect(soundsForeign([...'比赛'])).toBe(false);
    expect(soundsForeign([...'那里'])).toBe(false);
    expect(distance('学生', 'Susan')).toBe(Number.POSITIVE_INFINITY);
  });
});
