import { expect, it } from 'vitest';
import { EMPTY_SELECT } from '../../../sql/index.ts';
import type { Form } from './draft.ts';
import { column } from './plan-parts.ts';
import { interleaveForms } from './select-drafts.ts';

const draft = (form: Form, question: string, ...columns: string[]) => ({
  form,
  question,
  plan: { ...EMPTY_SELECT, items: columns.map((name) => ({ expr: column('t', name), alias: null })) },
});

it('gives every form its turn, and first asks what names columns that were not named yet', () => {
  const drafts = [
    draft('sum', 'a', 'a'),
    draft('sum', 'a again', 'a'),
    draft('sum', 'b and c', 'b', 'c'),
    draft('average', 'c', 'c'),
    draft('average', 'd', 'd'),
  ];
  expect(interleaveForms(drafts).map(({ question }) => question)).toEqual(['b and c', 'd', 'a', 'c', 'a again']);
  expect(interleaveForms([])).toEqual([]);
});
