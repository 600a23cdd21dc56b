/** "what did they buy?", "who bought them?": the things on the other side of what a verb names (the orders). */
import type { JoinEdge } from '../../grammar/join-graph.ts';
import { phraseKeyOf, type SchemaIndex } from '../../grammar/schema-index.ts';
import { paraphrases } from '../../lexicon/concept-index.ts';
import { NAMED } from './pointer.ts';
import type { Things } from './shown-things.ts';

const PEOPLE = [
  'customer',
  'user',
  'member',
  'employee',
  'person',
  'student',
  'patient',
  'artist',
  'author',
  'actor',
  'teacher',
];

/** True for tables whose rows are people, or companies that act like them. */
export function isPeople(table: number, index: SchemaIndex): boolean {
  if (index.tables[table]!.labels.length > 1) return true;
  return PEOPLE.some((word) =>
    [{ text: word, weight: 1 }, ...paraphrases(word)]
      .filter((one) => one.weight >= NAMED)
      .some(({ text }) =>
        (index.phrases.get(phraseKeyOf(text)) ?? []).some(
          ({ target, weight }) => weight >= NAMED && target.kind === 'table' && target.table === table,
        ),
      ),
  );
}

/** The nearest named table that rows of `event` have one of, or that their lines have; null when there is none. */
export function objectOf(event: number, things: Things, person: boolean, index: SchemaIndex): number | null {
  const above = parentsOf([event], index);
  const fits = (table: number): boolean =>
    table !== things.table &&
    table !== event &&
    index.tables[table]!.labels.length > 0 &&
    isPeople(table, index) === person;
  if (!person) {
    const lines = byCost(index.joins.edges[event]!.filter((edge) => !edge.toOne && edge.to !== things.table));
    for (const line of lines) {
      const beyond = parentsOf([line.to], index).filter((table) => !above.includes(table) && table !== event);
      const found = beyond.find(fits);
      if (found !== undefined) return found;
    }
  }
  return above.find(fits) ?? null;
}

const byCost = (edges: readonly JoinEdge[]): readonly JoinEdge[] => [...edges].sort((a, b) => a.cost - b.cost);

/** Tables that each row of a table has one of, nearest first. */
function parentsOf(from: readonly number[], index: SchemaIndex): readonly number[] {
  const found: number[] = [];
  let frontier = from;
  while (frontier.length > 0) {
    const next: number[] = [];
    for (const table of frontier)
      for (const edge of byCost(index.joins.edges[table]!))
        if (edge.toOne && !found.includes(edge.to) && !from.includes(edge.to)) {
          found.push(edge.to);
          next.push(edge.to);
        }
    frontier = next;
  }
  return found;
}
