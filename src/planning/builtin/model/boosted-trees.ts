/**
 * Gradient-boosted decision trees for a yes or no (Friedman 2001, logistic loss): the sum of the leaves that an input falls
 * into is the logarithm of its odds.
 */
export interface BoostedTrees {
  /** Log odds before any tree. */
  readonly bias: number;
  /** Where each tree begins in the arrays below. */
  readonly roots: Int32Array;
  /** The feature that a node looks at, -1 for leaves. */
  readonly feature: Int16Array;
  /** The input goes left when its feature is not above this; the value of a leaf. */
  readonly value: Float32Array;
  /** Where the left child is; the right one follows it. */
  readonly left: Int32Array;
}

/** The probability of a yes; a feature that the input lacks counts as 0. */
export function treesProbability(model: BoostedTrees, input: ArrayLike<number>): number {
  let z = model.bias;
  for (const root of model.roots) {
    let node = root;
    while (model.feature[node]! >= 0)
      node = model.left[node]! + ((input[model.feature[node]!] ?? 0) <= model.value[node]! ? 0 : 1);
    z += model.value[node]!;
  }
  return 1 / (1 + Math.exp(-z));
}

/** The same trees over other inputs, found by their names: those that are gone count as 0. */
export function overInputs(model: BoostedTrees, names: readonly string[], wanted: readonly string[]): BoostedTrees {
  if (names.length === wanted.length && names.every((name, i) => name === wanted[i])) return model;
  const at = new Map(wanted.map((name, i) => [name, i]));
  // An input that is gone is looked up behind the last one, where there is nothing.
  return { ...model, feature: model.feature.map((f) => (f < 0 ? f : (at.get(names[f]!) ?? wanted.length))) };
}
