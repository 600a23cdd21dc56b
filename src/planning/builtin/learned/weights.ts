/** The learned planner's weights: what is in a weights file, and reading it. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Confidence } from './calibrate/confidence.ts';
import type { CandidateModels } from './candidates.ts';
import { packWeights, unpackWeights } from './model/pack.ts';
import type { Reranker } from './rerank/reranker.ts';

export interface LearnedWeights {
  readonly version: 1;
  readonly language: 'en' | 'zh';
  /** Words with counts, for taking glued names apart. */
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly models: CandidateModels;
  readonly reranker: Reranker;
  readonly confidence: Confidence;
}

export const encodeWeights = (weights: LearnedWeights): Uint8Array => packWeights(weights);

export function decodeWeights(file: Uint8Array): LearnedWeights {
  const weights = unpackWeights(file) as LearnedWeights;
  if (weights.version !== 1) throw new Error(`weights of version ${String(weights.version)} cannot be read`);
  return weights;
}

const loaded = new Map<string, LearnedWeights | null>();

/** The weights shipped for a language, read once; null when there are none. */
export function shippedWeights(language: 'en' | 'zh'): LearnedWeights | null {
  let weights = loaded.get(language);
  if (weights === undefined) {
    const file = fileURLToPath(new URL(`../weights/learned-${language}.bin`, import.meta.url));
    weights = existsSync(file) ? decodeWeights(readFileSync(file)) : null;
    loaded.set(language, weights);
  }
  return weights;
}
