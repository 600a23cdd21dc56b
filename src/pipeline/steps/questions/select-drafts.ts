import { type Draft, FORMS } from './draft.ts';

/** Orders drafts so that every form has its turn: the first of each form, then the second of each, and so on. */
export function interleaveForms(drafts: readonly Draft[]): readonly Draft[] {
  const byForm = FORMS.map((form) => drafts.filter((draft) => draft.form === form));
  const longest = Math.max(0, ...byForm.map((list) => list.length));
  return Array.from({ length: longest }, (_, round) =>
    byForm.flatMap((list) => (list[round] === undefined ? [] : [list[round]])),
  ).flat();
}

/** A question without what does not change its meaning. */
export const questionKey = (question: string): string => question.toLowerCase().replace(/[\s\p{P}]+/gu, '');
