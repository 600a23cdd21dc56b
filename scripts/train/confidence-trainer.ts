/** Fits the confidence of the best candidate on questions whose databases the reranker never saw. */

import { CONFIDENCE_NAMES, type Confidence } from '../../src/planning/builtin/learned/calibrate/confidence.ts';
import { fitIsotonic } from '../../src/planning/builtin/learned/calibrate/isotonic.ts';
import { treesProbability } from '../../src/planning/builtin/model/boosted-trees.ts';
import { type TreeExample, trainTrees } from './tree-trainer.ts';

export interface ConfidencePoint {
  readonly db: string;
  readonly features: Float32Array;
  readonly right: boolean;
  /** The question was generated, not asked by somebody. */
  readonly generated: boolean;
}

/** Generated questions are worded as the generator words them: they say less about what people mean. */
const GENERATED_WEIGHT = 0.3;
/** So many questions that people asked are enough to say how sure the scores are. */
const ENOUGH = 1_000;

/** `folds` of databases: the isotonic map is fitted on scores of models that did not see the point. */
export function trainConfidence(
  points: readonly ConfidencePoint[],
  foldOf: (db: string) => number,
  folds: number,
): Confidence {
  const example = (p: ConfidencePoint): TreeExample => ({
    features: p.features,
    yes: p.right,
    weight: p.generated ? GENERATED_WEIGHT : 1,
  });
  const asked = points.filter((p) => !p.generated);
  const judged = asked.length >= ENOUGH ? asked : points;
  const scored: { score: number; right: boolean }[] = [];
  for (let k = 0; k < folds; k++) {
    const trees = trainTrees(points.filter((p) => foldOf(p.db) !== k).map(example));
    for (const p of judged)
      if (foldOf(p.db) === k) scored.push({ score: treesProbability(trees, p.features), right: p.right });
  }
  return { names: CONFIDENCE_NAMES, trees: trainTrees(points.map(example)), map: fitIsotonic(scored, 60) };
}
