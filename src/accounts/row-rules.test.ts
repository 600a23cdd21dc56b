import { describe, expect, it } from 'vitest';
import { type AccessRule, parseAccessRule, resolveRule } from './row-rules.ts';

describe('a row rule', () => {
  it('is read from JSON, as a tree of terms', () => {
    const rule: AccessRule = {
      logic: 'or',
      items: [
        { column: 'region', term: 'in', value: ['East', 'West'] },
        {
          logic: 'and',
          items: [
            { column: 'cost', term: 'ge', value: 5 },
            { column: 'note', term: 'not_empty' },
          ],
        },
      ],
    };
    expect(parseAccessRule(JSON.stringify(rule))).toEqual({ ok: true, value: rule });
  });

  it.each([
    'region = East',
    '{}',
    '{"column":"a","term":"equals","value":1}',
    '{"column":"a","term":"eq"}',
    '{"column":"a","term":"in","value":"x"}',
    '{"column":"a","term":"null","value":1}',
    '{"column":"a","term":"eq","value":1,"variable":"v"}',
    '{"logic":"and","items":[]}',
    '{"logic":"xor","items":[{"column":"a","term":"null"}]}',
  ])('is refused when it is %s', (text) => {
    expect(parseAccessRule(text).ok).toBe(false);
  });
});

describe('resolving a rule', () => {
  const resolve = (rule: AccessRule) => resolveRule(rule, { region: 'East', cities: ['Ulm', 'Hof'] });

  it('puts the user’s values in the place of variables', () => {
    expect(resolve({ column: 'r', term: 'eq', variable: 'region' })).toEqual({
      kind: 'eq',
      column: 'r',
      value: 'East',
    });
    expect(resolve({ column: 'c', term: 'not in', variable: 'cities' })).toEqual({
      kind: 'not_in',
      column: 'c',
      values: ['Ulm', 'Hof'],
    });
    expect(resolve({ column: 'r', term: 'in', variable: 'region' })).toMatchObject({ values: ['East'] });
  });

  it('matches nothing when a variable is not set, is inherited, or has the wrong form', () => {
    const nothing = { kind: 'in', column: 'r', values: [] };
    expect(resolve({ column: 'r', term: 'eq', variable: 'missing' })).toEqual(nothing);
    expect(resolve({ column: 'r', term: 'not_eq', variable: 'constructor' })).toEqual(nothing);
    expect(resolve({ column: 'r', term: 'not like', variable: 'cities' })).toEqual(nothing);
    expect(resolve({ column: 'r', term: 'not in', variable: 'missing' })).toEqual(nothing);
  });

  it('reads `like` as contains, with its own signs taken literally', () => {
    expect(resolve({ column: 'r', term: 'like', value: '50%_a\\b' })).toEqual({
      kind: 'like',
      column: 'r',
      value: '%50\\%\\_a\\\\b%',
    });
  });
});
