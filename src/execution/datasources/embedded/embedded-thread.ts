/** The parent's side of the embedded Postgres: starts its thread when needed, ends it to cancel or after a while without work. */
import { Worker } from 'node:worker_threads';
import { keepWasmSmall, siblingModule } from '../../../kernel/index.ts';
import { type PostgresRows, type PostgresSession, SESSION_SETTINGS } from '../postgres-session.ts';
import type { Reply, Request } from './protocol.ts';

const IDLE_MS = 120_000;

class ThreadEnded extends Error {}

export interface EmbeddedThread {
  readonly session: PostgresSession;
  /** Rolls back and resets what a statement may have left. */
  reset(): Promise<void>;
  /** Ends the thread at once; the next use starts a new one. */
  terminate(): Promise<void>;
}

/** A lazily started thread on the data directory. */
export function createEmbeddedThread(path: string): EmbeddedThread {
  let worker: Worker | null = null;
  let opening: Promise<void> | null = null;
  let rejectPending: ((error: Error) => void) | null = null;
  let idle: NodeJS.Timeout | undefined;

  const terminate = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = worker;
    worker = null;
    opening = null;
    rejectPending?.(new ThreadEnded('the embedded database was stopped'));
    rejectPending = null;
    await ending?.terminate();
  };

  const ask = (to: Worker, request: Request): Promise<PostgresRows | null> =>
    new Promise((resolve, reject) => {
      clearTimeout(idle);
      const settle = (): void => {
        to.off('message', onMessage);
        to.off('error', onError);
        rejectPending = null;
        idle = setTimeout(() => void terminate(), IDLE_MS);
        idle.unref();
      };
      const onMessage = (reply: Reply): void => {
        settle();
        if (reply.ok) {
          resolve(reply.rows);
        } else {
          reject(Object.assign(new Error(reply.message), { code: reply.code, hint: reply.hint }));
        }
      };
      const onError = (error: Error): void => {
        settle();
        void terminate();
        reject(error);
      };
      rejectPending = (error) => {
        settle();
        clearTimeout(idle);
        reject(error);
      };
      to.once('message', onMessage);
      to.once('error', onError);
      to.postMessage(request);
    });

  const ready = async (): Promise<Worker> => {
    if (worker === null) {
      keepWasmSmall();
      worker = new Worker(siblingModule(import.meta.url, './embedded-worker'), { execArgv: ['--no-warnings'] });
      worker.unref();
      opening = ask(worker, { type: 'open', path }).then(() => {});
    }
    const current = worker;
    await opening;
    return current;
  };

  const session: PostgresSession = {
    async setup(sql) {
      await ask(await ready(), { type: 'setup', sql });
    },
    async query(sql) {
      return (await ask(await ready(), { type: 'query', sql })) ?? { columns: [], rows: [] };
    },
  };
  const restore = Object.entries(SESSION_SETTINGS)
    .map(([name, value]) => `SET ${name} = '${value}'`)
    .join('; ');
  return {
    session,
    async reset() {
      // DISCARD ALL refuses to be one of several statements.
      await session.setup('DISCARD ALL');
      await session.setup(restore);
    },
    terminate,
  };
}
