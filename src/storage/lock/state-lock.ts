/**
 * One process owns the embedded state. Two files beside the data:
 *
 * - `state.lock.db`: an SQLite file on which the owner holds an exclusive lock of the operating system. The kernel
 *   drops it when the process ends, however it ends, so nothing stale can remain and two starters cannot both win.
 * - `state.lock`: who the owner is (pid and start time), for the message of the one that is refused, and as a second
 *   check on file systems whose locks do nothing.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../../kernel/index.ts';
import { type KernelLock, tryKernelLock } from './kernel-lock.ts';
import { currentProcess, isRunning, type ProcessIdentity } from './process-identity.ts';

export interface StateLock {
  release(): void;
}

/** Takes the lock on `directory` or throws `state-locked`, naming the owner and the way out. */
export async function takeStateLock(directory: string): Promise<StateLock> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const ownerFile = join(directory, 'state.lock');
  const kernelLock = await tryKernelLock(join(directory, 'state.lock.db'));
  if (kernelLock === null) throw refusal(directory, readOwner(ownerFile));
  const owner = readOwner(ownerFile);
  if (owner !== null && owner.pid !== process.pid && isRunning(owner)) {
    kernelLock.release();
    throw refusal(directory, owner);
  }
  writeOwner(ownerFile, kernelLock);
  return {
    release() {
      try {
        rmSync(ownerFile, { force: true });
      } catch {
        // A file that stays is only a name; the kernel's lock is what counts.
      }
      kernelLock.release();
    },
  };
}

function writeOwner(ownerFile: string, kernelLock: KernelLock): void {
  const temporary = `${ownerFile}.${process.pid}`;
  try {
    writeFileSync(temporary, `${JSON.stringify(currentProcess())}\n`, { mode: 0o600 });
    renameSync(temporary, ownerFile);
  } catch (cause) {
    kernelLock.release();
    rmSync(temporary, { force: true });
    throw new EngineError('state-unavailable', `Cannot write ${ownerFile}: ${(cause as Error).message}`, { cause });
  }
}

function readOwner(ownerFile: string): ProcessIdentity | null {
  try {
    const owner = JSON.parse(readFileSync(ownerFile, 'utf8')) as Partial<ProcessIdentity>;
    return typeof owner.pid === 'number' && owner.pid > 0 ? { pid: owner.pid, started: owner.started ?? null } : null;
  } catch {
    return null;
  }
}

function refusal(directory: string, owner: ProcessIdentity | null): EngineError {
  const who = owner === null ? 'another process' : `process ${owner.pid}`;
  return new EngineError(
    'state-locked',
    `The state in ${directory} is in use by ${who}. Stop it, or let several processes share one state on a ` +
      'PostgreSQL server with one line: QUERENT_STATE_URL=postgres://user:password@host:5432/querent',
    { data: { pid: owner?.pid ?? null } },
  );
}
