/** The learned planner as a source of candidates for the builtin planner: picks the weights by the question's language. */
import { safeRenderPlan } from '../../../sql/index.ts';
import type { PlanOptions, PlanRequest } from '../../planner.ts';
import type { GeneratedCandidate } from '../grammar/candidate.ts';
import { createLearnedPlanner, type LearnedPlanner, type ScoredCandidate } from './learned-planner.ts';
import { mergeByResult } from './probe.ts';
import { type LearnedWeights, shippedWeights } from './weights.ts';

export type LearnedGenerator = (request: PlanRequest, options?: PlanOptions) => Promise<readonly GeneratedCandidate[]>;

const LIMIT = 8;

/** Weights are read at the first question of their language; a language without weights gives no candidates. */
export function createLearnedGenerator(
  weightsOf: (language: 'en' | 'zh') => LearnedWeights | null = shippedWeights,
): LearnedGenerator {
  const planners = new Map<'en' | 'zh', LearnedPlanner | null>();
  const plannerFor = (question: string): LearnedPlanner | null => {
    const han = question.match(/\p{Script=Han}/gu)?.length ?? 0;
    const language = han > 1 ? 'zh' : 'en';
    let planner = planners.get(language);
    if (planner === undefined) {
      const weights = weightsOf(language);
      planner = weights === null ? null : createLearnedPlanner(weights);
      planners.set(language, planner);
    }
    return planner;
  };
  return async (request, options = {}) => {
    const planner = plannerFor(request.question);
    if (planner === null || request.schema.tables.length === 0) return [];
    const { question, schema, today, previous } = request;
    let candidates: readonly ScoredCandidate[] = planner.candidates(
      { question, schema, today, previous },
      { limit: LIMIT },
    );
    const { probe } = options;
    if (probe != null) {
      candidates = await mergeByResult(candidates, async (plan) => {
        const sql = safeRenderPlan(plan, schema.dialect);
        return sql.ok ? probe(sql.value) : null;
      });
    }
    return candidates.map((c) => ({
      plan: c.plan,
      confidence: c.probability,
      mappings: c.mappings,
      generator: 'learned',
      features: { score: c.score },
    }));
  };
}
