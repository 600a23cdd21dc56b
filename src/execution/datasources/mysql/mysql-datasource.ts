/** A MySQL or MariaDB server as a datasource: a small pool, a fresh session per statement, KILL QUERY on a second connection. */
import mysql, { type ConnectionOptions, type PoolConnection } from 'mysql2';
import type { z } from 'zod';
import { EngineError, fail, type Outcome, ok } from '../../../kernel/index.ts';
import type { Datasource, ResultSet, RunFailure, RunOptions } from '../../datasource.ts';
import type { DatasourceDeps } from '../../datasource-kind.ts';
import { startDeadline } from '../../deadline.ts';
import { RefusedStatement, runFailure, stoppedFailure } from '../../failure.ts';
import { serverUnavailable } from '../connection-failure.ts';
import type { mysqlConfig } from './kind.ts';
import { parseMysqlExplain } from './mysql-explain.ts';
import { mysqlFailure } from './mysql-failure.ts';
import { introspectMysql } from './mysql-introspect.ts';
import { readMysql, resetSession } from './mysql-session.ts';

const MAX_CONNECTIONS = 9;
const INTROSPECTION: RunOptions = { timeoutMs: 120_000, maxRows: 5_000_000, maxBytes: 512 * 1024 * 1024 };
/** How long a cancelled statement may take to end before its connection is cut. */
const CANCEL_GRACE_MS = 2_000;
const CANCEL_AGAIN_MS = 100;

interface Watched {
  /** Rejects when the connection is lost or cut: the driver leaves a streaming statement waiting for ever then. */
  readonly lost: Promise<never>;
  /** Cuts the connection. */
  cut(): void;
  /** Ends the watching; the connection goes back to the pool. */
  end(): void;
}

function watch(connection: PoolConnection): Watched {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  const onEnd = (): void => reject(new Error('Connection lost: the server closed it.'));
  connection.on('error', reject);
  connection.on('end', onEnd);
  return {
    lost: promise,
    cut() {
      connection.destroy();
      reject(new Error('Connection lost: it was cut.'));
    },
    end() {
      connection.off('error', reject);
      connection.off('end', onEnd);
    },
  };
}

/** Opens a pool and proves that the server lets us in. */
export async function openMysql(config: z.output<typeof mysqlConfig>, _deps: DatasourceDeps): Promise<Datasource> {
  const address = { product: 'MySQL/MariaDB', ...config };
  const options: ConnectionOptions = {
    host: config.host,
    port: config.port,
    user: config.user,
    password: config.password,
    database: config.database,
    connectTimeout: config.connectTimeoutMs,
    charset: 'utf8mb4',
    multipleStatements: false,
    flags: ['-LOCAL_FILES', '-IGNORE_SPACE'],
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    enableKeepAlive: true,
    ...(config.ssl === 'disable' ? {} : { ssl: { rejectUnauthorized: config.ssl === 'verify-full' } }),
  };
  const pool = mysql.createPool({ ...options, connectionLimit: MAX_CONNECTIONS, maxIdle: 4, idleTimeout: 30_000 });
  let closed = false;

  const connect = (): Promise<PoolConnection> =>
    new Promise((resolve, reject) => {
      pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection)));
    });

  /** Kills the query again and again until it is over: a kill that arrives between two statements is lost. */
  const killQuery = (thread: number, over: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const second = mysql.createConnection(options);
      second.on('error', reject);
      const again = (): void => {
        if (over.aborted) {
          second.destroy();
          resolve();
          return;
        }
        second.query(`KILL QUERY ${thread}`, (error) => {
          if (error) {
            second.destroy();
            reject(error);
          } else {
            setTimeout(again, CANCEL_AGAIN_MS);
          }
        });
      };
      again();
    });

  const stop = (connection: PoolConnection, watched: Watched, over: AbortSignal): void => {
    killQuery(connection.threadId, over).catch(() => over.aborted || watched.cut());
    const lastResort = setTimeout(() => watched.cut(), CANCEL_GRACE_MS);
    over.addEventListener('abort', () => clearTimeout(lastResort), { once: true });
  };

  let mariadb = false;
  try {
    const connection = await connect();
    const version = await new Promise<string>((resolve, reject) => {
      connection.query({ sql: 'SELECT VERSION()', rowsAsArray: true }, (error, rows) =>
        error ? reject(error) : resolve(String((rows as unknown as string[][])[0]?.[0])),
      );
    });
    mariadb = /mariadb/i.test(version);
    connection.release();
  } catch (error) {
    pool.end(() => {});
    throw serverUnavailable(error, address);
  }

  /** A KILL may still be on its way to a stopped connection, so that one is not used again. */
  const giveBack = async (
    held: { readonly connection: PoolConnection; readonly watched: Watched } | null,
    stopped: boolean,
  ): Promise<void> => {
    if (held === null) {
      return;
    }
    const { connection, watched } = held;
    const reset = (): Promise<boolean> =>
      Promise.race([resetSession(connection), watched.lost]).then(
        () => true,
        () => false,
      );
    if (!stopped && (await reset())) {
      watched.end();
      connection.release();
    } else {
      connection.destroy();
    }
  };

  const execute = async (sql: string, prefix: string, limits: RunOptions): Promise<Outcome<ResultSet, RunFailure>> => {
    if (closed) {
      return fail(runFailure('connection', 'The datasource was closed.'));
    }
    let held: { readonly connection: PoolConnection; readonly watched: Watched } | null = null;
    const over = new AbortController();
    let cut = false;
    const deadline = startDeadline(limits, () => {
      if (held !== null) {
        stop(held.connection, held.watched, over.signal);
      }
    });
    try {
      const mine = await connect();
      const watched = watch(mine);
      held = { connection: mine, watched };
      if (deadline.reason !== null) {
        return fail(stoppedFailure(deadline.reason, limits.timeoutMs));
      }
      const onCut = (): void => {
        cut = true;
        stop(mine, watched, over.signal);
      };
      const request = { sql, prefix, options: limits, mariadb, onCut };
      const result = await Promise.race([readMysql(mine, request), watched.lost]);
      // SLEEP and BENCHMARK answer as if nothing had happened when they are interrupted.
      return deadline.reason === null ? ok(result) : fail(stoppedFailure(deadline.reason, limits.timeoutMs));
    } catch (error) {
      if (deadline.reason !== null) {
        return fail(stoppedFailure(deadline.reason, limits.timeoutMs));
      }
      return fail(error instanceof RefusedStatement ? error.failure : mysqlFailure(error, [config.password]));
    } finally {
      const stopped = deadline.reason !== null || cut;
      deadline.end();
      over.abort();
      await giveBack(held, stopped);
    }
  };

  return {
    dialect: 'mysql',
    run: (sql, limits) => execute(sql, '', limits),
    async explain(sql, limits) {
      const outcome = await execute(sql, 'EXPLAIN FORMAT=JSON ', limits);
      if (!outcome.ok) {
        return outcome;
      }
      const cell = outcome.value.rows[0]?.[0] ?? '';
      const text = typeof cell === 'string' ? cell : JSON.stringify(cell, null, 2);
      return ok({ text, root: parseMysqlExplain(text) });
    },
    introspect: (introspection) =>
      introspectMysql(async (sql) => {
        const outcome = await execute(sql, '', { ...INTROSPECTION, signal: introspection?.signal });
        if (!outcome.ok) {
          throw outcome.failure.code === 'cancelled'
            ? new EngineError('cancelled', 'Reading the schema was cancelled.')
            : serverUnavailable(new Error(outcome.failure.message), address);
        }
        return outcome.value.rows;
      }, mariadb),
    async close() {
      if (!closed) {
        closed = true;
        await new Promise<void>((resolve) => pool.end(() => resolve()));
      }
    },
  };
}
