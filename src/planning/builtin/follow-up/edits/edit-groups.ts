/** Groups of a follow-up: beside those that are there, or instead of them; what only says more of them makes no more. */
import { type Expr, type SelectItem, type SelectPlan, sameExpr } from '../../../../sql/index.ts';
import type { Choice } from '../../grammar/choices.ts';
import type { GenerateRequest } from '../../grammar/generate.ts';
import { firstMeasure, isTime } from '../../grammar/plan-parts.ts';
import type { SchemaIndex } from '../../grammar/schema-index.ts';
import { SourceBuilder } from '../../grammar/source-builder.ts';
import { countedRows, withGroups, withoutConditions, withoutGroups } from '../plan/plan-edits.ts';
import type { JoinedSources } from '../plan/previous-frame.ts';
import { isKeyed } from '../plan/share-layer.ts';
import { isVerb } from '../things/pointer.ts';
import { frozen } from '../things/shown-things.ts';
import type { Step } from './draft.ts';
import { attributesOf } from './edit-measure.ts';
import { namedByKey } from './named-key.ts';

/** Groups beside those that are there, or instead of them; a grain of time replaces another. */
export const editGroups: Step = (draft, edit, request) => {
  const { frame, resolution, cues } = edit;
  const { sources } = draft;
  const aggregated = firstMeasure(draft.plan) !== undefined;
  const choices: Choice[] = resolution.dims.flatMap((one) => (one.choice === null ? [] : [one.choice]));
  const implied = aggregated && !cues.only && frame.dims.length === 0 && frame.filters.length === 0;
  if (implied && frame.measures.length === 0 && !cues.byTime) {
    if (resolution.entity !== null && cues.pointing && isVerb(frame.entity!, request.index)) return false;
    if (resolution.entity !== null) choices.push(resolution.entity);
    else choices.push(...(resolution.columns.length > 0 ? resolution.columns : resolution.context));
  }
  if (aggregated) choices.push(...edit.attributes);
  choices.push(...attributesOf(draft.plan, edit, request).flatMap((one) => one.choice ?? []));
  const coarse = (cues.pointing || cues.each) && choices.every((one) => isOfShown(draft.plan, one, request.index));
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
    // Beside another measure: of its own rows, not of what these belong to.
    if (dated === null || (edit.beside && dated.date.table !== sources.tables[0])) return false;
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
  const finer = !swap && !(coarse && !timed) && all.groupBy.length > 0;
  // Of rows with equal measures other ones might come first beside another column.
  const again = !swap && all.limit !== null && all.groupBy.length > 0 && (cues.pointing || cues.each);
  const set = finer || again ? frozen(all, request.index) : all;
  if (set === null) return false;
  const before =
    timed && !swap ? { ...withoutGroups(set, isTime), limit: set.groupBy.length > 0 ? limit : set.limit } : set;
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
  if (choice.kind === 'column') {
    const named = namedByKey(sources, choice, request.index);
    if (named !== null) return { items: named, groups: named.map((item) => item.expr) };
    return { items: shown([column(choice.column)]), groups: [column(choice.column)] };
  }
  const keys = table.table.primaryKey.map(
    (name): Expr => ({ kind: 'column', source: sources.alias(choice.table)!, column: name }),
  );
  const labels = table.labels.map(column);
  if (labels.length === 0) return keys.length === 0 ? null : { items: shown(keys), groups: keys };
  const values = table.columns[table.labels[0]!]!.column.values;
  const unique = labels.length === 1 && values?.complete === true && table.table.rowCount === values.list.length;
  return { items: shown(labels), groups: unique ? labels : [...keys, ...labels] };
}
