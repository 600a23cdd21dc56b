import { describe, expect, it } from 'vitest';
import { englishCells } from './values-zh.ts';

describe('cells in English', () => {
  it('are found for Chinese words of places and kinds', () => {
    expect(englishCells('加拿大')).toContain('canada');
    expect(englishCells('五月')).toContain('may');
    expect(englishCells('德克萨斯州')).toContain('texas');
  });
  it('are not invented for other words', () => {
    expect(englishCells('不知所云')).toEqual([]);
  });
});
