import type { SchemaIndex } from './schema-index.ts';

const FAR = 6;
const cache = new WeakMap<SchemaIndex, Map<number, ReadonlyMap<number, number>>>();

/** Cost of the cheapest join path between two tables; 6 when there is none nearby. */
export function tableDistance(index: SchemaIndex, from: number, to: number): number {
  if (from === to) return 0;
  let known = cache.get(index);
  if (known === undefined) {
    known = new Map();
    cache.set(index, known);
  }
  let distances = known.get(from);
  if (distances === undefined) {
    distances = distancesFrom(index, from);
    known.set(from, distances);
  }
  return distances.get(to) ?? FAR;
}

/** Bounded Dijkstra: nothing farther than {@link FAR} matters. */
function distancesFrom(index: SchemaIndex, from: number): ReadonlyMap<number, number> {
  const best = new Map<number, number>([[from, 0]]);
  let frontier = [from];
  while (frontier.length > 0) {
    const next: number[] = [];
    for (const table of frontier) {
      const here = best.get(table)!;
      for (const edge of index.joins.edges[table] ?? []) {
        const distance = here + edge.cost;
        if (distance < FAR && distance < (best.get(edge.to) ?? Number.POSITIVE_INFINITY)) {
          best.set(edge.to, distance);
          next.push(edge.to);
        }
      }
    }
    frontier = next;
  }
  return best;
}
