import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/kernel/index.ts';
import { openState, type State, serveState, stateSocketPath } from '../../src/storage/index.ts';
import { takeStateLock } from '../../src/storage/lock/state-lock.ts';
import { startChild, type TestChild } from '../support/child.ts';
import { createTestHome, type TestHome } from '../support/state.ts';

const writeRows = new URL('./processes/write-rows.ts', import.meta.url);
const ownAndServe = new URL('./processes/own-and-serve.ts', import.meta.url);
const useSocket = new URL('./processes/use-socket.ts', import.meta.url);

describe('the embedded state', () => {
  let test: TestHome;
  let children: TestChild[];

  beforeEach(async () => {
    test = await createTestHome();
    children = [];
  });
  afterEach(async () => {
    await Promise.all(children.map((child) => child.kill('SIGKILL').catch(() => {})));
    await test.remove();
  });

  const start = (): TestChild => {
    const child = startChild(writeRows, [test.home, null]);
    children.push(child);
    return child;
  };

  it('loses nothing that was committed when its process is killed again and again', async () => {
    let expected = 1;
    for (let round = 0; round < 4; round += 1) {
      const child = start();
      const opened = await child.next<{ next: number }>((message) => 'next' in message);
      expect(opened.next).toBeGreaterThanOrEqual(expected);
      const target = opened.next + 20 + 7 * round;
      const { committed } = await child.next<{ committed: number }>((message) => message.committed >= target);
      await child.kill('SIGKILL');
      expected = committed + 1;
    }
    const state = await openState({ home: test.home, logger: silentLogger });
    const [row] = await state.execute<{ count: string; last: number }>(
      'SELECT count(*) AS count, MAX(n) AS last FROM numbers',
    );
    await state.close();
    expect(Number(row!.count)).toBe(row!.last);
    expect(row!.last).toBeGreaterThanOrEqual(expected - 1);
  });

  it('refuses a second living process, naming the first and the line to set', async () => {
    const first = start();
    const { opened } = await first.next<{ opened: number }>((message) => 'opened' in message);
    const second = await start().next<{ failed: string; message: string }>((message) => 'failed' in message);
    expect(second.failed).toBe('state-locked');
    expect(second.message).toContain(`process ${opened}`);
    expect(second.message).toContain('QUERENT_STATE_URL=postgres://');
    await first.next<{ committed: number }>((message) => message.committed > 5);
  });

  it('lets exactly one of several that start together have it, also after a kill', async () => {
    const crashed = start();
    await crashed.next((message) => 'opened' in message);
    await crashed.kill('SIGKILL');
    const starters = [start(), start(), start(), start()];
    const results = await Promise.all(
      starters.map((child) =>
        child.next<{ opened?: number; failed?: string }>((message) => 'opened' in message || 'failed' in message),
      ),
    );
    expect(results.filter(({ opened }) => opened !== undefined)).toHaveLength(1);
    expect(results.filter(({ failed }) => failed === 'state-locked')).toHaveLength(3);
  });

  it('refuses to be opened twice in one process', async () => {
    const state = await openState({ home: test.home, logger: silentLogger });
    await expect(openState({ home: test.home, logger: silentLogger })).rejects.toMatchObject({ code: 'state-locked' });
    await state.close();
    await (await openState({ home: test.home, logger: silentLogger })).close();
  });

  it('is served to other processes, whose open transaction dies with them', async () => {
    const state = await openState({ home: test.home, logger: silentLogger });
    await state.execute('CREATE TABLE notes (body text)');
    const served = await serveState(state, stateSocketPath(test.home));
    const child = startChild(useSocket, [test.home]);
    children.push(child);
    await child.next((message) => 'holding' in message);

    const waiting = state.execute("INSERT INTO notes VALUES ('from the owner') RETURNING body");
    await child.kill('SIGKILL');
    expect(await waiting).toEqual([{ body: 'from the owner' }]);
    expect(await state.execute('SELECT body FROM notes')).toEqual([{ body: 'from the owner' }]);
    expect(await state.absent(['holder'])).toEqual(['holder']);
    served.close();
    await state.close();
  });

  it('gives its clients the same as its owner: transactions, notifications, large values', async () => {
    const owner = await openState({ home: test.home, logger: silentLogger });
    const served = await serveState(owner, stateSocketPath(test.home));
    const client: State = await openState({ home: test.home, logger: silentLogger, role: 'client' });
    const heard = Promise.withResolvers<string>();
    await client.listen('news', heard.resolve);
    await client.transaction((tx) => tx.execute('CREATE TABLE big (body text)'));
    const body = '汉字🙂'.repeat(300_000);
    await client.execute('INSERT INTO big VALUES ($1)', [body]);
    expect(await client.execute('SELECT body FROM big')).toEqual([{ body }]);
    await owner.notify('news', 'hello');
    expect(await heard.promise).toBe('hello');

    await client.close();
    await expect(client.execute('SELECT 1')).rejects.toMatchObject({ code: 'state-unavailable' });
    served.close();
    await owner.close();
  });

  it('is found again by its clients when another process takes the place of its owner', async () => {
    const startOwner = async (): Promise<TestChild> => {
      const child = startChild(ownAndServe, [test.home]);
      children.push(child);
      await child.next((message) => 'serving' in message);
      return child;
    };
    const first = await startOwner();
    const client = await openState({ home: test.home, logger: silentLogger, role: 'client' });
    const heard: string[] = [];
    await client.announce('survivor');
    const found = Promise.withResolvers<void>();
    await client.listen('news', (payload) => heard.push(payload), found.resolve);
    await client.execute("INSERT INTO notes VALUES ('before')");
    await first.kill('SIGKILL');
    await startOwner();
    await found.promise;
    expect(await client.execute('SELECT body FROM notes')).toEqual([{ body: 'before' }]);
    expect(await client.absent(['survivor'])).toEqual([]);
    await client.notify('news', 'after');
    await client.execute('SELECT 1');
    expect(heard).toEqual(['after']);
    await client.close();
  });

  it('tells a client without an owner that nobody serves the state', async () => {
    await expect(openState({ home: test.home, logger: silentLogger, role: 'client' })).rejects.toMatchObject({
      code: 'state-unavailable',
    });
  });
});

describe('the lock of a state', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'querent-lock-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const ownerFile = () => join(directory, 'state.lock');

  it('names this process while it is held and leaves nothing behind', async () => {
    const lock = await takeStateLock(directory);
    expect(JSON.parse(await readFile(ownerFile(), 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
    await expect(readFile(ownerFile())).rejects.toMatchObject({ code: 'ENOENT' });
    (await takeStateLock(directory)).release();
  });

  it('is taken over from a pid that now belongs to another process', async () => {
    await writeFile(ownerFile(), JSON.stringify({ pid: process.ppid, started: 'another boot:1' }));
    (await takeStateLock(directory)).release();
  });

  it('is taken over from a process that is gone, and from a broken file', async () => {
    await writeFile(ownerFile(), JSON.stringify({ pid: 2 ** 22 - 3, started: null }));
    (await takeStateLock(directory)).release();
    await writeFile(ownerFile(), 'not json');
    (await takeStateLock(directory)).release();
  });

  it('is refused when its owner lives, even where the file system forgot the lock', async () => {
    await writeFile(ownerFile(), JSON.stringify({ pid: process.ppid, started: null }));
    await expect(takeStateLock(directory)).rejects.toMatchObject({
      code: 'state-locked',
      data: { pid: process.ppid },
    });
  });
});
