/** The server in the background: start, stop, restart, status, by a file with its process id. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Action } from './options.ts';

/** Set in the environment of the background process. */
const CHILD = 'QUERENT_DAEMON_CHILD';
const STOP_MS = 10_000;
const LOOK_EVERY_MS = 50;

export interface DaemonFiles {
  readonly pidFile: string;
  readonly logFile: string;
}

export interface Terminal {
  out(line: string): void;
  error(line: string): void;
}

/** Where the process id and the log go unless the command line says otherwise. */
export const daemonFiles = (home: string, options: { pidFile?: string; daemonLogFile?: string }): DaemonFiles => ({
  pidFile: resolve(options.pidFile ?? join(home, 'run', 'datus-agent-api.pid')),
  logFile: resolve(options.daemonLogFile ?? join('logs', 'datus-agent-api.log')),
});

export const isDaemonChild = (): boolean => process.env[CHILD] !== undefined;

/** In the background process: it is up. */
export function reportDaemonReady({ pidFile }: DaemonFiles): void {
  mkdirSync(dirname(pidFile), { recursive: true, mode: 0o700 });
  writeFileSync(pidFile, `${process.pid}\n`);
  process.send?.('ready');
  if (process.connected) process.disconnect();
}

/** In the background process: it ends. */
export function removePidFile({ pidFile }: DaemonFiles): void {
  if (readPid(pidFile) === process.pid) rmSync(pidFile, { force: true });
}

/** Does what `--action` asks; the exit code. */
export async function control(action: Action, files: DaemonFiles, stopMs: number, terminal: Terminal): Promise<number> {
  const pid = runningPid(files.pidFile);
  switch (action) {
    case 'status':
      terminal.out(pid === null ? 'stopped' : `running (pid=${pid})`);
      return pid === null ? 1 : 0;
    case 'stop':
      if (pid === null) {
        terminal.out('stopped');
        return 0;
      }
      return stop(pid, files, stopMs, terminal);
    case 'restart':
      if (pid !== null && (await stop(pid, files, stopMs, terminal)) !== 0) return 1;
      return start(files, terminal);
    case 'start':
      if (pid !== null) {
        terminal.out(`Already running (pid=${pid})`);
        return 0;
      }
      return start(files, terminal);
  }
}

/** Starts this very command line again, away from the terminal, and waits until it serves. */
function start(files: DaemonFiles, terminal: Terminal): Promise<number> {
  mkdirSync(dirname(files.logFile), { recursive: true });
  const log = openSync(files.logFile, 'a', 0o600);
  const program = process.argv[1] ?? '';
  const child = spawn(process.execPath, [...process.execArgv, program, ...process.argv.slice(2)], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...process.env, [CHILD]: '1' },
  });
  closeSync(log);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      terminal.error(`querent: the server cannot be started: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code) => {
      terminal.error(`querent: the server ended with ${code ?? 'a signal'} before it was ready; see ${files.logFile}`);
      for (const line of lastLines(files.logFile)) terminal.error(line);
      resolve(1);
    });
    child.once('message', () => {
      terminal.out(`Daemon started successfully (pid=${child.pid})`);
      child.removeAllListeners('exit');
      if (child.connected) child.disconnect();
      child.unref();
      resolve(0);
    });
  });
}

async function stop(pid: number, { pidFile }: DaemonFiles, stopMs: number, terminal: Terminal): Promise<number> {
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + Math.max(STOP_MS, stopMs);
  while (isAlive(pid) && Date.now() < deadline) await delay(LOOK_EVERY_MS);
  if (isAlive(pid)) {
    process.kill(pid, 'SIGKILL');
    while (isAlive(pid) && Date.now() < deadline + STOP_MS) await delay(LOOK_EVERY_MS);
  }
  if (isAlive(pid)) {
    terminal.error(`querent: process ${pid} cannot be stopped`);
    return 1;
  }
  rmSync(pidFile, { force: true });
  terminal.out(`Stopped (pid=${pid})`);
  return 0;
}

/** The process of the file, when it lives and is a server of ours. */
function runningPid(pidFile: string): number | null {
  const pid = readPid(pidFile);
  return pid !== null && isAlive(pid) && isServer(pid) ? pid : null;
}

function readPid(pidFile: string): number | null {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8').trim());
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A process that ended but was not waited for yet. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Process ids are used again: the file of a server that was lost may name a stranger. */
function isServer(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes('serve');
  } catch {
    return true;
  }
}

function lastLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5);
  } catch {
    return [];
  }
}
