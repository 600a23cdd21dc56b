/** A verified example that asks the same wins over every other way of planning. */
import { matchExample } from '../builtin/example-match.ts';
import { normalizeQuestion } from '../builtin/text/normalize.ts';
import type { Planner } from '../planner.ts';

/** Puts the examples before `inner`; `builtin` knows how to answer with one. */
export function createExamplePlanner(builtin: Planner, inner: Planner): Planner {
  return {
    name: inner.name,
    plan: (request, options) => {
      const same = matchExample(normalizeQuestion(request.question), request.knowledge.examples);
      return (same === null ? inner : builtin).plan(request, options);
    },
  };
}
