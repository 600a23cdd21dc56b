/** How sure the best candidate is: boosted trees over the distribution of scores, the two best candidates, and what the question leaves unread. */

import { type BoostedTrees, overInputs, treesProbability } from '../../model/boosted-trees.ts';
import type { Query } from '../query/query.ts';
import { queryClauses, usedTables } from '../query/query.ts';
import { FILLER_CHARACTERS, RERANK_FEATURES, RERANK_NAMES, type RerankInput } from '../rerank/rerank-features.ts';
import { STRUCTURE_FLAGS } from '../rerank/structure-flags.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';
import type { Spot } from '../slots/state.ts';
import type { Unit } from '../text/units.ts';
import { applyIsotonic, type Isotonic } from './isotonic.ts';

export interface Confidence {
  /** Names of the signs in the order of the trees' inputs. */
  readonly names: readonly string[];
  readonly trees: BoostedTrees;
  readonly map: Isotonic;
}

const SHAPE = ['mass', 'log-odds', 'lead', 'entropy', 'candidates'] as const;
const AGREEMENT = ['agree-select', 'agree-where', 'agree-group', 'agree-order', 'agree-tables'] as const;
const UNREAD = ['unread-rare', 'unread-rare-pairs', 'unread-longest'] as const;

export const CONFIDENCE_NAMES: readonly string[] = [
  ...SHAPE,
  ...AGREEMENT,
  ...UNREAD,
  ...RERANK_NAMES.map((n) => `best-${n}`),
  ...RERANK_NAMES.map((n) => `beyond-second-${n}`),
  ...STRUCTURE_FLAGS.map((n) => `is-${n}`),
  ...STRUCTURE_FLAGS.map((n) => `unlike-second-${n}`),
];

/** Distinct candidates, best first: the position of each in the reranker's input, and its share of the probability. */
export interface RankedCandidate {
  readonly first: number;
  readonly mass: number;
}

/** The clauses of a query that candidates agree on or not: what is shown, conditions, groups, order, tables. */
export function comparedClauses(query: Query, schema: SchemaIndex): string[] {
  const [select, where, group, order] = queryClauses(query) as [string, string, string, string];
  const tables = usedTables(query, (c) => schema.columns[c]!.table);
  return [select, where, group, order, [...tables].sort((a, b) => a - b).join()];
}

/** Signs of certainty, in the order of {@link CONFIDENCE_NAMES}. `clauses` are those of every candidate of the input. */
export function confidenceFeatures(
  ranked: readonly RankedCandidate[],
  input: RerankInput,
  clauses: readonly (readonly string[])[],
  unread: readonly number[],
): Float32Array {
  const out = new Float32Array(CONFIDENCE_NAMES.length);
  const [best, second] = ranked;
  if (best === undefined) return out;
  const p = Math.min(0.9999, Math.max(1e-4, best.mass));
  let entropy = 0;
  for (const { mass } of ranked) if (mass > 1e-6) entropy -= mass * Math.log(mass);
  let at = 0;
  const put = (value: number): void => {
    out[at++] = value;
  };
  put(p);
  put(Math.log(p / (1 - p)));
  put(p - (second?.mass ?? 0));
  put(entropy);
  put(Math.log(1 + ranked.length));
  const own = clauses[best.first]!;
  AGREEMENT.forEach((_, k) => {
    put(ranked.reduce((sum, r) => sum + (clauses[r.first]![k] === own[k] ? r.mass : 0), 0));
  });
  unread.forEach(put);
  const row = (i: number): Float32Array => input.dense.subarray(i * RERANK_FEATURES, (i + 1) * RERANK_FEATURES);
  const first = row(best.first);
  const other = row((second ?? best).first);
  for (const v of first) put(clamp(v));
  for (let i = 0; i < first.length; i++) put(clamp(first[i]! - other[i]!));
  const flags = new Set(input.flags[best.first]);
  const others = new Set(input.flags[(second ?? best).first]);
  STRUCTURE_FLAGS.forEach((_, f) => {
    put(flags.has(f) ? 1 : 0);
  });
  STRUCTURE_FLAGS.forEach((_, f) => {
    put(flags.has(f) === others.has(f) ? 0 : 1);
  });
  return out;
}

const clamp = (x: number): number => Math.min(6, Math.max(-6, x));

/** Characters and words that say nothing of their own. */
const FILLERS = new Set([
  ...FILLER_CHARACTERS,
  ...'the a an of in on at to for and or is are was were be what which who whose how many much all each every any some with by from that this those these their its show list give find'.split(
    ' ',
  ),
]);

/**
 * What the candidate does not read and questions seldom say (names and things that no column or cell is called, mostly): how many
 * units that are in no frequent phrase, how many whose neighbours make none with them, and the longest run of those.
 */
export function unreadSigns(
  units: readonly Unit[],
  spots: readonly Spot[],
  grams: ReadonlyMap<string, number>,
): number[] {
  const read = new Uint8Array(units.length);
  for (const s of spots) for (let i = s.start; i < s.end; i++) read[i] = 1;
  const pair = (i: number): boolean =>
    i >= 0 && i + 1 < units.length && grams.has(`${units[i]!.text} ${units[i + 1]!.text}`);
  let rare = 0;
  let alone = 0;
  let run = 0;
  let longest = 0;
  units.forEach((u, i) => {
    if (read[i] || FILLERS.has(u.raw)) {
      run = 0;
      return;
    }
    if (!grams.has(u.text)) rare++;
    if (pair(i) || pair(i - 1)) run = 0;
    else {
      alone++;
      run++;
      longest = Math.max(longest, run);
    }
  });
  return [rare, alone, longest];
}

export const confidenceOf = (model: Confidence, features: ArrayLike<number>): number =>
  applyIsotonic(model.map, treesProbability(model.trees, features));

/** The same confidence over the signs of this version. */
export const adaptConfidence = (model: Confidence, names: readonly string[]): Confidence => ({
  ...model,
  names,
  trees: overInputs(model.trees, model.names, names),
});
