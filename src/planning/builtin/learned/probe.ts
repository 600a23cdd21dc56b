/** Looks at the rows of the first few candidates: equal results add up, empty ones step back. */
import type { Plan } from '../../../sql/index.ts';
import type { ScoredCandidate } from './learned-planner.ts';

export type ProbePlan = (plan: Plan) => Promise<readonly (readonly unknown[])[] | null>;

const MAX_PROBES = 5;
/** How much less likely a candidate is when its result is empty, or nothing but NULL. */
const EMPTY = 0.45;
/** How much of an equal candidate's probability the first one may claim: such candidates tend to be wrong together. */
const AGREEMENT = 0.3;

/**
 * Ordered by the probability of the result, each with its own calibrated confidence. At most five probes, in order; unprobed candidates
 * keep their place after equal ones were merged.
 */
export async function mergeByResult(
  candidates: readonly ScoredCandidate[],
  probe: ProbePlan,
): Promise<ScoredCandidate[]> {
  const kept: { candidate: ScoredCandidate; key: string | null; probability: number; rank: number }[] = [];
  let i = 0;
  for (const candidate of candidates) {
    const rows = i++ < MAX_PROBES ? await probe(candidate.plan) : null;
    if (rows === null) {
      kept.push({ candidate, key: null, probability: candidate.probability, rank: candidate.probability });
      continue;
    }
    const empty = rows.every((row) => row.every((cell) => cell === null));
    const key = `${rows.length}:${rows
      .map((r) => JSON.stringify(r))
      .sort()
      .join('\n')}`;
    const same = empty ? undefined : kept.find((k) => k.key === key);
    if (same) {
      same.probability = Math.min(0.98, same.probability + AGREEMENT * candidate.probability);
      same.rank += candidate.probability;
    } else {
      const probability = candidate.probability * (empty ? EMPTY : 1);
      kept.push({ candidate, key, probability, rank: probability });
    }
  }
  return kept.sort((a, b) => b.rank - a.rank).map(({ candidate, probability }) => ({ ...candidate, probability }));
}
