import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonObject, readLenientJson, withoutThinking } from './lenient-json.ts';

const find = (text: string) => findJsonObject(text)?.value ?? null;

describe('JSON as models write it', () => {
  it.each<[string, string, unknown]>([
    ['plain', '{"sql":"SELECT 1"}', { sql: 'SELECT 1' }],
    ['in a fence', 'Here:\n```json\n{"sql":"SELECT 1"}\n```\nDone.', { sql: 'SELECT 1' }],
    ['in prose', 'I think {"a": 1} is right', { a: 1 }],
    ['behind thinking', '<think>{"a": 0}</think>{"a": 1}', { a: 1 }],
    ['with the opening tag lost', 'hm {"a": 0}</think>{"a": 1}', { a: 1 }],
    ['trailing commas', '{"a": [1, 2,], "b": 3,}', { a: [1, 2], b: 3 }],
    ['single quotes', "{'a': 'it''s'}", { a: "it''s" }],
    ['bare keys', '{a: 1, b_c: "x"}', { a: 1, b_c: 'x' }],
    ["Python's constants", '{"a": True, "b": None}', { a: true, b: null }],
    ['comments', '{"a": 1, // one\n "b": /* two */ 2}', { a: 1, b: 2 }],
    ['raw line breaks in a string', '{"sql": "SELECT 1\nFROM t"}', { sql: 'SELECT 1\nFROM t' }],
    ['unescaped inner quotes', '{"sql": "SELECT "a" FROM t", "x": 1}', { sql: 'SELECT "a" FROM t', x: 1 }],
    ['triple quotes', '{"sql": """SELECT "a", 1"""}', { sql: 'SELECT "a", 1' }],
    ['escapes', '{"a": "\\u4e2d\\n\\"x\\""}', { a: '中\n"x"' }],
    ['a draft before the answer', '{"a": 1}\nBetter:\n{"a": 2}', { a: 2 }],
    ['nothing', 'no object here', null],
    ['braces in prose', 'use {braces} here, then {"a": 1}', { a: 1 }],
  ])('reads %s', (_, text, expected) => {
    expect(find(text)).toEqual(expected);
  });

  it('tells where a text was cut', () => {
    expect(findJsonObject('{"sql": "SELECT a FR')).toEqual({ value: { sql: 'SELECT a FR' }, truncated: true });
    expect(findJsonObject('{"sql": "SELECT 1", "expl')).toMatchObject({ value: { sql: 'SELECT 1' }, truncated: true });
  });

  it('keeps __proto__ an ordinary key', () => {
    const value = find('{"__proto__": {"polluted": true}, "a": 1}');
    expect(Object.keys(value ?? {})).toEqual(['__proto__', 'a']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('reads every JSON document back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const normal = JSON.parse(JSON.stringify(value)) as unknown;
        expect(readLenientJson(JSON.stringify(value))?.value).toEqual(normal);
      }),
    );
  });

  it('never throws and never hangs on garbage', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', "'", ':', ',', '\\', 'a', '1', '\n', '<') }),
        (text) => {
          findJsonObject(text);
        },
      ),
    );
    const started = performance.now();
    findJsonObject('{"a":['.repeat(30_000));
    findJsonObject('{'.repeat(200_000));
    findJsonObject(`{"a": "${'x'.repeat(300_000)}`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('hides everything behind an unclosed thinking block', () => {
    expect(withoutThinking('<think>SELECT 1').trim()).toBe('');
    expect(withoutThinking('a<think>b</think>c')).toBe('ac');
  });
});
