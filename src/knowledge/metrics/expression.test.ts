import { describe, expect, it } from 'vitest';
import type { Expr } from '../../sql/index.ts';
import { ExpressionError, parseExpression, parsePredicate } from './expression.ts';

const column = (name: string): Expr => ({ kind: 'column', source: 't', column: name });
const resolver = { name: column, template: (_kind: string, name: string): Expr => column(name) };
const expression = (text: string): Expr => parseExpression(text, resolver);
const predicate = (text: string) => parsePredicate(text, resolver);
const number = (value: number): Expr => ({ kind: 'literal', value, type: 'integer' });

describe('parseExpression', () => {
  it('follows the precedence of arithmetic', () => {
    expect(expression('a + b * 2')).toEqual({
      kind: 'arithmetic',
      op: '+',
      left: column('a'),
      right: { kind: 'arithmetic', op: '*', left: column('b'), right: number(2) },
    });
    expect(expression('(a + b) * 2')).toMatchObject({ op: '*', left: { op: '+' } });
    expect(expression('a - b - c')).toMatchObject({ op: '-', left: { op: '-' }, right: column('c') });
    expect(expression('-a')).toEqual({ kind: 'negate', arg: column('a') });
  });

  it('keeps decimals exact and texts as they are', () => {
    expect(expression('0.10')).toEqual({ kind: 'literal', value: '0.10', type: 'decimal' });
    expect(expression("'it''s 50%'")).toEqual({ kind: 'literal', value: "it's 50%", type: 'text' });
    expect(expression('"销售 额"')).toEqual(column('销售 额'));
    expect(expression('销售额')).toEqual(column('销售额'));
    expect(expression("DATE '2024-01-31'")).toEqual({ kind: 'literal', value: '2024-01-31', type: 'date' });
  });

  it('reads CASE, casts and the known functions', () => {
    expect(expression("CASE WHEN status = 'paid' THEN amount ELSE 0 END")).toMatchObject({
      kind: 'case',
      whens: [{ when: { kind: 'comparison', op: '=' } }],
      otherwise: number(0),
    });
    expect(expression('CAST(a AS decimal)')).toEqual({ kind: 'cast', arg: column('a'), to: 'decimal' });
    expect(expression('a::date')).toEqual({ kind: 'cast', arg: column('a'), to: 'date' });
    expect(expression('COALESCE(a, 0)')).toMatchObject({ kind: 'function', name: 'coalesce' });
    expect(expression("date_trunc('month', a)")).toEqual({ kind: 'date-trunc', grain: 'month', arg: column('a') });
  });

  it.each([
    '',
    'a +',
    'a b',
    'sleep(1)',
    'SELECT 1',
    'a; DROP TABLE t',
    '(SELECT 1)',
    "a = 'x",
    'CAST(a AS blob)',
    'a -- b',
  ])('refuses %j', (text) => {
    expect(() => expression(text)).toThrow(ExpressionError);
  });
});

describe('parsePredicate', () => {
  it('reads conditions as filters use them', () => {
    expect(predicate("{{ Dimension('order__status') }} IN ('paid', 'shipped')")).toMatchObject({
      kind: 'in',
      arg: column('order__status'),
      negated: false,
    });
    expect(predicate('a BETWEEN 1 AND 2 AND b IS NOT NULL')).toMatchObject({
      kind: 'and',
      args: [{ kind: 'between' }, { kind: 'is-null', negated: true }],
    });
    expect(predicate("NOT (a = 1 OR b LIKE 'x%')")).toMatchObject({ kind: 'not', arg: { kind: 'or' } });
    expect(predicate('(a + b) > 3')).toMatchObject({ kind: 'comparison', op: '>', left: { op: '+' } });
    expect(predicate('a IS TRUE')).toMatchObject({ op: '=', right: { value: true } });
    expect(predicate('is_open')).toMatchObject({ op: '=', left: column('is_open'), right: { value: true } });
  });

  it.each(['{{ Dimension(order) }} = 1', 'a NOT 1', 'a BETWEEN 1', 'a LIKE b', 'a IN ()'])('refuses %j', (text) => {
    expect(() => predicate(text)).toThrow(ExpressionError);
  });
});
