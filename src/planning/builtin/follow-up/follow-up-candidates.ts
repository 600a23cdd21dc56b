import type { Turn } from '../../planner.ts';
import type { GeneratedCandidate } from '../grammar/candidate.ts';
import type { Generated, GenerateRequest } from '../grammar/generate.ts';

/** Plans that edit the previous answer as the question asks; empty when it stands on its own. */
export function followUpCandidates(
  _request: GenerateRequest,
  _generated: Generated,
  _previous: readonly Turn[],
): GeneratedCandidate[] {
  return [];
}
