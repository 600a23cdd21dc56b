/** Files that are either whole or not there. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The prefix of drafts; a crash may leave one behind, and no listing shows it. */
export const DRAFT_PREFIX = '.draft-';

/** A hidden name beside the file, for writers that stream; rename it over the file when it is whole. */
export const draftPath = (path: string): string =>
  join(dirname(path), `${DRAFT_PREFIX}${randomBytes(6).toString('hex')}-${basename(path)}`);

/** Lets `write` fill a draft beside the file, flushes it to disk and renames it over the file; nothing stays of a failure. */
export async function writeAtomically<T>(path: string, write: (file: FileHandle) => Promise<T>): Promise<T> {
  const draft = draftPath(path);
  try {
    const file = await open(draft, 'wx', 0o600);
    let result: T;
    try {
      result = await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    return result;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** A whole file at once. */
export const writeFileAtomically = (path: string, content: string | Uint8Array): Promise<void> =>
  writeAtomically(path, (file) => file.writeFile(content));
