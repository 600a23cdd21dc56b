/** One reading of a follow-up as an edit of the plan before, part by part; what it does not mention stays. */
import { type AggregateName, type Expr, type SelectItem, type SelectPlan, sameExpr } from '../../../sql/index.ts';
import type { Choice } from '../grammar/choices.ts';
import type { Frame, PeriodFilter } from '../grammar/frame.ts';
import type { GenerateRequest } from '../grammar/generate.ts';
import { columnsOf, conjuncts, firstMeasure, isAggregated, isTime } from '../grammar/plan-parts.ts';
import { inPeriod } from '../grammar/predicates.ts';
import type { Resolution } from '../grammar/resolve.ts';
import { periodOf } from '../grammar/shift-periods.ts';
import { withAggregates } from './aggregate-edit.ts';
import { addedConditions } from './condition-edit.ts';
import type { FollowUpCues } from './follow-up-cues.ts';
import { type Layered, type Layers, withLayers } from './layers.ts';
import { measureEdit } from './measure-edit.ts';
import { type Threshold, withThreshold } from './measure-reference.ts';
import { comparisonWith, inSpokenYear } from './period-edit.ts';
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
import { amongShown } from './shown-edit.ts';

/** A follow-up as it was read. */
export interface Edit {
  readonly frame: Frame;
  readonly resolution: Resolution;
  readonly cues: FollowUpCues;
  /** Other aggregates of the measure that is there. */
  readonly aggregates: readonly AggregateName[];
  /** A limit on the measure that is there. */
  readonly threshold: Threshold | null;
  /** The period to compare with. */
  readonly compared: PeriodFilter | null;
}

/** The state of one edit: the plan so far, and the tables it may join. */
interface Draft {
  plan: SelectPlan;
  sources: JoinedSources;
  edited: boolean;
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
  const draft: Draft = { plan: base, sources: new JoinedSources(request.index, base), edited: false };
  const steps: readonly Step[] = [editMeasure, editConditions, editGroups, editThreshold, editOrder, editColumns];
  for (const step of steps) if (!step(draft, edit, request)) return null;
  const over = editLayers(draft, layers, edit);
  if (layers.share && over?.share && narrowsGroups(base, draft.plan)) return null;
  if (over?.comparison != null && firstMeasure(draft.plan) === undefined) {
    const counted = countedRows(draft.plan);
    if (counted === null) return null;
    draft.plan = counted;
  }
  if (over === null || (!draft.edited && over === layers)) return null;
  return finished(draft, over, request);
}

/** True when some of the groups were left out: their shares would no longer be of the whole. */
function narrowsGroups(before: SelectPlan, after: SelectPlan): boolean {
  const grouped = new Set(before.groupBy.flatMap((expr) => (expr.kind === 'column' ? [expr.source] : [])));
  const known = new Set(conjuncts(before.where).map((one) => JSON.stringify(one)));
  return conjuncts(after.where).some(
    (one) => !known.has(JSON.stringify(one)) && columnsOf(one).some((column) => grouped.has(column.source)),
  );
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
  if (layers.comparison === null) return withLayers(base, layers, null, request.today);
  const sources = new JoinedSources(request.index, base);
  const dated = sources.dated(null);
  return withLayers(sources.joined(base), layers, dated, request.today);
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
  const asked = asksMeasure(draft.plan, edit);
  if (asked.length > 0) {
    const moved = measureEdit(draft.plan, asked, request, draft.sources, edit.cues.besideMeasure);
    if (moved === null) return false;
    move(draft, moved, request);
  }
  if (edit.aggregates.length > 0) {
    const taken = withAggregates(draft.plan, edit.aggregates);
    if (taken === null) return false;
    draft.plan = taken;
    draft.edited = true;
  }
  return true;
};

function move(draft: Draft, plan: SelectPlan, request: GenerateRequest): void {
  draft.plan = plan;
  draft.sources = new JoinedSources(request.index, plan);
  draft.edited = true;
}

/** Filters and periods, each in the place of what was said of the same column. */
const editConditions: Step = (draft, { frame, resolution, compared }, request) => {
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
  if (implied && frame.measures.length === 0) {
    if (resolution.entity !== null) choices.push(resolution.entity);
    else choices.push(...resolution.context, ...resolution.columns);
  }
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
  const swap = cues.replace || (cues.about && frame.dims.length === 0);
  const limit = swap ? all.limit : null;
  const before =
    timed && !swap ? { ...withoutGroups(all, isTime), limit: all.groupBy.length > 0 ? limit : all.limit } : all;
  draft.plan = withGroups(before, items, groups, swap);
  draft.edited = true;
  return true;
};

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
      const moved = beside ?? measureEdit(draft.plan, asked, request, draft.sources, false);
      const measure = moved?.items.findLast((item) => isAggregated(item.expr));
      if (moved === null || measure === undefined) return false;
      if (!draft.plan.items.some((item) => sameExpr(item.expr, measure.expr))) {
        // The first N by one measure are not the first N by another.
        if (draft.plan.limit !== null && (frame.limit === null || cues.pointing)) return false;
        move(draft, moved, request);
      }
      by = measure.expr;
    }
  }
  draft.plan = withTop(draft.plan, frame.limit, order?.descending ?? true, by);
  draft.edited = true;
  return true;
};

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

/** The layers that the question asks for, else those that were there; null when it names one that cannot be. */
function editLayers(draft: Draft, layers: Layers, { frame, compared }: Edit): Layers | null {
  if (frame.share) {
    if (draft.plan.groupBy.length === 0) return null;
    return { comparison: null, share: true };
  }
  if (frame.growth !== null) return { comparison: frame.growth, share: false };
  if (compared === null) return layers;
  const dated = draft.sources.dated(null);
  const time = draft.plan.groupBy.find(isTime);
  const comparison = dated === null ? null : comparisonWith(compared, dated, draft.plan.where, time);
  return comparison === null ? null : { comparison, share: false };
}
