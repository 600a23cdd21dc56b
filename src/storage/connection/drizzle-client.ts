/** Makes drizzle's node-postgres driver run on any {@link Backend}: it only needs `query`, and `connect` for transactions. */
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Pool } from 'pg';
import type { Backend, Session, StatementRunner } from './backend.ts';
import { DatabaseError, errorFields } from './database-error.ts';
import { decodeRows, defaultParser, encodeParameter, type ParserOf, type TypeParser } from './row-codec.ts';

/** The typed query builder; each module brings its own tables, so there is no relational schema here. */
export type Database = NodePgDatabase<Record<string, never>>;

interface QueryConfig {
  readonly text: string;
  readonly rowMode?: 'array';
  readonly types?: { getTypeParser(oid: number, format?: string): TypeParser };
}

interface QueryOutput {
  readonly rows: unknown[];
  readonly rowCount: number;
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/** Runs one statement and reads its rows. */
export async function runStatement(
  runner: StatementRunner,
  text: string,
  values: readonly unknown[],
  { parserOf = defaultParser, asArrays = false }: { parserOf?: ParserOf; asArrays?: boolean } = {},
): Promise<QueryOutput> {
  try {
    const result = await runner.query({ text, values: values.map(encodeParameter) });
    return {
      rows: decodeRows(result, parserOf, asArrays),
      rowCount: result.affectedRows,
      fields: result.fields.map(({ name, oid }) => ({ name, dataTypeID: oid })),
    };
  } catch (error) {
    if (error instanceof Error && 'severity' in error) throw new DatabaseError(errorFields(error));
    throw error;
  }
}

/** Drizzle takes a client whose class is named `…Pool` as one to `connect()` for transactions. */
class StateClient {
  readonly #runner: StatementRunner;

  constructor(runner: StatementRunner) {
    this.#runner = runner;
  }

  async query(config: QueryConfig | string, values: readonly unknown[] = []): Promise<QueryOutput> {
    const { text, rowMode, types } = typeof config === 'string' ? { text: config } : (config as QueryConfig);
    return runStatement(this.#runner, text, values, {
      asArrays: rowMode === 'array',
      parserOf: types ? (oid) => types.getTypeParser(oid, 'text') : defaultParser,
    });
  }
}

class StatePool extends StateClient {
  readonly #backend: Backend;

  constructor(runner: StatementRunner, backend: Backend) {
    super(runner);
    this.#backend = backend;
  }

  async connect(): Promise<StateClient & { release(): void }> {
    const session = await this.#backend.connect();
    return Object.assign(new StateClient(session), { release: () => void session.release() });
  }
}

/** Drizzle on the shared connection; `runner` may add checks to the backend's own. */
export function sharedDatabase(runner: StatementRunner, backend: Backend): Database {
  return drizzle({ client: new StatePool(runner, backend) as unknown as Pool }) as unknown as Database;
}

/** Drizzle inside one session. */
export function sessionDatabase(session: Session): Database {
  return drizzle({ client: new StateClient(session) as unknown as Pool }) as unknown as Database;
}
