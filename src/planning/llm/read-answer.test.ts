import { describe, expect, it } from 'vitest';
import { readAnswer } from './read-answer.ts';

const sqlOf = (text: string, cut = false): string | null => {
  const answer = readAnswer(text, cut);
  return answer.kind === 'sql' ? answer.sql : null;
};

describe('reading what a model wrote', () => {
  it.each<[string, string, string]>([
    [
      'a WITH query in prose',
      'Answer:\nWITH x AS (SELECT 1) SELECT * FROM x;\nGood luck!',
      'WITH x AS (SELECT 1) SELECT * FROM x',
    ],
    [
      'a query over several paragraphs',
      'SELECT a\n\nFROM t\n\nWHERE b = 1\n\nThis filters b.',
      'SELECT a\n\nFROM t\n\nWHERE b = 1',
    ],
    ['a label', 'SQL: SELECT a FROM t', 'SELECT a FROM t'],
    ['a comment before the query', '```sql\n-- totals\nSELECT a FROM t\n```', '-- totals\nSELECT a FROM t'],
    ['a fence of another kind beside it', '```json\n[1]\n```\n```sql\nSELECT a FROM t\n```', 'SELECT a FROM t'],
    [
      'JSON whose query is empty, with a fence beside it',
      '{"explanation": "see below"}\n```sql\nSELECT a FROM t\n```',
      'SELECT a FROM t',
    ],
  ])('finds %s', (_, text, sql) => {
    expect(sqlOf(text)).toBe(sql);
  });

  it('tells a refusal, a question and nothing apart', () => {
    expect(readAnswer('{"sql": null, "cannot": "no such data"}', false)).toEqual({
      kind: 'cannot',
      reason: 'no such data',
    });
    expect(readAnswer('{"sql": null, "explanation": "not in this schema"}', false)).toEqual({
      kind: 'cannot',
      reason: 'not in this schema',
    });
    expect(readAnswer('{"sql": "", "clarify": "Which year?"}', false)).toEqual({
      kind: 'clarify',
      question: 'Which year?',
      options: [],
    });
    expect(readAnswer('', false)).toMatchObject({ kind: 'unusable', code: 'no-sql' });
    expect(readAnswer('Hello', true)).toMatchObject({ kind: 'unusable', code: 'reply-cut' });
  });

  it('knows whether the query itself was cut', () => {
    expect(readAnswer('{"sql": "SELECT a FR', true)).toMatchObject({ kind: 'sql', cut: true });
    expect(readAnswer('{"sql": "SELECT a FROM t", "explanation": "it', true)).toMatchObject({
      kind: 'sql',
      cut: false,
    });
    expect(readAnswer('```sql\nSELECT a FROM t\n```\nThis', true)).toMatchObject({ kind: 'sql', cut: false });
    expect(readAnswer('```sql\nSELECT a FRO', true)).toMatchObject({ kind: 'sql', cut: true });
  });

  it.each([
    ['0.8', 0.8],
    [0.8, 0.8],
    [85, 0.85],
    ['85%', 0.85],
    [-1, 0],
    ['high', null],
  ])('reads the confidence %s', (confidence, expected) => {
    const answer = readAnswer(JSON.stringify({ sql: 'SELECT 1', confidence }), false);
    expect(answer.kind === 'sql' && answer.confidence).toBe(expected);
  });

  it('drops mappings that say nothing', () => {
    const mappings = [{ phrase: 'a', meaning: 'b' }, { phrase: '' }, 'x', null];
    const answer = readAnswer(JSON.stringify({ sql: 'SELECT 1', mappings }), false);
    expect(answer).toMatchObject({ mappings: [{ phrase: 'a', meaning: 'b' }] });
  });
});
