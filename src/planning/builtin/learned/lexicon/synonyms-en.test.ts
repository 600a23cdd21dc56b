import { describe, expect, it } from 'vitest';
import { SYNONYMS_EN } from './synonyms-en.ts';

describe('English synonyms', () => {
  const units = (word: string): string[] => (SYNONYMS_EN.get(word) ?? []).map(([u]) => u);
  it('go both ways between names of one thing', () => {
    expect(units('movi')).toContain('film');
    expect(units('film')).toContain('movi');
  });
  it('lead from an adjective to the attribute it measures', () => {
    expect(units('old')).toContain('age');
    expect(units('expens')).toContain('price');
  });
});
