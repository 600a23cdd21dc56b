/** A PostgreSQL server: a pool for statements and sessions, one more connection for notifications. */
import pg from 'pg';
import { EngineError, type Logger } from '../../kernel/index.ts';
import type { Backend, RawResult, Session, Statement, StatementRunner } from './backend.ts';
import { errorFields } from './database-error.ts';
import { openListener, PRESENCE_KEY } from './pool-listener.ts';
import { encodeParameter } from './row-codec.ts';

const CONNECT_MS = 10_000;
const CLOSE_MS = 5_000;
const textParsers = { getTypeParser: () => (value: string) => value };

/** Connects once, so that a wrong address fails here and not at the first use. */
export async function openPool(url: string, logger: Logger, maxConnections: number): Promise<Backend> {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: 30_000,
    application_name: 'querent',
    keepAlive: true,
    // A process that is paused inside a transaction must not hold up the others for good.
    options: '-c timezone=UTC -c idle_in_transaction_session_timeout=60s',
  });
  pool.on('error', (error) => logger.warn({ reason: error.message }, 'an idle state connection was lost'));
  try {
    (await pool.connect()).release();
  } catch (error) {
    await pool.end().catch(() => {});
    throw new EngineError(
      'state-unavailable',
      `The state server at ${withoutSecrets(url)} cannot be used: ${(error as Error).message}. Check QUERENT_STATE_URL (state.url).`,
    );
  }
  const listener = openListener(url, logger);
  let closing: Promise<void> | null = null;
  const connecting = new Set<Promise<unknown>>();
  const connected = async (): Promise<pg.PoolClient> => {
    if (closing) throw unavailable('it has been closed');
    const attempt = pool.connect().finally(() => connecting.delete(attempt));
    connecting.add(attempt);
    return attempt.catch((error: Error) => {
      throw unavailable(error.message);
    });
  };
  const runner = poolRunner(connected);
  return {
    kind: 'server',
    ...runner,
    async connect(): Promise<Session> {
      const client = await connected();
      return {
        ...runnerOn(client),
        release: async (broken = false) => client.release(broken),
      };
    },
    listen: listener.listen,
    announce: listener.announce,
    async absent(names) {
      const lock = `pg_try_advisory_xact_lock_shared(${PRESENCE_KEY.replace('$1', 'name')})`;
      const { rows } = await runner.query({
        text: `SELECT name FROM unnest($1::text[]) AS name WHERE ${lock}`,
        values: [encodeParameter(names)],
      });
      return rows.map(([name]) => name!);
    },
    close() {
      closing ??= (async () => {
        await listener.close();
        // pg-pool forgets those that still wait for a connection, and waits for sessions in use: one that is never
        // released must not keep the process alive.
        const ended = Promise.allSettled([...connecting]).then(() => pool.end());
        await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())]);
      })();
      return closing;
    },
  };
}

function runnerOn(client: pg.PoolClient): StatementRunner {
  const run = client.query.bind(client) as (config: object) => Promise<pg.QueryArrayResult | pg.QueryArrayResult[]>;
  return {
    query: async ({ text, values }: Statement) =>
      rawResult(
        (await run({ text, values: [...values], rowMode: 'array', types: textParsers })) as pg.QueryArrayResult,
      ),
    exec: async (text: string) => {
      const results = await run({ text, rowMode: 'array', types: textParsers });
      return (Array.isArray(results) ? results : [results]).map(rawResult);
    },
  };
}

/** Each statement on some connection. A script that fails may leave its transaction open: its connection is dropped. */
function poolRunner(connected: () => Promise<pg.PoolClient>): StatementRunner {
  async function once<T>(work: (runner: StatementRunner) => Promise<T>, keepAfterFailure: boolean): Promise<T> {
    const client = await connected();
    let failure: Error | null = null;
    try {
      return await work(runnerOn(client));
    } catch (error) {
      failure = error as Error;
      throw isLoss(failure) ? unavailable(failure.message) : failure;
    } finally {
      client.release(failure !== null && (!keepAfterFailure || isLoss(failure)));
    }
  }
  return {
    query: (statement) => once((runner) => runner.query(statement), true),
    exec: (text) => once((runner) => runner.exec(text), false),
  };
}

/** The connection is gone, as opposed to a statement that failed: no SQLSTATE, or one of those for shutting down. */
function isLoss(error: Error): boolean {
  const { code } = errorFields(error);
  return code === undefined || !/^[0-9A-Z]{5}$/.test(code) || code.startsWith('08') || code.startsWith('57P');
}

function unavailable(reason: string): EngineError {
  return new EngineError('state-unavailable', `The state database cannot be reached: ${reason}.`);
}

function rawResult(result: pg.QueryArrayResult): RawResult {
  return {
    fields: result.fields.map(({ name, dataTypeID }) => ({ name, oid: dataTypeID })),
    rows: result.rows as (string | null)[][],
    affectedRows: result.rowCount ?? 0,
  };
}

function withoutSecrets(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return 'the given address';
  }
}
