/** `querent user` and `querent grant` as real processes, beside no server. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashPassword } from '../../src/accounts/index.ts';
import { runQuerent } from '../support/process.ts';
import { createTestHome, type TestHome } from '../support/state.ts';

let home: TestHome;
beforeAll(async () => {
  home = await createTestHome();
});
afterAll(() => home?.remove());

const querent = (...args: string[]) => runQuerent(args, { home: home.home });

it('adds users whose password is shown once and kept as argon2id', async () => {
  const added = await querent('user', 'add', 'Anna', '--role', 'sales', '--variable', 'regions=["East China"]');
  expect(added.code, added.stderr).toBe(0);
  const password = /password: (\S{20}) {3}\(shown once\)/.exec(added.stdout)?.[1];
  expect(password).toBeDefined();
  const listed = await querent('user', 'list');
  expect(listed.stdout).toMatch(/\tAnna\tactive\tsales\tdefault\t\{"regions":\["East China"\]\}/);
  expect(listed.stdout).not.toContain(password);
  const again = await querent('user', 'add', 'anna', '--password', 'long-enough-1');
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('there is a user `anna` already')]);
});

it('grants only what is there, and says what it granted', async () => {
  const wrong = await querent('grant', 'demo', 'customers', '--role', 'sales', '--hide', 'emial');
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('customers has no column `emial`')]);
  const rule = '{"column":"region_name","term":"in","variable":"regions"}';
  const granted = await querent('grant', 'demo', 'REGIONS', '--role', 'sales', '--rows', rule);
  expect(granted.stdout, granted.stderr).toContain('role sales\tREGIONS\tallowed');
  expect((await querent('grant', 'demo')).stdout).toBe(`role sales\tregions\tallowed\trows ${rule}\n`);
  expect((await querent('grant', 'demo', 'regions', '--role', 'sales', '--remove')).code).toBe(0);
  expect((await querent('grant', 'demo')).stdout).toContain('no grants');
});

it('stores argon2id hashes', async () => {
  expect(await hashPassword('a long password')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});
