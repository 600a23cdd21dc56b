import { type NodeContext, proceed, type RunState, type WorkflowNode } from '../node.ts';
import { guardStatement, runAnnounced } from '../statement.ts';
import { openedSource } from './opened-source.ts';

/** Runs the chosen statement. A failure is left for reflection, or ends the run at `output`. */
export const executeSqlNode: WorkflowNode = {
  type: 'execute_sql',
  async run(context) {
    const { state } = context;
    const last = state.attempts.at(-1);
    // Nothing new to run: what was found, or the problem, stays.
    if (!state.candidate || (last && last.candidate === state.candidate && state.result !== null)) return proceed;
    await executeCandidate(context);
    return proceed;
  },
};

/** Guards and runs the candidate in use, and remembers what came of it. */
export async function executeCandidate(context: NodeContext, callId = `${context.nodeId}_sql`): Promise<void> {
  const { state, services } = context;
  const source = openedSource(state);
  if (!state.candidate) return;
  if (!state.statement) {
    const guarded = await guardStatement(state.candidate.sql, source, services);
    if (!guarded.ok) {
      state.problem = guarded.failure;
      state.result = null;
      remember(state);
      return;
    }
    state.statement = guarded.value;
  }
  const run = await runAnnounced(state.statement, source, context, { callId });
  state.problem = run.ok ? null : run.failure;
  state.result = run.ok ? run.value.rows : null;
  state.resultMs = run.ok ? run.value.elapsedMs : 0;
  remember(state);
}

function remember(state: RunState): void {
  const { candidate, planner, statement, result, resultMs, problem } = state;
  if (candidate) state.attempts = [...state.attempts, { candidate, planner, statement, result, resultMs, problem }];
}
