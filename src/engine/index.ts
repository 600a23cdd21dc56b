/** The nouns that surfaces may speak. Adding a line is a decision. */

export {
  type AccessRule,
  type FirstAdmin,
  type Grant,
  type GrantSubject,
  parseAccessRule,
  type User,
  type VariableValue,
} from '../accounts/index.ts';
export { type Cell, uniqueColumnNames } from '../execution/index.ts';
export type { ReferenceSql, StoredTerm, TermContent } from '../knowledge/index.ts';
export {
  type BackupLocation,
  type DeletedTask,
  isoLocal,
  LOG_ORDERS,
  type LogEntry,
  type LogFilter,
  type LogPage,
  OVERWRITE_MODES,
  type OverwriteMode,
  type Pipeline,
  PipelineFailure,
  PipelineProblem,
  type PipelineReason,
  type PipelineTask,
  type PipelineTaskStatus,
  STEP_NAMES,
  type StepName,
  type StepProgress,
  TASK_ORDERS,
  TASK_STATUSES,
  type TableDescription,
  type TableListInfo,
  type TaskFile,
  type UploadResult,
  VECTOR_TABLES,
} from '../pipeline/index.ts';
export type { Turn } from '../planning/index.ts';
export type { ChartConfig } from '../reporting/index.ts';
export type { DatabaseSchema, Table } from '../sql/index.ts';
export type { InputRequest, PersonInput, RunEvent, RunProblem, RunRequest, RunRows, Todo } from '../workflows/index.ts';
export { isResearchMode, researchModeOf } from '../workflows/index.ts';
export { type Accounts, openAccounts } from './accounts.ts';
export type { Answer, AnswerOutcome } from './answer.ts';
export type {
  Account,
  Ask,
  AskDatasource,
  AskEvent,
  AskFailure,
  AskProblemKind,
  Exchange,
  LoginFailure,
} from './ask/ask.ts';
export { authClientsPath, createAuthClientsReader } from './config/auth-clients-reader.ts';
export { type LoadedConfig, loadAuthClients, loadConfig } from './config/load-config.ts';
export type { AuthClients, Config } from './config/schema.ts';
export type {
  Engine,
  Health,
  InputFailure,
  Run,
  RunChannel,
  RunFeedback,
  RunRecord,
  RunResult,
  RunStatus,
  RunSubmission,
  RunUsage,
} from './engine.ts';
export {
  type KnowledgeBase,
  openKnowledgeBase,
  type SavedExample,
} from './knowledge-base.ts';
export { localDay } from './local-day.ts';
export { openEngine } from './open-engine.ts';
export { openPrimary, type Primary } from './open-primary.ts';
export { type AnswerRequest, type FilePlan, openQueryEngine, type QueryEngine } from './query-engine.ts';
export { rowObjects } from './result-objects.ts';
export type { SourceInfo } from './sources.ts';
