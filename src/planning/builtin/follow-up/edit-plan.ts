/** One reading of a follow-up as an edit of the plan before, part by part; what it does not mention stays. */
import { type AggregateName, type Expr, type SelectItem, type SelectPlan, sameExpr } from '../../../sql/index.ts';
import type { Choice } from '../grammar/choices.ts';
import type { Frame, OrderSlot, PeriodFilter } from '../grammar/frame.ts';
import type { GenerateRequest } from '../grammar/generate.ts';
import { firstMeasure, isAggregated, isTime, resolveOrdinal } from '../grammar/plan-parts.ts';
import { inPeriod } from '../grammar/predicates.ts';
import type { Resolution } from '../grammar/resolve.ts';
import type { SchemaIndex } from '../grammar/schema-index.ts';
import { periodOf, type Shift } from '../grammar/shift-periods.ts';
import { SourceBuilder } from '../grammar/source-builder.ts';
import { withAggregates } from './aggregate-edit.ts';
import type { Beside } from './beside.ts';
import { addedConditions } from './condition-edit.ts';
import { measuredEach } from './each-edit.ts';
import type { FollowUpCues } from './follow-up-cues.ts';
import { isBare, type Layered, type Layers, NO_LAYERS, withLayers } from './layers.ts';
import { measureEdit } from './measure-edit.ts';
import { type Threshold, withThreshold } from './measure-reference.ts';
import type { Reordered } from './order-layer.ts';
import { comparisonWith, earlierBy, inSpokenYear } from './period-edit.ts';
import {
  countedRows,
  planCountedOnce,
  withConditions,
  withGroups,
  withoutConditions,
  withoutGroups,
  withTop,
} from './plan-edits.ts';
import { JoinedSources } from './previous-frame.ts';
import { isKeyed, shareOfWhole } from './share-layer.ts';
import { amongShown } from './shown-edit.ts';
import { thingsOf } from './thing-edit.ts';

/** A follow-up as it was read. */
export interface Edit {
  readonly frame: Frame;
  readonly resolution: Resolution;
  readonly cues: FollowUpCues;
  /** Other aggregates of the measure that is there. */
  readonly aggregates: readonly AggregateName[];
  /** A limit on the measure that is there. */
  readonly threshold: Threshold | null;
  /** How far back the period that is there moves. */
  readonly earlier: Shift | null;
  /** The period to compare with. */
  readonly compared: PeriodFilter | null;
}

/** The state of one edit: the plan so far, and the tables it may join. */
interface Draft {
  plan: SelectPlan;
  sources: JoinedSources;
  edited: boolean;
  beside: Beside | null;
  order: Reordered | null;
}

type Step = (draft: Draft, edit: Edit, request: GenerateRequest) => boolean;

/** The edited plan; null when a part of the question has no place in it, or nothing of it is an edit. */
export function editPlan({ base, layers }: Layered, edit: Edit, request: GenerateRequest): SelectPlan | null {
  const { frame } = edit;
  if (frame.absent.length + frame.present.length > 0 || frame.running || frame.averagePer || frame.offset !== null)
    return null;
  // "Which of them …" after a number alone: its rows were never shown.
  const number = base.groupBy.length === 0 && firstMeasure(base) !== undefined;
  if (edit.cues.rows && number && frame.dims.length === 0 && frame.measures.length === 0) return null;
  const among = bestOfShown(base, edit, request);
  if (among !== undefined) return among;
  if (edit.cues.each && isList(base)) return measuredEach(base, edit.resolution.measures, request.index);
  const { entity } = edit.resolution;
  if (edit.cues.pointing && entity !== null && isBareThing(edit) && isBare(layers)) {
    const things = thingsOf(base, entity.table, request.index);
    if (things !== null) return things;
  }
  const draft: Draft = {
    plan: base,
    sources: new JoinedSources(request.index, base),
    edited: false,
    beside: besideEdited(layers.beside, edit, request),
    order: layers.order,
  };
  if (layers.beside !== null && draft.beside === null) return null;
  const steps: readonly Step[] = [editMeasure, editConditions, editGroups, editThreshold, editOrder, editColumns];
  for (const step of steps) if (!step(draft, edit, request)) return null;
  const over = editLayers(draft, layers, edit, base, request);
  if (over?.comparison != null && firstMeasure(draft.plan) === undefined) {
    const counted = countedRows(draft.plan);
    if (counted === null) return null;
    draft.plan = counted;
  }
  if (over === null || (!draft.edited && sameLayers(over, layers))) return null;
  return finished(draft, over, request);
}

const isList = (plan: SelectPlan): boolean => plan.groupBy.length === 0 && firstMeasure(plan) === undefined;

/** Nothing but a thing is named. */
const isBareThing = ({ frame }: Edit): boolean =>
  frame.measures.length + frame.dims.length + frame.order.length + frame.filters.length + frame.periods.length === 0 &&
  frame.conditions.length + frame.flags.length + frame.columns.length + frame.context.length === 0;

/** The other measures under the same filters and groups; null when these have no place there. */
function besideEdited(beside: Beside | null, edit: Edit, request: GenerateRequest): Beside | null {
  if (beside === null) return null;
  const plans: SelectPlan[] = [];
  for (const plan of beside.plans) {
    const draft: Draft = {
      plan,
      sources: new JoinedSources(request.index, plan),
      edited: false,
      beside: null,
      order: null,
    };
    if (!editConditions(draft, edit, request) || !editGroups(draft, edit, request)) return null;
    const done = finished(draft, NO_LAYERS, request);
    if (done === null) return null;
    plans.push(done);
  }
  return { ...beside, plans };
}

function finished(draft: Draft, layers: Layers, request: GenerateRequest): SelectPlan | null {
  let { plan } = draft;
  if (draft.sources.multiplied) {
    const root = draft.sources.tables[0]!;
    const [key, ...more] = request.index.tables[root]!.table.primaryKey;
    const once =
      key === undefined || more.length > 0
        ? null
        : planCountedOnce(plan, { kind: 'column', source: draft.sources.alias(root)!, column: key });
    if (once === null) return null;
    plan = once;
  }
  return overlaid({ base: draft.sources.joined(plan), layers }, request);
}

/** A plan with its layers, the table of its dates joined where it is missing. */
export function overlaid({ base, layers }: Layered, request: GenerateRequest): SelectPlan | null {
  if (layers.comparison === null) return withLayers(base, layers, null, request);
  const sources = new JoinedSources(request.index, base);
  const dated = sources.dated(null);
  return withLayers(sources.joined(base), layers, dated, request);
}

/** A column of a list is shown; only words like "total" add it up. */
function isShown(plan: SelectPlan, one: Resolution['measures'][number]): boolean {
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
const editMeasure: Step = (draft, edit, request) => {
  const said = attributesOf(draft.plan, edit, request);
  const asked = asksMeasure(draft.plan, edit).filter((one) => !said.includes(one));
  // Of those first ones, not of others that would be the first by it.
  const same = edit.cues.pointing && !edit.cues.replace && draft.plan.limit !== null && draft.plan.groupBy.length > 0;
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
function addBeside(draft: Draft, asked: Resolution['measures'], request: GenerateRequest): number | null {
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
function attributesOf(
  plan: SelectPlan,
  { resolution, cues }: Edit,
  { index }: GenerateRequest,
): Resolution['measures'] {
  if (!cues.pointing || plan.groupBy.length === 0) return [];
  return resolution.measures.filter(
    ({ slot, choice }) =>
      slot.kind === 'value' && slot.fn === null && choice?.kind === 'column' && isKeyed(plan, choice.table, index),
  );
}

function move(draft: Draft, plan: SelectPlan, request: GenerateRequest): void {
  draft.plan = plan;
  draft.sources = new JoinedSources(request.index, plan);
  draft.edited = true;
}

/** Filters and periods, each in the place of what was said of the same column. */
const editConditions: Step = (draft, { frame, resolution, compared, earlier }, request) => {
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
    const predicate = inPeriod(dated.expr, earlierBy(span, earlier), dated.date, dated.type);
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

/** Groups beside those that are there, or instead of them; a grain of time replaces another. */
const editGroups: Step = (draft, edit, request) => {
  const { frame, resolution, cues } = edit;
  const { sources } = draft;
  const aggregated = firstMeasure(draft.plan) !== undefined;
  const choices: Choice[] = resolution.dims.flatMap((one) => (one.choice === null ? [] : [one.choice]));
  const implied = aggregated && !cues.only && frame.dims.length === 0 && frame.filters.length === 0;
  if (implied && frame.measures.length === 0 && !cues.byTime) {
    if (resolution.entity !== null) choices.push(resolution.entity);
    else choices.push(...resolution.context, ...resolution.columns);
  }
  choices.push(...attributesOf(draft.plan, edit, request).flatMap((one) => one.choice ?? []));
  const coarse = cues.pointing && choices.every((one) => isOfShown(draft.plan, one, request.index));
  const items: SelectItem[] = [];
  const groups: Expr[] = [];
  for (const choice of choices) {
    const shown = groupOf(sources, choice, request);
    if (shown === null) return false;
    items.push(...shown.items);
    groups.push(...shown.groups);
  }
  let timed = false;
  for (const dim of frame.dims) {
    if (dim.kind !== 'grain' || (dim.unit?.grain == null && frame.growth !== null)) continue;
    const dated = sources.dated(frame.periods[0]?.anchor ?? dim.anchor);
    if (dated === null) return false;
    const expr: Expr =
      dated.date.time === 'year'
        ? dated.expr
        : dim.grain === 'year'
          ? { kind: 'date-part', part: 'year', arg: dated.expr }
          : { kind: 'date-trunc', grain: dim.grain, arg: dated.expr };
    items.unshift({ expr, alias: dim.grain });
    groups.unshift(expr);
    timed = true;
  }
  if (items.length === 0) return true;
  const counted = aggregated ? draft.plan : countedRows(draft.plan);
  if (counted === null) return false;
  // Grouped by what it was limited to: for all of them.
  const all = withoutConditions(
    counted,
    (one) => one.kind === 'comparison' && one.op === '=' && groups.some((group) => sameExpr(group, one.left)),
  );
  const swap = cues.replace || (cues.about && frame.dims.length === 0 && !coarse);
  const limit = swap ? all.limit : null;
  const before =
    timed && !swap ? { ...withoutGroups(all, isTime), limit: all.groupBy.length > 0 ? limit : all.limit } : all;
  draft.plan = withGroups(before, items, groups, swap, coarse && !timed);
  draft.edited = true;
  return true;
};

/** An attribute of the things that the groups are ("its category"), of which each has one: it makes no more groups. */
function isOfShown(plan: SelectPlan, choice: Choice, index: SchemaIndex): boolean {
  if (choice.kind !== 'column' && choice.kind !== 'table') return false;
  if (isKeyed(plan, choice.table, index)) return choice.kind === 'column';
  return index.tables.some((thing) => {
    if (!isKeyed(plan, thing.index, index)) return false;
    const builder = new SourceBuilder(index, thing.index);
    return builder.require([choice.table]) && builder.fanOut === 0;
  });
}

function groupOf(
  sources: JoinedSources,
  choice: Choice,
  request: GenerateRequest,
): { readonly items: readonly SelectItem[]; readonly groups: readonly Expr[] } | null {
  if (choice.kind !== 'table' && choice.kind !== 'column') return null;
  if (!sources.require(choice.table, true)) return null;
  const table = request.index.tables[choice.table]!;
  const column = (at: number): Expr => sources.column(choice.table, at)!;
  const shown = (list: readonly Expr[]): SelectItem[] => list.map((expr) => ({ expr, alias: null }));
  if (choice.kind === 'column') return { items: shown([column(choice.column)]), groups: [column(choice.column)] };
  const keys = table.table.primaryKey.map(
    (name): Expr => ({ kind: 'column', source: sources.alias(choice.table)!, column: name }),
  );
  const labels = table.labels.map(column);
  if (labels.length === 0) return keys.length === 0 ? null : { items: shown(keys), groups: keys };
  const values = table.columns[table.labels[0]!]!.column.values;
  const unique = labels.length === 1 && values?.complete === true && table.table.rowCount === values.list.length;
  return { items: shown(labels), groups: unique ? labels : [...keys, ...labels] };
}

const editThreshold: Step = (draft, { threshold }) => {
  if (threshold === null) return true;
  const limited = withThreshold(draft.plan, threshold);
  if (limited === null) return false;
  draft.plan = limited;
  draft.edited = true;
  return true;
};

/** Order and top N. */
const editOrder: Step = (draft, { frame, resolution, cues }, request) => {
  const order = frame.order.at(-1);
  if (order === undefined && frame.limit === null) return true;
  const aggregated = firstMeasure(draft.plan) !== undefined;
  if (cues.byTime && order !== undefined) return orderByTime(draft, order.descending);
  // The largest first, unless the question says otherwise.
  const unsaid = order !== undefined && order.superlative === null && frame.limit === null && !cues.directed;
  const largest = aggregated && unsaid;
  const descending = order === undefined || order.descending || (largest && !isShownOrder(draft, order, resolution));
  const choice = aggregated && cues.sameMeasure ? null : (resolution.order.at(-1)?.choice ?? null);
  let by: Expr | null = null;
  if (choice?.kind === 'column' && !aggregated) {
    by = draft.sources.column(choice.table, choice.column);
    if (by === null) return false;
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

/** "which of them has the highest price": undefined when that is not what is asked, null when it cannot be told. */
function bestOfShown(
  base: SelectPlan,
  { frame, resolution, cues, compared }: Edit,
  request: GenerateRequest,
): SelectPlan | null | undefined {
  const order = resolution.order.at(-1);
  const only =
    frame.dims.length + frame.filters.length + frame.periods.length + frame.conditions.length + frame.flags.length ===
    0;
  if (!cues.pointing || !only || compared !== null || base.groupBy.length === 0 || firstMeasure(base) === undefined)
    return undefined;
  const choice = order?.choice;
  if (order === undefined || choice?.kind !== 'column' || cues.sameMeasure) return undefined;
  if (order.order.by !== 'first-measure' && order.order.by.kind === 'count') return undefined;
  return amongShown(base, choice, order.order.descending, frame.limit, request.index) ?? undefined;
}

/** Columns of a list: beside those that are shown, or instead of them. */
const editColumns: Step = (draft, { resolution, cues }) => {
  const { plan, sources } = draft;
  const shown = resolution.measures.filter((one) => isShown(plan, one)).flatMap((one) => one.choice ?? []);
  const columns = [...resolution.columns, ...shown];
  if (draft.edited || firstMeasure(plan) !== undefined || columns.length === 0) return true;
  const extra: SelectItem[] = [];
  for (const choice of columns) {
    if (choice.kind !== 'column') continue;
    const expr = sources.column(choice.table, choice.column);
    if (expr === null) return false;
    extra.push({ expr, alias: null });
  }
  const fresh = extra.filter(
    (item, i) =>
      !plan.items.some((other) => sameExpr(other.expr, item.expr)) &&
      extra.findIndex((other) => sameExpr(other.expr, item.expr)) === i,
  );
  const instead = cues.pointing && !cues.beside;
  if (fresh.length > 0 && (instead || plan.items.every((item) => item.expr.kind !== 'star'))) {
    draft.plan = { ...plan, items: instead ? fresh : [...plan.items, ...fresh] };
    draft.edited = true;
  }
  return true;
};

const sameLayers = (a: Layers, b: Layers): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The layers that the question asks for, else those that were there; null when it names one that cannot be. */
function editLayers(
  draft: Draft,
  layers: Layers,
  { frame, compared }: Edit,
  base: SelectPlan,
  { index }: GenerateRequest,
): Layers | null {
  if (frame.share || (layers.share !== null && frame.growth === null && compared === null)) {
    if (draft.plan.groupBy.length === 0) return null;
    const share = shareOfWhole(base, layers.share, draft.sources.joined(draft.plan), index);
    return { ...NO_LAYERS, share };
  }
  if (frame.growth !== null) return { ...NO_LAYERS, comparison: frame.growth };
  if (compared === null) return { ...layers, beside: draft.beside, order: draft.order };
  const dated = draft.sources.dated(null);
  const time = draft.plan.groupBy.find(isTime);
  const comparison = dated === null ? null : comparisonWith(compared, dated, draft.plan.where, time);
  return comparison === null ? null : { ...NO_LAYERS, comparison };
}
