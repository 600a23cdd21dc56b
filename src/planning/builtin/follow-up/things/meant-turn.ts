/** Which answer of a conversation a pronoun goes back to: the last that shows people for "she", things for 它, regions for "that region". */
import type { Turn } from '../../../planner.ts';
import type { QuestionReading } from '../../grammar/read-question.ts';
import type { SchemaIndex } from '../../grammar/schema-index.ts';
import { tableDistance } from '../../grammar/table-distance.ts';
import type { Unit } from '../../grammar/units.ts';
import { splitLayers } from '../plan/layers.ts';
import { asSelect } from '../plan/plan-edits.ts';
import { isOneOf, type MeantTurn, NAMED, names, pointedNoun } from './pointer.ts';
import { type Things, thingsShown } from './shown-things.ts';
import { isPeople } from './verb-object.ts';

const PERSON = /\b(?:he|she|him|her|his|hers)\b|\bwho (?:among|of|in) (?:them|those|these)\b|他|她/i;
const NO_PERSON = /\b(?:it|its)\b|\bthere\b|它|那里|那边|那儿|当地/i;

/** The answers before as far as they can be edited, the latest first. */
export function readTurns(previous: readonly Turn[], index: SchemaIndex): readonly MeantTurn[] {
  return previous.toReversed().flatMap((turn) => {
    const plan = asSelect(turn.plan);
    const layered = plan === null ? null : splitLayers(plan);
    return plan === null || layered === null ? [] : [{ plan, layered, shown: thingsShown(layered.base, index) }];
  });
}

/** The turn that the question points at; the last one when none fits better. */
export function meantTurn(
  text: string,
  { frame, units }: QuestionReading,
  turns: readonly MeantTurn[],
  index: SchemaIndex,
): MeantTurn | undefined {
  const [last] = turns;
  const noun = pointedNoun(text, units);
  const people = PERSON.test(text) ? true : NO_PERSON.test(text) ? false : null;
  if (last === undefined) return undefined;
  const fits = (one: Things): boolean =>
    noun === undefined ? people === null || isPeople(one.table, index) === people : names(noun, one, index);
  const asked = [...frame.columns, ...frame.measures.flatMap((slot) => slot.unit ?? [])];
  // What the last answer shows has no such column, but what an answer before it showed has.
  const has = ({ shown }: MeantTurn): boolean => {
    const [first] = shown.filter(fits);
    return first !== undefined && asked.some((unit) => hasColumn(first, unit, index));
  };
  const known = asked.length > 0 && people !== false && noun === undefined ? turns.find(has) : undefined;
  const near = known === undefined ? nearer(turns, frame.entity, fits, index) : known;
  const candidates = near === undefined ? turns : [near];
  for (const turn of candidates) {
    const meant = byDistance(turn.shown.filter(fits), noun === undefined ? frame.entity : null, index);
    if (meant.length > 0) return { ...turn, shown: [...meant, ...turn.shown.filter((one) => !meant.includes(one))] };
  }
  return last;
}

/** Farther than this a thing has nothing to do with what is asked of it. */
const FAR = 4;
const CLEARLY = 1;

const distanceTo = (things: Things, asked: Unit, index: SchemaIndex): number => {
  const best = Math.max(...asked.hits.map((hit) => hit.weight));
  const tables = asked.hits.filter(({ target, weight }) => target.kind === 'table' && weight >= NAMED * best);
  return Math.min(9, ...tables.map(({ target }) => tableDistance(index, things.table, target.table)));
};

/** Of the things of one answer those first that what is asked belongs to more closely. */
function byDistance(shown: readonly Things[], asked: Unit | null, index: SchemaIndex): readonly Things[] {
  const [first] = shown.filter((one) => one.of === undefined);
  if (asked === null || first === undefined) return shown;
  const closest = shown.find(
    (one) => one.of === undefined && distanceTo(one, asked, index) < distanceTo(first, asked, index) - CLEARLY / 2,
  );
  return closest === undefined || names(asked, closest, index)
    ? shown
    : [closest, ...shown.filter((one) => one !== closest)];
}

/** An earlier answer, where the last shows things that are far from what is asked. */
function nearer(
  turns: readonly MeantTurn[],
  asked: Unit | null,
  fits: (one: Things) => boolean,
  index: SchemaIndex,
): MeantTurn | undefined {
  const of = ({ shown }: MeantTurn): number =>
    Math.min(9, ...shown.filter(fits).map((one) => distanceTo(one, asked!, index)));
  const last = turns.find(({ shown }) => shown.some(fits));
  if (asked === null || last === undefined || of(last) <= FAR) return undefined;
  return turns.find((turn) => of(turn) < of(last) - CLEARLY);
}

/** True when the unit names a column of the things, and no column of anything is named better. */
function hasColumn(things: Things, unit: Unit, index: SchemaIndex): boolean {
  const best = Math.max(0, ...unit.hits.map((hit) => hit.weight));
  return unit.hits.some(
    ({ target, weight }) => weight >= NAMED * best && target.kind === 'column' && isOneOf(things, target.table, index),
  );
}
