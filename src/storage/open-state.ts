import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { connect as connectSocket, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { EngineError, type Logger } from '../kernel/index.ts';
import type { Backend } from './connection/backend.ts';
import { openPool } from './connection/pool-backend.ts';
import { revivingBackend } from './connection/reviving-backend.ts';
import { type EmbeddedBackend, openEmbedded } from './embedded/embedded-backend.ts';
import { keepVacuumed } from './embedded/housekeeping.ts';
import type { Message, Request } from './embedded/protocol.ts';
import { remoteBackend } from './embedded/remote-backend.ts';
import { socketChannel } from './embedded/socket-channel.ts';
import { takeStateLock } from './lock/state-lock.ts';
import { migrate, readMigrations } from './migrate.ts';
import { createState, type State } from './state.ts';
import { ensureVectorTables } from './vectors/vector-tables.ts';

export interface OpenStateOptions {
  /** `$QUERENT_HOME`; the embedded database lives in `state/` below it. */
  readonly home: string;
  /** A PostgreSQL server (`QUERENT_STATE_URL`, `state.url`); without it the state is embedded. */
  readonly url?: string | undefined;
  readonly logger: Logger;
  /**
   * `owner` (the default) opens the database. `client` speaks to an owner that called {@link serveState}, and only
   * where the state is embedded: with a `url` every process is its own client of the server.
   */
  readonly role?: 'owner' | 'client';
  /** Where a client finds its owner; by default {@link stateSocketPath} of the home. */
  readonly socketPath?: string | undefined;
  /** Connections to a server per process. */
  readonly maxConnections?: number;
}

const embeddedBackends = new WeakMap<State, EmbeddedBackend>();

/**
 * Opens the state database and brings its schema up to date.
 *
 * @throws EngineError `state-locked` (another process owns it), `state-too-new` (a newer version wrote it),
 *   `state-unavailable` (it cannot be reached or opened).
 */
export async function openState(options: OpenStateOptions): Promise<State> {
  const { home, url, logger, role = 'owner', maxConnections = 10 } = options;
  if (url) return prepared(await openPool(url, logger, maxConnections), logger, () => {});
  if (role === 'client') {
    const socketPath = options.socketPath ?? stateSocketPath(home);
    const backend = await revivingBackend((onLost) => connectToOwner(socketPath, onLost), logger);
    return createState(backend, { hasVectorType: true }, () => {});
  }
  const directory = join(home, 'state');
  const lock = await takeStateLock(directory);
  let backend: EmbeddedBackend;
  try {
    backend = await openEmbedded(join(directory, 'data'), logger);
  } catch (error) {
    lock.release();
    throw error;
  }
  const housekeeping = keepVacuumed(backend, logger);
  const state = await prepared(backend, logger, () => {
    housekeeping.stop();
    lock.release();
  });
  embeddedBackends.set(state, backend);
  return state;
}

/** An embedded state that lives in memory only: for tests and one-off commands. */
export async function openMemoryState(logger: Logger): Promise<State> {
  return prepared(await openEmbedded(null), logger, () => {});
}

/**
 * Lets other processes of this user share an embedded state: they call `openState` with the role `client`. On a
 * server there is nothing to do. The socket can be opened by this user only and disappears with `close`.
 */
export async function serveState(state: State, socketPath: string): Promise<{ close(): void }> {
  const backend = embeddedBackends.get(state);
  if (!backend) return { close() {} };
  await backend.serve(socketPath);
  return { close: () => backend.stopServing() };
}

/** The socket's place: in the home, or, where that path is too long for a socket, in a private temporary folder. */
export function stateSocketPath(home: string): string {
  const inHome = join(home, 'state', 'state.sock');
  if (Buffer.byteLength(inHome) <= 100) return inHome;
  const { uid, username } = userInfo();
  const folder = join(tmpdir(), `querent-${uid >= 0 ? uid : username}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  return join(folder, `${createHash('sha256').update(home).digest('hex').slice(0, 24)}.sock`);
}

async function prepared(backend: Backend, logger: Logger, onClose: () => void): Promise<State> {
  try {
    const { applied } = await migrate(backend, await readMigrations());
    if (applied.length > 0) logger.info({ applied }, 'the state schema was brought up to date');
    const hasVectorType = await ensureVectorTables(backend, logger);
    return createState(backend, { hasVectorType }, onClose);
  } catch (error) {
    await backend.close().catch(() => {});
    onClose();
    if (error instanceof EngineError) throw error;
    throw new EngineError('state-unavailable', `The state schema cannot be prepared: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function connectToOwner(socketPath: string, onLost: (reason: string) => void): Promise<Backend> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const attempt = connectSocket(socketPath, () => resolve(attempt));
    attempt.once('error', reject);
  }).catch((error: Error) => {
    throw new EngineError('state-unavailable', `No process serves the state at ${socketPath}: ${error.message}`);
  });
  return remoteBackend(socketChannel<Request, Message>(socket), async () => {}, onLost);
}
