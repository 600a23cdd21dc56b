import { describe, expect, it } from 'vitest';
import { VALUE_LINES } from './values-zh.data.ts';
import { englishCells } from './values-zh.ts';

describe('cells in English', () => {
  it('are found for Chinese words of places and kinds', () => {
    expect(englishCells('加拿大')).toContain('canada');
    expect(englishCells('五月')).toContain('may');
    expect(englishCells('德克萨斯州')).toContain('texas');
  });
  it.each([
    ['孟加拉语', 'bengali'],
    ['威尔士', 'welsh'],
    ['大雾', 'fog'],
    ['肉桂', 'cinnamon'],
    ['女高音', 'soprano'],
    ['守门员', 'goalkeeper'],
    ['副教授', 'associate professor'],
    ['暂停', 'on hold'],
    ['特大床', 'king'],
    ['护卫舰', 'frigate'],
    ['儿科', 'pediatrics'],
    ['联邦快递', 'fedex'],
    ['约翰', 'john'],
    ['完成', 'completed'],
  ])('of many kinds: %s is %s', (chinese, english) => {
    expect(englishCells(chinese)).toContain(english);
  });
  it('of one word may be several', () => {
    expect(englishCells('汉堡')).toEqual(['hamburg', 'burger', 'hamburger']);
  });
  it('stand in well-formed lines without a word twice', () => {
    const bad = VALUE_LINES.trim()
      .split('\n')
      .filter((line) => {
        const parts = /^([^:]+): ([^:]+)$/.exec(line);
        if (parts === null) return true;
        const english = parts[1]!.split(', ');
        const chinese = parts[2]!.split(' ');
        return (
          !english.every((w) => /^[\p{Ll}\d][\p{Ll}\d '.&-]*$/u.test(w) && w === w.trim()) ||
          !chinese.every((w) => /^[\d\p{Script=Han}]+$/u.test(w)) ||
          new Set(english).size !== english.length ||
          new Set(chinese).size !== chinese.length
        );
      });
    expect(bad).toEqual([]);
  });
  it('are not invented for other words', () => {
    expect(englishCells('不知所云')).toEqual([]);
  });
});
