/** Which of the things shown a question means: "that region", 这些国家, or what is left out ("which is the cheapest?"). */

import type { SelectPlan } from '../../../../sql/index.ts';
import type { Frame } from '../../grammar/frame.ts';
import { phraseKeyOf, type SchemaIndex } from '../../grammar/schema-index.ts';
import { SourceBuilder } from '../../grammar/source-builder.ts';
import { tableDistance } from '../../grammar/table-distance.ts';
import type { Unit } from '../../grammar/units.ts';
import type { FollowUpCues } from '../cues/follow-up-cues.ts';
import type { Layered } from '../plan/layers.ts';
import type { Things } from './shown-things.ts';

const DEMONSTRATIVE =
  /\b(?:that|this|those|these|the same|said)(?: (?:top )?(?:two|three|four|five|ten|\d+))?\s+$|(?:这|那)(?:\d+|[一二两三四五六七八九十几些])?[个家位些款部首张名种类座条间所]?$|(?:该|此|上述|上面的?|前面的?|其中的?|同一[个家]?)$/i;
/** Below this a word is a verb or a near meaning, and not the name of a thing. */
export const NAMED = 0.9;

/** An answer before, as far as it can be edited. */
export interface MeantTurn {
  readonly plan: SelectPlan;
  readonly layered: Layered;
  /** What it shows, what is meant first. */
  readonly shown: readonly Things[];
}

export interface Pointed {
  /** The things that are meant; null when none are shown. */
  readonly things: Things | null;
  /** The frame without the noun behind the pronoun. */
  readonly frame: Frame;
}

/** True when the unit is a name of the things: of their table, or of the column whose values they are. */
export function names(unit: Unit, { table, columns, rows }: Things, index: SchemaIndex): boolean {
  return unit.hits.some(
    ({ target, weight }) =>
      weight >= NAMED * Math.max(...unit.hits.map((hit) => hit.weight)) &&
      target.table === table &&
      (target.kind === 'table' ? rows : columns.includes(index.tables[table]!.columns[target.column]!.column.name)),
  );
}

const TIME_NOUN = /^(?:days?|weeks?|months?|quarters?|years?|天|周|月|季度|年)$/i;

/** The noun behind "that", 这些. */
export const pointedNoun = (text: string, units: readonly Unit[]): Unit | undefined =>
  units.find((unit) => unit.hits.length > 0 && DEMONSTRATIVE.test(text.slice(0, unit.start)));

/** Takes the noun behind "that", 这些 out of a frame when it names things that were shown. */
export function pointedThings(
  text: string,
  frame: Frame,
  units: readonly Unit[],
  shown: readonly Things[],
  index: SchemaIndex,
): Pointed {
  // "in that month" after the best month.
  for (const unit of units)
    if ((unit.grain !== null || TIME_NOUN.test(unit.text)) && DEMONSTRATIVE.test(text.slice(0, unit.start)))
      frame.used.add(unit);
  const noun = pointedNoun(text, units);
  const things = noun === undefined ? undefined : shown.find((one) => names(noun, one, index));
  if (noun === undefined || things === undefined) return { things: shown[0] ?? null, frame };
  frame.used.add(noun);
  return { things, frame: without(frame, noun) };
}

/** A frame in which the unit has no part. */
export function without(frame: Frame, unit: Unit): Frame {
  return {
    ...frame,
    entity: frame.entity === unit ? null : frame.entity,
    columns: frame.columns.filter((one) => one !== unit),
    context: frame.context.filter((one) => one !== unit),
    dims: frame.dims.filter((dim) => dim.unit !== unit),
    measures: frame.measures.filter((slot) => slot.unit !== unit),
    guesses: frame.guesses.filter((guess) => guess !== 'verb-alone' && guess !== 'verb'),
  };
}

const OWNER =
  /^\s*(?:and |so )?(?:who|what|which)(?:'s|\s+(?:is|was|are|were))\s+(?:the|its|their)\s+[\w ]+?\s*[?.!]*$/i;
const OWNER_CHINESE = /^[^，。]{1,8}(?:(?:分别|各|都)?(?:是谁|是什么|是哪[个位家里]?|叫什么|(?:是|有)?多少))[?？]?$/;
/** A sentence without its subject: 有哪些档口, 分别属于什么公司, 是谁下的. */
const NO_SUBJECT =
  /^(?:都|各自?|分别)?(?:有(?:哪些|什么)|属于)|^(?:都|分别)(?:是|属于|来自|在)|^是(?:哪|什么)|^(?:都|也)?[^，。有是]{1,2}[了过][^，。]{0,2}(?:哪些|什么)|^(?:是)?谁[^，。]{1,4}的?[?？]?$/;

/** True for a question that leaves out of what it asks: "which is the cheapest?", "who is the customer?", 供应商是谁. */
export function leavesOut(
  text: string,
  frame: Frame,
  cues: FollowUpCues,
  { layered: { base }, shown }: Pick<MeantTurn, 'layered' | 'shown'>,
  index: SchemaIndex,
): boolean {
  const [things] = shown;
  if (things === undefined || frame.dims.length > 0) return false;
  if (frame.measures.length > 0) return asksAttribute(text, frame, things) || asksDone(text, frame, index);
  const { entity } = frame;
  const verb = entity !== null && isVerb(entity, index);
  const among = entity === null || verb || names(entity, things, index);
  const choosing = frame.order.length > 0 || frame.filters.length + frame.flags.length > 0;
  if (cues.rows && choosing && (among || asksPerson(text)) && !(frame.filters.length > 0 && entity !== null))
    return true;
  const asked = entity ?? (frame.columns.length === 1 ? frame.columns[0]! : null);
  const bare = frame.order.length + frame.filters.length + frame.periods.length + frame.conditions.length === 0;
  if (!bare) return false;
  if (asked === null) return NO_SUBJECT.test(text) && frame.columns.length === 0;
  // "the manager" of the one that was shown.
  const near = (table: number): boolean =>
    isOneOf(things, table, index) ||
    ((base.limit === 1 || NO_SUBJECT.test(text)) && tableDistance(index, things.table, table) < NEAR);
  if (!(OWNER.test(text) || OWNER_CHINESE.test(text) || NO_SUBJECT.test(text)) || names(asked, things, index))
    return false;
  return asked.hits.some(({ target, weight }) => weight >= NAMED * best(asked) && near(target.table));
}

/** 去年卖了多少: what was done with them, and no word for what it was done with. */
function asksDone(text: string, frame: Frame, index: SchemaIndex): boolean {
  const others =
    frame.order.length + frame.filters.length + frame.conditions.length + frame.columns.length + frame.context.length;
  const verbs = frame.measures.every((slot) => slot.unit !== null && isVerb(slot.unit, index));
  return /\p{Script=Han}(?:[了过]|出去|掉)|[卖售]出/u.test(text) && verbs && others === 0 && frame.entity === null;
}

/** 时长多少: a column that each of the things shown has. */
function asksAttribute(text: string, frame: Frame, things: Things): boolean {
  const [slot, ...more] = frame.measures;
  const others =
    frame.order.length + frame.filters.length + frame.periods.length + frame.conditions.length + frame.columns.length;
  if (slot?.kind !== 'value' || slot.fn !== null || more.length > 0 || others > 0 || frame.entity !== null)
    return false;
  return (
    (OWNER.test(text) || OWNER_CHINESE.test(text)) &&
    slot.unit.hits.some(
      ({ target, weight }) => weight >= NAMED && target.kind === 'column' && target.table === things.table,
    )
  );
}

const NEAR = 2.5;
const best = (unit: Unit): number => Math.max(0, ...unit.hits.map((hit) => hit.weight));

/** True for a unit that is no name of a table or column, only a word for what is done with it. */
export function isVerb(unit: Unit, index: SchemaIndex): boolean {
  if (best(unit) >= NAMED) return false;
  const key = phraseKeyOf(unit.text);
  return !unit.hits.some(
    ({ target }) => target.kind === 'table' && phraseKeyOf(index.tables[target.table]!.table.ref.name) === key,
  );
}

const asksPerson = (text: string): boolean => /^\s*(?:and |so |now )*who\b|^谁/i.test(text);

/** True when each of the things has one row of the table. */
export function isOneOf(things: Things, table: number, index: SchemaIndex): boolean {
  if (!things.rows) return false;
  const builder = new SourceBuilder(index, things.table);
  return builder.require([table]) && builder.fanOut === 0;
}

/** True when the unit is a name of a column of the things themselves. */
export function ownsColumn(things: Things, unit: Unit): boolean {
  return unit.hits.some(
    ({ target, weight }) => weight >= NAMED * best(unit) && target.kind === 'column' && target.table === things.table,
  );
}
