/** Starts our own program as a real process, from the sources, with a fresh home and an almost empty environment. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const pinnedNode = join(projectRoot, 'node_modules', 'node', 'bin', 'node');

/** A new empty folder for `$QUERENT_HOME`; `remove` deletes it. */
export function freshHome(): { readonly home: string; readonly remove: () => void } {
  const home = mkdtempSync(join(tmpdir(), 'querent-home-'));
  return { home, remove: () => rmSync(home, { recursive: true, force: true }) };
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly finished: Promise<Finished>;
}

/** Starts `querent …`. */
export function startQuerent(
  args: readonly string[],
  options: { readonly home: string; readonly env?: Record<string, string>; readonly cwd?: string },
): Running {
  const child = spawn(
    pinnedNode,
    ['--disable-warning=ExperimentalWarning', join(projectRoot, 'src', 'main.ts'), ...args],
    {
      cwd: options.cwd ?? projectRoot,
      env: { PATH: process.env.PATH ?? '', HOME: options.home, QUERENT_HOME: options.home, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
  return { child, output: () => stdout + stderr, finished };
}

/** Runs `querent …` to its end. */
export const runQuerent = (
  args: readonly string[],
  options: { readonly home: string; readonly env?: Record<string, string>; readonly cwd?: string },
): Promise<Finished> => startQuerent(args, options).finished;

export interface RunningServer {
  readonly url: string;
  readonly home: string;
  readonly process: Running;
  readonly clientId: string;
  readonly clientSecret: string;
  /** A bearer token of the generated client. */
  token(): Promise<string>;
  stop(signal?: NodeJS.Signals): Promise<Finished>;
}

/** Starts `querent serve` on a free port and waits until it says that it is ready. */
export async function startServer(
  options: { readonly home?: string; readonly args?: readonly string[]; readonly env?: Record<string, string> } = {},
): Promise<RunningServer> {
  const home = options.home ?? freshHome().home;
  const running = startQuerent(['serve', '--port', '0', '--pipeline-port', '0', ...(options.args ?? [])], {
    home,
    env: options.env,
  });
  const url = await new Promise<string>((resolve, reject) => {
    const check = (): void => {
      const match = /ready at (http:\/\/\S+)/.exec(running.output());
      if (match?.[1]) resolve(match[1]);
    };
    running.child.stdout?.on('data', check);
    void running.finished.then(({ code }) =>
      reject(new Error(`the server ended with ${code} before it was ready:\n${running.output()}`)),
    );
  });
  const clients = parse(readFileSync(join(home, 'conf', 'auth_clients.yml'), 'utf8')) as {
    clients: Record<string, string>;
  };
  const [clientId = '', clientSecret = ''] = Object.entries(clients.clients)[0] ?? [];
  return {
    url,
    home,
    process: running,
    clientId,
    clientSecret,
    token: () => requestToken(url, clientId, clientSecret),
    async stop(signal = 'SIGTERM') {
      running.child.kill(signal);
      return running.finished;
    },
  };
}

/** Exchanges credentials for a token as a client would. */
export async function requestToken(url: string, clientId: string, clientSecret: string): Promise<string> {
  const response = await fetch(`${url}/auth/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' }),
  });
  if (response.status !== 200) throw new Error(`token request failed: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}
