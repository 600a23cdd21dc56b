/** Whether all conditions of a question must hold, or one of two suffices. */
import type { Predicate } from '../../../sql/index.ts';
import type { Unit } from './units.ts';

/** A condition and the words that say it. */
export interface Stated {
  readonly predicate: Predicate;
  readonly units: readonly Pick<Unit, 'start' | 'end'>[];
}

/** "or" between conditions, not the one in "30 or more". */
const EITHER =
  /\bor\b(?! (?:more|less|fewer|above|below|over|under|higher|lower|greater|older|younger|later|earlier|better|equal)\b)|或(?!等于|以上|以下|更|大于|小于)/i;

/** Predicates that hold together; null with "or" among more than two, where nothing says which of them belong together. */
export function joinConditions(stated: readonly Stated[], text: string): Predicate[] | null {
  const places = stated
    .map(({ units }) => ({
      start: Math.min(...units.map((unit) => unit.start)),
      end: Math.max(...units.map((unit) => unit.end)),
    }))
    .sort((a, b) => a.start - b.start);
  const predicates = stated.map((one) => one.predicate);
  const either = places.some((place, i) => i > 0 && EITHER.test(text.slice(places[i - 1]!.end, place.start)));
  if (!either) return predicates;
  return predicates.length === 2 ? [{ kind: 'or', args: predicates }] : null;
}
