/** Child processes of tests: they run a TypeScript file and report with one JSON line per message. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface TestChild {
  readonly process: ChildProcess;
  /** The next line that satisfies the predicate; rejects with the child's errors when it ends before. */
  next<T = Record<string, unknown>>(wanted: (message: T) => boolean): Promise<T>;
  kill(signal: NodeJS.Signals): Promise<void>;
  ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null; errors: string }>;
}

export function startChild(script: URL, args: readonly unknown[]): TestChild {
  const child = spawn(process.execPath, ['--no-warnings', script.pathname, JSON.stringify(args)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const seen: unknown[] = [];
  const waiting = new Set<() => void>();
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  let over = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    seen.push(JSON.parse(line));
    for (const look of [...waiting]) look();
  });
  child.once('close', () => {
    over = true;
    for (const look of [...waiting]) look();
  });
  return {
    process: child,
    next<T>(wanted: (message: T) => boolean): Promise<T> {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const index = seen.findIndex((message) => wanted(message as T));
          if (index !== -1) {
            waiting.delete(look);
            resolve(seen.splice(index, 1)[0] as T);
          } else if (over) {
            waiting.delete(look);
            reject(new Error(`the child ended first: ${errors}`));
          }
        };
        waiting.add(look);
        look();
      });
    },
    async kill(signal) {
      child.kill(signal);
      await exited;
    },
    async ended() {
      const [code, signal] = await exited;
      return { code, signal, errors };
    },
  };
}
