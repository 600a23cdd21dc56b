/** One reading of a follow-up as an edit of the plan before, part by part; what it does not mention stays. */
import type { SelectPlan } from '../../../sql/index.ts';
import type { Choice } from '../grammar/choices.ts';
import type { GenerateRequest } from '../grammar/generate.ts';
import { firstMeasure, isTime } from '../grammar/plan-parts.ts';
import { askedOfShown } from './about-shown/asked-of-shown.ts';
import { measuredEach } from './about-shown/each-edit.ts';
import { countedThings } from './about-shown/number-edit.ts';
import { type Draft, draftOf, type Edit, isList, type Step } from './edits/draft.ts';
import { editColumns } from './edits/edit-columns.ts';
import { editConditions, editThreshold } from './edits/edit-conditions.ts';
import { editGroups } from './edits/edit-groups.ts';
import { editMeasure, isShown } from './edits/edit-measure.ts';
import { editOrder } from './edits/edit-order.ts';
import { measureEdit } from './edits/measure-edit.ts';
import { comparisonWith } from './edits/period-edit.ts';
import type { Beside } from './plan/beside.ts';
import { type Layered, type Layers, NO_LAYERS, withLayers } from './plan/layers.ts';
import { countedRows, planCountedOnce } from './plan/plan-edits.ts';
import { JoinedSources } from './plan/previous-frame.ts';
import { shareOfWhole } from './plan/share-layer.ts';
import { isOneOf } from './things/pointer.ts';
import { asGroups, frozen, isCut, thingsShown } from './things/shown-things.ts';

/** The edited plan; null when a part of the question has no place in it, or nothing of it is an edit. */
export function editPlan({ base: given, layers }: Layered, edit: Edit, request: GenerateRequest): SelectPlan | null {
  const { frame } = edit;
  if (frame.absent.length + frame.present.length > 0 || frame.running || frame.averagePer || frame.offset !== null)
    return null;
  // "where are they from?" after a number of customers: of each of them.
  const counted = asksWhich(edit) ? countedThings(given, request.index) : null;
  const before = counted ?? toldApart(given, edit, request);
  const own = edit.resolution.measures.every((one) => isShown(before, one) && isOwn(one.choice, edit, request));
  if (edit.cues.each && isList(before) && !own) return eachOfList(before, edit, request);
  const asked =
    edit.cues.pointing && edit.things !== null ? askedOfShown(before, edit, edit.things, request) : undefined;
  if (asked !== undefined) return asked;
  // "Which of them …" after a number alone: its rows were never shown.
  const number = before.groupBy.length === 0 && firstMeasure(before) !== undefined;
  if (edit.cues.rows && number && edit.things === null && frame.dims.length + frame.measures.length === 0) return null;
  if (edit.cues.pointing && edit.cues.only && before.limit === 1 && saysNothingElse(edit))
    return frozen(before, request.index);
  const base =
    coarserThings(before, edit, request) ??
    (changesWhich(before, layers, edit) ? frozen(before, request.index) : before);
  if (base === null) return null;
  const draft: Draft = {
    ...draftOf(base, request),
    beside: besideEdited(layers.beside, edit, request),
    order: layers.order,
  };
  // Measures that have no such time are left out.
  const timed = edit.frame.dims.some((dim) => dim.kind === 'grain');
  if (layers.beside !== null && draft.beside === null && !timed) return null;
  const steps: readonly Step[] = [editMeasure, editConditions, editGroups, editThreshold, editOrder, editColumns];
  for (const step of steps) if (!step(draft, edit, request)) return null;
  const over = editLayers(draft, layers, edit, base, request);
  if (over?.comparison != null && firstMeasure(draft.plan) === undefined) {
    const counted = countedRows(draft.plan);
    if (counted === null) return null;
    draft.plan = counted;
  }
  if (over === null || (!draft.edited && counted === null && sameLayers(over, layers))) return null;
  return finished(draft, over, request);
}

/** The first of different rows would be others if other columns were shown of them. */
function toldApart(base: SelectPlan, { cues }: Edit, { index }: GenerateRequest): SelectPlan {
  const first = base.distinct && base.limit !== null && isList(base) && (cues.pointing || cues.each);
  return (first ? frozen(base, index) : null) ?? base;
}

/** "where are they from?", "which of them are new?", "list their names": wants the rows that a number only counted. */
const asksWhich = ({ frame, cues, attributes }: Edit): boolean => {
  const measured = frame.dims.length + frame.measures.length > 0;
  return (
    attributes.length > 0 ||
    (cues.pointing && cues.rows && frame.entity === null && !measured) ||
    (cues.pointing && !cues.each && !measured && !frame.share && frame.growth === null && frame.columns.length > 0)
  );
};

/** No part of a question but the things that it points at. */
const saysNothingElse = ({ frame, attributes }: Edit): boolean =>
  frame.measures.length + frame.dims.length + frame.order.length + frame.filters.length + frame.periods.length === 0 &&
  frame.conditions.length + frame.flags.length + frame.columns.length + frame.context.length === 0 &&
  frame.entity === null &&
  attributes.length === 0;

/** A column of the things that are meant. */
const isOwn = (choice: Choice | null, { things }: Edit, { index }: GenerateRequest): boolean =>
  choice !== null && things !== null && isOneOf(things, choice.table, index);

/** "which of them are in Paris", "how many of it in 2025": what would make others the first ones, or the ones above a limit. */
function changesWhich(base: SelectPlan, layers: Layers, { frame, resolution, cues, things }: Edit): boolean {
  const limited = frame.filters.length + frame.periods.length + frame.conditions.length + frame.flags.length > 0;
  if (!isCut(base)) return false;
  if (layers.beside !== null && limited) return true;
  const asked = resolution.measures.some((one) => !isShown(base, one));
  // "how many women?" after the best department: of that one.
  const single = base.limit === 1 && asked && limited && !cues.about && !cues.replace;
  if (!(cues.pointing || cues.each || single) || things === null) return false;
  const measured = (base.having !== null || isList(base)) && asked;
  const ranked = frame.order.length > 0 && frame.limit !== null && base.limit !== 1;
  return limited || measured || ranked;
}

/** "how much did that category sell?" after a product with its category: of those things alone, not of the finer ones. */
function coarserThings(
  base: SelectPlan,
  { frame, resolution, cues, things }: Edit,
  { index }: GenerateRequest,
): SelectPlan | null {
  const [finest] = thingsShown(base, index);
  const coarser =
    cues.pointing &&
    things !== null &&
    finest !== undefined &&
    things.table !== finest.table &&
    base.groupBy.length > 0;
  const measured =
    frame.dims.length === 0 &&
    resolution.measures.some((one) => one.slot.kind !== 'value' || one.choice?.table !== things?.table);
  return coarser && measured ? asGroups(base, things, index) : null;
}

/** A measure for each of the things of a list: of all of them where that can be told, else of those that have any. */
function eachOfList(base: SelectPlan, edit: Edit, request: GenerateRequest): SelectPlan | null {
  const { index } = request;
  if (edit.resolution.measures.length === 0) return null;
  const whole = frozen(base, index);
  const all = whole === null ? null : measuredEach(whole, edit.resolution.measures, index);
  if (all !== null) return all;
  const groups = edit.things === null ? null : asGroups(base, edit.things, index);
  if (groups === null || edit.resolution.measures.some((one) => one.choice === null)) return null;
  return measureEdit(groups, edit.resolution.measures, request, new JoinedSources(index, groups));
}

/** The other measures under the same filters and groups; null when these have no place there. */
function besideEdited(beside: Beside | null, edit: Edit, request: GenerateRequest): Beside | null {
  if (beside === null) return null;
  const plans: SelectPlan[] = [];
  for (const plan of beside.plans) {
    const draft = draftOf(plan, request);
    const other = { ...edit, beside: true };
    if (!editConditions(draft, other, request) || !editGroups(draft, other, request)) return null;
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
    return { ...NO_LAYERS, share, beside: draft.beside };
  }
  // A comparison of measures of other rows is not told: one of them would be left out.
  if ((frame.growth !== null || compared !== null) && draft.beside !== null) return null;
  if (frame.growth !== null) return { ...NO_LAYERS, comparison: frame.growth };
  if (compared === null) return { ...layers, beside: draft.beside, order: draft.order };
  const dated = draft.sources.dated(null);
  const time = draft.plan.groupBy.find(isTime);
  const comparison = dated === null ? null : comparisonWith(compared, dated, draft.plan.where, time);
  return comparison === null ? null : { ...NO_LAYERS, comparison };
}
