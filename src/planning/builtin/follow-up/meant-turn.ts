/** Which answer of a conversation a pronoun goes back to: the last that shows people for "she", things for 它, regions for "that region". */
import type { SelectPlan } from '../../../sql/index.ts';
import type { Turn } from '../../planner.ts';
import type { QuestionReading } from '../grammar/read-question.ts';
import type { SchemaIndex } from '../grammar/schema-index.ts';
import type { Unit } from '../grammar/units.ts';
import { type Layered, splitLayers } from './layers.ts';
import { asSelect } from './plan-edits.ts';
import { isOneOf, NAMED, names, pointedNoun } from './pointer.ts';
import { type Things, thingsShown } from './shown-things.ts';
import { isPeople } from './verb-object.ts';

const PERSON = /\b(?:he|she|him|her|his|hers)\b|\bwho (?:among|of|in) (?:them|those|these)\b|他|她/i;
const NO_PERSON = /\b(?:it|its)\b|\bthere\b|它|那里|那边|那儿|当地/i;

export interface MeantTurn {
  readonly plan: SelectPlan;
  readonly layered: Layered;
  /** What it shows, what is meant first. */
  readonly shown: readonly Things[];
}

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
  const candidates = known === undefined ? turns : [known];
  for (const turn of candidates) {
    const meant = turn.shown.filter(fits);
    if (meant.length > 0) return { ...turn, shown: [...meant, ...turn.shown.filter((one) => !meant.includes(one))] };
  }
  return last;
}

/** True when the unit names a column of the things, and no column of anything is named better. */
function hasColumn(things: Things, unit: Unit, index: SchemaIndex): boolean {
  const best = Math.max(0, ...unit.hits.map((hit) => hit.weight));
  return unit.hits.some(
    ({ target, weight }) => weight >= NAMED * best && target.kind === 'column' && isOneOf(things, target.table, index),
  );
}
