/**
 * One connection doing one statement. The session lock: a read-only transaction in a session whose later transactions are
 * read-only, too; no LOCAL INFILE and no multi-statements in the protocol; and the statement is first prepared, because only
 * one statement that returns rows has result columns there (SELECT … INTO, SET, DDL and the rest have none).
 */
import type { PoolConnection } from 'mysql2';
import { RowCollector } from '../../cells.ts';
import type { Cell, ResultSet, RunOptions } from '../../datasource.ts';
import { RefusedStatement } from '../../failure.ts';
import { beginsAsQuery } from '../../statement-form.ts';
import { mayBeBoolean, mysqlCell, mysqlResultType, type WireColumn } from './mysql-types.ts';

function command(connection: PoolConnection, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.query(sql, (error) => (error ? reject(error) : resolve()));
  });
}

function requireReader(connection: PoolConnection, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.prepare(sql, (error, statement) => {
      if (error) {
        reject(error);
        return;
      }
      const { columns } = statement as unknown as { readonly columns: readonly unknown[] };
      statement.close();
      if (columns.length === 0) {
        reject(new RefusedStatement('Only statements that return rows are allowed.'));
      } else {
        resolve();
      }
    });
  });
}

/** Rows until the cap. `onCut` is called once when there are more, and must end the statement at the server. */
function stream(
  connection: PoolConnection,
  sql: string,
  collector: RowCollector,
  onCut: () => void,
): Promise<WireColumn[]> {
  return new Promise((resolve, reject) => {
    let columns: WireColumn[] = [];
    const query = connection.query({ sql, rowsAsArray: true, typeCast: (field) => field.buffer() });
    query.on('fields', (fields: unknown) => {
      columns = fields as WireColumn[];
    });
    query.on('result', (row: unknown) => {
      const already = collector.truncated;
      if (!collector.add((row as (Buffer | null)[]).map((value, i) => mysqlCell(value, columns[i]!))) && !already) {
        onCut();
      }
    });
    query.on('error', (error: Error) => (collector.truncated ? resolve(columns) : reject(error)));
    query.on('end', () => resolve(columns));
  });
}

function toResult(columns: readonly WireColumn[], rows: Cell[][], truncated: boolean, elapsedMs: number): ResultSet {
  return {
    columns: columns.map((column, i) => {
      if (mayBeBoolean(column) && rows.every((row) => row[i] === null || row[i] === 0 || row[i] === 1)) {
        for (const row of rows) {
          row[i] = row[i] === null ? null : row[i] === 1;
        }
        return { name: column.name, type: 'boolean' };
      }
      return { name: column.name, type: mysqlResultType(column) };
    }),
    rows,
    truncated,
    elapsedMs,
  };
}

export interface ReadRequest {
  readonly sql: string;
  /** Put before the statement after it was proven to read: `EXPLAIN FORMAT=JSON `. */
  readonly prefix: string;
  readonly options: RunOptions;
  readonly mariadb: boolean;
  readonly onCut: () => void;
}

/** No ANSI_QUOTES, PIPES_AS_CONCAT, NO_BACKSLASH_ESCAPES or ORACLE, whatever the server's default: the guard reads quotes so. */
const MODE = 'NO_ENGINE_SUBSTITUTION';

/** Runs one reading statement and rolls back. */
export async function readMysql(connection: PoolConnection, request: ReadRequest): Promise<ResultSet> {
  const { sql, prefix, options, mariadb, onCut } = request;
  if (!beginsAsQuery(sql, { hashComments: true })) {
    throw new RefusedStatement('Only statements that read are allowed.');
  }
  const started = performance.now();
  const limit = mariadb
    ? `max_statement_time = ${Math.max(0.001, options.timeoutMs / 1000)}`
    : `max_execution_time = ${Math.max(1, Math.ceil(options.timeoutMs))}`;
  await command(connection, 'SET NAMES utf8mb4');
  await command(connection, 'SET SESSION TRANSACTION READ ONLY');
  await command(
    connection,
    `SET SESSION sql_mode = '${mariadb ? MODE : `ONLY_FULL_GROUP_BY,${MODE}`}', SESSION ${limit}, SESSION sql_select_limit = ${options.maxRows + 1}`,
  );
  await command(connection, 'START TRANSACTION READ ONLY');
  await requireReader(connection, sql);
  const collector = new RowCollector(options.maxRows, options.maxBytes);
  const columns = await stream(connection, `${prefix}${sql}`, collector, onCut);
  return toResult(columns, collector.rows, collector.truncated, performance.now() - started);
}

/** Rolls back and gives the connection a fresh session; rejects when it cannot be used again. */
export async function resetSession(connection: PoolConnection): Promise<void> {
  await command(connection, 'ROLLBACK');
  await new Promise<void>((resolve, reject) => {
    connection.reset((error) => (error ? reject(error) : resolve()));
  });
}
