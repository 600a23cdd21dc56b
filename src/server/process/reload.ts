/** For developing: the server runs in a child process that starts anew when the program's files change. */
import { type ChildProcess, spawn } from 'node:child_process';
import { type FSWatcher, realpathSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import type { Terminal } from './daemon.ts';

const SETTLE_MS = 200;

export interface ReloadOptions {
  /** Files besides the program's own. */
  readonly files: readonly string[];
  readonly stop: Promise<void>;
  readonly terminal: Terminal;
}

/** Runs until `stop` resolves. */
export async function serveWithReload({ files, stop, terminal }: ReloadOptions): Promise<void> {
  const program = realpathSync(process.argv[1] ?? '');
  const args = process.argv.slice(2).filter((argument) => argument !== '--reload');
  let child: ChildProcess | null = null;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let restarting: Promise<void> = Promise.resolve();

  const begin = (): void => {
    const started = spawn(process.execPath, [...process.execArgv, program, ...args], { stdio: 'inherit' });
    child = started;
    started.once('exit', (code) => {
      if (child === started) child = null;
      if (!stopping && code !== 0 && code !== null) terminal.error('Waiting for a change …');
    });
  };
  const end = (): Promise<void> =>
    new Promise((resolve) => {
      if (!child) return resolve();
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
  const restart = (name: string | null): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      restarting = restarting.then(async () => {
        if (stopping) return;
        terminal.error(`${name ?? 'A file'} changed; starting again …`);
        await end();
        if (!stopping) begin();
      });
    }, SETTLE_MS);
  };
  const isCode = (name: string | null): boolean => name === null || /\.(ts|js|mjs|json|md|sql|yml|yaml)$/.test(name);
  const watchers: FSWatcher[] = [
    watch(dirname(program), { recursive: true }, (_, name) => isCode(name) && restart(name)),
    ...files.map((file) => watch(file, (_, name) => restart(name))),
  ];
  begin();
  await stop;
  stopping = true;
  clearTimeout(timer);
  for (const watcher of watchers) watcher.close();
  await restarting;
  await end();
}
