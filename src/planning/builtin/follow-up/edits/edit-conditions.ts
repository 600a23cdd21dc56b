/** Filters, periods and limits on the measure, each in the place of what was said of the same thing. */
import { sameExpr } from '../../../../sql/index.ts';
import type { GenerateRequest } from '../../grammar/generate.ts';
import { firstMeasure, isAggregated } from '../../grammar/plan-parts.ts';
import { inPeriod } from '../../grammar/predicates.ts';
import type { Resolution } from '../../grammar/resolve.ts';
import { earlierSpan, periodOf } from '../../grammar/shift-periods.ts';
import { withThreshold } from '../cues/measure-reference.ts';
import { withConditions } from '../plan/plan-edits.ts';
import { addedConditions } from './condition-edit.ts';
import type { Draft, Step } from './draft.ts';
import { measureEdit } from './measure-edit.ts';
import { earlierBy, inSpokenYear } from './period-edit.ts';

/** Filters and periods, each in the place of what was said of the same column. */
export const editConditions: Step = (draft, { frame, resolution, compared, earlier }, request) => {
  const { sources } = draft;
  const ofGroups = resolution.conditions.filter((one) => limitMeasure(draft, one, request));
  const conditions = resolution.conditions.filter((one) => !ofGroups.includes(one));
  const many = firstMeasure(draft.plan) !== undefined;
  const added = addedConditions({ ...resolution, conditions }, request.index, sources, many);
  if (added === null) return false;
  const periods = frame.periods.filter((one) => one !== compared);
  if (periods.length > 1) return false;
  if (periods.length === 1) {
    const dated = sources.dated(periods[0]!.anchor);
    if (dated === null) return false;
    const { period } = inSpokenYear(periods[0]!, periodOf(draft.plan.where, dated.expr), request);
    const predicate = inPeriod(dated.expr, period, dated.date, dated.type);
    if (predicate === null) return false;
    added.push(predicate);
  }
  if (earlier !== null) {
    const dated = sources.dated(null);
    const span = dated === null ? null : periodOf(draft.plan.where, dated.expr);
    if (dated === null || span === null) return false;
    const predicate = inPeriod(
      dated.expr,
      earlier === 'same-day' ? earlierSpan(span, 'year', request.today) : earlierBy(span, earlier),
      dated.date,
      dated.type,
    );
    if (predicate === null) return false;
    added.push(predicate);
  }
  if (added.length === 0) return true;
  draft.plan = withConditions(draft.plan, added);
  draft.edited = true;
  return true;
};

/** "revenue over 500000" after revenue by region: a limit on the measure that is there. False for any other condition. */
function limitMeasure(
  draft: Draft,
  { condition, choice }: Resolution['conditions'][number],
  request: GenerateRequest,
): boolean {
  const { op, low, operand } = condition;
  if (draft.plan.groupBy.length === 0 || choice === null || op === 'null' || op === 'not-null' || op === 'between')
    return false;
  const asked = measureEdit(draft.plan, [{ slot: operand, choice }], request, draft.sources);
  const measure = asked?.items.findLast((item) => isAggregated(item.expr));
  const there = firstMeasure(draft.plan);
  if (measure === undefined || there === undefined || !sameExpr(measure.expr, there.expr)) return false;
  const limited = withThreshold(draft.plan, { op, value: low });
  if (limited === null) return false;
  draft.plan = limited;
  draft.edited = true;
  return true;
}

export const editThreshold: Step = (draft, { threshold }) => {
  if (threshold === null) return true;
  const limited = withThreshold(draft.plan, threshold);
  if (limited === null) return false;
  draft.plan = limited;
  draft.edited = true;
  return true;
};
