/** A job's side of the process in which its steps work. */
import type { ChildProcess } from 'node:child_process';
import type { Json } from '../../tasks/index.ts';
import type { StepName, StepProgress } from '../step.ts';
import { type ChildPool, isGone, say } from './child-pool.ts';
import { ALIVE_MS, type ChildSetup, type FromChild, type StepError } from './protocol.ts';

/** A cancelled step has this long to stop by itself. */
const STOP_MS = 2_000;

export type StepEnd =
  | { readonly kind: 'done'; readonly result: { readonly [key: string]: Json } }
  | { readonly kind: 'failed'; readonly error: StepError }
  /** The process ended in the middle. */
  | { readonly kind: 'lost'; readonly reason: string };

export interface StepProcess {
  run(step: StepName, startedAt: Date, onProgress: (progress: StepProgress) => void): Promise<StepEnd>;
  /** Leaves no step working; always finishes. */
  close(): Promise<void>;
}

/** Takes a process when the first step runs, and another one when that is lost. */
export function createStepProcess(pool: ChildPool, setup: ChildSetup, signal: AbortSignal): StepProcess {
  let child: ChildProcess | null = null;
  return {
    async run(step, startedAt, onProgress) {
      signal.throwIfAborted();
      if (child && isGone(child)) child = null;
      if (!child) {
        child = pool.take();
        say(child, { type: 'setup', setup });
      }
      const one = child;
      let stopTimer: NodeJS.Timeout | undefined;
      const onAbort = (): void => {
        say(one, { type: 'cancel' });
        stopTimer = setTimeout(() => one.kill('SIGKILL'), STOP_MS);
      };
      const { promise: end, resolve } = Promise.withResolvers<StepEnd>();
      const onExit = (code: number | null, killed: string | null): void =>
        resolve({ kind: 'lost', reason: killed ?? `exit ${code}` });
      const onMessage = (message: FromChild): void => {
        if (message.type === 'progress') onProgress(message.progress);
        else if (message.type === 'done') resolve({ kind: 'done', result: message.result });
        else if (message.type === 'failed') resolve({ kind: 'failed', error: message.error });
      };
      one.on('message', onMessage);
      one.once('exit', onExit);
      signal.addEventListener('abort', onAbort, { once: true });
      if (!one.connected) resolve({ kind: 'lost', reason: 'disconnected' });
      const alive = setInterval(() => say(one, { type: 'alive' }), ALIVE_MS);
      say(one, { type: 'run', step, startedAt: startedAt.toISOString() });
      try {
        return await end;
      } finally {
        clearInterval(alive);
        clearTimeout(stopTimer);
        signal.removeEventListener('abort', onAbort);
        one.off('message', onMessage);
        one.off('exit', onExit);
      }
    },
    async close() {
      if (child) await pool.giveBack(child);
      child = null;
    },
  };
}
