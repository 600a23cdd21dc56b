/** Databases that are away, before and after they were opened. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect } from 'vitest';
import { stringify } from 'yaml';
import { type RunningServer, startServer } from '../../support/process.ts';
import { createTestHome, type TestHome } from '../../support/state.ts';
import { type AskClient, askClient } from './ask-client.ts';
import { verifies } from './requirements.ts';

const PASSWORD = 'admin-pass-5';

let home: TestHome;
let server: RunningServer;
let client: AskClient;

beforeAll(async () => {
  home = await createTestHome();
  const database = new DatabaseSync(join(home.home, 'club.sqlite'));
  database.exec("CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO members VALUES (1, 'Ann')");
  database.close();
  const namespace = {
    club: { type: 'sqlite', name: 'club', uri: `sqlite:///${join(home.home, 'club.sqlite')}` },
    away: { type: 'postgres', host: '127.0.0.1', port: 1, username: 'reader', password: 'secret-7531', database: 'a' },
  };
  mkdirSync(join(home.home, 'conf'), { recursive: true });
  writeFileSync(join(home.home, 'conf', 'agent.yml'), stringify({ agent: { namespace } }));
  server = await startServer({ home: home.home, env: { QUERENT_ADMIN_PASSWORD: PASSWORD } });
  client = askClient(server.url, null, { username: 'admin', password: PASSWORD });
});
afterAll(async () => {
  await server?.stop();
  await home?.remove();
});

verifies('FAULT-1', async () => {
  const response = await client.post('datasources', { username: 'admin', password: PASSWORD });
  const { datasources } = (await response.json()) as { datasources: { id: number; name: string; status: string }[] };
  expect(datasources.map(({ name, status }) => [name, status])).toEqual([
    ['away', 'Fail'],
    ['club', 'Success'],
  ]);
  const idOf = (name: string) => datasources.find((one) => one.name === name)?.id;
  const faulty = async (name: string) => {
    const { status, answer } = await client.ask('how many members', { datasource_id: idOf(name) });
    expect([status, answer.success]).toEqual([500, false]);
    expect(JSON.parse(answer.message ?? '')).toEqual({ message: expect.any(String), type: 'db-connection-err' });
    expect(answer.message).not.toMatch(/secret-7531|ENOENT|\n\s+at /);
    expect(answer.message).not.toContain(home.home);
  };
  await faulty('away');
  const { text } = await client.stream('how many members', { datasource_id: idOf('away') });
  expect(text).toMatch(/&#x274c; \*\*ERROR:\*\*\n> \{.*"type":"db-connection-err"\}\n$/);
  expect((await client.ask('how many members', { datasource_id: idOf('club') })).status).toBe(200);
  renameSync(join(home.home, 'club.sqlite'), join(home.home, 'gone.sqlite'));
  await faulty('club');
});
