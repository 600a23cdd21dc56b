import { EMPTY_SELECT, type SelectPlan } from '../../../../sql/index.ts';
import { COUNT_ROWS } from '../plan/plan-edits.ts';

/** The number of rows of a plan whose rows are groups, distinct, or only the first ones; null when it is a plain list. */
export function countOfShown(plan: SelectPlan): SelectPlan | null {
  if (plan.groupBy.length === 0 && plan.limit === null && !plan.distinct) return null;
  const inner = plan.limit === null ? { ...plan, orderBy: [] } : plan;
  return {
    ...EMPTY_SELECT,
    items: [{ expr: COUNT_ROWS, alias: 'count' }],
    sources: [{ kind: 'plan', alias: 'shown', plan: inner, join: null }],
  };
}
