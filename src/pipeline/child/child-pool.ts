/** The processes in which steps work. Starting one takes longer than a small job: those of ended jobs wait for the next. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { siblingModule } from '../../kernel/index.ts';
import type { FromChild, ToChild } from './protocol.ts';

const IDLE_MS = 60_000;
/** Time to close connections before a process is ended from outside. */
const RESET_MS = 5_000;

export interface ChildPool {
  /** A process without a job, started or used before. */
  take(): ChildProcess;
  /** Gives a process back; it forgets its job, or ends. */
  giveBack(child: ChildProcess): Promise<void>;
  close(): Promise<void>;
}

/** A child that is gone hears nothing; its exit is noticed elsewhere. */
export function say(child: ChildProcess, message: ToChild): void {
  if (child.connected) child.send(message, () => {});
}

export const isGone = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** @param size processes that wait at most */
export function createChildPool(size: number): ChildPool {
  const idle = new Map<ChildProcess, NodeJS.Timeout>();
  let closed = false;

  const start = (): ChildProcess => {
    const started = fork(fileURLToPath(siblingModule(import.meta.url, './step-child')), [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    started.on('error', () => {});
    return started;
  };

  const end = async (child: ChildProcess): Promise<void> => {
    if (isGone(child)) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };

  const reset = async (child: ChildProcess): Promise<boolean> => {
    if (isGone(child) || !child.connected) return false;
    const patience = new AbortController();
    let onExit = (): void => {};
    const done = new Promise<boolean>((resolve) => {
      child.on('message', (message: FromChild) => {
        if (message.type === 'reset') resolve(true);
      });
      onExit = () => resolve(false);
      child.once('exit', onExit);
    });
    say(child, { type: 'reset' });
    const tooLate = delay(RESET_MS, false, { signal: patience.signal }).catch(() => false);
    try {
      return await Promise.race([done, tooLate]);
    } finally {
      patience.abort();
      child.off('exit', onExit);
      child.removeAllListeners('message');
    }
  };

  return {
    take() {
      for (const [child, timer] of idle) {
        clearTimeout(timer);
        idle.delete(child);
        if (!isGone(child) && child.connected) return child;
      }
      return start();
    },
    async giveBack(child) {
      const reusable = await reset(child);
      if (!reusable || closed || idle.size >= size) {
        await end(child);
        return;
      }
      const retire = (): void => {
        idle.delete(child);
        void end(child);
      };
      idle.set(child, setTimeout(retire, IDLE_MS).unref());
    },
    async close() {
      closed = true;
      const all = [...idle];
      idle.clear();
      for (const [, timer] of all) clearTimeout(timer);
      await Promise.all(all.map(([child]) => end(child)));
    },
  };
}
