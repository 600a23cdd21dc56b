/**
 * One ranked list from the competing generators: boosted trees say of every candidate how likely it is right in the light of
 * all others, whoever proposes it. Fitted by scripts/train-arbiter.ts.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { planKey } from '../../../sql/index.ts';
import type { GeneratedCandidate } from '../grammar/candidate.ts';
import { type BoostedTrees, overInputs, treesProbability } from '../model/boosted-trees.ts';
import { packWeights, unpackWeights } from '../model/pack.ts';
import type { Contest } from './contest.ts';
import { judgedCandidates, SIGN_NAMES } from './signs.ts';

export interface Arbiter {
  /** Names of the trees' inputs. */
  readonly names: readonly string[];
  readonly trees: BoostedTrees;
}

export const encodeArbiter = (arbiter: Arbiter): Uint8Array => packWeights(arbiter);

export function decodeArbiter(file: Uint8Array): Arbiter {
  const { names, trees } = unpackWeights(file) as Arbiter;
  return { names: SIGN_NAMES, trees: overInputs(trees, names, SIGN_NAMES) };
}

/** What the plan of a plain question keeps of the confidence that the rules give it. */
const PLAIN = 0.95;

let shipped: Arbiter | undefined;

function shippedArbiter(): Arbiter {
  shipped ??= decodeArbiter(readFileSync(fileURLToPath(new URL('../weights/arbiter.bin', import.meta.url))));
  return shipped;
}

/** Distinct candidates of both groups, the likeliest first. With one group only, its own order and confidences stand. */
export function arbitrate(contest: Contest, arbiter?: Arbiter): GeneratedCandidate[] {
  if (contest.learned.length === 0) return distinct(contest.composed);
  if (contest.composed.length === 0) return distinct(contest.learned);
  const { trees } = arbiter ?? shippedArbiter();
  return judgedCandidates(contest)
    .map(({ candidate, plain, signs }) => {
      const judged = treesProbability(trees, signs);
      const confidence = plain ? Math.max(judged, candidate.confidence * PLAIN) : judged;
      return { ...candidate, confidence };
    })
    .sort((a, b) => b.confidence - a.confidence);
}

/** Equal plans once, in the given order. */
function distinct(candidates: readonly GeneratedCandidate[]): GeneratedCandidate[] {
  const seen = new Set<string>();
  return candidates.filter((one) => {
    const key = planKey(one.plan);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
