/** The learned planner's weights: what is in a weights file, and reading it. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packWeights, unpackWeights } from '../model/pack.ts';
import { adaptLayout } from './adapt-layout.ts';
import { adaptConfidence, CONFIDENCE_NAMES, type Confidence } from './calibrate/confidence.ts';
import type { CandidateModels } from './candidates.ts';
import { RERANK_NAMES } from './rerank/rerank-features.ts';
import type { Reranker } from './rerank/reranker.ts';
import { STRUCTURE_FLAGS } from './rerank/structure-flags.ts';
import { SLOT_FEATURES } from './slots/feature-names.ts';

/** Names of the features in the order of the weights, so that features added later get weight zero. */
export interface WeightsLayout {
  readonly slots: readonly string[];
  readonly rerank: readonly string[];
  readonly flags: readonly string[];
}

export const CURRENT_LAYOUT: WeightsLayout = { slots: SLOT_FEATURES, rerank: RERANK_NAMES, flags: STRUCTURE_FLAGS };

export interface LearnedWeights {
  readonly version: 2;
  readonly layout: WeightsLayout;
  readonly language: 'en' | 'zh';
  /** Trained on conversations: the previous answer may be used. */
  readonly followUps: boolean;
  /** Words with counts, for taking glued names apart. */
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Chinese words with English units, `word\tunit` → weight; absent in weights of other languages. */
  readonly translations?: ReadonlyMap<string, number>;
  readonly models: CandidateModels;
  readonly reranker: Reranker;
  readonly confidence: Confidence;
}

export const encodeWeights = (weights: LearnedWeights): Uint8Array => packWeights(weights);

export function decodeWeights(file: Uint8Array): LearnedWeights {
  const weights = unpackWeights(file) as LearnedWeights;
  if (weights.version !== 2) throw new Error(`weights of version ${String(weights.version)} cannot be read`);
  const confidence = adaptConfidence(weights.confidence, CONFIDENCE_NAMES);
  return adaptLayout({ ...weights, confidence }, CURRENT_LAYOUT);
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
