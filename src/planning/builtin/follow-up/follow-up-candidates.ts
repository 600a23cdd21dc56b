/**
 * Follow-up questions edit the plan of the answer before: groups, filters, periods, measures, order and top-N are
 * added, replaced or dropped; what the question does not mention stays. Joins that are added lose no rows, and what is
 * counted over rows that a join multiplies is counted once; a measure that lives elsewhere moves the whole query onto
 * its own table. A comparison or a share lies over the plan: it is taken off, and put on again after the edit.
 */
import { type Plan, type SelectPlan, sameExpr } from '../../../sql/index.ts';
import type { Turn } from '../../planner.ts';
import type { GeneratedCandidate } from '../grammar/candidate.ts';
import type { Frame, ValueFilter } from '../grammar/frame.ts';
import { type Generated, type GenerateRequest, readRequest } from '../grammar/generate.ts';
import { measureTable } from '../grammar/knowledge-measure.ts';
import { conjuncts, firstMeasure, isTime, mentions, resolveOrdinal } from '../grammar/plan-parts.ts';
import type { QuestionReading } from '../grammar/read-question.ts';
import { resolveFrame } from '../grammar/resolve.ts';
import type { SchemaIndex, ValueHit } from '../grammar/schema-index.ts';
import { uncoveredShare } from '../grammar/score.ts';
import { SourceBuilder } from '../grammar/source-builder.ts';
import type { Unit } from '../grammar/units.ts';
import { splitIdentifier } from '../text/identifier.ts';
import { withVerbAsked } from './about-shown/asked-of-shown.ts';
import {
  asksWho,
  asksWhose,
  beyondNumber,
  countedThings,
  takeBenchmark,
  whoseNumber,
} from './about-shown/number-edit.ts';
import { countOfShown } from './about-shown/shown-edit.ts';
import { type DropPhrase, readDropPhrase } from './cues/drop-phrase.ts';
import { followUpCues, takeFirstOne } from './cues/follow-up-cues.ts';
import { byCountOfNamed, byMeasureThere, takeThreshold } from './cues/measure-reference.ts';
import { editPlan, overlaid } from './edit-plan.ts';
import { takeAggregates } from './edits/aggregate-edit.ts';
import type { Edit } from './edits/draft.ts';
import { dropEdits } from './edits/drop-edit.ts';
import { comparedPeriod, takeEarlier } from './edits/period-edit.ts';
import { isBare, type Layered, NO_LAYERS } from './plan/layers.ts';
import { countedRows } from './plan/plan-edits.ts';
import { JoinedSources } from './plan/previous-frame.ts';
import { agentUnit, askedAttributes } from './things/attributes.ts';
import { meantTurn, readTurns } from './things/meant-turn.ts';
import { isOneOf, leavesOut, type MeantTurn, names, ownsColumn, pointedThings } from './things/pointer.ts';
import type { Things } from './things/shown-things.ts';

/** What the follow-up reading makes of the fresh one. */
export interface FollowUps {
  readonly candidates: readonly GeneratedCandidate[];
  /** Factor on the confidence of reading the question on its own. */
  readonly freshFactor: number;
  /** It means what was shown: read on its own it says something else, however many agree on that. */
  readonly pointing: boolean;
}

const NONE: FollowUps = { candidates: [], freshFactor: 1, pointing: false };
/** What is left of a reading on its own when the question is an edit, or points back. */
const POINTS_BACK = 0.45;
const SURE = 0.93;
/** Each of several things that a phrase may mean. */
const ONE_OF_SEVERAL = 0.6;
/** "average instead of total": what is no longer wanted says nothing more. */
const INSTEAD_OF = /\b(?:instead of|rather than)\b.*$|而不是.*$/i;

/** "that year", 当年: the period of the answer before, not the one that it is today. */
const SAME_TIME =
  /\s*\b(?:(?:in|for|during|of) )?(?:that|the same) (?:year|month|quarter|week|day)\b|在?(?:那一?年|这一?年|当年|该年|同年|那个?月|当月|该月|同月|那个?季度|当季)的?/i;

/** Of a period, and not one row per period. */
const isOfPeriod = (plan: Plan | null): boolean =>
  plan?.kind === 'select' &&
  !plan.groupBy.some(isTime) &&
  /"type":"(?:date|timestamp)"/.test(JSON.stringify(plan.where));

/** Plans that edit the previous answer as the question asks; none when it stands on its own. */
export function followUpCandidates(
  request: GenerateRequest,
  generated: Generated,
  previous: readonly Turn[],
): FollowUps {
  const drop = readDropPhrase(request.text);
  const sameTime = isOfPeriod(previous.at(-1)?.plan ?? null) && SAME_TIME.test(request.text);
  const kept = (sameTime ? request.text.replace(SAME_TIME, '') : request.text).replace(INSTEAD_OF, '');
  const reading =
    kept === request.text || kept.trim() === '' ? generated.reading : readRequest({ ...request, text: kept });
  const aggregates = takeAggregates(reading.frame, reading.units);
  const threshold = takeThreshold(reading.frame, reading.units);
  const turns = readTurns(previous, request.index);
  const spoken = followUpCues(request.text, reading.frame, reading.units);
  const said = sameTime ? { ...spoken, explicit: true } : spoken;
  const agent = agentUnit(request.text, reading, request.index);
  const frame = agent === null ? reading.frame : { ...reading.frame, entity: agent };
  const leaning =
    said.pointing || sameTime
      ? undefined
      : turns.find((one) => leavesOut(request.text, frame, said, one, request.index));
  const cues = { ...said, pointing: said.pointing || leaning !== undefined };
  const pointed =
    leaning ??
    (cues.pointing && !sameTime
      ? meantTurn(request.text, { frame, units: reading.units }, turns, request.index)
      : undefined);
  const turn = pointed ?? (isLatest(turns[0], previous) ? turns[0] : undefined);
  const asksEdit = cues.explicit || cues.pointing || (drop !== null && drop.kind !== 'all');
  if (turn === undefined) return { ...NONE, freshFactor: asksEdit ? POINTS_BACK : 1, pointing: cues.pointing };
  const { plan, layered } = turn;
  const dropped = drop === null ? [] : droppedCandidates(layered, drop, request);
  if (dropped.length > 0) return { candidates: dropped, freshFactor: POINTS_BACK, pointing: true };
  const ofNumber = numberEdit(layered, request.text, reading, request);
  if (ofNumber !== null) return { candidates: [candidate(ofNumber, SURE)], freshFactor: POINTS_BACK, pointing: true };
  const earlier = takeEarlier(request.text, reading.frame, reading.units);
  const ofMeasure = aggregates.length > 0 || threshold !== null || earlier !== null;
  if (!asksEdit && !cues.fragment && !ofMeasure) return NONE;
  const counted = cues.countsThat ? countOfShown(layered.layers.comparison === null ? layered.base : plan) : null;
  const listed = cues.countsThat && counted === null ? countOfList(layered) : null;
  if (listed !== null) return { candidates: [candidate(listed, SURE)], freshFactor: POINTS_BACK, pointing: true };
  if (counted !== null) return { candidates: [candidate(counted, SURE)], freshFactor: POINTS_BACK, pointing: true };
  const candidates = editedCandidates(
    layered,
    { ...reading, frame },
    turn.shown,
    { cues, aggregates, threshold, earlier },
    request,
  );
  const strong = (candidates[0]?.confidence ?? 0) >= 0.5;
  return { candidates, freshFactor: strong || asksEdit ? POINTS_BACK : 1, pointing: cues.pointing };
}

/** The last answer can be edited. */
const isLatest = (turn: MeantTurn | undefined, previous: readonly Turn[]): boolean =>
  turn !== undefined && previous.findLast((one) => one.plan !== null)?.plan === turn.plan;

const candidate = (
  plan: SelectPlan,
  confidence: number,
  features: Readonly<Record<string, number>> = {},
): GeneratedCandidate => ({
  plan,
  confidence,
  mappings: [],
  generator: 'follow-up',
  features,
});

function droppedCandidates(layered: Layered, drop: DropPhrase, request: GenerateRequest): GeneratedCandidate[] {
  const dropped = withBesideDropped(layered, drop, request).flatMap((one) => overlaid(one, request) ?? []);
  return dropped.map((plan) => candidate(plan, dropped.length === 1 ? SURE : ONE_OF_SEVERAL));
}

const countOfList = ({ base }: Layered): SelectPlan | null =>
  base.groupBy.length === 0 && firstMeasure(base) === undefined ? countedRows(base) : null;

/** Whose number it was, what lies beyond it, which rows it counts; null when that is not what is asked. */
function numberEdit(
  { base, layers }: Layered,
  text: string,
  { frame, units }: QuestionReading,
  { index }: GenerateRequest,
): SelectPlan | null {
  if (!isBare(layers) || base.groupBy.length > 0 || firstMeasure(base) === undefined) return null;
  if (asksWhose(text)) return whoseNumber(base, index);
  if (asksWho(text)) return countedThings(base, index);
  const benchmark = takeBenchmark(text, frame, units);
  const others = frame.filters.length + frame.dims.length + frame.periods.length + frame.conditions.length;
  if (benchmark === null || others > 0 || frame.columns.length > 0) return null;
  const thing = frame.entity ?? frame.measures[0]?.unit ?? null;
  const table = thing?.hits.find((hit) => hit.target.kind === 'table' && hit.weight >= 0.8)?.target.table ?? null;
  if (thing !== null && table === null) return null;
  return beyondNumber(base, benchmark, { table, counted: frame.measures.length > 0 }, index);
}

/** What is dropped is dropped of the measures of other rows too. */
function withBesideDropped({ base, layers }: Layered, drop: DropPhrase, request: GenerateRequest): readonly Layered[] {
  const edited = dropEdits({ base, layers: { ...layers, beside: null } }, drop, request);
  if (layers.beside === null) return edited;
  if (layers.share !== null && edited.length === 1 && edited[0]!.layers.share === null)
    return [{ base, layers: { ...layers, share: null } }];
  if (drop.order || drop.limit) return edited.map((one) => ({ ...one, layers }));
  const plans = layers.beside.plans.map((plan) => dropEdits({ base: plan, layers: NO_LAYERS }, drop, request));
  if (edited.length !== 1 || plans.some((one) => one.length !== 1)) return [];
  const beside = { ...layers.beside, plans: plans.map(([one]) => one!.base) };
  return [{ base: edited[0]!.base, layers: { ...layers, beside } }];
}

function editedCandidates(
  given: Layered,
  { frame: asIs, units }: QuestionReading,
  shown: readonly Things[],
  read: Pick<Edit, 'cues' | 'aggregates' | 'threshold' | 'earlier'>,
  request: GenerateRequest,
): GeneratedCandidate[] {
  const { index, knowledge, text } = request;
  const { pointing } = read.cues;
  const first = pointing && given.base.orderBy.length > 0 && takeFirstOne(text, asIs, units);
  const layered = first ? { ...given, base: { ...given.base, limit: 1 } } : given;
  const total = pointing && /\b(?:in total|altogether|all together|total of)\b|一共|总共|合计/i.test(text);
  const added = total
    ? asIs.measures.map((slot) => (slot.kind === 'value' && slot.fn === null ? { ...slot, fn: 'sum' as const } : slot))
    : asIs.measures;
  const measures = averaged(added, units, asIs);
  const whole: Frame = { ...asIs, measures, limit: first ? null : asIs.limit, order: first ? [] : asIs.order };
  const pointed = pointing
    ? pointedThings(text, whole, units, shown, index)
    : { things: shown[0] ?? null, frame: whole };
  const things = bestOwner(pointed.frame, pointed.things, shown);
  const asked = pointing && things !== null ? askedAttributes(text, pointed.frame, units, things, index) : null;
  const attributes = asked?.choices ?? [];
  const isThere = (unit: Unit): boolean => things !== null && names(unit, things, index);
  const said = pointing ? withVerbAsked(asked?.frame ?? pointed.frame, text) : (asked?.frame ?? pointed.frame);
  const placed = withValuesThere(withoutSecondNames(said), layered.base, request);
  const isOwner = (unit: Unit): boolean =>
    unit.hits.some(
      ({ target }) =>
        target.kind === 'table' &&
        ((things !== null && isOneOf(things, target.table, index)) || isOfFacts(layered.base, target.table, index)),
    );
  const asksOf = pointing || read.cues.rows;
  const counting = asksOf ? byCountOfNamed(placed, isThere, isOwner) : placed;
  const frame = withTheirOwn(byMeasureThere(counting, layered.base, isThere), pointing ? things : null, request);
  const compared = comparedPeriod(frame, units);
  const tables = index.tables.map((table) => table.table.ref.name);
  const measureTables = knowledge.measures.map((measure) => measureTable(measure.plan, tables));
  const { tables: there } = new JoinedSources(index, layered.base);
  // "the longest" may be of what was measured of them.
  const ofMeasured = frame.order.some((one) => one.by !== 'first-measure' && one.by.kind === 'hint');
  const seeds = pointing && things !== null ? [things.table, ...(ofMeasured ? there : [])] : there;
  const resolutions = resolveFrame(frame, {
    index,
    text: request.text,
    units,
    measures: knowledge.measures,
    measureTables,
    seeds,
  });
  const best = resolutions[0]?.score ?? 0;
  const uncovered = uncoveredShare(units, frame);
  const candidates: GeneratedCandidate[] = [];
  for (const resolution of resolutions.slice(0, 5)) {
    const edit: Edit = { ...read, frame, resolution, compared, things, shown, attributes, text };
    const edited = editPlan(layered, edit, request);
    if (edited === null) continue;
    const fit = Math.min(1, ...resolution.weights);
    const behind = Math.min(1, best - resolution.score);
    const confidence = Math.max(0.05, SURE - 1.6 * uncovered - 0.25 * (1 - fit) - 0.5 * behind);
    candidates.push(candidate(edited, confidence, { uncovered, fit }));
  }
  return candidates.sort((a, b) => b.confidence - a.confidence);
}

/** 他的电话 of an employee with a HomePhone, where others have a Phone: what is said to be theirs is a column of theirs if one is called so. */
function withTheirOwn(frame: Frame, things: Things | null, { text, index }: GenerateRequest): Frame {
  if (things === null) return frame;
  const own = index.tables[things.table]!.columns;
  const columns = frame.columns.map((unit) => {
    const named = unit.hits.find(({ target }) => target.kind === 'column');
    if (named === undefined || ownsColumn(things, unit) || !OWNED.test(text.slice(0, unit.start))) return unit;
    const { name } = index.tables[named.target.table]!.columns[named.target.column]!.column;
    const head = ` ${splitIdentifier(name).join(' ')}`;
    const column = own.findIndex((one) => ` ${splitIdentifier(one.column.name).join(' ')}`.endsWith(head));
    if (column < 0) return unit;
    const target = { kind: 'column' as const, table: things.table, column };
    return { ...unit, hits: [{ ...named, target }] };
  });
  return { ...frame, columns };
}

const OWNED = /(?:[他她它其]们?的?|\b(?:his|her|its|their)\s+)$/iu;

/** 平均工资 of a table that is called like its number: an average that was left aside, and not a count. */
function averaged(measures: Frame['measures'], units: readonly Unit[], frame: Frame): Frame['measures'] {
  const [slot, ...more] = measures;
  const aside = units.find((unit) => !frame.used.has(unit) && unit.cues.some((cue) => cue.kind === 'aggregate'));
  const fn = aside?.cues.flatMap((cue) => (cue.kind === 'aggregate' ? [cue.fn] : []))[0];
  if (slot?.kind !== 'count' || slot.unit === null || more.length > 0 || aside === undefined || fn === undefined)
    return measures;
  if (fn === 'count' || !slot.unit.hits.some(({ target }) => target.kind === 'column')) return measures;
  frame.used.add(aside);
  return [{ kind: 'value', unit: slot.unit, fn }];
}

/** True when the rows that a measure is taken over have one row of the table each. */
function isOfFacts(base: SelectPlan, table: number, index: SchemaIndex): boolean {
  const [root] = new JoinedSources(index, base).tables;
  if (root === undefined || root === table || firstMeasure(base) === undefined) return false;
  const builder = new SourceBuilder(index, root);
  return builder.require([table]) && builder.fanOut === 0;
}

/** "which has the least stock?": of the shown things those that have a stock of their own. */
function bestOwner(frame: Frame, things: Things | null, shown: readonly Things[]): Things | null {
  const [order] = frame.order;
  const unit = order === undefined || order.by === 'first-measure' || order.by.kind !== 'value' ? null : order.by.unit;
  const own = (one: Things): boolean => unit !== null && one.rows && ownsColumn(one, unit);
  return things === null || own(things) ? things : (shown.find(own) ?? things);
}

const EXACT = 0.95;
const SECOND = 0.9;

/**
 * Groups by their own names: near the tables of the answer before, another word for something there would else beat what
 * is called exactly so elsewhere.
 */
function withoutSecondNames(frame: Frame): Frame {
  const dims = frame.dims.map((dim) => {
    const best = dim.kind === 'unit' ? Math.max(0, ...dim.unit.hits.map((hit) => hit.weight)) : 0;
    if (dim.kind !== 'unit' || best < EXACT) return dim;
    return { ...dim, unit: { ...dim.unit, hits: dim.unit.hits.filter((hit) => hit.weight >= best * SECOND) } };
  });
  return { ...frame, dims };
}

/** A value lies in the column that is grouped by, or limited already, before it lies in another of that name. */
function withValuesThere(frame: Frame, base: SelectPlan, { index }: GenerateRequest): Frame {
  const sources = new JoinedSources(index, base);
  const groups = base.groupBy.map((expr) => resolveOrdinal(expr, base));
  const isThere = ({ table, column }: ValueHit): boolean => {
    const expr = sources.alias(table) === null ? null : sources.column(table, column);
    const limited = conjuncts(base.where).some((one) => expr !== null && mentions(one, expr));
    return expr !== null && (limited || groups.some((group) => sameExpr(group, expr)));
  };
  const filters = frame.filters.map((filter): ValueFilter => {
    if (filter.qualifier !== null) return filter;
    const units = filter.units.map((unit) => ({ ...unit, values: unit.values.filter(isThere) }));
    return units.every((unit) => unit.values.length > 0) ? { ...filter, units } : filter;
  });
  return { ...frame, filters };
}
