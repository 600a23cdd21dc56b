import type { Candidate, PlanResult } from '../../planning/index.ts';
import { type NodeContext, type NodeOutcome, proceed, type WorkflowNode } from '../node.ts';
import { createProbe } from '../probe.ts';
import { openedSource } from './opened-source.ts';

/** Plans the question: an answer with ranked candidates, or the run stops with an honest reason. */
export const generateSqlNode: WorkflowNode = {
  type: 'generate_sql',
  async run(context): Promise<NodeOutcome> {
    const { nodeId, nodeType, state, services, signal, emit } = context;
    const source = openedSource(state);
    await emit({
      type: 'node-detail',
      nodeId,
      nodeType,
      action: 'sql_preparation',
      status: 'processing',
      message: state.language === 'zh' ? '准备生成SQL' : 'Preparing to generate SQL',
      details: {},
    });
    const planned = await services.planner.plan(
      {
        question: state.request.question,
        schema: source.schema,
        today: state.request.today,
        previous: state.request.previous,
        knowledge: state.knowledge,
      },
      { signal, probe: createProbe(source, services, signal) },
    );
    state.planned = planned;
    state.language = planned.language;
    state.planner = planned.planner;
    return settle(planned, context);
  },
};

async function settle(planned: PlanResult, context: NodeContext): Promise<NodeOutcome> {
  if (planned.kind === 'answer') {
    const [best, ...alternatives] = planned.candidates;
    if (!best) throw new Error('an answer has at least one candidate');
    context.state.alternatives = [...alternatives];
    await useCandidate(best, context);
    return proceed;
  }
  return {
    kind: 'stop',
    problem:
      planned.kind === 'clarify'
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
          },
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
  });
}
