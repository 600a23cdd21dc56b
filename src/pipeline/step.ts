/** What a step of the pipeline is given and gives back. Steps run in a child process and may block it. */
import type { Datasource } from '../execution/index.ts';
import type { EmbeddingClient, ModelClient } from '../llm/index.ts';
import type { DatabaseSchema, Table } from '../sql/index.ts';
import type { State, StateSession } from '../storage/index.ts';
import type { Json } from '../tasks/index.ts';

export const STEP_NAMES = ['ddl_generation', 'qa_generation', 'sql_validation', 'training_load'] as const;
export type StepName = (typeof STEP_NAMES)[number];

export type LogLevel = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';

/** What the task asks for, and the execution on top of it. */
export interface StepFlags {
  readonly sqlValidation: boolean;
  readonly llmRepair: boolean;
  readonly modifyOriginalFile: boolean;
  readonly trainingDataLoad: boolean;
  readonly backupVectorTables: boolean;
  /** Implies the backup. */
  readonly truncateVectorTables: boolean;
  /** Vector tables are managed, nothing is loaded. */
  readonly skipTraining: boolean;
}

export interface StepProgress {
  readonly done: number;
  readonly total: number;
  /** The table, question or file at hand. */
  readonly item: string | null;
}

export interface StepContext {
  readonly taskId: string;
  /** Absolute: the task's files, to be read. */
  readonly directory: string;
  /** Absolute: where the step's own files are made; they become the task's when the step has ended well. */
  readonly output: string;
  readonly datasource: Datasource;
  readonly schema: DatabaseSchema;
  /** What to work on: the task's list, or every table of its schema. */
  readonly tables: readonly Table[];
  readonly businessContext: string;
  /** Safe in a file name. */
  readonly dbName: string;
  /** When this step began; names of new files carry it. */
  readonly startedAt: Date;
  readonly flags: StepFlags;
  /** Null: none is configured. */
  readonly model: ModelClient | null;
  /** Null: the built-in vector is used. */
  readonly embeddings: EmbeddingClient | null;
  /** Our own state database, opened at the first call and closed by the caller. */
  state(): Promise<State>;
  /**
   * In a transaction of the state, before it writes: throws when this attempt at the task has been given to another
   * process, and keeps it from being given away until the transaction ends.
   */
  hold(session: StateSession): Promise<void>;
  readonly signal: AbortSignal;
  /** One line of the task's log. */
  log(level: LogLevel, logger: string, message: string): void;
  /** Cheap: call it for each table or question. */
  progress(update: StepProgress): void;
}

export interface StepOutcome {
  /** The figures of the step; kept as `<step>_result.json`. */
  readonly result: { readonly [key: string]: Json };
}

export type Step = (context: StepContext) => Promise<StepOutcome>;

export type PipelineFailureCode = 'VECTOR_BACKUP_FAILED' | 'VECTOR_TRUNCATE_FAILED';

/** A failure that callers tell apart by its code. */
export class PipelineFailure extends Error {
  readonly code: PipelineFailureCode;
  constructor(code: PipelineFailureCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = 'PipelineFailure';
    this.code = code;
  }
}
