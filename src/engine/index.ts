/** The nouns that surfaces may speak. Adding a line is a decision. */

export type { Cell } from '../execution/index.ts';
export type { RunEvent, RunProblem, RunRequest, RunRows, Todo } from '../workflows/index.ts';
export { type LoadedConfig, loadAuthClients, loadConfig } from './config/load-config.ts';
export type { AuthClients, Config } from './config/schema.ts';
export type {
  Engine,
  Health,
  Run,
  RunChannel,
  RunFeedback,
  RunRecord,
  RunResult,
  RunStatus,
  RunSubmission,
} from './engine.ts';
export { rowObjects, uniqueColumnNames } from './result-objects.ts';
