/** A PostgreSQL server: a pool for statements and sessions, one more connection for notifications. */
import pg from 'pg';
import { EngineError, type Logger } from '../../kernel/index.ts';
import type { Backend, RawResult, Session, Statement, StatementRunner } from './backend.ts';
import { openListener, PRESENCE_KEY } from './pool-listener.ts';
import { encodeParameter } from './row-codec.ts';

const CONNECT_MS = 10_000;
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
    options: '-c timezone=UTC',
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
  const runner = poolRunner(pool);
  let closing: Promise<void> | null = null;
  return {
    kind: 'server',
    ...runner,
    async connect(): Promise<Session> {
      const client = await pool.connect();
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
        await pool.end();
      })();
      return closing;
    },
  };
}

function runnerOn(client: pg.Pool | pg.PoolClient): StatementRunner {
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

/** A script that fails may leave its transaction open: its connection is not used again. */
function poolRunner(pool: pg.Pool): StatementRunner {
  return {
    query: runnerOn(pool).query,
    async exec(text) {
      const client = await pool.connect();
      let broken = true;
      try {
        const results = await runnerOn(client).exec(text);
        broken = false;
        return results;
      } finally {
        client.release(broken);
      }
    },
  };
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
