import type { Language } from '../planning/index.ts';
import type { RunRequest, RunState } from './node.ts';

/** The blackboard of a run that has not begun. */
export function initialState(request: RunRequest, language: Language): RunState {
  return {
    request,
    language,
    source: null,
    knowledge: { terms: [], examples: [], measures: [], notes: [] },
    planned: null,
    alternatives: [],
    candidate: null,
    planner: 'builtin',
    statement: null,
    result: null,
    resultMs: 0,
    problem: null,
    validation: null,
    linkedTables: [],
    reflectionRounds: 0,
    strategies: {},
    attempts: [],
    periods: [],
    corrected: null,
    metrics: null,
    documents: [],
    lookup: [],
    branches: [],
  };
}

/** A copy whose changes stay its own; what it points to is read-only data. */
export const forkState = (state: RunState): RunState => ({
  ...state,
  alternatives: [...state.alternatives],
  attempts: [...state.attempts],
  strategies: { ...state.strategies },
  branches: [],
});

/** Takes over what an alternative found: its query, its rows, its problem. */
export function adoptState(state: RunState, from: RunState): void {
  state.planned = from.planned;
  state.alternatives = [...from.alternatives];
  state.candidate = from.candidate;
  state.planner = from.planner;
  state.statement = from.statement;
  state.result = from.result;
  state.resultMs = from.resultMs;
  state.problem = from.problem;
  state.validation = from.validation;
  state.attempts = [...state.attempts, ...from.attempts];
  state.reflectionRounds = Math.max(state.reflectionRounds, from.reflectionRounds);
  state.language = from.language;
}
