import type { OpenedDatasource, RunState } from '../node.ts';

/** The run's datasource; a workflow whose nodes run without `start` is a bug of ours. */
export function openedSource(state: RunState): OpenedDatasource {
  if (!state.source) throw new Error('the start node has not run');
  return state.source;
}
