/**
 * The learned planner: candidate plans for a question over a schema, best first, each with a calibrated probability.
 * Pure computation; the database is only touched through `probe`, when the caller gives one.
 */
import { type DatabaseSchema, type Plan, planKey } from '../../../sql/index.ts';
import type { Mapping, Turn } from '../../planner.ts';
import { comparedClauses, confidenceFeatures, confidenceOf, unreadSigns } from './calibrate/confidence.ts';
import {
  CANDIDATE_DEFAULTS,
  type CandidateOptions,
  type CandidateSet,
  generateCandidates,
  type RawCandidate,
} from './candidates.ts';
import { withTranslations } from './lexicon/thesaurus.ts';
import { link, NAMED } from './linking/linker.ts';
import { analyseQuestion } from './linking/question.ts';
import { fromPlan } from './query/from-plan.ts';
import { allTables, queryKey, visitColumns } from './query/query.ts';
import { toPlan } from './query/to-plan.ts';
import { rerankInput } from './rerank/rerank-features.ts';
import { rankedMasses, rerank } from './rerank/reranker.ts';
import { buildSchemaIndex, type SchemaIndex } from './schema/schema-index.ts';
import type { LearnedWeights } from './weights.ts';

export interface LearnedRequest {
  readonly question: string;
  readonly schema: DatabaseSchema;
  /** The day that "today" means, `YYYY-MM-DD`. */
  readonly today: string;
  readonly previous?: readonly Turn[];
}

export interface ScoredCandidate {
  readonly plan: Plan;
  /** The reranker's score; only differences mean something. */
  readonly score: number;
  /** Calibrated probability that the plan answers the question. */
  readonly probability: number;
  readonly mappings: readonly Mapping[];
}

export interface LearnedPlanner {
  candidates(request: LearnedRequest, options?: { readonly limit?: number }): ScoredCandidate[];
  /** The per-schema index, built on first use and kept for the last few schemas. */
  prepare(schema: DatabaseSchema): SchemaIndex;
}

const MAX_SCHEMAS = 12;

export function createLearnedPlanner(
  weights: LearnedWeights,
  options: CandidateOptions = CANDIDATE_DEFAULTS,
): LearnedPlanner {
  const indexes = new Map<string, { schema: DatabaseSchema; index: SchemaIndex }>();
  const thesaurus = withTranslations(weights.translations);
  const prepare = (schema: DatabaseSchema): SchemaIndex => {
    const key = `${schema.dialect}:${schema.fingerprint}`;
    const known = indexes.get(key);
    if (known !== undefined && known.schema === schema) return known.index;
    const index = buildSchemaIndex(schema, weights.vocabulary);
    indexes.delete(key);
    indexes.set(key, { schema, index });
    if (indexes.size > MAX_SCHEMAS) indexes.delete(indexes.keys().next().value!);
    return index;
  };
  return {
    prepare,
    candidates(request, { limit = 8 } = {}) {
      const schema = prepare(request.schema);
      const before = weights.followUps ? (request.previous?.[request.previous.length - 1]?.plan ?? null) : null;
      const linking = link(analyseQuestion(request.question), schema, thesaurus, before && fromPlan(before, schema));
      return rankCandidates(generateCandidates(linking, weights.models, options), weights).slice(0, limit);
    },
  };
}

/** Reranked, merged by equal plans, calibrated. */
export function rankCandidates(
  set: CandidateSet,
  weights: Pick<LearnedWeights, 'reranker' | 'confidence'>,
): ScoredCandidate[] {
  const { schema, question } = set.context.linking;
  if (set.candidates.length === 0) return [];
  const input = rerankInput(set);
  const scores = rerank(weights.reranker, input, question);
  const masses = rankedMasses(
    scores,
    set.candidates.map((c) => queryKey(c.query)),
  );
  const best = masses[0]!;
  const sure = confidenceOf(
    weights.confidence,
    confidenceFeatures(
      masses,
      input,
      set.candidates.map((c) => comparedClauses(c.query, schema)),
      unreadSigns(question.units, set.candidates[best.first]!.state.spots, weights.reranker.grams),
    ),
  );
  const out: ScoredCandidate[] = [];
  const seen = new Set<string>();
  for (const m of masses) {
    const raw = set.candidates[m.first]!;
    const plan = toPlan(raw.query, schema);
    if (plan === null || seen.has(planKey(plan))) continue;
    seen.add(planKey(plan));
    const likely =
      m === best ? sure : Math.min(sure, ((1 - sure) * ALTERNATIVES * m.mass) / Math.max(0.02, 1 - best.mass));
    const probability = input.doubted[m.first] ? Math.min(likely, DOUBTFUL) : likely;
    out.push({ plan, score: scores[m.first]!, probability, mappings: mappingsOf(raw, set) });
    if (out.length >= MAX_RESULTS) break;
  }
  return out;
}

/** How sure a doubtful reading is at most. */
const DOUBTFUL = 0.3;
/** Share of the questions answered wrongly first whose right reading is among the other candidates. */
const ALTERNATIVES = 0.5;
const MAX_RESULTS = 12;

/** Which words of the question were read as which column, table or value. */
function mappingsOf(raw: RawCandidate, set: CandidateSet): Mapping[] {
  const { linking } = set.context;
  const { question, schema } = linking;
  const out: Mapping[] = [];
  const phrase = (start: number, end: number): string =>
    question.text.slice(question.units[start]!.start, question.units[end - 1]!.end);
  const add = (start: number, end: number, meaning: string): void => {
    if (!out.some((m) => m.meaning === meaning)) out.push({ phrase: phrase(start, end), meaning });
  };
  visitColumns(raw.query, (id) => {
    const column = schema.columns[id]!;
    const m = linking.columns[id]!.matches[0];
    if (m) add(m.start, m.end, `${schema.tables[column.table]!.name}.${column.name}`);
  });
  for (const t of allTables(raw.query, (col) => schema.columns[col]!.table)) {
    const m = linking.tables[t]!.matches[0];
    if (m && m.coverage >= NAMED) add(m.start, m.end, schema.tables[t]!.name);
  }
  linking.values.forEach((v, i) => {
    if (v.carried || (raw.state.values & (1 << i)) === 0) return;
    const used = raw.query.where.find(
      (c) =>
        c.left.col >= 0 &&
        c.values.some((x) => x === v.number || x === v.text || v.cells.some((cell) => cell.literal === x)),
    );
    if (used) add(v.start, v.end, `${schema.columns[used.left.col]!.name} ${used.op} ${used.values.join(', ')}`);
  });
  return out;
}
