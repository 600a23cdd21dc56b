import { describe, expect, it } from 'vitest';
import { TRANSLATIONS_ZH } from './translations-zh.ts';

describe('Chinese translations', () => {
  it('lead from words to the stems of English names', () => {
    expect(TRANSLATIONS_ZH.get('学生')?.map(([u]) => u)).toContain('student');
    expect(TRANSLATIONS_ZH.get('工资')?.map(([u]) => u)).toContain('salari');
  });
  it('lead from one word to a phrase', () => {
    expect(TRANSLATIONS_ZH.get('邮编')?.map(([u]) => u)).toContain('zip code');
  });
  it('fit into the window of six characters in which words are looked up', () => {
    for (const word of TRANSLATIONS_ZH.keys()) expect(word.length).toBeLessThanOrEqual(6);
  });
});
