/** Temporary folders of this process; those that a killed process left behind are removed. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'querent-scratch-';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const swept = new Set<string>();

async function sweep(parent: string): Promise<void> {
  if (swept.has(parent)) {
    return;
  }
  swept.add(parent);
  for (const name of await readdir(parent)) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) {
      await rm(join(parent, name), { recursive: true, force: true }).catch(() => {});
    }
  }
}

/** Makes an empty private folder; `remove` deletes it with everything in it. */
export async function createScratch(parent: string = tmpdir()): Promise<{ path: string; remove: () => Promise<void> }> {
  await mkdir(parent, { recursive: true });
  await sweep(parent);
  const path = await mkdtemp(join(parent, `${PREFIX}${process.pid}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
