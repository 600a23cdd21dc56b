/** A pipeline task as surfaces see it. */
import type { Json } from '../tasks/index.ts';
import type { StepName, StepProgress } from './step.ts';

export const TASK_STATUSES = ['pending', 'in_progress', 'completed', 'failed', 'cancelled'] as const;
export type PipelineTaskStatus = (typeof TASK_STATUSES)[number];
export type StepStatus = 'pending' | 'running' | 'completed' | 'failed';

/** What a task was made with; never a secret. */
export interface TaskParameters {
  readonly tableListFile: string | null;
  /** The connection without user and password; null is the configured default. */
  readonly connection: string | null;
  readonly sqlValidation: boolean;
  readonly llmRepair: boolean;
  readonly modifyOriginalFile: boolean;
  readonly trainingDataLoad: boolean;
  readonly backupVectorTables: boolean;
  readonly truncateVectorTables: boolean;
}

export interface PipelineStep {
  readonly step: StepName;
  readonly status: StepStatus;
  readonly executionId: string | null;
  readonly progress: StepProgress | null;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  readonly errorMessage: string | null;
}

export interface PipelineTask {
  readonly id: string;
  readonly name: string | null;
  readonly status: PipelineTaskStatus;
  readonly businessContext: string;
  readonly dbName: string;
  readonly parameters: TaskParameters;
  readonly result: Json;
  readonly errorMessage: string | null;
  readonly createdBy: string;
  readonly directoryExists: boolean;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  readonly updatedAt: Date;
  /** Always four, in order. */
  readonly steps: readonly PipelineStep[];
}

/** How one execution of a task was asked for. */
export interface ExecutionRequest {
  readonly mode: 'complete' | 'step';
  /** Set in step mode. */
  readonly step: StepName | null;
  readonly backupVectorTables: boolean;
  readonly truncateVectorTables: boolean;
  readonly skipTraining: boolean;
}

export interface TaskFilter {
  readonly status?: PipelineTaskStatus | undefined;
  /** Part of the name, whatever its case. */
  readonly name?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly dbName?: string | undefined;
  readonly created?: Period | undefined;
  readonly started?: Period | undefined;
  readonly completed?: Period | undefined;
}

/** Both ends belong to it. */
export interface Period {
  readonly from: Date | null;
  readonly to: Date | null;
}

export const TASK_ORDERS = ['created', 'started', 'completed', 'name', 'status'] as const;

export interface TaskQuery {
  readonly filter: TaskFilter;
  readonly orderBy: (typeof TASK_ORDERS)[number];
  readonly descending: boolean;
  readonly limit: number;
  readonly offset: number;
}
