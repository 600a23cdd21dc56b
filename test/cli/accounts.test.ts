/** The commands of `querent user` and `querent grant`, beside a process that has the state open. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashPassword } from '../../src/accounts/index.ts';
import { type GrantOptions, grant } from '../../src/cli/commands/grant.ts';
import { addUser, listUsers, setUser } from '../../src/cli/commands/user.ts';
import type { CommandHost } from '../../src/cli/host.ts';
import { loadConfig } from '../../src/engine/index.ts';
import { silentLogger } from '../../src/kernel/index.ts';
import { type State, serveState, stateSocketPath } from '../../src/storage/index.ts';
import { createTestStore, type TestStore } from '../support/state.ts';

let store: TestStore;
let state: State;
let stopServing: () => void = () => {};
beforeAll(async () => {
  store = await createTestStore('embedded');
  state = await store.open();
  stopServing = (await serveState(state, stateSocketPath(store.home))).close;
});
afterAll(async () => {
  stopServing();
  await state?.close();
  await store?.remove();
});

/** Runs a command and gives what it printed. */
async function printed(command: (host: CommandHost) => Promise<number>): Promise<string> {
  const lines: string[] = [];
  await command({
    isTerminal: false,
    logger: silentLogger,
    stopOnSignals: () => new AbortController().signal,
    out: (line) => void lines.push(line),
    outRaw: (text) => void lines.push(text),
    error: (line) => void lines.push(line),
    loadConfig: () => loadConfig({ environment: { QUERENT_HOME: store.home, HOME: store.home } }),
  });
  return lines.join('\n');
}

const add = (username: string, password?: string) =>
  printed((host) =>
    addUser(
      username,
      { role: ['sales'], variable: ['regions=["East China"]'], workspace: [], ...(password ? { password } : {}) },
      host,
    ),
  );
const granting = (table: string | undefined, options: GrantOptions = {}) =>
  printed((host) => grant('demo', table, options, host));

it('adds users whose generated password is shown once', async () => {
  const password = /password: (\S{20}) {3}\(shown once\)/.exec(await add('Anna'))?.[1];
  expect(password).toBeDefined();
  const listed = await printed((host) => listUsers({}, host));
  expect(listed).toMatch(/\tAnna\tactive\tsales\tdefault\t\{"regions":\["East China"\]\}/);
  expect(listed).not.toContain(password);
  await expect(add('anna', 'long-enough-1')).rejects.toThrow('there is a user `anna` already');
  await expect(add('ben', 'short')).rejects.toThrow('a password has 8 to 1,000 characters');
});

it('moves users between workspaces and roles', async () => {
  const set = (workspace: string[], role: string[] = []) =>
    printed((host) => setUser('anna', { role, workspace, variable: [] }, host));
  const line = async () =>
    (await printed((host) => listUsers({}, host))).split('\n').find((one) => one.includes('Anna'));
  await set(['logistics', 'default']);
  expect(await line()).toMatch(/\tsales\tdefault,logistics\t/);
  await set(['logistics'], ['']);
  expect(await line()).toMatch(/\tactive\t\tlogistics\t/);
  await set([''], ['sales']);
  expect(await line()).toMatch(/\tsales\t\t/);
  await set(['default']);
});

it('grants only what is there, and says what was granted', async () => {
  const sales = { role: 'sales' };
  await expect(granting('customers', { ...sales, hide: 'emial' })).rejects.toThrow('customers has no column `emial`');
  await expect(granting('costumers', { ...sales, deny: true })).rejects.toThrow('did you mean `customers`?');
  await expect(granting('customers', { ...sales, rows: '{"column":"city"}' })).rejects.toThrow('--rows: a row rule is');
  await expect(granting('customers')).rejects.toThrow('--user NAME or --role NAME');
  const rows = '{"column":"region_name","term":"in","variable":"regions"}';
  await granting('REGIONS', { ...sales, rows });
  expect(await granting(undefined)).toBe(`role sales\tregions\tallowed\trows ${rows}`);
  await granting('regions', { ...sales, remove: true });
  expect(await granting(undefined)).toContain('no grants');
});

it('stores argon2id hashes', async () => {
  expect(await hashPassword('a long password')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});
