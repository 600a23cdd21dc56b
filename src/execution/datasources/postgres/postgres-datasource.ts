/** A PostgreSQL server as a datasource: a small pool, one read-only transaction per statement, cancel on a second connection. */
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { z } from 'zod';
import { EngineError, fail, type Outcome, ok, silentLogger } from '../../../kernel/index.ts';
import type { Datasource, RunFailure, RunOptions } from '../../datasource.ts';
import type { DatasourceDeps } from '../../datasource-kind.ts';
import { startDeadline } from '../../deadline.ts';
import { runFailure, stoppedFailure } from '../../failure.ts';
import { serverUnavailable } from '../connection-failure.ts';
import { postgresFailure } from '../postgres-failure.ts';
import { introspectPostgres } from '../postgres-introspect.ts';
import { explainPostgres, type PostgresSession, readPostgres, SESSION_SETTINGS } from '../postgres-session.ts';
import type { postgresConfig } from './kind.ts';

const MAX_CONNECTIONS = 9;
const INTROSPECT_TIMEOUT_MS = 120_000;
/** How long a cancelled statement may take to end before its connection is cut. */
const CANCEL_GRACE_MS = 2_000;
const CANCEL_AGAIN_MS = 100;

/** `processID` is missing from the published types. */
type Connected = pg.PoolClient & { readonly processID: number | null };

/** The error of a lost connection reaches the statement that waits for it; the event by itself would end the process. */
const ignoreLost = (): void => {};

const asText = { getTypeParser: () => (value: string | Buffer) => String(value) };

function sessionOf(client: pg.ClientBase): PostgresSession {
  return {
    async setup(sql) {
      await client.query(sql);
    },
    async query(sql) {
      const query = { text: sql, rowMode: 'array' as const, types: asText, queryMode: 'extended' };
      const result = await client.query<(string | null)[]>(query);
      return {
        columns: result.fields.map((field) => ({ name: field.name, oid: field.dataTypeID })),
        rows: result.rows,
      };
    },
  };
}

/** Opens a pool and proves that the server lets us in. */
export async function openPostgres(config: z.output<typeof postgresConfig>, deps: DatasourceDeps): Promise<Datasource> {
  const logger = deps.logger ?? silentLogger;
  const address = { product: 'PostgreSQL', ...config };
  const settings =
    config.schema === null
      ? SESSION_SETTINGS
      : { ...SESSION_SETTINGS, search_path: `"${config.schema.replaceAll('"', '""')}"` };
  const connection: pg.ClientConfig = {
    host: config.host,
    port: config.port,
    user: config.user,
    password: config.password,
    database: config.database,
    ssl: config.ssl === 'disable' ? false : { rejectUnauthorized: config.ssl === 'verify-full' },
    connectionTimeoutMillis: config.connectTimeoutMs,
    application_name: 'querent',
    keepAlive: true,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value.replace(/[\\ ]/g, '\\$&')}`)
      .join(' '),
  };
  const pool = new pg.Pool({ ...connection, max: MAX_CONNECTIONS, idleTimeoutMillis: 30_000, allowExitOnIdle: true });
  pool.on('error', (error) => logger.warn({ host: config.host, reason: error.message }, 'an idle connection was lost'));
  try {
    (await pool.connect()).release();
  } catch (error) {
    await pool.end();
    throw serverUnavailable(error, address);
  }

  /** Cancels again and again until the statement is over: a cancel that arrives between two statements is lost. */
  const cancelBackend = async (pid: number, over: AbortSignal): Promise<void> => {
    const client = new pg.Client(connection);
    client.on('error', ignoreLost);
    try {
      await client.connect();
      while (!over.aborted) {
        await client.query('SELECT pg_cancel_backend($1)', [pid]);
        await delay(CANCEL_AGAIN_MS, undefined, { signal: over }).catch(() => {});
      }
    } finally {
      await client.end();
    }
  };

  const cut = (client: Connected): void => {
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  };

  const stop = (client: Connected, over: AbortSignal): void => {
    if (client.processID === null) {
      cut(client);
    } else {
      cancelBackend(client.processID, over).catch(() => over.aborted || cut(client));
    }
    const lastResort = setTimeout(() => cut(client), CANCEL_GRACE_MS);
    over.addEventListener('abort', () => clearTimeout(lastResort), { once: true });
  };

  const withSession = async <T>(
    options: RunOptions,
    work: (session: PostgresSession) => Promise<T>,
  ): Promise<Outcome<T, RunFailure>> => {
    if (pool.ending) {
      return fail(runFailure('connection', 'The datasource was closed.'));
    }
    let client: Connected | null = null;
    let reusable = false;
    const over = new AbortController();
    const deadline = startDeadline(options, () => {
      if (client !== null) {
        stop(client, over.signal);
      }
    });
    try {
      client = (await pool.connect()) as Connected;
      client.on('error', ignoreLost);
      if (deadline.reason !== null) {
        reusable = true;
        return fail(stoppedFailure(deadline.reason, options.timeoutMs));
      }
      const value = await work(sessionOf(client));
      return deadline.reason === null ? ok(value) : fail(stoppedFailure(deadline.reason, options.timeoutMs));
    } catch (error) {
      return fail(
        deadline.reason === null
          ? postgresFailure(error, [config.password])
          : stoppedFailure(deadline.reason, options.timeoutMs),
      );
    } finally {
      const stopped = deadline.reason !== null;
      deadline.end();
      over.abort();
      if (client !== null) {
        // A cancel may still be on its way to a stopped connection, so that one is not used again.
        if (!stopped) {
          reusable = await client.query('DISCARD ALL').then(
            () => true,
            () => false,
          );
        }
        if (reusable) {
          client.off('error', ignoreLost);
        }
        client.release(!reusable);
      }
    }
  };

  return {
    dialect: 'postgres',
    run: (sql, options) => withSession(options, (session) => readPostgres(session, sql, options)),
    explain: (sql, options) => withSession(options, (session) => explainPostgres(session, sql, options)),
    async introspect(options) {
      const limits = { signal: options?.signal, timeoutMs: INTROSPECT_TIMEOUT_MS, maxRows: 0 };
      const outcome = await withSession(limits, (session) => introspectPostgres(session, config.schema));
      if (outcome.ok) {
        return outcome.value;
      }
      throw outcome.failure.code === 'cancelled'
        ? new EngineError('cancelled', 'Reading the schema was cancelled.')
        : serverUnavailable(new Error(outcome.failure.message), address);
    },
    async close() {
      if (!pool.ending) {
        await pool.end();
      }
    },
  };
}
