import type { Compiled } from './compilation.ts';
import type { Frame } from './frame.ts';
import type { Resolution } from './resolve.ts';
import type { Unit } from './units.ts';

/** Weights of the features in the log-odds of being right. Set by hand, checked on the sample databases. */
export const WEIGHTS = {
  bias: 3.4,
  /** Share of the question's content that no part of the plan explains. */
  uncovered: -11,
  /** A word that changes the meaning (not, without, most, share, per, more than) was left aside. */
  uncoveredCue: -3,
  /** Geometric mean of the link weights, minus one. */
  linkWeight: 2.6,
  weakestLink: 1.4,
  doubts: -1,
  guesses: -0.7,
  /** Score lost against the best resolution. */
  behind: -1.6,
  tables: -0.12,
} as const;

export type Features = Readonly<Record<keyof typeof WEIGHTS, number>>;

const MEANINGFUL = new Set([
  'not',
  'without',
  'superlative',
  'top',
  'share',
  'growth',
  'compare',
  'group',
  'each',
  'aggregate',
  'count',
  'versus',
  'average-reference',
  'order',
  'trend',
  'between',
  'running',
  'or',
  'empty',
  'distinct',
  'average-order',
  'distribution',
]);

/** Share of the question's content that no part of the reading explains, and how many meaningful cues were left. */
function coverage(units: readonly Unit[], frame: Frame): { readonly uncovered: number; readonly cues: number } {
  let total = 0;
  let uncovered = 0;
  let cues = 0;
  for (const unit of units) {
    const trivial =
      !unit.unknown &&
      unit.hits.length === 0 &&
      unit.values.length === 0 &&
      unit.measures.length === 0 &&
      unit.number === null &&
      unit.period === null;
    const size = Math.min(unit.size, 8) * (trivial ? 0.5 : 1);
    total += size;
    if (frame.used.has(unit)) continue;
    if (trivial && !unit.cues.some((cue) => MEANINGFUL.has(cue.kind))) continue;
    uncovered += unit.unknown && /^[a-z]+$/.test(unit.text) && unit.text.length <= 3 ? size * 0.5 : size;
    // A number or a quoted text that the plan does not use means that something else was asked.
    if (unit.number !== null || unit.literal !== null) cues += 1;
    else if (unit.cues.some((cue) => MEANINGFUL.has(cue.kind)) && unit.hits.length === 0 && unit.values.length === 0)
      cues += 1;
  }
  return { uncovered: total === 0 ? 1 : uncovered / total, cues };
}

export function uncoveredShare(units: readonly Unit[], frame: Frame): number {
  const { uncovered, cues } = coverage(units, frame);
  return Math.min(1, uncovered + cues * 0.15);
}

/** What speaks for and against a candidate, as numbers. */
export function featuresOf(
  units: readonly Unit[],
  frame: Frame,
  resolution: Resolution,
  compiled: Compiled,
  best: number,
): Features {
  const { uncovered, cues } = coverage(units, frame);
  const weights = resolution.weights;
  const mean =
    weights.length === 0
      ? 0.8
      : Math.exp(weights.reduce((sum, weight) => sum + Math.log(Math.max(weight, 0.05)), 0) / weights.length);
  return {
    bias: 1,
    uncovered,
    uncoveredCue: cues,
    linkWeight: mean - 1,
    weakestLink: Math.min(0, (weights.length === 0 ? 0.8 : Math.min(...weights)) - 0.6),
    doubts: compiled.doubts.reduce((sum, doubt) => sum + doubt.cost, 0),
    guesses: frame.guesses.filter((guess) => guess !== 'first-rows' && guess !== 'verb').length,
    behind: best - resolution.score,
    tables: compiled.plan.kind === 'select' ? Math.max(0, compiled.plan.sources.length - 2) : 0,
  };
}

/** Probability of being right from the weighted features. */
export function confidenceOf(features: Features): number {
  const odds = (Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[]).reduce(
    (sum, name) => sum + WEIGHTS[name] * features[name],
    0,
  );
  return 1 / (1 + Math.exp(-odds));
}
