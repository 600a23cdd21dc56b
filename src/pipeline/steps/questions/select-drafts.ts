import { type Draft, FORMS } from './draft.ts';

/** The columns that a plan names, by source. */
function columnsOf(part: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(part)) for (const item of part) columnsOf(item, found);
  else if (typeof part === 'object' && part !== null) {
    if ('kind' in part && part.kind === 'column' && 'source' in part && 'column' in part) {
      found.add(`${part.source}.${part.column}`);
    }
    for (const value of Object.values(part)) columnsOf(value, found);
  }
  return found;
}

/**
 * Orders drafts so that every form has its turn: one of each form, then another of each, and so on. Of a form's drafts the
 * one is next that names most columns that no earlier one did, so that a short set still speaks of many.
 */
export function interleaveForms(drafts: readonly Draft[]): readonly Draft[] {
  const byForm = FORMS.map((form) =>
    drafts.filter((draft) => draft.form === form).map((draft) => ({ draft, columns: columnsOf(draft.plan) })),
  );
  const named = new Set<string>();
  const ordered: Draft[] = [];
  while (byForm.some((list) => list.length > 0)) {
    for (const list of byForm) {
      const news = list.map(({ columns }) => [...columns].filter((name) => !named.has(name)).length);
      const [next] = list.splice(news.indexOf(Math.max(...news)), 1);
      if (next === undefined) continue;
      for (const name of next.columns) named.add(name);
      ordered.push(next.draft);
    }
  }
  return ordered;
}

/** A question without what does not change its meaning. */
export const questionKey = (question: string): string => question.toLowerCase().replace(/[\s\p{P}]+/gu, '');
