import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { draftPath } from '../../kernel/index.ts';

export interface DeletedDirectory {
  readonly files: number;
  readonly bytes: number;
}

/** Takes a task's directory out of sight in one step, then deletes it; null when there is none. */
export async function deleteDirectory(directory: string): Promise<DeletedDirectory | null> {
  const hidden = draftPath(directory);
  try {
    await rename(directory, hidden);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const entries = await readdir(hidden, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await lstat(join(entry.parentPath, entry.name))).size),
  );
  await rm(hidden, { recursive: true, force: true });
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
