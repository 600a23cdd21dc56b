/** Fits the confidence of the best candidate on questions whose databases the reranker never saw. */
import { type Confidence, rawConfidence } from '../../src/planning/builtin/learned/calibrate/confidence.ts';
import { fitIsotonic } from '../../src/planning/builtin/learned/calibrate/isotonic.ts';

export interface ConfidencePoint {
  readonly db: string;
  readonly features: readonly number[];
  readonly right: boolean;
}

/** `folds` of databases: the isotonic map is fitted on scores of models that did not see the point. */
export function trainConfidence(
  points: readonly ConfidencePoint[],
  foldOf: (db: string) => number,
  folds: number,
): Confidence {
  const scored: { score: number; right: boolean }[] = [];
  for (let k = 0; k < folds; k++) {
    const model = fitLogistic(points.filter((p) => foldOf(p.db) !== k));
    for (const p of points)
      if (foldOf(p.db) === k) scored.push({ score: rawConfidence(model, p.features), right: p.right });
  }
  return { ...fitLogistic(points), map: fitIsotonic(scored, 60) };
}

function fitLogistic(points: readonly ConfidencePoint[]): Confidence {
  const n = Math.max(1, points.length);
  const d = points[0]?.features.length ?? 0;
  const mean = new Array<number>(d).fill(0);
  const scale = new Array<number>(d).fill(0);
  for (const p of points) for (let i = 0; i < d; i++) mean[i]! += p.features[i]! / n;
  for (const p of points) for (let i = 0; i < d; i++) scale[i]! += (p.features[i]! - mean[i]!) ** 2 / n;
  for (let i = 0; i < d; i++) scale[i] = scale[i]! < 1e-6 ? 0 : 1 / Math.sqrt(scale[i]!);
  const weights = new Array<number>(d).fill(0);
  let bias = 0;
  const xs = points.map((p) => Float32Array.from(p.features, (v, i) => (v - mean[i]!) * scale[i]!));
  const gradient = new Float64Array(d);
  const momentum = new Float64Array(d);
  const STEPS = 250;
  for (let step = 0; step < STEPS; step++) {
    gradient.fill(0);
    let gBias = 0;
    xs.forEach((x, k) => {
      let z = bias;
      for (let i = 0; i < d; i++) z += weights[i]! * x[i]!;
      const e = 1 / (1 + Math.exp(-z)) - (points[k]!.right ? 1 : 0);
      gBias += e / n;
      for (let i = 0; i < d; i++) gradient[i]! += (e * x[i]!) / n;
    });
    const rate = 0.5 * (1 - step / STEPS) + 0.02;
    bias -= rate * gBias;
    for (let i = 0; i < d; i++) {
      momentum[i] = 0.8 * momentum[i]! + gradient[i]! + 0.01 * weights[i]!;
      weights[i]! -= rate * momentum[i]!;
    }
  }
  return { mean, scale, weights, bias, map: { x: [], y: [] } };
}
