/**
 * The state database for tests: a temporary home whose embedded database is copied from a template (making one takes
 * seconds), and suites that run on both kinds of state.
 */
import { cp, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { silentLogger } from '../../src/kernel/index.ts';
import { openEmbedded } from '../../src/storage/embedded/embedded-backend.ts';
import { openState, type State } from '../../src/storage/index.ts';
import { createPostgresDatabase, describeWithPostgres } from './services.ts';

const TEMPLATE = new URL('../../node_modules/.cache/querent-test-state/pglite-0.5.14', import.meta.url).pathname;

export interface TestHome {
  readonly home: string;
  remove(): Promise<void>;
}

/** A new `$QUERENT_HOME` with an empty embedded database in it. */
export async function createTestHome(): Promise<TestHome> {
  const home = await mkdtemp(join(tmpdir(), 'querent-home-'));
  await ensureTemplate();
  await cp(TEMPLATE, join(home, 'state', 'data'), { recursive: true });
  return { home, remove: () => rm(home, { recursive: true, force: true }) };
}

async function ensureTemplate(): Promise<void> {
  if (await exists(TEMPLATE)) return;
  await mkdir(join(TEMPLATE, '..'), { recursive: true });
  const building = await mkdtemp(`${TEMPLATE}-`);
  await (await openEmbedded(building)).close();
  await rename(building, TEMPLATE).catch(() => rm(building, { recursive: true, force: true }));
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Where a test's state is; `open` may be called again after a close, and on a server several times. */
export interface TestStore {
  readonly home: string;
  readonly url: string | undefined;
  open(): Promise<State>;
  remove(): Promise<void>;
}

export async function createTestStore(kind: 'embedded' | 'server'): Promise<TestStore> {
  if (kind === 'embedded') {
    const { home, remove } = await createTestHome();
    return { home, url: undefined, open: () => openState({ home, logger: silentLogger }), remove };
  }
  const home = await mkdtemp(join(tmpdir(), 'querent-home-'));
  const { url, drop } = await createPostgresDatabase();
  return {
    home,
    url,
    open: () => openState({ home, url, logger: silentLogger }),
    remove: async () => {
      await drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** The same suite on the embedded state and on a PostgreSQL server. */
export function describeOnBothStates(name: string, body: (kind: 'embedded' | 'server') => void): void {
  describe(`${name}, embedded`, () => body('embedded'));
  describeWithPostgres(`${name}, on a PostgreSQL server`, () => body('server'));
}
