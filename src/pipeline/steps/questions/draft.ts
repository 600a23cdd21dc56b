import type { Plan } from '../../../sql/index.ts';

/** What a question asks for; the variety of a set is told in these. */
export const FORMS = [
  'count',
  'filter',
  'group',
  'sum',
  'average',
  'extreme',
  'share',
  'ranking',
  'trend',
  'period',
  'comparison',
  'absence',
  'multi-join',
  'having',
  'nested',
  'distinct',
  'list',
  'ratio',
] as const;
export type Form = (typeof FORMS)[number];

/** A question with the plan that answers it; both were made from the same parts, so that they agree. */
export interface Draft {
  readonly question: string;
  readonly plan: Plan;
  readonly form: Form;
}
