import { type NodeOutcome, proceed, type WorkflowNode } from '../node.ts';
import { useCandidate } from './generate-sql.ts';

/**
 * Looks at the outcome of the execution and chooses: accept, or try the next candidate. Bounded rounds; a problem
 * that no candidate solves stays the run's problem.
 */
export const reflectNode: WorkflowNode = {
  type: 'reflect',
  async run(context): Promise<NodeOutcome> {
    const { nodeId, nodeType, state, services, emit } = context;
    const retry = state.problem?.kind === 'failure' && state.reflectionRounds < services.limits.reflectionRounds;
    const next = retry ? state.alternatives.shift() : undefined;
    const strategy = next ? 'SIMPLE_REGENERATE' : 'SUCCESS';
    await emit({
      type: 'node-detail',
      nodeId,
      nodeType,
      action: 'reflection_analysis',
      status: state.problem ? 'failed' : 'success',
      message: state.problem?.message ?? (state.language === 'zh' ? '结果可用' : 'The result answers the question'),
      details: { strategy, round: state.reflectionRounds },
    });
    if (!next) return proceed;
    state.reflectionRounds += 1;
    await useCandidate(next, context);
    return { kind: 'insert', nodes: ['execute_sql', 'reflect'] };
  },
};
