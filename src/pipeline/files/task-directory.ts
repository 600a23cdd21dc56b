/** The directory of a task: `data_pipeline/training_data/<task>/` below the home, and what may be named in it. */
import { lstat, mkdir, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { DRAFT_PREFIX } from '../../kernel/index.ts';
import { PipelineProblem } from '../problem.ts';

export const VECTOR_BACKUPS = 'vector_bak';
export const TABLE_LIST = 'table_list.txt';

/** What people see of a task's directory; no folder of this machine. */
export const shownPath = (taskId: string, ...parts: readonly string[]): string =>
  ['./data_pipeline/training_data', taskId, ...parts].join('/');

/** Ids and file names that are only names: no separators, no way up, nothing hidden. */
const SAFE_ID = /^[A-Za-z0-9_-]{1,64}$/;
const hasControl = (text: string): boolean => [...text].some((one) => one < ' ' || one === '\u007f');

export const isSafeId = (id: string): boolean => SAFE_ID.test(id);

export const isSafeFileName = (name: string): boolean =>
  name.length > 0 &&
  Buffer.byteLength(name) <= 200 &&
  !/[\\/]/.test(name) &&
  !hasControl(name) &&
  !name.startsWith('.') &&
  name === name.trim();

export interface TaskFile {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

export interface TaskDirectories {
  /** `training_data/`. */
  readonly root: string;
  of(taskId: string): string;
  exists(taskId: string): Promise<boolean>;
  make(taskId: string): Promise<string>;
  /** Files at the top, and the vector backups, newest first. */
  list(taskId: string): Promise<readonly TaskFile[]>;
  /** @throws PipelineProblem `path-not-allowed`, `file-not-found` */
  find(taskId: string, name: string): Promise<TaskFile>;
}

/** @throws PipelineProblem `path-not-allowed` */
export function requireFileName(name: string): string {
  if (!isSafeFileName(name)) throw new PipelineProblem('path-not-allowed', '非法的文件路径', { subject: 'filename' });
  return name;
}

export function createTaskDirectories(root: string): TaskDirectories {
  const of = (taskId: string): string => {
    if (!isSafeId(taskId)) throw new PipelineProblem('task-not-found', `任务不存在: ${taskId.slice(0, 80)}`);
    return join(root, taskId);
  };
  return {
    root,
    of,
    exists: async (taskId) => (await lstat(of(taskId)).catch(() => null))?.isDirectory() ?? false,
    async make(taskId) {
      const directory = of(taskId);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      return directory;
    },
    async list(taskId) {
      const directory = of(taskId);
      const files = [
        ...(await filesIn(directory, () => true)),
        ...(await filesIn(join(directory, VECTOR_BACKUPS), isVectorBackup)),
      ];
      return files.sort((a, b) => b.modifiedAt.getTime() - a.modifiedAt.getTime() || (a.name < b.name ? -1 : 1));
    },
    async find(taskId, name) {
      const directory = of(taskId);
      requireFileName(name);
      const places = isVectorBackup(name) ? [directory, join(directory, VECTOR_BACKUPS)] : [directory];
      for (const place of places) {
        const path = join(place, name);
        const info = await lstat(path).catch(() => null);
        if (info === null) continue;
        if (!info.isFile() || !(await realpath(path)).startsWith((await realpath(directory)) + sep)) {
          throw new PipelineProblem('path-not-allowed', '非法的文件路径', { subject: 'filename' });
        }
        return { name, path, size: info.size, createdAt: info.birthtime, modifiedAt: info.mtime };
      }
      throw new PipelineProblem('file-not-found', `文件不存在: ${name}`, { subject: name });
    },
  };
}

const isVectorBackup = (name: string): boolean => /^langchain_[\w.-]+\.csv$/.test(name);

/** Symbolic links and drafts are not files of the task. */
async function filesIn(directory: string, wanted: (name: string) => boolean): Promise<TaskFile[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith(DRAFT_PREFIX) && wanted(entry.name))
      .map(async ({ name }): Promise<TaskFile[]> => {
        const path = join(directory, name);
        // It may be renamed or deleted meanwhile.
        const info = await lstat(path).catch(() => null);
        return info ? [{ name, path, size: info.size, createdAt: info.birthtime, modifiedAt: info.mtime }] : [];
      }),
  );
  return files.flat();
}
