/** A job's side of the child process: starts it when a step needs it, and never leaves one behind. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { siblingModule } from '../../kernel/index.ts';
import type { Json } from '../../tasks/index.ts';
import type { StepName, StepProgress } from '../step.ts';
import type { ChildSetup, FromChild, StepError, ToChild } from './protocol.ts';

/** A cancelled step has this long to stop by itself. */
const STOP_MS = 2_000;
const CLOSE_MS = 5_000;

export type StepEnd =
  | { readonly kind: 'done'; readonly result: { readonly [key: string]: Json } }
  | { readonly kind: 'failed'; readonly error: StepError }
  /** The process ended in the middle. */
  | { readonly kind: 'lost'; readonly reason: string };

export interface StepProcess {
  run(step: StepName, startedAt: Date, onProgress: (progress: StepProgress) => void): Promise<StepEnd>;
  /** Ends the process; always finishes. */
  close(): Promise<void>;
}

export function createStepProcess(setup: ChildSetup, signal: AbortSignal): StepProcess {
  let child: ChildProcess | null = null;

  const start = (): ChildProcess => {
    const started = fork(fileURLToPath(siblingModule(import.meta.url, './step-child')), [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    started.on('error', () => {});
    started.once('exit', () => {
      if (child === started) child = null;
    });
    say(started, { type: 'setup', setup });
    return started;
  };

  return {
    async run(step, startedAt, onProgress) {
      signal.throwIfAborted();
      child ??= start();
      const one = child;
      const end = new Promise<StepEnd>((resolve) => {
        one.on('message', (message: FromChild) => {
          if (message.type === 'progress') onProgress(message.progress);
          else if (message.type === 'done') resolve({ kind: 'done', result: message.result });
          else resolve({ kind: 'failed', error: message.error });
        });
        one.once('exit', (code, killed) => resolve({ kind: 'lost', reason: killed ?? `exit ${code}` }));
        one.once('error', (error) => resolve({ kind: 'lost', reason: error.message }));
      });
      const onAbort = (): void => {
        say(one, { type: 'cancel' });
        setTimeout(() => one.kill('SIGKILL'), STOP_MS).unref();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      say(one, { type: 'run', step, startedAt: startedAt.toISOString() });
      try {
        return await end;
      } finally {
        signal.removeEventListener('abort', onAbort);
        one.removeAllListeners('message');
      }
    },
    async close() {
      const one = child;
      if (!one || one.exitCode !== null || one.signalCode !== null) return;
      const exited = once(one, 'exit');
      say(one, { type: 'close' });
      const patience = new AbortController();
      await Promise.race([exited, delay(CLOSE_MS, undefined, { signal: patience.signal }).catch(() => {})]);
      patience.abort();
      one.kill('SIGKILL');
      await exited;
    },
  };
}

/** A child that is gone hears nothing; its exit is noticed elsewhere. */
function say(child: ChildProcess, message: ToChild): void {
  if (child.connected) child.send(message, () => {});
}
