import { EngineError } from '../../kernel/index.ts';
import type { Candidate, PlanOptions, PlanRequest, PlanResult } from '../../planning/index.ts';
import { deltaEmitter } from '../deltas.ts';
import type { RunProblem } from '../events.ts';
import { type NodeContext, type NodeOutcome, proceed, type WorkflowNode } from '../node.ts';
import { createProbe } from '../probe.ts';
import { planByMetrics } from './metric-plan.ts';
import { openedSource } from './opened-source.ts';

/** Plans the question: an answer with ranked candidates, or the run stops with an honest reason. */
export const generateSqlNode: WorkflowNode = {
  type: 'generate_sql',
  async run(context): Promise<NodeOutcome> {
    const { nodeId, nodeType, state, emit } = context;
    await emit({
      type: 'node-detail',
      nodeId,
      nodeType,
      action: 'sql_preparation',
      status: 'processing',
      message: state.language === 'zh' ? '准备生成SQL' : 'Preparing to generate SQL',
      details: { tables: state.linkedTables },
    });
    return settle(await planQuestion(context), context);
  },
};

/**
 * Asks the planners, and leaves what they said in the state. A metric named in the question wins over raw columns when
 * the question was read as metrics before, or when no other reading is sure. After a failure a model is asked to repair
 * it; what was tried before is not offered again.
 */
export async function planQuestion(context: NodeContext): Promise<PlanResult> {
  const { state, signal } = context;
  const deltas = deltaEmitter(context);
  const request = planRequest(context);
  const options: PlanOptions = {
    signal,
    probe: createProbe(openedSource(state), context.services, signal),
    onDelta: deltas.onDelta,
    modelBudget: context.budget,
  };
  try {
    const planned = await planFresh(context, request, options);
    state.planned = planned;
    state.language = planned.language;
    state.planner = planned.planner;
    return planned;
  } finally {
    await deltas.flush();
  }
}

export function planRequest({ state }: Pick<NodeContext, 'state'>): PlanRequest {
  const { request, documents, knowledge } = state;
  const found = documents.map((document) => `${document.title}: ${document.text}`);
  return {
    question: request.question,
    schema: openedSource(state).schema,
    today: request.today,
    previous: request.previous,
    knowledge: found.length === 0 ? knowledge : { ...knowledge, notes: [...knowledge.notes, ...found] },
  };
}

async function planFresh(context: NodeContext, request: PlanRequest, options: PlanOptions): Promise<PlanResult> {
  const { state, services } = context;
  const byMetrics = await planByMetrics(context);
  if (byMetrics?.preferred) return byMetrics.result;
  const repaired = await repairByModel(context, request, options);
  const planned = repaired ?? (await services.planner.plan(request, options));
  if (planned.kind !== 'answer' && byMetrics) return byMetrics.result;
  if (planned.kind !== 'answer' || state.attempts.length === 0) return planned;
  const tried = new Set(state.attempts.map((attempt) => attempt.candidate.sql));
  return { ...planned, candidates: planned.candidates.filter((one) => !tried.has(one.sql)) };
}

/** The model's correction of the last statement that failed; null when nothing failed or no model can help. */
async function repairByModel(
  { state, services }: NodeContext,
  request: PlanRequest,
  options: PlanOptions,
): Promise<PlanResult | null> {
  const failed = state.attempts.at(-1);
  if (!services.llmPlanner || !failed?.problem) return null;
  try {
    const { code, message } = failed.problem;
    const outcome = await services.llmPlanner.repair(request, { sql: failed.candidate.sql, code, message }, options);
    return outcome.ok && outcome.value.kind === 'answer' ? outcome.value : null;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'budget-exceeded') return null;
    throw error;
  }
}

/** Uses the best candidate, or says why there is none. A later round that finds nothing new keeps the first problem. */
export async function settle(planned: PlanResult, context: NodeContext): Promise<NodeOutcome> {
  const { state } = context;
  if (planned.kind === 'answer') {
    const [best, ...alternatives] = planned.candidates;
    if (!best) {
      if (state.attempts.length > 0) return proceed;
      throw new Error('an answer has at least one candidate');
    }
    state.alternatives = [...alternatives];
    await useCandidate(best, context);
    return proceed;
  }
  if (state.attempts.length > 0) return proceed;
  const problem = honestProblem(planned);
  const suggestions = [...new Set([...(state.corrected ? [state.corrected] : []), ...problem.suggestions])];
  return { kind: 'stop', problem: { ...problem, suggestions } };
}

/** Why a question has no answer, with what could be asked instead. */
export function honestProblem(planned: Exclude<PlanResult, { kind: 'answer' }>): RunProblem {
  return planned.kind === 'clarify'
    ? {
        kind: 'clarify',
        code: 'question-ambiguous',
        message: planned.reason,
        suggestions: planned.options.map((option) => option.label),
      }
    : {
        kind: 'cannot',
        code: 'question-not-answerable',
        message: planned.reason,
        suggestions: planned.suggestions,
      };
}

/** Makes a candidate the run's statement and announces its SQL. */
export async function useCandidate(
  candidate: Candidate,
  { nodeId, nodeType, state, emit }: NodeContext,
): Promise<void> {
  state.candidate = candidate;
  state.problem = null;
  state.statement = null;
  state.result = null;
  await emit({
    type: 'node-detail',
    nodeId,
    nodeType,
    action: 'sql_generation',
    status: 'success',
    message: candidate.reading,
    details: { confidence: candidate.confidence, planner: state.planner },
  });
  await emit({
    type: 'sql-generated',
    nodeId,
    sql: candidate.sql,
    planner: state.planner,
    confidence: candidate.confidence,
    reading: candidate.reading,
    mappings: candidate.mappings,
    plan: candidate.plan,
  });
}
