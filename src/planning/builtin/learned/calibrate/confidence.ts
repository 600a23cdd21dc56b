/** How sure the best candidate is: a logistic model over the distribution of scores and what the question leaves unexplained. */
import { applyIsotonic, type Isotonic } from './isotonic.ts';

export interface Confidence {
  readonly mean: readonly number[];
  readonly scale: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
  readonly map: Isotonic;
}

/** Signs of certainty; `masses` are the normalised probabilities of the distinct candidates, best first. */
export function confidenceFeatures(masses: readonly number[], dense: ArrayLike<number>): number[] {
  const p = Math.min(0.9999, Math.max(1e-4, masses[0] ?? 0));
  const second = masses[1] ?? 0;
  let entropy = 0;
  for (const m of masses) if (m > 1e-6) entropy -= m * Math.log(m);
  return [
    p,
    Math.log(p / (1 - p)),
    p - second,
    entropy,
    Math.log(1 + masses.length),
    ...Array.from({ length: dense.length }, (_, i) => clamp(dense[i]!)),
  ];
}

const clamp = (x: number): number => Math.min(6, Math.max(-6, x));

/** The logistic score before the isotonic map. */
export function rawConfidence(model: Confidence, features: readonly number[]): number {
  let z = model.bias;
  for (let i = 0; i < features.length; i++) z += model.weights[i]! * (features[i]! - model.mean[i]!) * model.scale[i]!;
  return 1 / (1 + Math.exp(-z));
}

export const confidenceOf = (model: Confidence, features: readonly number[]): number =>
  applyIsotonic(model.map, rawConfidence(model, features));
