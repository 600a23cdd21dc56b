/** The order and the top N of a follow-up, by what is there or by something else. */
import { type Expr, type SelectPlan, sameExpr } from '../../../../sql/index.ts';
import type { Choice } from '../../grammar/choices.ts';
import type { Frame, OrderSlot } from '../../grammar/frame.ts';
import type { GenerateRequest } from '../../grammar/generate.ts';
import { firstMeasure, isAggregated, isTime, resolveOrdinal } from '../../grammar/plan-parts.ts';
import type { Resolution } from '../../grammar/resolve.ts';
import { withTop } from '../plan/plan-edits.ts';
import { type Draft, isList, move, type Step } from './draft.ts';
import { addBeside } from './edit-measure.ts';
import { measureEdit } from './measure-edit.ts';

/** Order and top N. */
export const editOrder: Step = (draft, { frame, resolution, cues }, request) => {
  const order = frame.order.at(-1);
  if (order === undefined && frame.limit === null) return true;
  const aggregated = firstMeasure(draft.plan) !== undefined;
  if (cues.byTime && order !== undefined) return orderByTime(draft, order.descending);
  // The largest first, unless the question says otherwise.
  const unsaid = order !== undefined && order.superlative === null && frame.limit === null && !cues.directed;
  const largest = aggregated && unsaid;
  let descending = order === undefined || order.descending || (largest && !isShownOrder(draft, order, resolution));
  const choice = aggregated && cues.sameMeasure ? null : (resolution.order.at(-1)?.choice ?? null);
  let by: Expr | null = null;
  if (choice?.kind === 'column' && !aggregated) {
    by = draft.sources.column(choice.table, choice.column);
    if (by === null) return false;
    const last = latest(order, choice, request);
    if (last !== null) descending = last;
    if (cues.pointing && frame.limit !== null) nameThings(draft, choice.table, request);
  } else if (choice !== null && order !== undefined && order.by !== 'first-measure') {
    by = choice.kind === 'column' ? shownColumn(draft, choice) : null;
    if (by === null) {
      const asked = [{ slot: order.by, choice }];
      const beside = measureEdit(draft.plan, asked, request, draft.sources, true);
      const measure = beside?.items.findLast((item) => isAggregated(item.expr));
      const there = measure !== undefined && draft.plan.items.some((item) => sameExpr(item.expr, measure.expr));
      // The first N by one measure are not the first N by another: they stay and are put in another order.
      const stay = draft.plan.limit !== null && (frame.limit === null || cues.pointing);
      if (!there && (beside === null || stay)) return orderBeside(draft, asked, { frame, descending }, request);
      if (!there) move(draft, beside!, request);
      by = measure!.expr;
    }
  }
  if (draft.beside?.order != null && order === undefined && by === null) return false;
  // "which is the lowest?" of several numbers: of which is not said.
  if (draft.beside !== null && order?.by === 'first-measure' && frame.limit !== null && cues.pointing) return false;
  if (order !== undefined && draft.beside !== null) draft.beside = { ...draft.beside, order: null };
  if (draft.plan.limit !== null && frame.limit === null && draft.beside === null) {
    const first = by ?? firstMeasure(draft.plan)?.expr ?? null;
    if (first === null) return false;
    draft.order = { by: first, descending };
    draft.edited = true;
    return true;
  }
  draft.order = null;
  draft.plan = withTop(draft.plan, frame.limit, descending, by);
  draft.edited = true;
  return true;
};

/** "the youngest": which end of a date that is; null for no date, or a word that says it of any column. */
function latest(
  order: OrderSlot | undefined,
  choice: Extract<Choice, { kind: 'column' }>,
  { index }: GenerateRequest,
): boolean | null {
  const { traits } = index.tables[choice.table]!.columns[choice.column]!;
  return traits.time === null ? null : (order?.superlative?.dateDescending ?? null);
}

/** "which has the least stock?" after other columns of a list: which it is. */
function nameThings(draft: Draft, table: number, { index }: GenerateRequest): void {
  const { plan, sources } = draft;
  const labels = index.tables[table]!.labels.map((at) => sources.column(table, at)!);
  const named = plan.items.some(({ expr }) => expr.kind === 'star' || labels.some((label) => sameExpr(label, expr)));
  const own = plan.items.filter(({ expr }) => expr.kind === 'column' && expr.source === sources.alias(table));
  const items = labels.map((expr) => ({ expr, alias: null }));
  if (!named && labels.length > 0) draft.plan = { ...plan, items: [...items, ...own] };
}

/** By the time of the groups, or the date of the rows; false where the rows have neither. */
function orderByTime(draft: Draft, descending: boolean): boolean {
  const { plan, sources } = draft;
  const grouped = plan.groupBy.map((expr) => resolveOrdinal(expr, plan));
  const dated = sources.dated(null)?.expr ?? null;
  const by = isList(plan)
    ? dated
    : (grouped.find((expr) => isTime(expr) || (dated !== null && sameExpr(expr, dated))) ?? null);
  if (by === null || draft.beside !== null) return false;
  if (plan.limit !== null) draft.order = { by, descending };
  else draft.plan = { ...plan, orderBy: [{ expr: by, descending, nulls: null }] };
  draft.edited = true;
  return true;
}

/** Orders by a measure of other rows, which is shown beside those that are there. */
function orderBeside(
  draft: Draft,
  asked: Resolution['measures'],
  { frame, descending }: { readonly frame: Frame; readonly descending: boolean },
  request: GenerateRequest,
): boolean {
  const known = draft.beside?.plans.length ?? 0;
  const at = frame.limit === null ? addBeside(draft, asked, request) : null;
  if (at === null) return false;
  const { plans } = draft.beside!;
  const measure = (plan: SelectPlan): string =>
    JSON.stringify(firstMeasure(plan)!.expr, (name, value: unknown) => (name === 'source' ? undefined : value));
  const same = plans.slice(0, known).findIndex((plan) => measure(plan) === measure(plans[at]!));
  draft.beside =
    same < 0
      ? { plans, order: { plan: at, descending } }
      : { plans: plans.slice(0, -1), order: { plan: same, descending } };
  return true;
}

/** True for an order by what the rows are called, or their time. */
function isShownOrder(draft: Draft, order: OrderSlot, resolution: Resolution): boolean {
  const choice = resolution.order.at(-1)?.choice;
  return order.by !== 'first-measure' && choice?.kind === 'column' && shownColumn(draft, choice) !== null;
}

/** The group that a column names: the column itself, or the time that was made of it. */
function shownColumn(draft: Draft, choice: Extract<Choice, { kind: 'column' }>): Expr | null {
  if (draft.sources.alias(choice.table) === null) return null;
  const column = draft.sources.column(choice.table, choice.column)!;
  const item = draft.plan.items.find(
    ({ expr }) =>
      sameExpr(expr, column) ||
      ((expr.kind === 'date-trunc' || expr.kind === 'date-part') && sameExpr(expr.arg, column)),
  );
  return item?.expr ?? null;
}
