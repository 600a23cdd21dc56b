/** From a linked question to candidate queries: sketches, each filled with a beam, without duplicates. */
import type { Linking } from './linking/linker.ts';
import type { TextClassifier } from './model/text-classifier.ts';
import { keepsOrder } from './query/comparison-order.ts';
import { isDetermined } from './query/determined.ts';
import { type Query, queryKey } from './query/query.ts';
import { isSensible } from './query/sensible.ts';
import { withWholeNames } from './query/whole-names.ts';
import { roleCounts, roleFeaturesOf } from './sketch/role-features.ts';
import { sketchFeatures } from './sketch/sketch-features.ts';
import { predictSketches, type ScoredSketch, type SketchModel } from './sketch/sketch-model.ts';
import { decodeSketch, type PrefixCache, type SlotModels } from './slots/decoder.ts';
import { createContext, type Lexicon, type QuestionContext } from './slots/question-context.ts';
import type { State } from './slots/state.ts';

export interface CandidateModels extends SlotModels {
  readonly sketch: SketchModel;
  readonly tagger: TextClassifier;
  readonly lexicon: Lexicon;
}

export interface RawCandidate {
  readonly query: Query;
  readonly state: State;
  readonly sketch: ScoredSketch;
  /** Rank of its sketch and of the filling within it. */
  readonly sketchRank: number;
  readonly slotRank: number;
  readonly score: number;
}

export interface CandidateSet {
  readonly context: QuestionContext;
  readonly candidates: readonly RawCandidate[];
}

export interface CandidateOptions {
  readonly sketches: number;
  readonly beam: number;
  readonly perSketch: number;
  readonly limit: number;
}

export const CANDIDATE_DEFAULTS: CandidateOptions = { sketches: 20, beam: 6, perSketch: 5, limit: 64 };

export function generateCandidates(
  linking: Linking,
  models: CandidateModels,
  options: CandidateOptions = CANDIDATE_DEFAULTS,
): CandidateSet {
  const context = createContext(linking, models.tagger, models.lexicon);
  const features = [...sketchFeatures(linking), ...roleFeaturesOf(roleCounts(linking, context.roles))];
  const sketches = predictSketches(models.sketch, features, options.sketches);
  const byKey = new Map<string, RawCandidate>();
  const prefixes: PrefixCache = new Map();
  sketches.forEach((sketch, sketchRank) => {
    decodeSketch(context, models, sketch.sketch, { beam: options.beam, results: options.perSketch }, prefixes).forEach(
      ({ query: decoded, state }, slotRank) => {
        const query = withWholeNames(decoded, linking.schema, linking.question.text);
        if (!isSensible(query, linking.schema) || !keepsOrder(query, linking.question.text)) return;
        if (!isDetermined(query, linking.schema)) return;
        const key = queryKey(query);
        const score = sketch.score + state.score;
        const known = byKey.get(key);
        if (known === undefined || known.score < score)
          byKey.set(key, { query, state, sketch, sketchRank, slotRank, score });
      },
    );
  });
  const candidates = [...byKey.values()].sort((a, b) => b.score - a.score).slice(0, options.limit);
  return { context, candidates };
}
