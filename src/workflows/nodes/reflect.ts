import type { ReflectionClass } from '../../planning/index.ts';
import type { Attempt, NodeContext, NodeOutcome, RunState, WorkflowNode } from '../node.ts';
import { proceed } from '../node.ts';
import { classify } from '../reflection/classify.ts';
import { isFinal, isSuspicious, LIKELY_ALTERNATIVE } from '../reflection/judge-outcome.ts';
import { STRATEGY_CAPS, type Verdict } from '../reflection/strategies.ts';
import { useCandidate } from './generate-sql.ts';

/**
 * Looks at the outcome of the execution and chooses one of the five strategies. Rounds are bounded, and so is each
 * strategy: one that is used up gives way to `REASONING`, and then the run goes to its output with the best that was
 * found. The last round is always `REASONING`.
 */
export const reflectNode: WorkflowNode = {
  type: 'reflect',
  async run(context): Promise<NodeOutcome> {
    const { nodeId, nodeType, state, services, emit } = context;
    if (!state.candidate) return proceed;
    const round = state.reflectionRounds;
    const over = round >= services.limits.reflectionRounds;
    const verdict = over ? acceptance(state) : await classify(context);
    const strategy = over ? 'SUCCESS' : allowed(verdict, state, services.limits.reflectionRounds);
    await emit({
      type: 'node-detail',
      nodeId,
      nodeType,
      action: 'reflection_analysis',
      status: state.problem ? 'failed' : 'success',
      message: verdict.explanation,
      details: { strategy, round, explanation: verdict.explanation, keywords: verdict.keywords },
    });
    if (strategy !== 'SUCCESS' && (await prepare(strategy, verdict, context))) {
      state.strategies = { ...state.strategies, [strategy]: (state.strategies[strategy] ?? 0) + 1 };
      state.reflectionRounds = round + 1;
      return {
        kind: 'insert',
        steps: services.reflectionNodes[strategy],
        idPrefix: `reflect_${round + 1}_`,
      };
    }
    await restoreBest(context);
    return proceed;
  },
};

const acceptance = (state: RunState): Verdict => ({
  strategy: 'SUCCESS',
  explanation: state.problem?.message ?? (state.language === 'zh' ? '已达到反思轮数上限' : 'No rounds are left'),
  keywords: [],
  sql: null,
});

/** The strategy, or what takes its place when it is used up. */
function allowed(verdict: Verdict, state: RunState, rounds: number): ReflectionClass {
  const { strategy } = verdict;
  if (strategy === 'SUCCESS') return 'SUCCESS';
  const isLast = state.reflectionRounds === rounds - 1 && rounds > 1;
  const wanted = isLast && verdict.sql === null ? 'REASONING' : strategy;
  const left = (one: Exclude<ReflectionClass, 'SUCCESS'>): boolean => (state.strategies[one] ?? 0) < STRATEGY_CAPS[one];
  if (left(wanted)) return wanted;
  return left('REASONING') ? 'REASONING' : 'SUCCESS';
}

/** Leaves for the inserted nodes what the strategy needs; false when there is nothing to try. */
async function prepare(
  strategy: Exclude<ReflectionClass, 'SUCCESS'>,
  verdict: Verdict,
  context: NodeContext,
): Promise<boolean> {
  const { state } = context;
  if (strategy === 'DOC_SEARCH') {
    state.lookup = verdict.keywords;
    return true;
  }
  if (strategy !== 'SIMPLE_REGENERATE') return true;
  if (verdict.sql !== null) {
    const tried = state.attempts.some((attempt) => attempt.candidate.sql === verdict.sql);
    if (tried) return false;
    const confidence = state.candidate?.confidence ?? 0;
    state.planner = 'llm';
    await useCandidate(
      { plan: null, sql: verdict.sql, confidence, mappings: [], reading: verdict.explanation },
      context,
    );
    return true;
  }
  return useNextCandidate(context);
}

/** The next reading of the planners that was not tried yet; an empty result only gives way to a likely one. */
export async function useNextCandidate(context: NodeContext): Promise<boolean> {
  const { state } = context;
  const tried = new Set(state.attempts.map((attempt) => attempt.candidate.sql));
  const needed = state.problem ? 0 : LIKELY_ALTERNATIVE;
  const index = state.alternatives.findIndex((one) => !tried.has(one.sql) && one.confidence >= needed);
  const next = state.alternatives[index];
  if (!next) return false;
  state.alternatives = state.alternatives.filter((_, position) => position !== index);
  await useCandidate(next, context);
  return true;
}

/** When the last attempt found nothing, the best one counts: rows before no rows, the first reading before later ones. */
async function restoreBest(context: NodeContext): Promise<void> {
  const { state } = context;
  if (state.problem ? isFinal(state.problem) : !isSuspicious(state.result)) return;
  const good = state.attempts.filter((attempt) => attempt.problem === null);
  const best = good.find((attempt) => !isSuspicious(attempt.result)) ?? good[0];
  if (!best || best.candidate === state.candidate) return;
  restore(state, best);
}

function restore(state: RunState, attempt: Attempt): void {
  state.candidate = attempt.candidate;
  state.planner = attempt.planner;
  state.statement = attempt.statement;
  state.result = attempt.result;
  state.resultMs = attempt.resultMs;
  state.problem = null;
}
