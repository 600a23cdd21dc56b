/** What the tests of whole server processes share: homes with two clients, free ports, a small HTTP client. */
import { createServer } from 'node:net';
import { requestToken } from '../support/process.ts';
import { openEventStream } from '../support/sse-client.ts';
import { DEMO_NAMESPACE } from '../surfaces/datus/live-server.ts';

export const TOP = 'top 5 products by revenue';
export const CONFIG = {
  agent: { namespace: DEMO_NAMESPACE, workflow: { asked: ['generate_sql', 'hitl', 'execute_sql', 'output'] } },
};

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', () => resolve()));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

export const clientOf = async (url: string) => {
  const token = await requestToken(url, 'alice', 'alice-secret-1');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' };
  return {
    headers,
    json: async (method: string, path: string, body?: unknown) =>
      (await (
        await fetch(`${url}${path}`, {
          method,
          headers,
          // A process that is killed may take a request with it.
          signal: AbortSignal.timeout(10_000),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
      ).json()) as Record<string, unknown>,
    events: (id: string) => openEventStream(`${url}/workflows/tasks/${id}/events`, { headers }),
    start: (body: object) =>
      openEventStream(`${url}/workflows/run`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ namespace: 'demo', mode: 'async', task: TOP, ...body }),
      }),
  };
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
