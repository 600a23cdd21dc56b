/** Which process a pid means: a pid alone is reused, a pid with its start time is not. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque: equal for the same process, different for a later one with the same pid. `null` where unknown. */
  readonly started: string | null;
}

/** This process. */
export function currentProcess(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid) };
}

/** True when this very process still runs (a zombie does not). */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = startOf(pid);
  return now !== GONE && (started === null || now === null || now === started);
}

const GONE = 'gone';

function startOf(pid: number): string | null {
  return process.platform === 'linux' ? linuxStart(pid) : posixStart(pid);
}

/** State and start time in clock ticks since boot (fields 3 and 22 of `stat`, after the name in parentheses). */
function linuxStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return GONE;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
  } catch {
    return null;
  }
}

function posixStart(pid: number): string | null {
  if (process.platform === 'win32') return null;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || GONE;
  } catch {
    return null;
  }
}
