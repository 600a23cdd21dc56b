/** Reflection without a model: the outcome of the execution, by its code and its rows, decides what to do next. */
import type { RunProblem, RunRows } from '../events.ts';
import type { RunState } from '../node.ts';
import { inspectResult } from '../nodes/result-validation.ts';
import type { Verdict } from './strategies.ts';

/** Faults of the surroundings: no other query would do better. */
const FINAL_CODES: ReadonlySet<string> = new Set([
  'cancelled',
  'connection',
  'busy',
  'resource',
  'permission',
  'timeout',
  'budget-exceeded',
  'rejected-by-person',
  'table-not-allowed',
]);
/** The catalog and the database do not agree about a name. */
const NAME_CODES: ReadonlySet<string> = new Set(['unknown-table', 'unknown-column']);
/** An alternative that is less likely than this is no answer to an empty result. */
export const LIKELY_ALTERNATIVE = 0.25;

/** True when the result may be right but looks as if a word was misread: no rows, or only NULLs. */
export function isSuspicious(result: RunRows | null): boolean {
  if (!result) return false;
  const facts = inspectResult(result);
  return facts.isEmpty || facts.allNull;
}

/** True when no other reading of the question can help. */
export const isFinal = (problem: RunProblem): boolean => problem.kind !== 'failure' || FINAL_CODES.has(problem.code);

/**
 * Judges the last execution.
 *
 * @param canRematch whether a value or period of the question might be read differently
 */
export function judgeOutcome(state: RunState, canRematch: boolean): Verdict {
  const { problem, result, alternatives } = state;
  const zh = state.language === 'zh';
  const verdict = (strategy: Verdict['strategy'], explanation: string, keywords: string[] = []): Verdict => ({
    strategy,
    explanation,
    keywords,
    sql: null,
  });
  if (problem) {
    if (isFinal(problem)) return verdict('SUCCESS', problem.message);
    if (NAME_CODES.has(problem.code)) return verdict('SCHEMA_LINKING', problem.message);
    if (alternatives.length > 0) return verdict('SIMPLE_REGENERATE', problem.message);
    if (!state.strategies.DOC_SEARCH) return verdict('DOC_SEARCH', problem.message, keywordsOf(problem.message));
    return verdict('REASONING', problem.message);
  }
  if (!isSuspicious(result)) return verdict('SUCCESS', zh ? '结果可用' : 'The result answers the question');
  const empty = zh ? '查询没有返回有效数据' : 'The query found nothing';
  if (canRematch) return verdict('REASONING', empty);
  if ((alternatives[0]?.confidence ?? 0) >= LIKELY_ALTERNATIVE) return verdict('SIMPLE_REGENERATE', empty);
  return verdict('SUCCESS', zh ? '没有符合条件的数据' : 'No data matches the question');
}

const keywordsOf = (message: string): string[] => [...new Set(message.match(/[A-Za-z_]{4,}/g) ?? [])].slice(0, 6);
