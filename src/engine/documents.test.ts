import { expect, it } from 'vitest';
import { passagesOf } from './documents.ts';

it('cuts documents at their headings, and long sections at paragraphs', () => {
  const long = Array.from({ length: 4 }, (_, n) => `${n} ${'word '.repeat(150)}`).join('\n\n');
  const passages = passagesOf('rules.md', `intro\n\n# Amounts\nnet of tax\n## Long\n${long}\n# Empty\n`);
  expect(passages.slice(0, 2)).toEqual([
    { title: 'rules', text: 'intro' },
    { title: 'rules: Amounts', text: 'net of tax' },
  ]);
  const rest = passages.slice(2);
  expect(rest.every(({ title, text }) => title === 'rules: Long' && text.length <= 1_600)).toBe(true);
  expect(rest.length).toBe(4);
});
