import type { RunProblem } from '../events.ts';
import { type NodeContext, type NodeOutcome, type PersonInput, proceed, type WorkflowNode } from '../node.ts';
import { guardStatement } from '../statement.ts';
import { useCandidate } from './generate-sql.ts';
import { openedSource } from './opened-source.ts';

const ACTIONS = ['approve', 'edit', 'reject'] as const;

/**
 * Shows what the run is about to do and waits for a person: `approve` goes on, `edit` with `sql` goes on with that
 * statement (guarded like any other), `reject` ends the run. An edit that the guard refuses is asked again.
 */
export const hitlNode: WorkflowNode = {
  type: 'hitl',
  async run(context): Promise<NodeOutcome> {
    const { state, options } = context;
    let prompt = typeof options.prompt === 'string' ? options.prompt : standardPrompt(context);
    for (;;) {
      const input = await context.askPerson({ prompt, actions: ACTIONS });
      if (input.action === 'approve') return proceed;
      if (input.action === 'reject') return { kind: 'stop', problem: rejected(input, state.language) };
      const refusal = await applyEdit(input, context);
      if (refusal === null) return proceed;
      prompt = refusal;
    }
  },
};

function standardPrompt({ state }: NodeContext): string {
  const sql = state.candidate?.sql;
  if (!sql) return state.language === 'zh' ? '是否继续？' : 'Go on?';
  return `${state.language === 'zh' ? '是否执行这条查询？' : 'Run this query?'}\n${sql}`;
}

/** Null when the edited statement is in use now, else what is wrong with it. */
async function applyEdit(input: PersonInput, context: NodeContext): Promise<string | null> {
  const { state, services } = context;
  const sql = typeof input.sql === 'string' ? input.sql : '';
  const guarded = await guardStatement(sql, openedSource(state), services);
  if (!guarded.ok) {
    return state.language === 'zh'
      ? `这条语句不能执行：${guarded.failure.message}`
      : `This statement cannot be run: ${guarded.failure.message}`;
  }
  const reading = state.language === 'zh' ? '人工编写的SQL' : 'SQL written by a person';
  await useCandidate({ plan: null, sql, confidence: 1, mappings: [], reading }, context);
  state.statement = guarded.value;
  return null;
}

const rejected = (input: PersonInput, language: 'en' | 'zh'): RunProblem => ({
  kind: 'cannot',
  code: 'rejected-by-person',
  message:
    typeof input.reason === 'string' && input.reason.trim() !== ''
      ? input.reason.slice(0, 1_000)
      : language === 'zh'
        ? '人工拒绝了此步骤'
        : 'A person rejected this step',
  suggestions: [],
});
