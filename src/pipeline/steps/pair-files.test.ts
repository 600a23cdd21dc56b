import { describe, expect, it } from 'vitest';
import { readPairs } from './pair-files.ts';

const pair = { question: 'How many?', sql: 'SELECT COUNT(*) FROM t' };

describe('pair files', () => {
  it.each([
    ['our own', [pair]],
    ['rows of Vanna', [{ id: '1', training_data_type: 'sql', question: pair.question, content: pair.sql }]],
    [
      'a data frame by columns',
      { question: { 0: pair.question, 1: null }, content: { 0: pair.sql, 1: 'create table t' } },
    ],
    ['documents of the vector table', [{ id: '1', document: JSON.stringify(pair) }]],
    ['documents of LangChain', [{ page_content: JSON.stringify(pair), metadata: {} }]],
    ['pairs among other entries', [{ training_data_type: 'ddl', content: 'create table t' }, 7, null, pair]],
  ])('are read from %s', (_name, value) => {
    expect(readPairs(JSON.stringify(value))).toEqual({ ok: true, value: [pair] });
  });

  it('are refused with a reason when they are none', () => {
    expect(readPairs('{')).toMatchObject({ ok: false, failure: expect.stringContaining('no JSON') });
    expect(readPairs('{"a": 1}')).toMatchObject({ ok: false, failure: expect.stringContaining('no list') });
  });
});
