import { cp, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { EngineError, fail, type Outcome, ok } from '../../../kernel/index.ts';
import type { Datasource, RunFailure, RunOptions } from '../../datasource.ts';
import type { DatasourceKind } from '../../datasource-kind.ts';
import { startDeadline } from '../../deadline.ts';
import { messageOf, runFailure, scrubMessage, stoppedFailure } from '../../failure.ts';
import { createScratch } from '../../scratch.ts';
import { postgresFailure } from '../postgres-failure.ts';
import { introspectPostgres } from '../postgres-introspect.ts';
import { explainPostgres, type PostgresSession, readPostgres } from '../postgres-session.ts';
import { createEmbeddedThread } from './embedded-thread.ts';

export const embeddedConfig = z.strictObject({
  kind: z.literal('embedded'),
  path: z.string().min(1).describe('The data directory of an embedded Postgres; it is copied, never opened itself.'),
});

const INTROSPECT_TIMEOUT_MS = 120_000;

/** The session until its statement is stopped: a rollback after that would start the thread anew only to wait for it. */
function stoppable(session: PostgresSession, isStopped: () => boolean): PostgresSession {
  const unlessStopped = <T>(work: () => Promise<T>): Promise<T> =>
    isStopped() ? Promise.reject(new Error('the statement was stopped')) : work();
  return {
    setup: (sql) => unlessStopped(() => session.setup(sql)),
    query: (sql) => unlessStopped(() => session.query(sql)),
  };
}

/**
 * The embedded Postgres as a datasource. It works on a private copy of the data directory, so that any number of processes can
 * read the same one, and ending the thread in the middle of a statement harms nothing. One statement at a time: it is one session.
 */
export const embeddedKind: DatasourceKind<typeof embeddedConfig> = {
  id: 'embedded',
  dialect: 'postgres',
  configSchema: embeddedConfig,
  async open(config, deps): Promise<Datasource> {
    const marker = await stat(join(config.path, 'PG_VERSION')).catch(() => null);
    if (marker === null) {
      throw new EngineError(
        'datasource-unavailable',
        `There is no embedded Postgres in the folder ${basename(config.path)}; check the path in the configuration.`,
      );
    }
    const scratch = await createScratch(deps.scratchDirectory);
    const copy = join(scratch.path, 'data');
    await cp(config.path, copy, { recursive: true });
    await rm(join(copy, 'postmaster.pid'), { force: true });
    const thread = createEmbeddedThread(copy);
    let closed = false;
    let last: Promise<unknown> = Promise.resolve();

    const turn = async <T>(
      options: RunOptions,
      work: (session: PostgresSession) => Promise<T>,
    ): Promise<Outcome<T, RunFailure>> => {
      let mine = false;
      const deadline = startDeadline(options, () => {
        if (mine) {
          void thread.terminate();
        }
      });
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      try {
        if (closed) {
          return fail(runFailure('connection', 'The datasource was closed.'));
        }
        if (deadline.reason !== null) {
          return fail(stoppedFailure(deadline.reason, options.timeoutMs));
        }
        mine = true;
        try {
          return ok(await work(stoppable(thread.session, () => deadline.reason !== null)));
        } finally {
          if (deadline.reason === null) {
            await thread.reset().catch(() => thread.terminate());
          }
        }
      } catch (error) {
        return fail(
          deadline.reason === null ? postgresFailure(error, []) : stoppedFailure(deadline.reason, options.timeoutMs),
        );
      } finally {
        mine = false;
        deadline.end();
        resolve();
      }
    };

    try {
      await thread.session.query('SELECT 1');
    } catch (error) {
      await thread.terminate();
      await scratch.remove();
      const why = scrubMessage(messageOf(error), [], [config.path, copy]);
      throw new EngineError(
        'datasource-unavailable',
        `Cannot open the embedded Postgres ${basename(config.path)}: ${why}.`,
        {
          cause: error,
        },
      );
    }
    return {
      dialect: 'postgres',
      run: (sql, options) => turn(options, (session) => readPostgres(session, sql, options)),
      explain: (sql, options) => turn(options, (session) => explainPostgres(session, sql, options)),
      async introspect(options) {
        const limits = { signal: options?.signal, timeoutMs: INTROSPECT_TIMEOUT_MS, maxRows: 0 };
        const outcome = await turn(limits, (session) => introspectPostgres(session, null));
        if (outcome.ok) {
          return outcome.value;
        }
        throw outcome.failure.code === 'cancelled'
          ? new EngineError('cancelled', 'Reading the schema was cancelled.')
          : new EngineError('datasource-unavailable', `Cannot read the embedded Postgres: ${outcome.failure.message}`);
      },
      async close() {
        closed = true;
        await thread.terminate();
        await scratch.remove();
      },
    };
  },
};
