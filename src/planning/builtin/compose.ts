/** What the rules propose: the question read on its own, and as an edit of the answers before it. */
import { planKey } from '../../sql/index.ts';
import type { Turn } from '../planner.ts';
import { namesNothing } from './follow-up/cues/follow-up-cues.ts';
import { type FollowUps, followUpCandidates } from './follow-up/follow-up-candidates.ts';
import type { GeneratedCandidate } from './grammar/candidate.ts';
import { type Generated, type GenerateRequest, generateCandidates } from './grammar/generate.ts';

export interface Composed {
  /** Best first, equal plans once. */
  readonly candidates: readonly GeneratedCandidate[];
  readonly generated: Generated;
  readonly followUps: FollowUps;
}

export const MAX_CANDIDATES = 8;
const NO_FOLLOW_UPS: FollowUps = { candidates: [], freshFactor: 1, pointing: false };
/** A first question that speaks of "them": nobody can say who is meant. */
export const NOTHING_SHOWN: FollowUps = { ...NO_FOLLOW_UPS, pointing: true };

/** `request.text` is normalised; `previous` are the turns of the conversation, oldest first. */
export function compose(request: GenerateRequest, previous: readonly Turn[]): Composed {
  const generated = generateCandidates(request);
  const followUps =
    previous.length > 0
      ? followUpCandidates(request, generated, previous)
      : namesNothing(request.text)
        ? NOTHING_SHOWN
        : NO_FOLLOW_UPS;
  const fresh = generated.candidates.map((one) => ({ ...one, confidence: one.confidence * followUps.freshFactor }));
  return { candidates: merge([...followUps.candidates, ...fresh]), generated, followUps };
}

/** Equal plans count once, and two generators that agree are surer than either. */
function merge(candidates: readonly GeneratedCandidate[]): GeneratedCandidate[] {
  const byKey = new Map<string, GeneratedCandidate>();
  for (const candidate of candidates) {
    const key = planKey(candidate.plan);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, candidate);
    else if (known.generator !== candidate.generator) {
      const better = known.confidence >= candidate.confidence ? known : candidate;
      byKey.set(key, { ...better, confidence: 1 - (1 - known.confidence) * (1 - candidate.confidence * 0.5) });
    } else if (candidate.confidence > known.confidence) byKey.set(key, candidate);
  }
  return [...byKey.values()].sort((a, b) => b.confidence - a.confidence).slice(0, MAX_CANDIDATES);
}
