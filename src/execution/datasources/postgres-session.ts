/**
 * Reading with PostgreSQL's own means, for a server and for the embedded one. The session lock: a read-only transaction, a
 * cursor (which takes one query and nothing else), a statement timeout, ROLLBACK at the end whatever happened.
 */
import { RowCollector } from '../cells.ts';
import type { ExplainResult, ResultSet, RunOptions } from '../datasource.ts';
import { RefusedStatement } from '../failure.ts';
import { beginsAsQuery } from '../statement-form.ts';
import { parsePostgresExplain } from './postgres-explain.ts';
import { postgresCell, postgresColumnType } from './postgres-types.ts';

export interface PostgresRows {
  readonly columns: readonly { readonly name: string; readonly oid: number }[];
  /** Values in text format. */
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface PostgresSession {
  /** Several statements of our own, without results. */
  setup(sql: string): Promise<void>;
  /** One statement through the extended protocol. */
  query(sql: string): Promise<PostgresRows>;
}

/** What a connection is given at its start; `DISCARD ALL` comes back to it. */
export const SESSION_SETTINGS: Readonly<Record<string, string>> = {
  DateStyle: 'ISO',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  // The guard reads quotes by these rules.
  standard_conforming_strings: 'on',
  backslash_quote: 'safe_encoding',
};

const begin = (timeoutMs: number): string =>
  `BEGIN READ ONLY; SET LOCAL statement_timeout = ${Math.max(1, Math.ceil(timeoutMs))}; SET LOCAL cursor_tuple_fraction = 1`;

async function inReadOnly<T>(
  session: PostgresSession,
  sql: string,
  options: RunOptions,
  work: () => Promise<T>,
): Promise<T> {
  if (!beginsAsQuery(sql)) {
    throw new RefusedStatement('Only statements that read are allowed.');
  }
  await session.setup(begin(options.timeoutMs));
  let value: T;
  try {
    value = await work();
  } catch (error) {
    // The first error counts; a connection that could not roll back fails its reset and is dropped.
    await session.setup('ROLLBACK').catch(() => {});
    throw error;
  }
  await session.setup('ROLLBACK');
  return value;
}

/** Runs one query through a cursor until the row or byte cap. */
export function readPostgres(session: PostgresSession, sql: string, options: RunOptions): Promise<ResultSet> {
  return inReadOnly(session, sql, options, async () => {
    const started = performance.now();
    const collector = new RowCollector(options.maxRows, options.maxBytes);
    await session.query(`DECLARE querent_cursor NO SCROLL CURSOR FOR ${sql}`);
    let columns: PostgresRows['columns'] = [];
    for (;;) {
      const wanted = collector.nextBatch();
      const batch = await session.query(`FETCH FORWARD ${wanted} FROM querent_cursor`);
      columns = batch.columns;
      for (const row of batch.rows) {
        collector.add(row.map((value, i) => postgresCell(value, columns[i]!.oid)));
      }
      if (collector.truncated || batch.rows.length < wanted) {
        break;
      }
    }
    return {
      columns: columns.map((column) => ({ name: column.name, type: postgresColumnType(column.oid) })),
      rows: collector.rows,
      truncated: collector.truncated,
      elapsedMs: performance.now() - started,
    };
  });
}

/** The planner's tree for one query, which is first opened as a cursor to prove that it is one. */
export function explainPostgres(session: PostgresSession, sql: string, options: RunOptions): Promise<ExplainResult> {
  return inReadOnly(session, sql, options, async () => {
    await session.query(`DECLARE querent_cursor NO SCROLL CURSOR FOR ${sql}`);
    const result = await session.query(`EXPLAIN (FORMAT JSON) ${sql}`);
    const text = result.rows.map((row) => row[0] ?? '').join('\n');
    return { text, root: parsePostgresExplain(text) };
  });
}
