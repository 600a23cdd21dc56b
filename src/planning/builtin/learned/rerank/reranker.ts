/** Orders the candidates of one question: a linear model, word × structure crosses, and small networks averaged. */
import type { Question } from '../linking/question.ts';
import { FLAG_COUNT, RERANK_FEATURES, type RerankInput } from './rerank-features.ts';

export interface RerankNetwork {
  /** Sizes of the two hidden layers. */
  readonly h1: number;
  readonly h2: number;
  readonly w1: Float32Array;
  readonly b1: Float32Array;
  readonly w2: Float32Array;
  readonly b2: Float32Array;
  readonly w3: Float32Array;
}

export interface Reranker {
  readonly mean: Float32Array;
  readonly scale: Float32Array;
  readonly linear: Float32Array;
  /** Words and word pairs that are crossed with structure flags → row. */
  readonly grams: ReadonlyMap<string, number>;
  /** grams × flags. */
  readonly crosses: Float32Array;
  readonly networks: readonly RerankNetwork[];
}

/** Size of a network's input: dense features and structure flags. */
export const NETWORK_INPUT = RERANK_FEATURES + FLAG_COUNT;

/** Words and neighbouring pairs of the question, as the crosses see them. */
export function questionGrams(question: Question): string[] {
  const out = new Set<string>(['*']);
  const { units } = question;
  const word = (i: number): string => {
    const u = units[i]!;
    return /^\d/.test(u.raw) ? '#' : /(est|er)$/.test(u.raw) ? u.raw : u.text;
  };
  for (let i = 0; i < units.length; i++) {
    out.add(word(i));
    if (i + 1 < units.length) out.add(`${word(i)} ${word(i + 1)}`);
    if (units[i]!.chinese && i + 2 < units.length) out.add(`${word(i)} ${word(i + 1)} ${word(i + 2)}`);
  }
  if (units.length > 0) out.add(`^ ${word(0)}`);
  return [...out];
}

/** What a doubtful candidate loses against the others, in log-odds. */
export const DOUBT = 4;

/** A score per candidate; their softmax is the uncalibrated probability. */
export function rerank(model: Reranker, input: RerankInput, question: Question): Float32Array {
  const scores = new Float32Array(input.count);
  const byFlag = new Float32Array(FLAG_COUNT);
  for (const g of questionGrams(question)) {
    const row = model.grams.get(g);
    if (row === undefined) continue;
    for (let f = 0; f < FLAG_COUNT; f++) byFlag[f]! += model.crosses[row * FLAG_COUNT + f]!;
  }
  const x = new Float32Array(NETWORK_INPUT);
  for (let i = 0; i < input.count; i++) {
    normalise(model, input, i, x);
    let s = 0;
    for (let d = 0; d < RERANK_FEATURES; d++) s += model.linear[d]! * x[d]!;
    for (const f of input.flags[i]!) s += byFlag[f]!;
    if (model.networks.length > 0) {
      let net = 0;
      for (const n of model.networks) net += runNetwork(n, x);
      s += net / model.networks.length;
    }
    scores[i] = input.doubted[i] ? s - DOUBT : s;
  }
  return scores;
}

export function normalise(model: Reranker, input: RerankInput, i: number, x: Float32Array): void {
  const at = i * RERANK_FEATURES;
  for (let d = 0; d < RERANK_FEATURES; d++) {
    const z = (input.dense[at + d]! - model.mean[d]!) * model.scale[d]!;
    x[d] = Math.min(5, Math.max(-5, z));
  }
  x.fill(0, RERANK_FEATURES);
  for (const f of input.flags[i]!) x[RERANK_FEATURES + f] = 1;
}

export function runNetwork(n: RerankNetwork, x: Float32Array, a1?: Float32Array, a2?: Float32Array): number {
  const first = a1 ?? new Float32Array(n.h1);
  const second = a2 ?? new Float32Array(n.h2);
  first.set(n.b1);
  for (let d = 0; d < x.length; d++) {
    const v = x[d]!;
    if (v === 0) continue;
    const row = d * n.h1;
    for (let j = 0; j < n.h1; j++) first[j]! += v * n.w1[row + j]!;
  }
  second.set(n.b2);
  for (let j = 0; j < n.h1; j++) {
    const v = first[j]!;
    if (v <= 0) {
      first[j] = 0;
      continue;
    }
    const row = j * n.h2;
    for (let k = 0; k < n.h2; k++) second[k]! += v * n.w2[row + k]!;
  }
  let s = 0;
  for (let k = 0; k < n.h2; k++) {
    if (second[k]! <= 0) second[k] = 0;
    else s += second[k]! * n.w3[k]!;
  }
  return s;
}

/** Probability mass per distinct candidate, best first; `first` is the best-scored one of its kind. */
export function rankedMasses(
  scores: Float32Array,
  keys: readonly string[],
): { key: string; first: number; mass: number }[] {
  let max = Number.NEGATIVE_INFINITY;
  for (const s of scores) max = Math.max(max, s);
  let total = 0;
  for (const s of scores) total += Math.exp(s - max);
  const byKey = new Map<string, { key: string; first: number; mass: number }>();
  for (let i = 0; i < scores.length; i++) {
    const mass = Math.exp(scores[i]! - max) / total;
    const known = byKey.get(keys[i]!);
    if (known === undefined) byKey.set(keys[i]!, { key: keys[i]!, first: i, mass });
    else {
      if (scores[i]! > scores[known.first]!) known.first = i;
      known.mass += mass;
    }
  }
  return [...byKey.values()].sort((a, b) => b.mass - a.mass);
}
