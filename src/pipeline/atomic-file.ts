/** Files that are either whole or not there. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The prefix of drafts; a crash may leave one behind, and no listing shows it. */
export const DRAFT_PREFIX = '.draft-';

/** A hidden name beside the file, for writers that stream; rename it over the file when it is whole. */
export const draftPath = (path: string): string =>
  join(dirname(path), `${DRAFT_PREFIX}${randomBytes(6).toString('hex')}-${basename(path)}`);

/** Writes beside the file, flushes, and renames over it. */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const draft = draftPath(path);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
