/** What to do about the outcome of an execution: a model's classification where there is one, else the builtin rules. */
import { EngineError } from '../../kernel/index.ts';
import { classifyOutcome } from '../../planning/index.ts';
import { deltaEmitter } from '../deltas.ts';
import { modelFor } from '../model-for.ts';
import type { NodeContext } from '../node.ts';
import { openedSource } from '../nodes/opened-source.ts';
import { findRereading } from './find-rereading.ts';
import { isFinal, isSuspicious, judgeOutcome } from './judge-outcome.ts';
import type { Verdict } from './strategies.ts';

const SHOWN_ROWS = 10;

/** Judges the last execution. A model is asked about its own queries and about outcomes that look wrong. */
export async function classify(context: NodeContext): Promise<Verdict> {
  const { state } = context;
  const suspicious = isSuspicious(state.result);
  if (!(state.problem && isFinal(state.problem)) && (state.problem || suspicious || state.planner === 'llm')) {
    const verdict = await askModel(context);
    if (verdict) return verdict;
  }
  return judgeOutcome(state, suspicious && (await findRereading(context)) !== null);
}

/** Null when there is no model, or it could not say anything usable. */
async function askModel(context: NodeContext): Promise<Verdict | null> {
  const { state, services, budget, signal, options } = context;
  const client = modelFor(services, 'reflect');
  if (!client || !state.candidate) return null;
  const deltas = deltaEmitter(context);
  try {
    const outcome = await classifyOutcome(
      client,
      {
        question: state.request.question,
        schema: openedSource(state).schema,
        sql: state.candidate.sql,
        outcome: describeOutcome(context),
        today: state.request.today,
      },
      {
        signal,
        budget,
        onDelta: deltas.onDelta,
        promptVersion: typeof options.prompt_version === 'string' ? options.prompt_version : null,
      },
    );
    if (!outcome.ok) return null;
    const { classification, explanation, keywords, sql } = outcome.value;
    return { strategy: classification, explanation, keywords, sql };
  } catch (error) {
    if (error instanceof EngineError && error.code === 'budget-exceeded') return null;
    throw error;
  } finally {
    await deltas.flush();
  }
}

function describeOutcome({ state }: NodeContext): string {
  if (state.problem) return `${state.problem.code}: ${state.problem.message}`;
  if (!state.result) return 'not executed';
  const { columns, rows } = state.result;
  return [
    `${rows.length} rows`,
    columns.map((column) => column.name).join('\t'),
    ...rows.slice(0, SHOWN_ROWS).map((row) => row.map((cell) => JSON.stringify(cell)).join('\t')),
  ].join('\n');
}
