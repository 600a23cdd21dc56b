/** One ranked list from the competing generators, with a confidence that means the same whoever wins. */
import { planKey } from '../../../sql/index.ts';
import type { GeneratedCandidate } from '../grammar/candidate.ts';
import { type Contest, type ContestFacts, contestFacts, GATE_FEATURES, type GateFeature, logit } from './features.ts';
import { ARBITER_WEIGHTS } from './weights.generated.ts';

/** A logistic model over named features. */
export type LogisticWeights = Readonly<Record<string, number>>;

export interface ArbiterWeights {
  /** Positive: the composed candidate wins over a learned one that says something else. */
  readonly gate: LogisticWeights;
  /** The winner's probability of being right, by who won. */
  readonly agreed: LogisticWeights;
  readonly composed: LogisticWeights;
  readonly learned: LogisticWeights;
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export const score = (weights: LogisticWeights, features: Readonly<Record<string, number>>): number =>
  Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * (features[name] ?? 0), 0);

/**
 * How much of its own confidence the composed side keeps when it alone fits the question's form, or reads what the other cannot: over much
 * data, and over little, where questions are often worded for exercises and its confidence, found by asking as analysts do, says less.
 */
const FORM_TRUST = { much: 0.95, little: 0.8 } as const;
/** How much the learned side's own confidence counts beside the judgement, when it wins. */
const OWN_WORD = 0.8;

export type Winner = 'agreed' | 'composed' | 'learned';

/** What the confidence models look at, beside who won. */
export function confidenceFeatures(facts: ContestFacts, gate: number): Record<string, number> {
  const { features } = facts;
  return {
    bias: 1,
    'composed-logit': features['composed-logit'],
    'learned-logit': features['learned-logit'],
    'learned-margin': features['learned-margin'],
    'composed-in-learned': features['composed-in-learned'],
    'gate-size': Math.min(6, Math.abs(gate)),
    'large-data': features['large-data'],
    'beyond-learned': features['beyond-learned'],
    length: features.length,
    previous: features.previous,
    'composed-covered': features['composed-covered'],
    'learned-covered': features['learned-covered'],
    'learned-ungrouped': features['learned-ungrouped'],
    'large-composed-logit': features['large-composed-logit'],
    'large-learned-logit': features['large-learned-logit'],
    chinese: facts.chinese ? 1 : 0,
    'chinese-learned-logit': facts.chinese ? features['learned-logit'] : 0,
  };
}

/** Who wins a contest in which both sides have a candidate. */
export function winnerOf(facts: ContestFacts, gate: number): Winner {
  if (facts.agree) return 'agreed';
  return gate > 0 || facts.onlyComposedFits ? 'composed' : 'learned';
}

/** Merges the groups. With one group only, its own confidences stand. */
export function arbitrate(contest: Contest, weights: ArbiterWeights = ARBITER_WEIGHTS): GeneratedCandidate[] {
  const { composed, learned } = contest;
  if (learned.length === 0) return distinct(composed);
  if (composed.length === 0) return distinct(learned);
  const facts = contestFacts(contest);
  const gate = score(weights.gate, facts.features);
  const winner = winnerOf(facts, gate);
  const judged = sigmoid(score(weights[winner], confidenceFeatures(facts, gate)));
  // The learned side's own word is calibrated on far more questions than this judgement was fitted on.
  const fitted =
    winner === 'learned' ? sigmoid(logit(judged) * (1 - OWN_WORD) + logit(learned[0]!.confidence) * OWN_WORD) : judged;
  // Both agree, or only one side can read the question (its form, its period): the composed side's own word counts, a little less.
  const onlyComposed = facts.onlyComposedFits || (winner === 'composed' && facts.features['beyond-learned'] === 1);
  const little = facts.features['large-data'] === 0;
  const trusted = (onlyComposed || facts.agree) && !(contest.hasPrevious && little);
  const trust = little ? FORM_TRUST.little : FORM_TRUST.much;
  const confidence = trusted ? Math.max(fitted, composed[0]!.confidence * trust) : fitted;
  const [first, second] = winner === 'learned' ? [learned, composed] : [composed, learned];
  const best = first[0]!;
  // What is left of the probability goes to the others: the loser's best by the gate's doubt, then in turn.
  const rest = distinct([...interleaved(first.slice(1), second, Math.abs(gate))]).filter(
    (one) => planKey(one.plan) !== planKey(best.plan),
  );
  const total = rest.reduce((sum, one) => sum + one.confidence, 0) || 1;
  return [
    { ...best, confidence },
    ...rest.map((one) => ({ ...one, confidence: Math.min(confidence, ((1 - confidence) * one.confidence) / total) })),
  ];
}

/** The loser's best comes second when the gate was in doubt, third when it was sure. */
function interleaved(
  own: readonly GeneratedCandidate[],
  other: readonly GeneratedCandidate[],
  sureness: number,
): GeneratedCandidate[] {
  const [otherFirst, ...otherRest] = other;
  if (!otherFirst) return [...own];
  const head = sureness > 2 && own[0] ? [own[0], otherFirst, ...own.slice(1)] : [otherFirst, ...own];
  return [...head, ...otherRest];
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

export { contestFacts, GATE_FEATURES, type GateFeature, logit };
