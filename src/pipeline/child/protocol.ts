/** What a job's process and its child say to each other. Secrets travel here only, never in arguments or files. */
import type { DatasourceConfig } from '../../execution/index.ts';
import type { EngineErrorCode } from '../../kernel/index.ts';
import type { ModelsConfig } from '../../llm/index.ts';
import type { Attempt, Json } from '../../tasks/index.ts';
import type { LogLevel, PipelineFailureCode, StepFlags, StepName, StepProgress } from '../step.ts';

export interface ChildSetup {
  readonly taskId: string;
  readonly directory: string;
  /** Where steps make their files. */
  readonly output: string;
  /** The attempt at the job that the child works for. */
  readonly attempt: Attempt;
  readonly source: DatasourceConfig;
  /** Texts that no log line may hold. */
  readonly secrets: readonly string[];
  /** Null works on every table of the default schema. */
  readonly tables: readonly string[] | null;
  readonly businessContext: string;
  readonly dbName: string;
  readonly flags: StepFlags;
  readonly models: ModelsConfig;
  readonly home: string;
  readonly stateUrl: string | null;
  readonly logLevel: LogLevel;
}

export type ToChild =
  | { readonly type: 'setup'; readonly setup: ChildSetup }
  | { readonly type: 'run'; readonly step: StepName; readonly startedAt: string }
  | { readonly type: 'cancel' }
  /** The job's process goes on; said every {@link ALIVE_MS} while a step runs. */
  | { readonly type: 'alive' }
  /** Closes what the job opened; another setup may follow. */
  | { readonly type: 'reset' };

export const ALIVE_MS = 5_000;

export interface StepError {
  readonly code: EngineErrorCode | PipelineFailureCode;
  readonly message: string;
}

export type FromChild =
  | { readonly type: 'progress'; readonly progress: StepProgress }
  | { readonly type: 'done'; readonly result: { readonly [key: string]: Json } }
  | { readonly type: 'failed'; readonly error: StepError }
  | { readonly type: 'reset' };
