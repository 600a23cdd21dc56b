/** Signing in against real server processes: failures count for all of them, for the account and for the real address. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../support/process.ts';
import { createTestHome, type TestHome } from '../../support/state.ts';

const PASSWORD = 'admin-pass-3';

let home: TestHome;
let server: RunningServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
  await home.remove();
});

async function start(config: string, args: readonly string[] = []): Promise<RunningServer> {
  home = await createTestHome();
  mkdirSync(join(home.home, 'conf'), { recursive: true });
  writeFileSync(join(home.home, 'conf', 'agent.yml'), config);
  server = await startServer({ home: home.home, args, env: { QUERENT_ADMIN_PASSWORD: PASSWORD } });
  return server;
}

/** Status of a sign-in over a connection of its own. */
async function signIn(
  { url }: RunningServer,
  username: string,
  password: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const response = await fetch(`${url}/api/v1/open/datasources`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close', ...headers },
    body: JSON.stringify({ username, password }),
  });
  await response.arrayBuffer();
  return response.status;
}

it('counts the failures of an account over all workers, and after a restart', async () => {
  let running = await start('agent: {}\n', ['--workers', '2']);
  const codes: number[] = [];
  for (let n = 0; n < 12; n += 1) codes.push(await signIn(running, 'admin', 'wrong'));
  expect(codes).toEqual([...Array(10).fill(400), 429, 429]);
  expect(await signIn(running, 'admin', PASSWORD)).toBe(429);
  await running.stop();
  running = await startServer({ home: home.home });
  server = running;
  expect(await signIn(running, 'admin', PASSWORD)).toBe(429);
}, 180_000);

it('believes the address that a trusted proxy names, and nobody else', async () => {
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const fifty = async (running: RunningServer, address: (n: number) => string) => {
    for (let n = 0; n < 50; n += 1) await signIn(running, `guess-${n}`, 'wrong', from(address(n)));
  };
  const trusting = await start('server: { trusted_proxies: [127.0.0.1] }\n');
  await fifty(trusting, () => '203.0.113.9');
  expect(await signIn(trusting, 'admin', PASSWORD, from('203.0.113.9'))).toBe(429);
  expect(await signIn(trusting, 'admin', PASSWORD, from('203.0.113.10'))).toBe(200);
  await trusting.stop();
  await home.remove();

  const wary = await start('agent: {}\n');
  await fifty(wary, (n) => `203.0.113.${n}`);
  expect(await signIn(wary, 'admin', PASSWORD, from('198.51.100.1'))).toBe(429);
}, 180_000);
