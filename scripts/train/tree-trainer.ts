/** Trains boosted trees: binned features, best-first growth, Newton leaves; deterministic for a seed. */

import { seededRandom, shuffle } from '../../src/planning/builtin/learned/model/random.ts';
import type { BoostedTrees } from '../../src/planning/builtin/model/boosted-trees.ts';

export interface TreeOptions {
  readonly trees: number;
  readonly leaves: number;
  readonly rate: number;
  /** Least weight of the examples in a leaf. */
  readonly leastWeight: number;
  /** Least number of them. */
  readonly leastExamples: number;
  /** Share of the features that a tree may look at, and of the examples that it is grown on. */
  readonly featureShare: number;
  readonly exampleShare: number;
  readonly seed: number;
}

export const TREE_DEFAULTS: TreeOptions = {
  trees: 250,
  leaves: 15,
  rate: 0.03,
  leastWeight: 20,
  leastExamples: 1,
  featureShare: 0.4,
  exampleShare: 0.8,
  seed: 1,
};

export interface TreeExample {
  readonly features: ArrayLike<number>;
  readonly yes: boolean;
  readonly weight: number;
}

const BINS = 32;
/** Keeps leaves with little evidence near zero. */
const SHRINK = 1;

interface Leaf {
  readonly rows: Int32Array;
  readonly node: number;
  readonly split: Split | null;
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
}

export function trainTrees(examples: readonly TreeExample[], options: TreeOptions = TREE_DEFAULTS): BoostedTrees {
  const n = examples.length;
  const width = examples[0]?.features.length ?? 0;
  const random = seededRandom(options.seed);
  const edges = Array.from({ length: width }, (_, f) => binEdges(examples, f));
  const bins = edges.map((cut, f) => Uint8Array.from(examples, (e) => binOf(cut, e.features[f]!)));
  const total = examples.reduce((sum, e) => sum + e.weight, 0) || 1;
  const share = examples.reduce((sum, e) => sum + (e.yes ? e.weight : 0), 0) / total;
  const bias = Math.log(Math.max(1e-6, share) / Math.max(1e-6, 1 - share));
  const scores = new Float64Array(n).fill(bias);
  const sums: Sums = {
    gradient: new Float64Array(n),
    curvature: new Float64Array(n),
    weight: Float64Array.from(examples, (e) => e.weight),
  };
  const { gradient, curvature } = sums;
  const roots: number[] = [];
  const feature: number[] = [];
  const value: number[] = [];
  const left: number[] = [];
  const order = examples.map((_, i) => i);
  const columns = edges.map((_, f) => f).filter((f) => edges[f]!.length > 0);
  const push = (): number => {
    feature.push(-1);
    value.push(0);
    left.push(-1);
    return feature.length - 1;
  };

  for (let t = 0; t < options.trees && columns.length > 0; t++) {
    examples.forEach((e, i) => {
      const p = 1 / (1 + Math.exp(-scores[i]!));
      gradient[i] = ((e.yes ? 1 : 0) - p) * e.weight;
      curvature[i] = p * (1 - p) * e.weight;
    });
    const rows = Int32Array.from(shuffle(order, random).slice(0, Math.ceil(n * options.exampleShare)));
    const looked = shuffle([...columns], random).slice(0, Math.ceil(columns.length * options.featureShare));
    const best = (part: Int32Array): Split | null => bestSplit(part, looked, bins, edges, sums, options);
    const root = push();
    roots.push(root);
    const open: Leaf[] = [{ rows, node: root, split: best(rows) }];
    for (let leaves = 1; leaves < options.leaves; leaves++) {
      const at = open.reduce((b, leaf, i) => ((leaf.split?.gain ?? 0) > (open[b]?.split?.gain ?? 0) ? i : b), 0);
      const chosen = open[at]!;
      if (chosen.split === null) break;
      const { feature: f, bin } = chosen.split;
      const lower = chosen.rows.filter((i) => bins[f]![i]! <= bin);
      const upper = chosen.rows.filter((i) => bins[f]![i]! > bin);
      const child = push();
      push();
      feature[chosen.node] = f;
      value[chosen.node] = edges[f]![bin]!;
      left[chosen.node] = child;
      open.splice(
        at,
        1,
        { rows: lower, node: child, split: best(lower) },
        { rows: upper, node: child + 1, split: best(upper) },
      );
    }
    for (const { rows: part, node } of open) {
      let g = 0;
      let h = 0;
      for (const i of part) {
        g += gradient[i]!;
        h += curvature[i]!;
      }
      value[node] = (options.rate * g) / (h + SHRINK);
    }
    for (let i = 0; i < n; i++) {
      let node = root;
      while (feature[node]! >= 0) node = left[node]! + (examples[i]!.features[feature[node]!]! <= value[node]! ? 0 : 1);
      scores[i]! += value[node]!;
    }
  }
  return {
    bias,
    roots: Int32Array.from(roots),
    feature: Int16Array.from(feature),
    value: Float32Array.from(value),
    left: Int32Array.from(left),
  };
}

/** Upper ends of the bins, at quantiles; none for a feature that never changes. Rounded as the weights keep them. */
function binEdges(examples: readonly TreeExample[], f: number): number[] {
  const sorted = Float32Array.from(examples, (e) => e.features[f]!).sort();
  const cuts = new Set<number>();
  for (let b = 1; b < BINS; b++) cuts.add(sorted[Math.floor((b * sorted.length) / BINS)]!);
  const last = sorted[sorted.length - 1];
  // Seldom features are 0 at every quantile; what is above still counts.
  if (sorted[0]! < last!) cuts.add(sorted[0]!);
  return [...cuts].filter((c) => c < last!).sort((a, b) => a - b);
}

/** The first bin whose end is not below the value; one more than there are ends for the largest. */
function binOf(cut: readonly number[], x: number): number {
  const rounded = Math.fround(x);
  let low = 0;
  let high = cut.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (rounded <= cut[mid]!) high = mid;
    else low = mid + 1;
  }
  return low;
}

/** What an example adds to the sums of a node. */
interface Sums {
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly weight: Float64Array;
}

function bestSplit(
  rows: Int32Array,
  looked: readonly number[],
  bins: readonly Uint8Array[],
  edges: readonly (readonly number[])[],
  sums: Sums,
  { leastWeight, leastExamples }: TreeOptions,
): Split | null {
  // Copied side by side: the loops below read them once per feature.
  const part = new Float64Array(rows.length * 3);
  let g = 0;
  let h = 0;
  let w = 0;
  for (let r = 0; r < rows.length; r++) {
    const i = rows[r]!;
    g += part[r * 3] = sums.gradient[i]!;
    h += part[r * 3 + 1] = sums.curvature[i]!;
    w += part[r * 3 + 2] = sums.weight[i]!;
  }
  if (w < 2 * leastWeight || rows.length < 2 * leastExamples) return null;
  const whole = (g * g) / (h + SHRINK);
  let best: Split | null = null;
  const histogram = new Float64Array((BINS + 1) * 4);
  for (const f of looked) {
    histogram.fill(0);
    const column = bins[f]!;
    for (let r = 0; r < rows.length; r++) {
      const b = column[rows[r]!]! * 4;
      const at = r * 3;
      histogram[b]! += part[at]!;
      histogram[b + 1]! += part[at + 1]!;
      histogram[b + 2]! += part[at + 2]!;
      histogram[b + 3]! += 1;
    }
    let gl = 0;
    let hl = 0;
    let wl = 0;
    let nl = 0;
    for (let bin = 0; bin < edges[f]!.length; bin++) {
      gl += histogram[bin * 4]!;
      hl += histogram[bin * 4 + 1]!;
      wl += histogram[bin * 4 + 2]!;
      nl += histogram[bin * 4 + 3]!;
      if (wl < leastWeight || w - wl < leastWeight) continue;
      if (nl < leastExamples || rows.length - nl < leastExamples) continue;
      const gain = (gl * gl) / (hl + SHRINK) + ((g - gl) * (g - gl)) / (h - hl + SHRINK) - whole;
      if (gain > (best?.gain ?? 1e-9)) best = { gain, feature: f, bin };
    }
  }
  return best;
}
