/** The whole training run: base models on folds of databases, slot models, candidates, reranker, calibration. */
import {
  comparedClauses,
  confidenceFeatures,
  unreadSigns,
} from '../../src/planning/builtin/learned/calibrate/confidence.ts';
import { type CandidateModels, generateCandidates } from '../../src/planning/builtin/learned/candidates.ts';
import { THESAURUS, withTranslations } from '../../src/planning/builtin/learned/lexicon/thesaurus.ts';
import { queryKey } from '../../src/planning/builtin/learned/query/query.ts';
import { rerankInput } from '../../src/planning/builtin/learned/rerank/rerank-features.ts';
import {
  questionGrams,
  type Reranker,
  rankedMasses,
  rerank,
} from '../../src/planning/builtin/learned/rerank/reranker.ts';
import { createContext } from '../../src/planning/builtin/learned/slots/question-context.ts';
import type { SlotModel } from '../../src/planning/builtin/learned/slots/slot-model.ts';
import { CURRENT_LAYOUT, type LearnedWeights } from '../../src/planning/builtin/learned/weights.ts';
import type { Item } from '../eval/datasets.ts';
import { ordersRows } from '../eval/execution.ts';
import { querySql } from '../eval/query-sql.ts';
import { type BaseModels, baseFacts, foldOf, trainBase } from './base-models.ts';
import { type ConfidencePoint, trainConfidence } from './confidence-trainer.ts';
import { buildVocabulary, type Databases, type Example, prepare, SchemaIndexes } from './examples.ts';
import { walkGold } from './gold-walk.ts';
import { RERANK_DEFAULTS, type RerankExample, type RerankOptions, trainReranker } from './rerank-trainer.ts';
import { SlotInstances } from './slot-trainer.ts';
import { type NamePair, trainTranslations } from './translation-trainer.ts';

export interface TrainOptions {
  readonly language: 'en' | 'zh';
  readonly folds: number;
  readonly seed: number;
  readonly slotHidden: number;
  readonly rerank: RerankOptions;
  /** English words for taking glued names apart; from the questions when null. */
  readonly vocabulary: ReadonlyMap<string, number> | null;
  /** Names of the same things in Chinese and English, to learn translations from. */
  readonly pairs: readonly NamePair[];
  readonly log: (line: string) => void;
}

export const TRAIN_DEFAULTS: TrainOptions = {
  language: 'en',
  folds: 3,
  seed: 1,
  slotHidden: 16,
  rerank: RERANK_DEFAULTS,
  vocabulary: null,
  pairs: [],
  log: () => {},
};

export function trainPlanner(items: readonly Item[], databases: Databases, options: TrainOptions): LearnedWeights {
  const { folds, seed, log } = options;
  const vocabulary = options.vocabulary ?? buildVocabulary(items);
  const fold = (db: string): number => foldOf(db, folds, seed);
  const thesauri = Array.from({ length: folds }, (_, k) =>
    withTranslations(
      trainTranslations(
        options.pairs.filter((p) => fold(p.db) !== k),
        THESAURUS,
      ),
    ),
  );
  const translations = trainTranslations(options.pairs, THESAURUS);
  const examples = prepare(items, new SchemaIndexes(databases, vocabulary), (db) => thesauri[fold(db)]!);
  const facts = examples.filter((e) => e.query !== null).map(baseFacts);
  log(
    `${items.length} questions on ${new Set(items.map((i) => i.db)).size} databases, ${facts.length} within the query form`,
  );
  const byFold: BaseModels[] = [];
  for (let k = 0; k < folds; k++) {
    byFold.push(
      trainBase(
        facts.filter((f) => fold(f.example.item.db) !== k),
        seed,
      ),
    );
    log(`base models without fold ${k + 1}`);
  }
  const base = trainBase(facts, seed);
  log('base models on everything');
  const instances = new SlotInstances();
  for (const f of facts) {
    const m = byFold[fold(f.example.item.db)]!;
    walkGold(createContext(f.example.linking, m.tagger, m.lexicon), f.example.query!, {
      slot: (kind, o, gold) => instances.add(kind, o, gold),
    });
  }
  const slots = instances.train({ epochs: 6, hidden: options.slotHidden, seed, rate: 0.1, decay: 1e-4 });
  log(`slot models on ${instances.size} decisions`);
  const rerankExamples: RerankExample[] = [];
  for (const e of examples) {
    if (databases.isBig(e.item)) continue;
    const made = rerankExample(e, candidateModels(byFold[fold(e.item.db)]!, slots), databases);
    if (made) rerankExamples.push(made);
  }
  databases.save();
  const oracle = rerankExamples.filter((e) => e.right.includes(true)).length / rerankExamples.length;
  log(`candidates: a right one among them for ${(100 * oracle).toFixed(1)} %`);
  const CALIBRATION_FOLDS = 4;
  const confidence = trainConfidence(
    heldOutConfidences(rerankExamples, options),
    (db) => foldOf(db, CALIBRATION_FOLDS, seed + 200),
    CALIBRATION_FOLDS,
  );
  log('calibration');
  const reranker = trainReranker(rerankExamples, options.rerank);
  log('reranker');
  return {
    version: 2,
    layout: CURRENT_LAYOUT,
    language: options.language,
    followUps: items.some((i) => i.previous.length > 0),
    vocabulary,
    translations,
    models: candidateModels(base, slots),
    reranker,
    confidence,
  };
}

export const candidateModels = (base: BaseModels, slots: SlotModel): CandidateModels => ({ ...base, slots });

/** The candidates of one question with the right ones marked by running them; null when the gold statement fails. */
export function rerankExample(e: Example, models: CandidateModels, databases: Databases): RerankExample | null {
  const runner = databases.runner(e.item);
  const ordered = ordersRows(e.item.sql);
  const gold = runner.signature(e.item.sql, ordered);
  if (gold === null) return null;
  const set = generateCandidates(e.linking, models);
  const right = set.candidates.map((c) => {
    const sql = querySql(c.query, e.linking.schema);
    return sql !== null && runner.signature(sql, ordered) === gold;
  });
  return {
    db: e.item.db,
    question: e.linking.question,
    grams: questionGrams(e.linking.question),
    input: rerankInput(set),
    right,
    keys: set.candidates.map((c) => queryKey(c.query)),
    clauses: set.candidates.map((c) => comparedClauses(c.query, e.linking.schema)),
    spots: set.candidates.map((c) => c.state.spots),
    generated: e.item.query !== undefined,
  };
}

/** The best candidate's signs of certainty and whether it is right, by rerankers that never saw the database. */
export function heldOutConfidences(
  examples: readonly RerankExample[],
  options: Pick<TrainOptions, 'seed' | 'rerank'>,
): ConfidencePoint[] {
  const points: ConfidencePoint[] = [];
  const PARTS = 3;
  for (let k = 0; k < PARTS; k++) {
    const out = (e: RerankExample): boolean => foldOf(e.db, PARTS, options.seed + 100) === k;
    const model = trainReranker(
      examples.filter((e) => !out(e)),
      { ...options.rerank, seeds: Math.min(1, options.rerank.seeds) },
    );
    for (const e of examples.filter(out)) {
      const point = confidencePoint(model, e);
      if (point) points.push(point);
    }
  }
  return points;
}

export function confidencePoint(model: Reranker, e: RerankExample): ConfidencePoint | null {
  if (e.input.count === 0) return null;
  const ranked = rankedMasses(rerank(model, e.input, e.question), e.keys);
  const best = ranked[0]!.first;
  return {
    db: e.db,
    features: confidenceFeatures(
      ranked,
      e.input,
      e.clauses,
      unreadSigns(e.question.units, e.spots[best]!, model.grams),
    ),
    right: e.right[best] ?? false,
    generated: e.generated,
  };
}
