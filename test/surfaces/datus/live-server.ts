/** A server with two clients, custom workflows, a scripted model and, when one is there, a PostgreSQL namespace. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { freshHome, type RunningServer, requestToken, startServer } from '../../support/process.ts';
import { collect, openEventStream, type SseMessage, type SseResponse } from '../../support/sse-client.ts';

export interface LiveServer {
  readonly server: RunningServer;
  readonly url: string;
  /** Calls as the first client, or with another client's token. */
  call(method: string, path: string, body?: unknown, token?: string): Promise<Response>;
  json(method: string, path: string, body?: unknown, token?: string): Promise<Record<string, unknown>>;
  stream(body: Record<string, unknown>, headers?: Record<string, string>): Promise<SseResponse>;
  events(id: string, headers?: Record<string, string>): Promise<SseResponse>;
  collectRun(body: Record<string, unknown>): Promise<SseMessage[]>;
  readonly token: string;
  readonly otherToken: string;
  /** Ends the process and starts another one on the same home; `between` may look at what is stored. */
  restart(signal: NodeJS.Signals, between?: (home: string) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** The files of a home before its first start. */
export function prepareHome(config: object): { readonly home: string; remove(): void } {
  const made = freshHome();
  mkdirSync(join(made.home, 'conf'));
  writeFileSync(
    join(made.home, 'conf', 'auth_clients.yml'),
    stringify({
      clients: { alice: 'alice-secret-1', bob: 'bob-secret-2' },
      jwt: { secret_key: '0123456789abcdef0123456789abcdef' },
    }),
    { mode: 0o600 },
  );
  writeFileSync(join(made.home, 'conf', 'agent.yml'), stringify(config));
  return made;
}

export const DEMO_NAMESPACE = {
  demo: { type: 'duckdb', name: 'demo', uri: 'duckdb:///$' + '{QUERENT_HOME}/demo/demo.duckdb' },
};

/** Starts `querent serve` on a configuration. */
export async function startLiveServer(config: object, args: readonly string[] = []): Promise<LiveServer> {
  const { home, remove } = prepareHome(config);
  let server = await startServer({ home, args });
  const tokens = async () => ({
    alice: await requestToken(server.url, 'alice', 'alice-secret-1'),
    bob: await requestToken(server.url, 'bob', 'bob-secret-2'),
  });
  const { alice, bob } = await tokens();
  const authorization = (token: string) => ({ authorization: `Bearer ${token}` });
  const live: LiveServer = {
    get server() {
      return server;
    },
    get url() {
      return server.url;
    },
    token: alice,
    otherToken: bob,
    call: (method, path, body, token = alice) =>
      fetch(`${server.url}${path}`, {
        method,
        headers: { ...authorization(token), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    json: async (method, path, body, token) =>
      (await (await live.call(method, path, body, token)).json()) as Record<string, unknown>,
    stream: (body, headers = {}) =>
      openEventStream(`${server.url}/workflows/run`, {
        method: 'POST',
        headers: { ...authorization(alice), 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ mode: 'async', namespace: 'demo', ...body }),
      }),
    events: (id, headers = {}) =>
      openEventStream(`${server.url}/workflows/tasks/${id}/events`, {
        headers: { ...authorization(alice), ...headers },
      }),
    collectRun: async (body) => collect(await live.stream(body)),
    async restart(signal, between = async () => {}) {
      await server.stop(signal);
      await between(home);
      server = await startServer({ home, args });
    },
    async stop() {
      await server.stop();
      remove();
    },
  };
  return live;
}

/** Asks until the answer satisfies, since the work goes on in another process. */
export async function until<T>(
  ask: () => Promise<T>,
  satisfied: (value: T) => boolean,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (satisfied(value)) return value;
    if (Date.now() > deadline) throw new Error(`still not so after ${timeoutMs} ms: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
