/** The curl lines of the documents that this API replaces, as they are printed, with real credentials put in. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { stringify } from 'yaml';
import { freshHome, projectRoot, type RunningServer, startServer } from '../../support/process.ts';
import { verifies } from './verifies.ts';

const seeds = join(projectRoot, '..', 'shared', 'seeds');
const present = existsSync(seeds);
const DOCUMENTS = ['001_', '002_'];

/** Every `curl …` command with its continuation lines. */
function curlLines(text: string): string[] {
  return [...text.matchAll(/^curl (?:[^\n]*\\\n)*[^\n]*/gm)].map(([command]) => command);
}

const bash = (command: string): Promise<string> =>
  new Promise((resolve, reject) =>
    execFile('bash', ['-c', command.replace(/^curl /, 'curl -s ')], (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    ),
  );

const suite = present ? describe : describe.skip;

suite(`the documented curl lines${present ? '' : ' (skipped: ../shared is absent)'}`, () => {
  let server: RunningServer;
  const { home, remove } = freshHome();
  beforeAll(async () => {
    const first = await startServer({ home });
    await first.stop();
    writeFileSync(
      join(home, 'conf', 'auth_clients.yml'),
      stringify({
        clients: { your_client_id: 'your_client_secret', another_client: 'another_secret' },
        jwt: { secret_key: 'your-jwt-secret-key-change-in-production', algorithm: 'HS256', expiration_hours: 2 },
      }),
    );
    server = await startServer({ home });
  });
  afterAll(async () => {
    await server?.stop();
    remove();
  });

  verifies('seed-curls token', 'work as printed', async () => {
    for (const prefix of DOCUMENTS) {
      const name = readdirSync(seeds).find((file) => file.startsWith(prefix)) ?? '';
      const [token = '', run = '', ...more] = curlLines(readFileSync(join(seeds, name), 'utf8'));
      expect(more).toEqual([]);
      const here = (command: string): string => command.replaceAll('http://localhost:8000', server.url);
      const issued = JSON.parse(await bash(here(token))) as Record<string, unknown>;
      expect(issued).toMatchObject({ token_type: 'Bearer', expires_in: 7200 });
      const real = here(run).replace('your_jwt_token', String(issued.access_token)).replace('your_db', 'demo');
      const body = JSON.parse(await bash(real)) as Record<string, unknown>;
      expect(body).toMatchObject({ workflow: 'fixed', status: 'completed', error: null });
      expect((body.result as unknown[]).length).toBeGreaterThan(0);
    }
  });

  verifies('seed-curls sync-response', 'and so does the documented synchronous request', async () => {
    const name = readdirSync(seeds).find((file) => file.startsWith('002_')) ?? '';
    const text = readFileSync(join(seeds, name), 'utf8');
    const printed = /```json\n(\{\s*"workflow": "nl2sql"[\s\S]*?\})\n```/.exec(text)?.[1] ?? '';
    const request = JSON.parse(printed) as Record<string, unknown>;
    const token = (await (
      await fetch(`${server.url}/auth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          client_id: 'your_client_id',
          client_secret: 'your_client_secret',
          grant_type: 'client_credentials',
        }),
      })
    ).json()) as { access_token: string };
    const response = await fetch(`${server.url}/workflows/run`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...request, namespace: 'demo', catalog_name: '', database_name: '' }),
    });
    const body = (await response.json()) as Record<string, unknown>;
    expect(body).toMatchObject({ status: 'completed', workflow: 'nl2sql' });
    const [first] = body.result as Record<string, unknown>[];
    expect(Object.keys(first ?? {})).toHaveLength(3);
  });
});
