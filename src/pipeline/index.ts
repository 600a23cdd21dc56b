export type { ConfiguredDatabase, Connection } from './connections.ts';
export type { OpenedDatabase, TableDescription, TableListing } from './database-tools.ts';
export type { TableListInfo } from './files/table-list.ts';
export type { TaskFile } from './files/task-directory.ts';
export { OVERWRITE_MODES, type OverwriteMode, type UploadResult } from './files/uploads.ts';
export { fileStamp, isoLocal } from './local-time.ts';
export type { LogEntry } from './logs/log-entry.ts';
export { LOG_ORDERS, type LogFilter, type LogOrder, type LogPage, type LogQuery } from './logs/log-query.ts';
export {
  createPipeline,
  type DeletedTask,
  type DeleteOptions,
  type NewPipelineTask,
  type Pipeline,
  type PipelineParts,
} from './pipeline.ts';
export { PipelineProblem, type PipelineReason } from './problem.ts';
export {
  PipelineFailure,
  type PipelineFailureCode,
  STEP_NAMES,
  type StepName,
  type StepProgress,
} from './step.ts';
export {
  type ExecutionRequest,
  type Period,
  type PipelineStep,
  type PipelineTask,
  type PipelineTaskStatus,
  TASK_ORDERS,
  TASK_STATUSES,
  type TaskQuery,
} from './task.ts';
export { type BackupLocation, VECTOR_TABLES, type VectorTable } from './vector-tools.ts';
