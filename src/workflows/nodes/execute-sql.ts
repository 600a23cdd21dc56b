import { proceed, type WorkflowNode } from '../node.ts';
import { guardStatement, runAnnounced } from '../statement.ts';
import { openedSource } from './opened-source.ts';

/** Runs the chosen statement. A failure is left for reflection, or ends the run at `output`. */
export const executeSqlNode: WorkflowNode = {
  type: 'execute_sql',
  async run(context) {
    const { nodeId, state, services } = context;
    const source = openedSource(state);
    if (!state.statement) {
      const sql = state.candidate?.sql;
      if (!sql) return proceed;
      const guarded = await guardStatement(sql, source, services);
      if (!guarded.ok) {
        state.problem = guarded.failure;
        return proceed;
      }
      state.statement = guarded.value;
    }
    const run = await runAnnounced(state.statement, source, context, { callId: `${nodeId}_sql` });
    if (run.ok) {
      state.problem = null;
      state.result = run.value.rows;
      state.resultMs = run.value.elapsedMs;
    } else {
      state.problem = run.failure;
      state.result = null;
    }
    return proceed;
  },
};
