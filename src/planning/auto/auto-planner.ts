/**
 * Which planner answers. A confident builtin answer wins, since it costs nothing and is calibrated; else the model is
 * asked, when there is one; what the model cannot do falls back to what the builtin planner had to say. A request to change
 * data is refused without asking any model.
 */
import { EngineError, type Logger, silentLogger } from '../../kernel/index.ts';
import { planKey } from '../../sql/index.ts';
import { DEFAULT_THRESHOLDS } from '../builtin/builtin-planner.ts';
import { isWriteIntent } from '../builtin/refusal/write-intent.ts';
import type { LlmPlanner } from '../llm/llm-planner.ts';
import type { Candidate, Planner, PlanOptions, PlanRequest, PlanResult } from '../planner.ts';

export type PlanningMode = 'builtin' | 'llm' | 'auto';

export interface AutoPlannerParts {
  readonly builtin: Planner;
  /** Null when no model is configured. */
  readonly llm: LlmPlanner | null;
  readonly mode: PlanningMode;
  /** The builtin answer is used without asking a model from this confidence on. */
  readonly answerThreshold?: number;
  readonly logger?: Logger;
}

const confidenceOf = (result: PlanResult): number =>
  result.kind === 'answer' ? (result.candidates[0]?.confidence ?? 0) : 0;

/** Two planners that arrive at the same plan by different ways are surer together than either alone. */
function agreeWith(candidate: Candidate, builtin: PlanResult): Candidate {
  if (candidate.plan === null || builtin.kind === 'cannot') return candidate;
  const key = planKey(candidate.plan);
  const readings = builtin.kind === 'answer' ? builtin.candidates : builtin.options.map((option) => option.candidate);
  const same = readings.find((reading) => reading.plan !== null && planKey(reading.plan) === key);
  if (same === undefined) return candidate;
  const confidence = 1 - (1 - candidate.confidence) * (1 - same.confidence);
  return { ...candidate, confidence: Math.round(confidence * 1000) / 1000 };
}

/** The model's word and the builtin planner's, when neither is a sure answer. */
function choose(builtin: PlanResult, model: PlanResult): PlanResult {
  if (model.kind === 'answer') return { ...model, candidates: model.candidates.map((one) => agreeWith(one, builtin)) };
  if (builtin.kind === 'answer') return builtin;
  if (model.kind === 'clarify' && model.options.length > 0) return model;
  if (builtin.kind === 'clarify') return builtin;
  if (model.kind === 'cannot') return { ...model, suggestions: builtin.suggestions };
  return model;
}

/** Makes the planner that the engine uses; each result names the planner that wrote it. */
export function createAutoPlanner(parts: AutoPlannerParts): Planner {
  const { builtin, llm, mode, logger = silentLogger, answerThreshold = DEFAULT_THRESHOLDS.answer } = parts;

  const withModel = async (
    planner: LlmPlanner,
    known: PlanResult,
    request: PlanRequest,
    options: PlanOptions,
  ): Promise<PlanResult> => {
    try {
      const outcome = await planner.tryPlan(request, options);
      if (outcome.ok) return choose(known, outcome.value);
      logger.warn(
        { code: outcome.failure.code, model: outcome.failure.model },
        'the model failed; builtin result used',
      );
    } catch (error) {
      const spent = error instanceof EngineError && error.code === 'budget-exceeded';
      if (!spent) throw error;
      logger.warn({ code: error.code }, 'the model budget is used up; builtin result used');
    }
    return known;
  };

  return {
    name: mode === 'llm' ? 'llm' : 'builtin',
    async plan(request, options = {}) {
      if (mode === 'llm') {
        if (llm === null) {
          throw new EngineError(
            'model-unavailable',
            'planning.mode is "llm", but no model is configured; set agent.target and agent.models, or planning.mode: auto',
          );
        }
        return isWriteIntent(request.question) ? builtin.plan(request, options) : llm.plan(request, options);
      }
      const known = await builtin.plan(request, options);
      if (mode === 'builtin' || llm === null || options.alwaysAnswer) return known;
      if (confidenceOf(known) >= answerThreshold || isWriteIntent(request.question)) return known;
      return withModel(llm, known, request, options);
    },
  };
}
