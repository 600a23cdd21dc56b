/**
 * The children that read SQLite files, shared by all SQLite datasources of the process. A child does one request at a time;
 * a request that is stopped ends its child. One idle child stays warm, and ends, too, after a while.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { siblingModule } from '../../../kernel/index.ts';
import type { Cell, RunFailure } from '../../datasource.ts';
import { runFailure } from '../../failure.ts';
import type { Reply, Request } from './protocol.ts';

const MAX_CHILDREN = 8;
const IDLE_MS = 30_000;

export interface ChildAnswer {
  readonly value: Extract<Reply, { type: 'done' }>['value'];
  readonly rows: readonly (readonly Cell[])[];
}

const idle: ChildProcess[] = [];
const idleTimers = new WeakMap<ChildProcess, NodeJS.Timeout>();
let alive = 0;
const waiting: (() => void)[] = [];

function start(): ChildProcess {
  const child = fork(fileURLToPath(siblingModule(import.meta.url, './sqlite-child')), {
    execArgv: ['--max-old-space-size=256', '--max-semi-space-size=4', '--no-warnings'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR },
  });
  alive += 1;
  // A child that is gone is noticed by its exit.
  child.on('error', () => {});
  child.once('exit', () => {
    alive -= 1;
    clearTimeout(idleTimers.get(child));
    const at = idle.indexOf(child);
    if (at >= 0) {
      idle.splice(at, 1);
    }
    waiting.shift()?.();
  });
  return child;
}

function rest(child: ChildProcess): void {
  if (child.exitCode !== null || !child.connected) {
    return;
  }
  child.unref();
  child.channel?.unref();
  idle.push(child);
  const timer = setTimeout(() => child.connected && child.disconnect(), idle.length > 1 ? IDLE_MS / 3 : IDLE_MS);
  timer.unref();
  idleTimers.set(child, timer);
  waiting.shift()?.();
}

/** Waits until a child may have become free; a waiter that gives up leaves the line. */
function placeFree(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    const leave = (): void => {
      waiting.splice(waiting.indexOf(wake), 1);
      resolve();
    };
    waiting.push(wake);
    signal.addEventListener('abort', leave, { once: true });
  });
}

async function take(signal: AbortSignal): Promise<ChildProcess | null> {
  while (!signal.aborted) {
    const child = idle.pop();
    if (child?.connected) {
      clearTimeout(idleTimers.get(child));
      child.ref();
      child.channel?.ref();
      return child;
    }
    if (child === undefined && alive < MAX_CHILDREN) {
      return start();
    }
    if (child === undefined) {
      await placeFree(signal);
    }
  }
  return null;
}

/** Sends one request to a child; aborting the signal kills the child. The failure is null when it was stopped. */
export async function askChild(
  request: Request,
  signal: AbortSignal,
): Promise<ChildAnswer | { failure: RunFailure | null }> {
  const child = await take(signal);
  if (child === null) {
    return { failure: null };
  }
  return new Promise((resolve) => {
    const rows: (readonly Cell[])[] = [];
    const finish = (answer: ChildAnswer | { failure: RunFailure | null }): void => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      child.off('error', onExit);
      signal.removeEventListener('abort', kill);
      resolve(answer);
    };
    const onMessage = (reply: Reply): void => {
      if (reply.type === 'rows') {
        rows.push(...reply.rows);
        return;
      }
      rest(child);
      finish(reply.type === 'done' ? { value: reply.value, rows } : { failure: reply.failure });
    };
    const onExit = (): void =>
      finish({
        failure: signal.aborted
          ? null
          : runFailure(
              'resource',
              'The process that reads the SQLite file ended; the statement may need too much memory.',
            ),
      });
    const kill = (): void => {
      child.kill('SIGKILL');
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.on('error', onExit);
    signal.addEventListener('abort', kill, { once: true });
    child.send(request, (error) => {
      if (error !== null) {
        child.kill('SIGKILL');
      }
    });
  });
}
