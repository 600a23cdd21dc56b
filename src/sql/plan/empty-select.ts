import type { SelectPlan } from './plan.ts';

/** A plan without items, sources and conditions, for builders to spread and fill. */
export const EMPTY_SELECT: SelectPlan = {
  kind: 'select',
  distinct: false,
  items: [],
  sources: [],
  where: null,
  groupBy: [],
  having: null,
  orderBy: [],
  limit: null,
  offset: null,
};
