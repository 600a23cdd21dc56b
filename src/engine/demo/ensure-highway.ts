import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Logger, siblingModule } from '../../kernel/index.ts';

/** Raised whenever the generated tables change, so that directories of an older shape are built again. */
const HIGHWAY_VERSION = 1;

/** Where the highway demo's embedded Postgres lies under a home directory. */
export const highwayDirectory = (home: string): string => join(home, 'demo', 'highway');

const stampPath = (home: string): string => join(home, 'demo', 'highway.stamp');

async function newestDay(home: string): Promise<string | null> {
  try {
    const stamp = JSON.parse(await readFile(stampPath(home), 'utf8')) as { version?: unknown; newestDay?: unknown };
    await readFile(join(highwayDirectory(home), 'PG_VERSION'));
    return stamp.version === HIGHWAY_VERSION && typeof stamp.newestDay === 'string' ? stamp.newestDay : null;
  } catch {
    return null;
  }
}

/**
 * Sees to it that the highway demo exists and reaches up to today: built beside the old directory and renamed over it.
 *
 * @returns true when it was built anew
 */
export async function ensureHighway(options: {
  readonly home: string;
  readonly today: string;
  readonly logger: Logger;
}): Promise<boolean> {
  const { home, today, logger } = options;
  const existing = await newestDay(home);
  if (existing !== null && existing >= today) return false;
  const target = highwayDirectory(home);
  const draft = `${target}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  await mkdir(dirname(target), { recursive: true });
  try {
    await build(draft, today);
    await rm(target, { recursive: true, force: true });
    await rename(draft, target).catch(async (error: NodeJS.ErrnoException) => {
      // Another process was quicker; its directory is as good as ours.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    await writeFile(stampPath(home), JSON.stringify({ version: HIGHWAY_VERSION, newestDay: today }));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  logger.info({ newestDay: today }, 'highway demo generated');
  return true;
}

function build(directory: string, today: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(siblingModule(import.meta.url, './highway-builder'), {
      workerData: { directory, today },
    });
    worker.once('error', reject);
    worker.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`building the highway demo ended with ${code}`)),
    );
  });
}
