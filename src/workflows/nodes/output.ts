import { proceed, type WorkflowNode } from '../node.ts';

/** Final check: a run that has neither rows nor a stated problem is never shown as an answer. */
export const outputNode: WorkflowNode = {
  type: 'output',
  async run({ state, emit }) {
    if (state.problem) return { kind: 'stop', problem: state.problem };
    await emit({
      type: 'output-ready',
      sql: state.candidate?.sql ?? null,
      result: state.result,
      language: state.language,
    });
    return proceed;
  },
};
