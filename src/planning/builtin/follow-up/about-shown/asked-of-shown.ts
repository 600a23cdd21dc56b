/** Questions about the things shown that no edit of the answer before can say: what belongs to them, which is the best of them. */
import { EMPTY_SELECT, type Expr, renameAliases, type SelectItem, type SelectPlan } from '../../../../sql/index.ts';
import type { Choice } from '../../grammar/choices.ts';
import type { Frame } from '../../grammar/frame.ts';
import type { GenerateRequest } from '../../grammar/generate.ts';
import { firstMeasure } from '../../grammar/plan-parts.ts';
import { and } from '../../grammar/predicates.ts';
import type { SchemaIndex } from '../../grammar/schema-index.ts';
import { SourceBuilder } from '../../grammar/source-builder.ts';
import { OF_ANYTHING } from '../cues/measure-reference.ts';
import { draftOf, type Edit, isList } from '../edits/draft.ts';
import { editConditions } from '../edits/edit-conditions.ts';
import { measureEdit } from '../edits/measure-edit.ts';
import { withTop } from '../plan/plan-edits.ts';
import { JoinedSources } from '../plan/previous-frame.ts';
import { isOneOf, isVerb } from '../things/pointer.ts';
import { asGroups, frozen, isAmong, isCut, limitedTo, type Things } from '../things/shown-things.ts';
import { isPeople, objectOf } from '../things/verb-object.ts';
import { thingsOf } from './thing-edit.ts';

/** The plan that answers; null when it cannot be told, undefined when the question asks for an edit. */
export function askedOfShown(
  plan: SelectPlan,
  edit: Edit,
  things: Things,
  request: GenerateRequest,
): SelectPlan | null | undefined {
  const { frame } = edit;
  const base = things.of ?? plan;
  if (frame.dims.length + frame.measures.length > 0 || frame.share || frame.growth !== null) return undefined;
  if (edit.compared !== null || edit.earlier !== null || edit.aggregates.length > 0 || edit.threshold !== null)
    return undefined;
  if (frame.order.length === 1 && frame.limit !== null) return bestOf(base, edit, things, request);
  if (frame.order.length > 0 || frame.limit !== null) return undefined;
  const target = targetOf(edit, things, request);
  if (target === null) return undefined;
  const { index } = request;
  if (target.choice.kind === 'table' && target.choice.table === things.table && things.rows)
    return othersOf(base, edit, target, request);
  const conditions = frame.filters.length + frame.periods.length + frame.conditions.length + frame.flags.length;
  const one = isOneOf({ ...things, rows: true }, target.choice.table, index);
  // What somebody is was not bought: another reading of the word is meant.
  const ofSomebody = target.choice.kind === 'column' && isPeople(target.choice.table, index);
  if ((one || ofSomebody) && TRADED.test(edit.text)) return null;
  if (one)
    return isList(base) && conditions === 0 ? attributeOf(base, target.choice, edit, things, request) : undefined;
  const through = target.through.length > 0 ? target.through : factsOf(base, target.choice.table, edit.text, index);
  const listed = thingsOf(base, things, target.choice, through, index);
  const rest = listed === null ? null : withoutThose(listed, base, edit, target.choice, index);
  return rest === null ? null : withConditionsOf(rest, edit, request);
}

/** "what other albums does he have?" after an album with its artist: the rest of those of the other thing that is shown. */
function othersOf(
  base: SelectPlan,
  edit: Edit,
  { choice }: Target,
  { index }: GenerateRequest,
): SelectPlan | null | undefined {
  const owner = edit.shown.find((one) => one.of === undefined && one.table !== choice.table);
  if (owner === undefined) return OTHERS.test(edit.text) ? null : undefined;
  const listed = thingsOf(base, owner, choice, [], index);
  return listed === null ? null : withoutThose(listed, base, edit, choice, index);
}

/** "other albums": not those that were shown. */
function withoutThose(
  listed: SelectPlan,
  base: SelectPlan,
  { shown, text }: Edit,
  choice: Choice,
  index: SchemaIndex,
): SelectPlan | null {
  const those = shown.find((one) => one.of === undefined && one.table === choice.table);
  if (those === undefined || choice.kind !== 'table' || !OTHERS.test(text)) return listed;
  const source = new JoinedSources(index, listed).alias(choice.table);
  const [column, ...more] = those.columns;
  if (source === null || column === undefined || more.length > 0) return null;
  const arg: Expr = { kind: 'column', source, column };
  const among = isAmong(base, those, [arg]);
  if (among.kind !== 'in-plan') return null;
  const plan = renameAliases(among.plan, (name) => `${name}_those`);
  return { ...listed, where: and([listed.where, { kind: 'in-plan', arg, plan, negated: true }]) };
}

/** 都退了哪些商品: what was done is in the facts that were measured, where nothing else is named. */
function factsOf(base: SelectPlan, table: number, text: string, index: SchemaIndex): readonly number[] {
  const [root] = new JoinedSources(index, base).tables;
  if (root === undefined || base.groupBy.length === 0 || !/\bdid\b|[了过]/i.test(text)) return [];
  const builder = new SourceBuilder(index, root);
  return builder.require([table]) && builder.fanOut === 0 ? [root] : [];
}

const TRADED =
  /\b(?:did|do|does|has|have|had)\b.*\b(?:buy|bought|order(?:ed)?|purchased?|sell|sold|rent(?:ed)?)\b|[买订购卖租][了过]?/i;
const OTHERS = /\b(?:others?|else)\b|其他|其它|别的|另外/i;

interface Target {
  readonly choice: Choice;
  /** Tables that the way to the things goes through. */
  readonly through: readonly number[];
}

const WHAT_VERB = /\bwhat (?:else )?(?:did|do|does|have|has|had) (?:[\w']+ ){1,4}(?<verb>[a-z]+)\s*[?.!]*$/i;
const WHO_VERB = /\bwho(?:m)? (?:else )?(?:has |have |had )?(?<verb>[a-z]+) (?:them|it|this|that|those|these)\b/i;

/** "what has he ordered?": the verb is no number of orders. */
export function withVerbAsked(frame: Frame, text: string): Frame {
  const verb = WHAT_VERB.exec(text)?.groups?.verb?.toLowerCase();
  const slot = frame.measures.find((one) => one.unit?.text.toLowerCase() === verb);
  if (verb === undefined || slot?.unit == null || frame.entity !== null || frame.measures.length > 1) return frame;
  return { ...frame, measures: [], entity: slot.unit };
}

function targetOf({ frame, resolution, text }: Edit, things: Things, { index }: GenerateRequest): Target | null {
  const { entity } = resolution;
  const through = resolution.context.map((one) => one.table).filter((table) => table !== things.table);
  if (entity === null) {
    const [column, ...more] = resolution.columns;
    const beyond = column !== undefined && more.length === 0 && !isOneOf(things, column.table, index);
    return beyond ? { choice: column, through } : null;
  }
  if (frame.columns.some((unit) => !isVerb(unit, index))) return null;
  const weight = Math.max(0, ...frame.entity!.hits.map((hit) => hit.weight));
  const verb = (WHAT_VERB.exec(text) ?? WHO_VERB.exec(text))?.groups?.verb?.toLowerCase();
  if (!isVerb(frame.entity!, index) && frame.entity!.text.toLowerCase() !== verb)
    return entity.kind === 'table' || entity.kind === 'column' ? { choice: entity, through } : null;
  // "how much did they buy": of what is not said.
  if (/how (?:much|many)|多少|几/i.test(text)) return null;
  const event = frame.entity!.hits.find((hit) => hit.target.kind === 'table')?.target.table;
  if (event === undefined) return null;
  const table = objectOf(event, things, /\bwho\b|谁/i.test(text), index);
  return table === null ? null : { choice: { kind: 'table', table, weight }, through: [event] };
}

/** The named ones of what each row of a list has one of, in the place of its columns. */
function attributeOf(
  base: SelectPlan,
  choice: Choice,
  { cues }: Edit,
  things: Things,
  { index }: GenerateRequest,
): SelectPlan | null | undefined {
  const sources = new JoinedSources(index, base);
  const { labels } = index.tables[choice.table]!;
  const columns = choice.kind === 'column' ? [choice.column] : labels;
  if (columns.length === 0 || base.items.some((item) => item.expr.kind === 'star' && base.distinct)) return undefined;
  const items: SelectItem[] = [];
  const named = cues.each && sources.alias(things.table) !== null && things.table !== choice.table;
  for (const at of named ? index.tables[things.table]!.labels : [])
    items.push({ expr: sources.column(things.table, at)!, alias: null });
  for (const at of columns) {
    const expr = sources.column(choice.table, at);
    if (expr === null) return undefined;
    items.push({ expr, alias: null });
  }
  return sources.joined({ ...base, items });
}

/** Filters and periods that the question names of what it asks for. */
function withConditionsOf(plan: SelectPlan, edit: Edit, request: GenerateRequest): SelectPlan | null {
  const draft = draftOf(plan, request);
  if (!editConditions(draft, edit, request)) return null;
  const joined = draft.sources.joined(draft.plan);
  return draft.sources.multiplied ? { ...joined, distinct: true } : joined;
}

/** "which of them has the highest price", "who among them ordered the most": by a column of their own, or a measure of each. */
function bestOf(base: SelectPlan, edit: Edit, things: Things, request: GenerateRequest): SelectPlan | null | undefined {
  const { frame, resolution, cues } = edit;
  const { index } = request;
  const [order] = frame.order;
  const conditions = frame.filters.length + frame.periods.length + frame.conditions.length + frame.flags.length;
  if (order === undefined || order.by === 'first-measure' || cues.sameMeasure || conditions > 0) return undefined;
  const { entity } = resolution;
  const counted =
    order.by.kind === 'hint' &&
    OF_ANYTHING.test(order.by.unit.text) &&
    entity?.kind === 'table' &&
    entity.table !== things.table
      ? entity
      : null;
  const choice = counted ?? resolution.order[0]?.choice ?? null;
  if (choice === null) return undefined;
  if (entity !== null && entity.table !== things.table && counted === null && !isVerb(frame.entity!, index))
    return undefined;
  if (choice.kind === 'column' && order.by.kind !== 'count' && isOneOf(things, choice.table, index))
    return isList(base) ? undefined : bestByOwn(base, edit, choice, things, request);
  const there = firstMeasure(base)?.expr;
  const isMeasured =
    choice.kind === 'column' && there?.kind === 'aggregate' && isColumn(there.arg, choice, base, index);
  if (isMeasured && counted === null) {
    const set = isCut(base) && base.limit !== 1 ? frozen(base, index) : base;
    return set === null ? null : withTop(set, frame.limit, order.descending, there);
  }
  // "the cheapest" shipper: of what they have no price of, a guess.
  if (counted === null && order.by.kind === 'hint' && !order.by.superlative.counts) return null;
  const groups = asGroups(base, things, index);
  if (groups === null) return null;
  const slot = counted === null ? order.by : { kind: 'count' as const, unit: frame.entity, distinct: false };
  const measured = measureEdit(groups, [{ slot, choice }], request, new JoinedSources(index, groups));
  if (measured === null || firstMeasure(measured) === undefined) return null;
  return withTop(measured, frame.limit, order.descending);
}

/** True for the column of a choice, as a plan names it. */
function isColumn(
  expr: Expr,
  choice: Extract<Choice, { kind: 'column' }>,
  plan: SelectPlan,
  index: SchemaIndex,
): boolean {
  const { name } = index.tables[choice.table]!.columns[choice.column]!.column;
  return (
    expr.kind === 'column' && expr.column === name && expr.source === new JoinedSources(index, plan).alias(choice.table)
  );
}

function bestByOwn(
  base: SelectPlan,
  { frame, resolution }: Edit,
  choice: Extract<Choice, { kind: 'column' }>,
  things: Things,
  { index }: GenerateRequest,
): SelectPlan | null {
  const builder = new SourceBuilder(index, things.table);
  const where = limitedTo(base, things, builder, index);
  if (where === undefined || !builder.require([choice.table])) return null;
  const { labels, columns } = index.tables[things.table]!;
  const names = labels.length > 0 ? labels.map((at) => columns[at]!.column.name) : things.columns;
  const expr = builder.column(choice.table, choice.column);
  const { traits } = index.tables[choice.table]!.columns[choice.column]!;
  const { superlative, descending } = resolution.order[0]!.order;
  const last =
    traits.time !== null && superlative?.dateDescending !== undefined ? superlative.dateDescending : descending;
  return {
    ...EMPTY_SELECT,
    items: [
      ...names.map((name): SelectItem => ({ expr: builder.named(things.table, name), alias: null })),
      { expr, alias: null },
    ],
    sources: builder.sources(),
    where,
    orderBy: [{ expr, descending: last, nulls: null }],
    limit: frame.limit,
  };
}
