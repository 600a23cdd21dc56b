/**
 * The signs that a candidate is right, in the light of all others: how sure its generator is, how much of what either
 * generator proposes agrees with it clause by clause, how it is made, how the question is worded and how much data there is.
 */
import { planKey } from '../../../sql/index.ts';
import type { GeneratedCandidate } from '../grammar/candidate.ts';
import type { Contest } from './contest.ts';
import { isPlain, listsAll } from './plain-forms.ts';
import { CLAUSES, type PlanShape, shapeOf, TRAITS } from './plan-shape.ts';
import { coveredShare } from './related.ts';
import { asksForGroups, WORDING_SIGNS, wordingSigns } from './wording.ts';

const SIDES = ['composed', 'learned'] as const;
type Side = (typeof SIDES)[number];

/** What the rules tell of their own candidates (grammar/score.ts and the follow-up edits). */
const RULE_FEATURES = [
  'uncovered',
  'uncoveredCue',
  'linkWeight',
  'weakestLink',
  'doubts',
  'guesses',
  'behind',
  'tables',
  'gap',
  'fit',
] as const;

export const SIGN_NAMES: readonly string[] = [
  ...WORDING_SIGNS,
  'data-size',
  'has-previous',
  ...SIDES.flatMap((side) => [`${side}-best`, `${side}-lead`, `${side}-sum`, `${side}-number`, `${side}-covered`]),
  ...RULE_FEATURES.map((name) => `composed-${name}`),
  'composed-edits',
  ...SIDES.flatMap((side) => [`own-${side}`, `own-${side}-rank`, ...CLAUSES.map((name) => `${side}-agrees-${name}`)]),
  'own-covered',
  'lacks-groups',
  'lists-all',
  ...TRAITS.map((name) => `own-${name}`),
  ...SIDES.flatMap((side) => TRAITS.map((name) => `beyond-${side}-${name}`)),
];

interface Proposed {
  readonly candidate: GeneratedCandidate;
  readonly key: string;
  readonly shape: PlanShape;
}

export interface JudgedCandidate {
  readonly candidate: GeneratedCandidate;
  readonly key: string;
  /** The rules' first plan for a plain question (plain-forms.ts). */
  readonly plain: boolean;
  /** In the order of {@link SIGN_NAMES}. */
  readonly signs: Float32Array;
}

const bounded = (p: number): number => Math.min(1 - 1e-3, Math.max(1e-3, p));
const logOdds = (p: number): number => Math.log(bounded(p) / (1 - bounded(p)));
/** Of a side that does not propose it. */
const NOT_PROPOSED = -8;
const LAST_RANK = 9;

/** Every distinct plan of both sides, the composed ones first, with its signs. Neither side may be empty. */
export function judgedCandidates(contest: Contest): JudgedCandidate[] {
  const shapes = new Map<string, PlanShape>();
  const propose = (candidate: GeneratedCandidate): Proposed => {
    const key = planKey(candidate.plan);
    const shape = shapes.get(key) ?? shapeOf(candidate.plan);
    shapes.set(key, shape);
    return { candidate, key, shape };
  };
  const proposed: Readonly<Record<Side, readonly Proposed[]>> = {
    composed: contest.composed.map(propose),
    learned: contest.learned.map(propose),
  };
  const totals = SIDES.map((side) => proposed[side].reduce((sum, { candidate }) => sum + candidate.confidence, 0) || 1);
  const composedBest = proposed.composed[0]!.candidate;
  const coverage = new Map<GeneratedCandidate, number>();
  const covered = (one: GeneratedCandidate): number => {
    const share = coverage.get(one) ?? coveredShare(contest.question, one.mappings);
    coverage.set(one, share);
    return share;
  };
  const shared = [
    ...wordingSigns(contest.question),
    Math.log10(1 + contest.rows),
    contest.hasPrevious ? 1 : 0,
    ...SIDES.flatMap((side, s) => {
      const [best, next] = proposed[side];
      return [
        logOdds(best!.candidate.confidence),
        best!.candidate.confidence - (next?.candidate.confidence ?? 0),
        totals[s]!,
        proposed[side].length,
        covered(best!.candidate),
      ];
    }),
    ...RULE_FEATURES.map((name) => composedBest.features[name] ?? 0),
    composedBest.generator === 'follow-up' ? 1 : 0,
  ];
  const wantsGroups = asksForGroups(contest.question);
  const seen = new Set<string>();
  return [...proposed.composed, ...proposed.learned].flatMap(({ candidate, key, shape }): JudgedCandidate[] => {
    if (seen.has(key)) return [];
    seen.add(key);
    const ofSide = SIDES.flatMap((side, s) => {
      const others = proposed[side];
      const rank = others.findIndex((one) => one.key === key);
      const agreeing = CLAUSES.map(
        (name) =>
          others.reduce(
            (sum, one) => sum + (one.shape.clauses[name] === shape.clauses[name] ? one.candidate.confidence : 0),
            0,
          ) / totals[s]!,
      );
      return [
        rank < 0 ? NOT_PROPOSED : logOdds(others[rank]!.candidate.confidence),
        rank < 0 ? LAST_RANK : rank,
        ...agreeing,
      ];
    });
    const { traits } = shape;
    const signs = Float32Array.from([
      ...shared,
      ...ofSide,
      covered(candidate),
      wantsGroups && traits.grouped === 0 ? 1 : 0,
      listsAll(contest.question, composedBest, shape) ? 1 : 0,
      ...TRAITS.map((name) => traits[name]),
      ...SIDES.flatMap((side) => TRAITS.map((name) => traits[name] - proposed[side][0]!.shape.traits[name])),
    ]);
    const plain = candidate === composedBest && isPlain(contest.question, candidate, shape);
    return [{ candidate, key, plain, signs }];
  });
}
