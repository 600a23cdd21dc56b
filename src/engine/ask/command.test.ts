import { expect, it } from 'vitest';
import { readCommand } from './command.ts';

it('reads a command alone or at the end of a question, with and without a record', () => {
  expect(readCommand('/analysis')).toEqual({ name: 'analysis', recordId: null });
  expect(readCommand('monthly revenue /predict 12')).toEqual({ name: 'predict', recordId: 12 });
  expect(readCommand('再来一次 /regenerate ')).toEqual({ name: 'regenerate', recordId: null });
});

it.each([
  '/analysis /predict',
  '/analysis please',
  'a/analysis',
  '/predictable',
  'what is the path /analysis/x',
  'plain',
])('takes %j as a plain question', (question) => {
  expect(readCommand(question)).toBeNull();
});
