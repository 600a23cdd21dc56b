/**
 * A DuckDB database file as a datasource. The session lock: opened READ_ONLY, no access to other files or the network,
 * configuration locked, one SELECT statement per fresh connection. A statement that would write is refused by any of these alone.
 */
import { availableParallelism } from 'node:os';
import { type DuckDBConnection, DuckDBInstance, type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api';
import { EngineError, fail, type Outcome, ok } from '../../kernel/index.ts';
import { RowCollector } from '../cells.ts';
import type { Cell, Datasource, ExplainResult, ResultSet, RunFailure, RunOptions } from '../datasource.ts';
import { startDeadline } from '../deadline.ts';
import { RefusedStatement, runFailure, stoppedFailure } from '../failure.ts';
import { hasNul } from '../statement-form.ts';
import { parseDuckDbExplain } from './duckdb-explain.ts';
import { duckDbFailure } from './duckdb-failure.ts';
import { introspectDuckDb } from './duckdb-introspect.ts';
import { duckDbCell, duckDbResultType } from './duckdb-types.ts';
import { takeNativeSlot } from './native-slots.ts';

export interface DuckDbFile {
  readonly path: string;
  /** Where large sorts and joins spill to. */
  readonly spillDirectory: string;
  readonly memoryLimit: string;
}

const INTROSPECTION: RunOptions = { timeoutMs: 60_000, maxRows: 2_000_000, maxBytes: 512 * 1024 * 1024 };

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

async function openLocked(file: DuckDbFile): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(file.path, {
    access_mode: 'READ_ONLY',
    memory_limit: file.memoryLimit,
    // One core stays free, so that the rest of the process answers while a large statement works.
    threads: String(Math.max(1, availableParallelism() - 1)),
    allow_community_extensions: 'false',
  });
  try {
    const connection = await instance.connect();
    await connection.run(`SET temp_directory = ${quote(file.spillDirectory)}`);
    await connection.run('SET autoload_known_extensions = false');
    await connection.run('SET autoinstall_known_extensions = false');
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    connection.closeSync();
    return instance;
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

async function prepareSelect(
  connection: DuckDBConnection,
  sql: string,
  explain: boolean,
): Promise<DuckDBPreparedStatement> {
  if (hasNul(sql)) {
    throw new RefusedStatement('A statement cannot contain NUL characters.');
  }
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) {
    throw new RefusedStatement(`Exactly one statement is allowed, not ${statements.count}.`);
  }
  const prepared = await statements.prepare(0);
  if (prepared.statementType !== StatementType.SELECT) {
    throw new RefusedStatement('Only statements that read are allowed.');
  }
  return explain ? connection.prepare(`EXPLAIN (FORMAT JSON) ${sql}`) : prepared;
}

async function readResult(
  connection: DuckDBConnection,
  sql: string,
  options: RunOptions,
  explain: boolean,
): Promise<ResultSet> {
  const started = performance.now();
  const prepared = await prepareSelect(connection, sql, explain);
  const result = await prepared.stream();
  const types = result.columnTypes();
  const collector = new RowCollector(options.maxRows, options.maxBytes);
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (let row = 0; row < chunk.rowCount && !collector.truncated; row += 1) {
      collector.add(chunk.getRowValues(row).map((value, i): Cell => duckDbCell(value, types[i]!)));
    }
    if (collector.truncated) {
      break;
    }
  }
  return {
    columns: result.columnNames().map((name, i) => ({ name, type: duckDbResultType(types[i]!) })),
    rows: collector.rows,
    truncated: collector.truncated,
    elapsedMs: performance.now() - started,
  };
}

/** Opens the file read-only and locked. `unavailable` turns what the driver says into a message for the user. */
export async function openDuckDbFile(
  file: DuckDbFile,
  unavailable: (error: unknown) => EngineError,
): Promise<Datasource> {
  const instance = await openLocked(file).catch((error: unknown) => {
    throw unavailable(error);
  });
  let closed = false;

  const execute = async (
    sql: string,
    options: RunOptions,
    explain: boolean,
  ): Promise<Outcome<ResultSet, RunFailure>> => {
    if (closed) {
      return fail(runFailure('connection', 'The datasource was closed.'));
    }
    const stopping = new AbortController();
    let connection: DuckDBConnection | null = null;
    let pulse: NodeJS.Timeout | undefined;
    const deadline = startDeadline(options, () => {
      stopping.abort();
      // An interrupt that comes before the native call begins is lost, so it is repeated until the statement is over.
      connection?.interrupt();
      pulse = setInterval(() => connection?.interrupt(), 20);
    });
    const release = await takeNativeSlot(stopping.signal);
    try {
      if (release === null || deadline.reason !== null) {
        return fail(stoppedFailure(deadline.reason ?? 'cancelled', options.timeoutMs));
      }
      connection = await instance.connect();
      return ok(await readResult(connection, sql, options, explain));
    } catch (error) {
      if (deadline.reason !== null) {
        return fail(stoppedFailure(deadline.reason, options.timeoutMs));
      }
      return fail(
        error instanceof RefusedStatement ? error.failure : duckDbFailure(error, [file.path, file.spillDirectory]),
      );
    } finally {
      clearInterval(pulse);
      deadline.end();
      connection?.closeSync();
      release?.();
    }
  };

  return {
    dialect: 'duckdb',
    run: (sql, options) => execute(sql, options, false),
    async explain(sql, options) {
      const outcome = await execute(sql, options, true);
      if (!outcome.ok) {
        return outcome;
      }
      const text = String(outcome.value.rows[0]?.[1] ?? '');
      return ok<ExplainResult>({ text, root: parseDuckDbExplain(text) });
    },
    introspect: (options) =>
      introspectDuckDb(async (sql) => {
        const outcome = await execute(sql, { ...INTROSPECTION, signal: options?.signal }, false);
        if (!outcome.ok) {
          throw outcome.failure.code === 'cancelled'
            ? new EngineError('cancelled', 'Reading the schema was cancelled.')
            : unavailable(new Error(outcome.failure.message));
        }
        return outcome.value.rows;
      }),
    async close() {
      if (!closed) {
        closed = true;
        instance.closeSync();
      }
    },
  };
}
