/** Trains the reranker: listwise softmax with several right candidates per question, AdamW. */
import type { Question } from '../../src/planning/builtin/learned/linking/question.ts';
import { seededRandom, shuffle } from '../../src/planning/builtin/learned/model/random.ts';
import {
  FLAG_COUNT,
  RERANK_FEATURES,
  type RerankInput,
} from '../../src/planning/builtin/learned/rerank/rerank-features.ts';
import {
  DOUBT,
  NETWORK_INPUT,
  normalise,
  type Reranker,
  type RerankNetwork,
  runNetwork,
} from '../../src/planning/builtin/learned/rerank/reranker.ts';
import type { Spot } from '../../src/planning/builtin/learned/slots/state.ts';

export interface RerankExample {
  readonly db: string;
  readonly question: Question;
  readonly grams: readonly string[];
  readonly input: RerankInput;
  readonly right: readonly boolean[];
  /** Equal for candidates that mean the same. */
  readonly keys: readonly string[];
  /** What {@link confidenceFeatures} wants to know of the candidates beside their features. */
  readonly clauses: readonly (readonly string[])[];
  readonly spots: readonly (readonly Spot[])[];
  readonly generated: boolean;
}

export interface RerankOptions {
  readonly seeds: number;
  readonly linearEpochs: number;
  readonly networkEpochs: number;
  readonly h1: number;
  readonly h2: number;
  readonly seed: number;
}

export const RERANK_DEFAULTS: RerankOptions = {
  seeds: 2,
  linearEpochs: 8,
  networkEpochs: 6,
  h1: 48,
  h2: 24,
  seed: 1,
};

export function trainReranker(all: readonly RerankExample[], options: RerankOptions = RERANK_DEFAULTS): Reranker {
  const examples = all.filter((e) => e.right.includes(true) && e.right.includes(false)).map(shorten);
  const { mean, scale } = moments(examples);
  const grams = frequentGrams(examples);
  const model: Reranker = {
    mean,
    scale,
    linear: new Float32Array(RERANK_FEATURES),
    grams,
    crosses: new Float32Array(grams.size * FLAG_COUNT),
    networks: [],
  };
  trainLinear(model, examples, options);
  const networks: RerankNetwork[] = [];
  for (let s = 0; s < options.seeds; s++)
    networks.push(trainNetwork(model, examples, { ...options, seed: options.seed + s }));
  return { ...model, networks };
}

const MOST_RIGHT = 10;
const FIRST_WRONG = 16;
const EVERY = 2;

/**
 * The first wrong candidates and a part of the later ones: all teach too slowly, and without the later ones the
 * networks would meet them for the first time when it counts.
 */
function shorten(e: RerankExample): RerankExample {
  let wrong = 0;
  let right = 0;
  const kept = e.right
    .map((r, i) => [r, i] as const)
    .filter(([r]) => {
      if (r) return right++ < MOST_RIGHT;
      wrong++;
      return wrong <= FIRST_WRONG || wrong % EVERY === 0;
    });
  const dense = new Float32Array(kept.length * RERANK_FEATURES);
  kept.forEach(([, from], to) => {
    dense.set(e.input.dense.subarray(from * RERANK_FEATURES, (from + 1) * RERANK_FEATURES), to * RERANK_FEATURES);
  });
  const { flags, doubted } = e.input;
  const input = {
    dense,
    flags: kept.map(([, i]) => flags[i]!),
    doubted: kept.map(([, i]) => doubted[i]!),
    count: kept.length,
  };
  return { ...e, input, right: kept.map(([r]) => r), keys: kept.map(([, i]) => e.keys[i]!) };
}

function moments(examples: readonly RerankExample[]): { mean: Float32Array; scale: Float32Array } {
  const sum = new Float64Array(RERANK_FEATURES);
  const squares = new Float64Array(RERANK_FEATURES);
  let n = 0;
  for (const { input } of examples)
    for (let i = 0; i < input.count; i++, n++)
      for (let d = 0; d < RERANK_FEATURES; d++) {
        const v = input.dense[i * RERANK_FEATURES + d]!;
        sum[d]! += v;
        squares[d]! += v * v;
      }
  const mean = Float32Array.from(sum, (s) => s / Math.max(1, n));
  const scale = Float32Array.from(squares, (s, d) => 1 / Math.sqrt(Math.max(1e-4, s / Math.max(1, n) - mean[d]! ** 2)));
  return { mean, scale };
}

/** Word n-grams that many databases' questions share. */
function frequentGrams(examples: readonly RerankExample[]): Map<string, number> {
  const counts = new Map<string, { n: number; dbs: Set<string> }>();
  for (const e of examples)
    for (const g of e.grams) {
      const c = counts.get(g) ?? { n: 0, dbs: new Set<string>() };
      c.n++;
      c.dbs.add(e.db);
      counts.set(g, c);
    }
  const few = Math.min(10, Math.ceil(new Set(examples.map((e) => e.db)).size / 6));
  const kept = [...counts].filter(([, c]) => c.n >= 25 && c.dbs.size >= few).map(([g]) => g);
  return new Map(kept.map((g, i) => [g, i]));
}

function softmaxGradient(scores: Float32Array, right: readonly boolean[], out: Float32Array): void {
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < right.length; i++) max = Math.max(max, scores[i]!);
  let all = 0;
  let good = 0;
  for (let i = 0; i < right.length; i++) {
    out[i] = Math.exp(scores[i]! - max);
    all += out[i]!;
    if (right[i]) good += out[i]!;
  }
  for (let i = 0; i < right.length; i++) out[i] = out[i]! / all - (right[i] ? out[i]! / Math.max(1e-20, good) : 0);
}

function trainLinear(model: Reranker, examples: readonly RerankExample[], options: RerankOptions): void {
  const { linear, crosses, grams } = model;
  const gLinear = new Float32Array(linear.length).fill(0.05);
  const gCross = new Float32Array(crosses.length).fill(0.05);
  const random = seededRandom(options.seed);
  const order = examples.map((_, i) => i);
  const rows = examples.map((e) => Int32Array.from(e.grams.map((g) => grams.get(g)).filter((r) => r !== undefined)));
  const scores = new Float32Array(512);
  const delta = new Float32Array(512);
  const x = new Float32Array(NETWORK_INPUT);
  const byFlag = new Float32Array(FLAG_COUNT);
  const flagDelta = new Float32Array(FLAG_COUNT);
  const gradient = new Float32Array(RERANK_FEATURES);
  for (let epoch = 0; epoch < options.linearEpochs; epoch++) {
    shuffle(order, random);
    const rate = 0.06 * (1 - epoch / options.linearEpochs) + 0.002;
    for (const at of order) {
      const { input, right } = examples[at]!;
      byFlag.fill(0);
      for (const r of rows[at]!) for (let f = 0; f < FLAG_COUNT; f++) byFlag[f]! += crosses[r * FLAG_COUNT + f]!;
      for (let i = 0; i < input.count; i++) {
        normalise(model, input, i, x);
        let s = input.doubted[i] ? -DOUBT : 0;
        for (let d = 0; d < RERANK_FEATURES; d++) s += linear[d]! * x[d]!;
        for (const f of input.flags[i]!) s += byFlag[f]!;
        scores[i] = s;
      }
      softmaxGradient(scores, right, delta);
      gradient.fill(0);
      flagDelta.fill(0);
      for (let i = 0; i < input.count; i++) {
        if (Math.abs(delta[i]!) < 1e-4) continue;
        normalise(model, input, i, x);
        for (let d = 0; d < RERANK_FEATURES; d++) gradient[d]! += delta[i]! * x[d]!;
        for (const f of input.flags[i]!) flagDelta[f]! += delta[i]!;
      }
      for (let d = 0; d < RERANK_FEATURES; d++) {
        const g = gradient[d]! + 1e-4 * linear[d]!;
        gLinear[d]! += g * g;
        linear[d]! -= (rate * g) / Math.sqrt(gLinear[d]!);
      }
      for (const r of rows[at]!)
        for (let f = 0; f < FLAG_COUNT; f++) {
          if (Math.abs(flagDelta[f]!) < 1e-4) continue;
          const w = r * FLAG_COUNT + f;
          const g = flagDelta[f]! + 1e-3 * crosses[w]!;
          gCross[w]! += g * g;
          crosses[w]! -= (rate * 0.5 * g) / Math.sqrt(gCross[w]!);
        }
    }
  }
}

class Adam {
  private readonly m: Float32Array;
  private readonly v: Float32Array;
  private t = 0;
  readonly gradient: Float32Array;
  private readonly w: Float32Array;

  constructor(w: Float32Array) {
    this.w = w;
    this.m = new Float32Array(w.length);
    this.v = new Float32Array(w.length);
    this.gradient = new Float32Array(w.length);
  }

  step(rate: number, decay: number): void {
    this.t++;
    const c1 = 1 - 0.9 ** this.t;
    const c2 = 1 - 0.999 ** this.t;
    for (let i = 0; i < this.w.length; i++) {
      const g = this.gradient[i]!;
      this.m[i] = 0.9 * this.m[i]! + 0.1 * g;
      this.v[i] = 0.999 * this.v[i]! + 0.001 * g * g;
      this.w[i]! -= rate * (this.m[i]! / c1 / (Math.sqrt(this.v[i]! / c2) + 1e-8) + decay * this.w[i]!);
      this.gradient[i] = 0;
    }
  }
}

const BATCH = 16;

function trainNetwork(model: Reranker, examples: readonly RerankExample[], options: RerankOptions): RerankNetwork {
  const random = seededRandom(options.seed * 7919);
  const { h1, h2 } = options;
  const gauss = (n: number, fan: number): Float32Array =>
    Float32Array.from({ length: n }, () => (random() + random() + random() - 1.5) * Math.sqrt(2 / fan));
  const net: RerankNetwork = {
    h1,
    h2,
    w1: gauss(NETWORK_INPUT * h1, NETWORK_INPUT),
    b1: new Float32Array(h1),
    w2: gauss(h1 * h2, h1),
    b2: new Float32Array(h2),
    w3: gauss(h2, h2 * 4),
  };
  const adams = [net.w1, net.b1, net.w2, net.b2, net.w3].map((w) => new Adam(w));
  const [g1, gb1, g2, gb2, g3] = adams.map((a) => a.gradient) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const order = examples.map((_, i) => i);
  const xs = Array.from({ length: 512 }, () => new Float32Array(NETWORK_INPUT));
  const a1 = Array.from({ length: 512 }, () => new Float32Array(h1));
  const a2 = Array.from({ length: 512 }, () => new Float32Array(h2));
  const scores = new Float32Array(512);
  const delta = new Float32Array(512);
  const d1 = new Float32Array(h1);
  let step = 0;
  const steps = Math.ceil((options.networkEpochs * examples.length) / BATCH);
  for (let epoch = 0; epoch < options.networkEpochs; epoch++) {
    shuffle(order, random);
    for (let b = 0; b < order.length; b++) {
      const { input, right } = examples[order[b]!]!;
      for (let i = 0; i < input.count; i++) {
        normalise(model, input, i, xs[i]!);
        scores[i] = runNetwork(net, xs[i]!, a1[i]!, a2[i]!) - (input.doubted[i] ? DOUBT : 0);
      }
      softmaxGradient(scores, right, delta);
      for (let i = 0; i < input.count; i++) {
        const d = delta[i]! / BATCH;
        if (Math.abs(d) < 1e-4 / BATCH) continue;
        const x = xs[i]!;
        const p1 = a1[i]!;
        const p2 = a2[i]!;
        d1.fill(0);
        for (let k = 0; k < h2; k++) {
          if (p2[k]! <= 0) continue;
          g3[k]! += d * p2[k]!;
          const dk = d * net.w3[k]!;
          gb2[k]! += dk;
          for (let j = 0; j < h1; j++) {
            if (p1[j]! <= 0) continue;
            g2[j * h2 + k]! += dk * p1[j]!;
            d1[j]! += dk * net.w2[j * h2 + k]!;
          }
        }
        for (let j = 0; j < h1; j++) gb1[j]! += d1[j]!;
        for (let f = 0; f < NETWORK_INPUT; f++) {
          const v = x[f]!;
          if (v === 0) continue;
          const row = f * h1;
          for (let j = 0; j < h1; j++) g1[row + j]! += v * d1[j]!;
        }
      }
      if (b % BATCH === BATCH - 1) {
        step++;
        const rate = 2e-3 * Math.min(1, step / 50) * (1 - (0.95 * step) / steps);
        for (const a of adams) a.step(rate, 3e-3);
      }
    }
  }
  return net;
}
