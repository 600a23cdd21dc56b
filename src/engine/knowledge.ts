/** What is known about a datasource beyond its catalog, in the form that planners take. */
import type { PlanningKnowledge } from '../planning/index.ts';
import type { OpenedDatasource, RunRequest } from '../workflows/index.ts';

export interface Knowledge {
  of(request: RunRequest, source: OpenedDatasource): Promise<PlanningKnowledge>;
}

export function createKnowledge(): Knowledge {
  return {
    of: async (request) => ({ terms: [], examples: [], measures: [], notes: request.notes }),
  };
}
