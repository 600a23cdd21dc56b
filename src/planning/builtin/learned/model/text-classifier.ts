/**
 * Multinomial log-linear models over sparse string features, trained by AdaGrad. Weights are kept as signed bytes, and only
 * those that say something: most are next to zero.
 */
import { seededRandom, shuffle } from './random.ts';

export interface TextClassifier {
  readonly labels: readonly string[];
  /** Feature → row. */
  readonly features: ReadonlyMap<string, number>;
  /** Where each feature's weights begin in `columns` and `values`, and where the last ones end. */
  readonly starts: Uint32Array;
  /** Label of each weight. */
  readonly columns: Uint16Array;
  /** The weights, in steps of their label's scale. */
  readonly values: Int8Array;
  /** Value of one step of each label's weights. */
  readonly scale: Float32Array;
  readonly bias: Float32Array;
}

export interface TrainingExample {
  readonly features: readonly string[];
  readonly label: string;
  readonly weight?: number;
}

export interface ClassifierOptions {
  readonly minLabel: number;
  readonly minFeature: number;
  readonly epochs: number;
  readonly rate: number;
  readonly dropout: number;
  readonly decay: number;
  readonly seed: number;
}

export const CLASSIFIER_DEFAULTS: ClassifierOptions = {
  minLabel: 2,
  minFeature: 3,
  epochs: 10,
  rate: 0.15,
  dropout: 0.25,
  decay: 1e-5,
  seed: 1,
};

/** Log-probabilities of all labels. */
export function classify(model: TextClassifier, features: readonly string[]): Float32Array {
  const k = model.labels.length;
  const sums = new Int32Array(k);
  const rows = rowsOf(model.features, features);
  const active = rows.length;
  for (const row of rows) {
    const end = model.starts[row + 1]!;
    for (let at = model.starts[row]!; at < end; at++) sums[model.columns[at]!]! += model.values[at]!;
  }
  const norm = active > 0 ? 1 / Math.sqrt(active) : 0;
  const scores = new Float32Array(k);
  for (let j = 0; j < k; j++) scores[j] = model.bias[j]! + sums[j]! * model.scale[j]! * norm;
  return logSoftmax(scores);
}

let looked: {
  readonly names: ReadonlyMap<string, number>;
  readonly features: readonly string[];
  readonly rows: Int32Array;
} | null = null;

/** The rows of the known features; models that share their names are asked about one list of features after another. */
function rowsOf(names: ReadonlyMap<string, number>, features: readonly string[]): Int32Array {
  if (looked?.names === names && looked.features === features) return looked.rows;
  const rows = Int32Array.from(features.map((f) => names.get(f) ?? -1).filter((row) => row >= 0));
  looked = { names, features, rows };
  return rows;
}

export function logSoftmax(scores: Float32Array): Float32Array {
  let max = Number.NEGATIVE_INFINITY;
  for (const s of scores) if (s > max) max = s;
  let sum = 0;
  for (const s of scores) sum += Math.exp(s - max);
  const log = max + Math.log(sum);
  for (let j = 0; j < scores.length; j++) scores[j]! -= log;
  return scores;
}

export function trainClassifier(
  examples: readonly TrainingExample[],
  options: Partial<ClassifierOptions> = {},
): TextClassifier {
  const o = { ...CLASSIFIER_DEFAULTS, ...options };
  const labels = frequent(
    examples.map((e) => [e.label]),
    o.minLabel,
  );
  const labelIndex = new Map(labels.map((l, i) => [l, i]));
  const features = new Map(
    frequent(
      examples.map((e) => e.features),
      o.minFeature,
    ).map((f, i) => [f, i]),
  );
  const k = labels.length;
  const data = examples
    .filter((e) => labelIndex.has(e.label))
    .map((e) => ({
      rows: Int32Array.from(new Set(e.features.map((f) => features.get(f)).filter((r) => r !== undefined))),
      label: labelIndex.get(e.label)!,
      weight: e.weight ?? 1,
    }));
  const w = new Float32Array(features.size * k);
  const g = new Float32Array(features.size * k).fill(1e-3);
  const bias = new Float32Array(k);
  const biasG = new Float32Array(k).fill(1e-3);
  const random = seededRandom(o.seed);
  const order = data.map((_, i) => i);
  const kept = new Int32Array(4096);
  for (let epoch = 0; epoch < o.epochs; epoch++) {
    shuffle(order, random);
    const rate = o.rate * (1 - epoch / o.epochs) + 0.02 * o.rate;
    for (const i of order) {
      const { rows, label, weight } = data[i]!;
      let n = 0;
      for (const r of rows) if (random() >= o.dropout && n < 4096) kept[n++] = r;
      const norm = n > 0 ? 1 / Math.sqrt(n) : 0;
      const p = new Float32Array(bias);
      for (let a = 0; a < n; a++) {
        const at = kept[a]! * k;
        for (let j = 0; j < k; j++) p[j]! += w[at + j]! * norm;
      }
      logSoftmax(p);
      for (let j = 0; j < k; j++) {
        const d = (Math.exp(p[j]!) - (j === label ? 1 : 0)) * weight;
        p[j] = Math.abs(d) < 1e-3 ? 0 : d;
        biasG[j]! += d * d;
        bias[j]! -= (rate * 0.3 * d) / Math.sqrt(biasG[j]!);
      }
      for (let a = 0; a < n; a++) {
        const at = kept[a]! * k;
        for (let j = 0; j < k; j++) {
          const pj = p[j]!;
          if (pj === 0) continue;
          const d = pj * norm + o.decay * w[at + j]!;
          const gj = g[at + j]! + d * d;
          g[at + j] = gj;
          w[at + j]! -= (rate * d) / Math.sqrt(gj);
        }
      }
    }
  }
  return quantise(labels, features, w, bias);
}

function frequent(lists: readonly (readonly string[])[], min: number): string[] {
  const counts = new Map<string, number>();
  for (const list of lists) for (const s of new Set(list)) counts.set(s, (counts.get(s) ?? 0) + 1);
  return [...counts].filter(([, n]) => n >= min).map(([s]) => s);
}

function quantise(
  labels: string[],
  features: ReadonlyMap<string, number>,
  w: Float32Array,
  bias: Float32Array,
): TextClassifier {
  const k = labels.length;
  const scale = new Float32Array(k).fill(1e-9);
  for (let i = 0; i < w.length; i++) scale[i % k] = Math.max(scale[i % k]!, Math.abs(w[i]!));
  for (let j = 0; j < k; j++) scale[j]! /= 127;
  return { labels, features, ...sparse(features.size, k, (at) => Math.round(w[at]! / scale[at % k]!)), scale, bias };
}

/** Weights of fewer steps than this are noise. */
const LEAST_STEPS = 5;

function sparse(
  rows: number,
  labels: number,
  steps: (at: number) => number,
): Pick<TextClassifier, 'starts' | 'columns' | 'values'> {
  const starts = new Uint32Array(rows + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < labels; j++) {
      const value = steps(row * labels + j);
      if (Math.abs(value) < LEAST_STEPS) continue;
      columns.push(j);
      values.push(value);
    }
    starts[row + 1] = columns.length;
  }
  return { starts, columns: Uint16Array.from(columns), values: Int8Array.from(values) };
}
