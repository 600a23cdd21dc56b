/** What the vector tools need of the steps' content. */
import type { State } from '../storage/index.ts';
import type { LogLevel } from './step.ts';
import * as content from './steps/index.ts';

export interface VectorManagementResult {
  readonly backupDirectory: string;
  readonly timestamp: string;
  readonly tables: Readonly<Record<string, { rowCount: number; fileSize: number; file: string; seconds: number }>>;
  readonly truncated: Readonly<Record<string, { rowsBefore: number; rowsAfter: number; seconds: number }>>;
  readonly seconds: number;
}
export interface VectorRestoreResult {
  readonly timestamp: string;
  readonly truncated: VectorManagementResult['truncated'];
  readonly restored: Readonly<
    Record<string, { file: string; rows: number; fileSize: number; seconds: number; error?: string | undefined }>
  >;
  readonly seconds: number;
}
interface VectorContent {
  backupVectorTables(options: {
    state: State;
    directory: string;
    taskId: string | null;
    truncate: boolean;
    now(): Date;
    log(level: LogLevel, logger: string, message: string): void;
    signal: AbortSignal;
  }): Promise<VectorManagementResult>;
  restoreVectorTables(options: {
    state: State;
    directory: string;
    timestamp: string;
    tables: readonly string[];
    truncateFirst: boolean;
    signal: AbortSignal;
  }): Promise<VectorRestoreResult>;
}
const vectors = content as unknown as VectorContent;
export const backupVectorTables: VectorContent['backupVectorTables'] = (options) => vectors.backupVectorTables(options);
export const restoreVectorTables: VectorContent['restoreVectorTables'] = (options) =>
  vectors.restoreVectorTables(options);
