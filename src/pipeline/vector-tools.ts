/** Backups of the vector tables: made, listed and restored, of a task or of the whole installation. */
import { lstat, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { State } from '../storage/index.ts';
import { isSafeId, type TaskDirectories, VECTOR_BACKUPS } from './files/task-directory.ts';
import { createTaskLog, LOG_FILE, type TaskLog } from './logs/task-log.ts';
import { PipelineProblem } from './problem.ts';
import {
  backupVectorTables,
  restoreVectorTables,
  type VectorManagementResult,
  type VectorRestoreResult,
} from './steps/index.ts';

export const VECTOR_TABLES = ['langchain_pg_collection', 'langchain_pg_embedding'] as const;
export type VectorTable = (typeof VECTOR_TABLES)[number];

export interface BackupSet {
  readonly timestamp: string;
  readonly collectionFile: string;
  readonly embeddingFile: string;
  readonly collectionSize: number;
  readonly embeddingSize: number;
  readonly madeAt: Date;
  readonly logFile: string | null;
}

export interface BackupLocation {
  /** Null: the backups of the installation. */
  readonly taskId: string | null;
  readonly path: string;
  /** Newest first. */
  readonly backups: readonly BackupSet[];
}

export interface VectorTools {
  /** @throws PipelineFailure `VECTOR_BACKUP_FAILED` */
  backup(taskId: string | null, signal: AbortSignal): Promise<VectorManagementResult>;
  list(which: { readonly globalOnly: boolean; readonly taskId: string | null }): Promise<readonly BackupLocation[]>;
  /**
   * @param path as `list` gives it
   * @throws PipelineProblem `path-not-allowed`, `file-not-found`
   */
  restore(
    request: {
      readonly path: string;
      readonly timestamp: string;
      readonly tables: readonly VectorTable[];
      readonly truncateFirst: boolean;
    },
    signal: AbortSignal,
  ): Promise<VectorRestoreResult>;
}

const COLLECTION_FILE = /^langchain_pg_collection_(\d{8}_\d{6})\.csv$/;
const SHOWN_ROOT = './data_pipeline/training_data';

export function createVectorTools(parts: {
  readonly state: State;
  readonly directories: TaskDirectories;
  requireTask(id: string): Promise<unknown>;
  now(): Date;
}): VectorTools {
  const { state, directories, requireTask, now } = parts;
  const place = (taskId: string | null): { directory: string; shown: string } =>
    taskId === null
      ? { directory: join(directories.root, VECTOR_BACKUPS), shown: `${SHOWN_ROOT}/${VECTOR_BACKUPS}` }
      : { directory: join(directories.of(taskId), VECTOR_BACKUPS), shown: `${SHOWN_ROOT}/${taskId}/${VECTOR_BACKUPS}` };
  const logOf = (taskId: string | null): TaskLog =>
    taskId === null ? () => {} : createTaskLog({ file: join(directories.of(taskId), LOG_FILE), level: 'INFO', now });

  return {
    async backup(taskId, signal) {
      if (taskId !== null) {
        await requireTask(taskId);
        await directories.make(taskId);
      }
      const directory = taskId === null ? directories.root : directories.of(taskId);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const log = logOf(taskId);
      return backupVectorTables({
        state,
        directory,
        taskId,
        truncate: false,
        now: now(),
        log: (level, message) => log(level, 'VectorTableManager', message),
        signal,
      });
    },

    async list({ globalOnly, taskId }) {
      if (taskId !== null) await requireTask(taskId);
      const tasks =
        taskId !== null
          ? [taskId]
          : globalOnly
            ? []
            : (await readdir(directories.root, { withFileTypes: true }).catch(() => []))
                .filter((entry) => entry.isDirectory() && entry.name !== VECTOR_BACKUPS && isSafeId(entry.name))
                .map((entry) => entry.name)
                .sort()
                .reverse();
      const locations = await Promise.all(
        [...(taskId === null ? [null] : []), ...tasks].map(async (id): Promise<BackupLocation> => {
          const { directory, shown } = place(id);
          return { taskId: id, path: shown, backups: await backupSets(directory) };
        }),
      );
      return locations.filter((location) => location.backups.length > 0);
    },

    async restore({ path, timestamp, tables, truncateFirst }, signal) {
      const { directory } = place(ownerOf(path));
      const sets = await backupSets(directory);
      if (!sets.some((set) => set.timestamp === timestamp)) {
        throw new PipelineProblem('file-not-found', `备份文件不存在: ${timestamp}`, { subject: timestamp });
      }
      return restoreVectorTables({ state, directory, timestamp, tables, truncateFirst, signal });
    },
  };
}

/** The task of a backup path, null for the installation's own. */
function ownerOf(path: string): string | null {
  const relative = path
    .replace(/^\.\//, '')
    .replace(/^(data_pipeline\/)?training_data\//, '')
    .replace(/\/$/, '');
  if (relative === VECTOR_BACKUPS) return null;
  const match = /^([A-Za-z0-9_-]{1,64})\/vector_bak$/.exec(relative);
  if (match?.[1]) return match[1];
  throw new PipelineProblem('path-not-allowed', '非法的文件路径', { subject: 'backup_path' });
}

/** Both files of a set must be there. */
async function backupSets(directory: string): Promise<readonly BackupSet[]> {
  const names = await readdir(directory).catch(() => []);
  const sets = await Promise.all(
    names.flatMap((name) => {
      const timestamp = COLLECTION_FILE.exec(name)?.[1];
      return timestamp ? [setOf(directory, names, name, timestamp)] : [];
    }),
  );
  return sets.flatMap((set) => (set ? [set] : [])).sort((a, b) => (a.timestamp < b.timestamp ? 1 : -1));
}

async function setOf(
  directory: string,
  names: readonly string[],
  collectionFile: string,
  timestamp: string,
): Promise<BackupSet | null> {
  const embeddingFile = `langchain_pg_embedding_${timestamp}.csv`;
  if (!names.includes(embeddingFile)) return null;
  const [collection, embedding] = await Promise.all([
    lstat(join(directory, collectionFile)),
    lstat(join(directory, embeddingFile)),
  ]);
  return {
    timestamp,
    collectionFile,
    embeddingFile,
    collectionSize: collection.size,
    embeddingSize: embedding.size,
    madeAt: collection.mtime,
    logFile: names.includes('vector_backup_log.txt') ? 'vector_backup_log.txt' : null,
  };
}
