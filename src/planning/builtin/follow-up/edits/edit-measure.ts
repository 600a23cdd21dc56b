/** The measure of a follow-up: in the place of the one that is there, or beside it. */
import type { SelectPlan } from '../../../../sql/index.ts';
import type { GenerateRequest } from '../../grammar/generate.ts';
import { firstMeasure } from '../../grammar/plan-parts.ts';
import type { Resolution } from '../../grammar/resolve.ts';
import { isKeyed } from '../plan/share-layer.ts';
import { withAggregates } from './aggregate-edit.ts';
import { type Draft, type Edit, move, type Step } from './draft.ts';
import { measureEdit } from './measure-edit.ts';

/** A column of a list is shown; only words like "total" add it up. */
export function isShown(plan: SelectPlan, one: Resolution['measures'][number]): boolean {
  const listed = firstMeasure(plan) === undefined;
  return listed && one.slot.kind === 'value' && one.slot.fn === null && one.choice?.kind === 'column';
}

function asksMeasure(plan: SelectPlan, { resolution, frame }: Edit): Resolution['measures'] {
  return resolution.measures.filter(
    (one) =>
      !isShown(plan, one) &&
      (one.choice !== null || (one.slot.kind === 'count' && frame.dims.length === 0 && !frame.share)),
  );
}

/** A measure first: it may move the query onto another table. */
export const editMeasure: Step = (draft, edit, request) => {
  const said = attributesOf(draft.plan, edit, request);
  const asked = asksMeasure(draft.plan, edit).filter((one) => !said.includes(one));
  // Of those first ones, not of others that would be the first by it.
  const pointing = edit.cues.pointing || edit.cues.each;
  const same = pointing && !edit.cues.replace && draft.plan.limit !== null && draft.plan.groupBy.length > 0;
  if (asked.length > 0 && same && !edit.cues.besideMeasure) {
    if (addBeside(draft, asked, request) === null) return false;
  } else if (asked.length > 0) {
    const moved = measureEdit(draft.plan, asked, request, draft.sources, edit.cues.besideMeasure);
    if (moved === null) return edit.cues.besideMeasure && addBeside(draft, asked, request) !== null;
    move(draft, moved, request);
    if (!edit.cues.besideMeasure) draft.beside = null;
  }
  if (edit.aggregates.length > 0) {
    const taken = withAggregates(draft.plan, edit.aggregates);
    if (taken === null) return false;
    draft.plan = taken;
    draft.edited = true;
  }
  return true;
};

/** Puts measures of other rows beside the one that is there; the place of the first of them, or null. */
export function addBeside(draft: Draft, asked: Resolution['measures'], request: GenerateRequest): number | null {
  const { plan, sources } = draft;
  if (firstMeasure(plan) === undefined) return null;
  const other = measureEdit({ ...plan, orderBy: [], limit: null, having: null }, asked, request, sources);
  if (other === null) return null;
  const plans = [...(draft.beside?.plans ?? []), other];
  draft.beside = { plans, order: draft.beside?.order ?? null };
  draft.edited = true;
  return plans.length - 1;
}

/** "its stock" after the best product: a number of the thing that a group is, shown beside it. */
export function attributesOf(
  plan: SelectPlan,
  { resolution, cues }: Edit,
  { index }: GenerateRequest,
): Resolution['measures'] {
  if (!(cues.pointing || cues.each) || plan.groupBy.length === 0) return [];
  return resolution.measures.filter(
    ({ slot, choice }) =>
      slot.kind === 'value' && slot.fn === null && choice?.kind === 'column' && isKeyed(plan, choice.table, index),
  );
}
