/**
 * Follow-up questions edit the plan of the answer before: groups, filters, periods, measures, order and top-N are
 * added or replaced; what the question does not mention stays. Joins are added only along keys that neither lose nor
 * multiply rows; a measure that lives elsewhere moves the whole query onto its own table.
 */
import { type Expr, type Predicate, type SelectItem, type SelectPlan, sameExpr } from '../../../sql/index.ts';
import type { Turn } from '../../planner.ts';
import type { GeneratedCandidate } from '../grammar/candidate.ts';
import type { Choice } from '../grammar/choices.ts';
import { flagValue } from '../grammar/column-traits.ts';
import { shareItem } from '../grammar/compile-analytics.ts';
import { dateColumns } from '../grammar/date-columns.ts';
import type { Frame } from '../grammar/frame.ts';
import type { Generated, GenerateRequest } from '../grammar/generate.ts';
import { measureTable } from '../grammar/knowledge-measure.ts';
import { inPeriod, literalFor } from '../grammar/predicates.ts';
import { type Resolution, resolveFrame } from '../grammar/resolve.ts';
import { uncoveredShare } from '../grammar/score.ts';
import { type FollowUpCues, followUpCues } from './follow-up-cues.ts';
import { growthEdit } from './growth-edit.ts';
import { measureEdit } from './measure-edit.ts';
import {
  asSelect,
  columnsOf,
  conjuncts,
  isAggregated,
  withConditions,
  withGroups,
  withoutConditions,
  withTop,
} from './plan-edits.ts';
import { JoinedSources } from './previous-frame.ts';

/** What the follow-up reading makes of the fresh one. */
export interface FollowUps {
  readonly candidates: readonly GeneratedCandidate[];
  /** Factor on the confidence of reading the question on its own. */
  readonly freshFactor: number;
}

const DROP_WORD = /^(?:去掉|取消|不限|不分|不要|drop|remove|without|ignore|clear|filters?|conditions?|restrictions?)$/i;

const NONE: FollowUps = { candidates: [], freshFactor: 1 };
/** What is left of a reading on its own when the question is an edit, or points back. */
const POINTS_BACK = 0.45;

/** Plans that edit the previous answer as the question asks; none when it stands on its own. */
export function followUpCandidates(
  request: GenerateRequest,
  generated: Generated,
  previous: readonly Turn[],
): FollowUps {
  const plan = asSelect(previous.findLast((turn) => turn.plan !== null)?.plan ?? null);
  if (plan === null) return NONE;
  const { frame, units } = generated.reading;
  const cues = followUpCues(request.text, frame, units);
  if (!cues.explicit && !cues.fragment) return NONE;
  const names = request.index.tables.map((table) => table.table.ref.name);
  const measureTables = request.knowledge.measures.map((measure) => measureTable(measure.plan, names));
  const seeds = new JoinedSources(request.index, plan).tables;
  const context = { index: request.index, units, measures: request.knowledge.measures, measureTables, seeds };
  const resolutions = resolveFrame(frame, context);
  const candidates: GeneratedCandidate[] = [];
  const best = resolutions[0]?.score ?? 0;
  // "drop the region": the word for dropping has done its part.
  if (cues.drop && frame.filters.length === 0)
    for (const unit of units) if (DROP_WORD.test(unit.text)) frame.used.add(unit);
  const uncovered = uncoveredShare(units, frame);
  for (const resolution of resolutions.slice(0, 5)) {
    const edited = editPlan(plan, frame, resolution, cues, request);
    if (edited === null) continue;
    const fit = Math.min(1, ...resolution.weights);
    const confidence = Math.max(
      0.05,
      0.93 -
        1.6 * uncovered -
        0.25 * (1 - fit) -
        0.5 * Math.min(1, best - resolution.score) -
        (cues.explicit || cues.fragment ? 0 : 0.3),
    );
    candidates.push({ plan: edited, confidence, mappings: [], generator: 'follow-up', features: { uncovered, fit } });
  }
  candidates.sort((a, b) => b.confidence - a.confidence);
  const strong = (candidates[0]?.confidence ?? 0) >= 0.5;
  return { candidates, freshFactor: strong || cues.pointing ? POINTS_BACK : 1 };
}

function editPlan(
  previous: SelectPlan,
  frame: Frame,
  resolution: Resolution,
  cues: FollowUpCues,
  request: GenerateRequest,
): SelectPlan | null {
  const { index } = request;
  const sources = new JoinedSources(index, previous);
  let plan = previous;
  let edited = false;
  const aggregated = previous.items.some((item) => isAggregated(item.expr));
  const column = (table: number, at: number): Expr | null => {
    if (!sources.require(table)) return null;
    return { kind: 'column', source: sources.alias(table)!, column: index.tables[table]!.columns[at]!.column.name };
  };
  // "Which of them …" after a number alone: its rows were never shown.
  if (
    cues.rows &&
    aggregated &&
    previous.groupBy.length === 0 &&
    frame.dims.length === 0 &&
    frame.measures.length === 0
  )
    return null;
  // A column of a list is shown; only words like "total" add it up.
  const isShown = (one: Resolution['measures'][number]): boolean =>
    !aggregated && one.slot.kind === 'value' && one.slot.fn === null && one.choice?.kind === 'column';
  // A measure first: it may move the query onto another table.
  const asksMeasure = resolution.measures.filter(
    (one) =>
      !isShown(one) && (one.choice !== null || (one.slot.kind === 'count' && frame.dims.length === 0 && !frame.share)),
  );
  if (asksMeasure.length > 0) {
    const moved = measureEdit(previous, asksMeasure, request, sources);
    if (moved === null) return null;
    return Object.is(moved, previous)
      ? null
      : (editPlan(moved, { ...frame, measures: [] }, { ...resolution, measures: [] }, cues, request) ?? moved);
  }
  // Filters: by column, replacing what was said of that column.
  const added: Predicate[] = [];
  for (const filter of resolution.filters) {
    const at = filter.hits[0] ?? filter.column;
    if (at === null || at === undefined) return null;
    const arg = column(at.table, at.column);
    if (arg === null) return null;
    const type = index.tables[at.table]!.columns[at.column]!.column.type;
    const values = [...new Set(filter.hits.map((hit) => hit.value))].map((value) => literalFor(value, type));
    if (values.length === 0)
      added.push({
        kind: 'like',
        arg,
        pattern: `%${filter.filter.units[0]!.text}%`,
        negated: filter.filter.negated,
        caseInsensitive: true,
      });
    else if (values.length === 1)
      added.push({ kind: 'comparison', op: filter.filter.negated ? '!=' : '=', left: arg, right: values[0]! });
    else added.push({ kind: 'in', arg, values, negated: filter.filter.negated });
  }
  for (const flag of resolution.flags) {
    if (flag.choice.kind !== 'column') return null;
    const arg = column(flag.choice.table, flag.choice.column);
    if (arg === null) return null;
    const meta = index.tables[flag.choice.table]!.columns[flag.choice.column]!.column;
    added.push({ kind: 'comparison', op: '=', left: arg, right: literalFor(flagValue(meta, flag.value), meta.type) });
  }
  for (const { condition, choice } of resolution.conditions) {
    if (
      choice?.kind !== 'column' ||
      condition.aggregated ||
      condition.op === 'null' ||
      condition.op === 'not-null' ||
      condition.average
    )
      return null;
    const arg = column(choice.table, choice.column);
    if (arg === null) return null;
    added.push(
      condition.op === 'between'
        ? {
            kind: 'between',
            arg,
            low: literalFor(condition.low, null),
            high: literalFor(condition.high, null),
            negated: false,
          }
        : { kind: 'comparison', op: condition.op, left: arg, right: literalFor(condition.low, null) },
    );
  }
  // Periods replace periods.
  const needsDate = frame.periods.length > 0 || frame.growth !== null || frame.dims.some((dim) => dim.kind === 'grain');
  const dated = needsDate ? dateOf(sources, frame, request, plan) : null;
  if (frame.periods.length > 0) {
    if (dated === null || frame.periods.length > 1) return null;
    const predicate = inPeriod(dated.expr, frame.periods[0]!.period, dated.date, dated.type);
    if (predicate === null) return null;
    added.push(predicate);
  }
  if (cues.drop && frame.filters.length === 0 && frame.periods.length === 0) {
    const targets = [
      ...resolution.context,
      ...resolution.columns,
      ...resolution.dims.flatMap((one) => one.choice ?? []),
      ...(resolution.entity === null ? [] : [resolution.entity]),
    ];
    const dropped = withoutConditions(plan, (predicate) =>
      columnsOf(predicate).some((one) =>
        targets.some(
          (target) =>
            sources.alias(target.table) === one.source &&
            (target.kind === 'table' ||
              (target.kind === 'column' &&
                index.tables[target.table]!.columns[target.column]!.column.name === one.column)),
        ),
      ),
    );
    if (conjuncts(dropped.where).length < conjuncts(plan.where).length)
      return { ...sources.joined(), where: dropped.where };
    const isTarget = (expr: Expr): boolean =>
      expr.kind === 'column' && targets.some((target) => sources.alias(target.table) === expr.source);
    if (aggregated && plan.groupBy.some(isTarget))
      return {
        ...plan,
        items: plan.items.filter((item) => !isTarget(item.expr)),
        groupBy: plan.groupBy.filter((expr) => !isTarget(expr)),
        orderBy: plan.orderBy.filter((item) => !isTarget(item.expr)),
      };
  }
  if (added.length > 0) {
    plan = withConditions(plan, added);
    edited = true;
  }
  // Groups.
  const choices: Choice[] = resolution.dims.flatMap((one) => (one.choice === null ? [] : [one.choice]));
  if (aggregated && frame.dims.length === 0 && frame.filters.length === 0) {
    if (resolution.entity !== null) choices.push(resolution.entity);
    else choices.push(...resolution.context, ...resolution.columns);
  }
  const items: SelectItem[] = [];
  const groups: Expr[] = [];
  for (const choice of choices) {
    const shown = groupOf(sources, choice, request);
    if (shown === null) return null;
    items.push(...shown.items);
    groups.push(...shown.groups);
  }
  let replaceTime = false;
  for (const dim of frame.dims) {
    if (dim.kind !== 'grain' || (dim.unit?.grain == null && frame.growth !== null)) continue;
    if (dated === null) return null;
    const expr: Expr =
      dated.date.time === 'year'
        ? dated.expr
        : dim.grain === 'year'
          ? { kind: 'date-part', part: 'year', arg: dated.expr }
          : { kind: 'date-trunc', grain: dim.grain, arg: dated.expr };
    items.unshift({ expr, alias: dim.grain });
    groups.unshift(expr);
    replaceTime = true;
  }
  if (items.length > 0) {
    const counted = aggregated ? plan : countedRows(plan);
    if (counted === null) return null;
    // Grouped by what it was limited to: for all of them.
    const all = withoutConditions(
      counted,
      (one) => one.kind === 'comparison' && one.op === '=' && groups.some((group) => sameExpr(group, one.left)),
    );
    const base = replaceTime ? withoutTimeGroups(all) : all;
    const swap = cues.replace || (cues.about && frame.dims.length === 0);
    plan = withGroups(base, items, groups, swap);
    edited = true;
  }
  if (frame.share) {
    const measure = plan.items.find((item) => isAggregated(item.expr));
    if (measure === undefined || plan.groupBy.length === 0) return null;
    plan = { ...plan, items: [...plan.items.filter((item) => item.alias !== 'percentage'), shareItem(measure.expr)] };
    edited = true;
  }
  if (frame.growth !== null) {
    const grown = growthEdit(plan, frame.growth, dated);
    if (grown === null) return null;
    plan = grown;
    edited = true;
  }
  // Order and top N.
  const order = frame.order.at(-1);
  if (order !== undefined || frame.limit !== null) {
    let by: Expr | null = null;
    const choice = aggregated && cues.sameMeasure ? null : (resolution.order.at(-1)?.choice ?? null);
    if (choice?.kind === 'column' && !aggregated) {
      by = column(choice.table, choice.column);
      if (by === null) return null;
    } else if (choice !== null && order !== undefined && order.by !== 'first-measure') {
      const moved = measureEdit(plan, [{ slot: order.by, choice }], request, sources);
      const measure = moved?.items.find((item) => isAggregated(item.expr));
      if (moved === null || measure === undefined) return null;
      if (!plan.items.some((item) => JSON.stringify(item.expr) === JSON.stringify(measure.expr))) plan = moved;
      by = measure.expr;
    }
    plan = withTop(plan, frame.limit, order?.descending ?? true, by);
    edited = true;
  }
  const columns = [...resolution.columns, ...resolution.measures.filter(isShown).flatMap((one) => one.choice ?? [])];
  if (!edited && !aggregated && columns.length > 0) {
    const extra: SelectItem[] = [];
    for (const choice of columns) {
      if (choice.kind !== 'column') continue;
      const expr = column(choice.table, choice.column);
      if (expr === null) return null;
      extra.push({ expr, alias: null });
    }
    const fresh = extra.filter(
      (item, i) =>
        !plan.items.some((other) => sameExpr(other.expr, item.expr)) &&
        extra.findIndex((other) => sameExpr(other.expr, item.expr)) === i,
    );
    const instead = cues.pointing && !cues.beside;
    if (fresh.length > 0 && (instead || plan.items.every((item) => item.expr.kind !== 'star'))) {
      plan = { ...plan, items: instead ? fresh : [...plan.items, ...fresh] };
      edited = true;
    }
  }
  if (!edited) return null;
  return { ...plan, sources: sources.joined().sources };
}

/** A list that is to be grouped: its rows are counted, all of them and not only those that were shown. */
function countedRows(plan: SelectPlan): SelectPlan | null {
  if (plan.distinct || plan.groupBy.length > 0 || plan.sources.length === 0) return null;
  const rows: Expr = {
    kind: 'aggregate',
    fn: 'count',
    arg: { kind: 'star', source: null },
    distinct: false,
    filter: null,
  };
  return { ...plan, items: [{ expr: rows, alias: 'count' }], orderBy: [], limit: null, offset: null };
}

function withoutTimeGroups(plan: SelectPlan): SelectPlan {
  const isTime = (expr: Expr): boolean => expr.kind === 'date-trunc' || expr.kind === 'date-part';
  return {
    ...plan,
    items: plan.items.filter((item) => !isTime(item.expr)),
    groupBy: plan.groupBy.filter((expr) => !isTime(expr)),
    orderBy: plan.orderBy.filter((item) => !isTime(item.expr)),
  };
}

function groupOf(
  sources: JoinedSources,
  choice: Choice,
  request: GenerateRequest,
): { items: SelectItem[]; groups: Expr[] } | null {
  if (choice.kind !== 'table' && choice.kind !== 'column') return null;
  if (!sources.require(choice.table)) return null;
  const table = request.index.tables[choice.table]!;
  const expr = (at: number): Expr => ({
    kind: 'column',
    source: sources.alias(choice.table)!,
    column: table.columns[at]!.column.name,
  });
  if (choice.kind === 'column')
    return { items: [{ expr: expr(choice.column), alias: null }], groups: [expr(choice.column)] };
  const keys = table.table.primaryKey.map(
    (name): Expr => ({ kind: 'column', source: sources.alias(choice.table)!, column: name }),
  );
  const labels = table.labels.map(expr);
  if (labels.length === 0)
    return keys.length === 0 ? null : { items: keys.map((one) => ({ expr: one, alias: null })), groups: keys };
  const name = table.labels[0]!;
  const values = table.columns[name]!.column.values;
  const unique = labels.length === 1 && values?.complete === true && table.table.rowCount === values.list.length;
  return { items: labels.map((one) => ({ expr: one, alias: null })), groups: unique ? labels : [...keys, ...labels] };
}

/** The date column that the plan already speaks of, else the likeliest one of its tables. */
function dateOf(sources: JoinedSources, frame: Frame, request: GenerateRequest, plan: SelectPlan) {
  const { index } = request;
  const root = sources.tables[0];
  if (root === undefined) return null;
  const anchor = frame.periods[0]?.anchor ?? null;
  const mentioned = conjuncts(plan.where).flatMap((one) => columnsOf(one));
  const candidates = dateColumns(index, root, sources.tables, anchor);
  const known =
    anchor === null
      ? candidates.find((one) =>
          mentioned.some(
            (other) =>
              sources.alias(one.table) === other.source &&
              index.tables[one.table]!.columns[one.column]!.column.name === other.column,
          ),
        )
      : undefined;
  const date = known ?? candidates[0];
  if (date === undefined || !sources.require(date.table)) return null;
  const { column } = index.tables[date.table]!.columns[date.column]!;
  const expr: Expr = { kind: 'column', source: sources.alias(date.table)!, column: column.name };
  return { expr, date, type: column.type };
}
