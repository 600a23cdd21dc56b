/**
 * The open state database, the same above the embedded PostgreSQL and a server.
 *
 * Inside `transaction` use only what the callback is given: on the embedded database a statement outside would wait
 * for the transaction, and the transaction for the statement. Such a statement is refused, on a server as well.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Backend, StatementRunner } from './connection/backend.ts';
import { type Database, runStatement, sessionDatabase, sharedDatabase } from './connection/drizzle-client.ts';
import { decodeRows, defaultParser } from './connection/row-codec.ts';

export type { Database } from './connection/drizzle-client.ts';

/** A row as the raw `execute` gives it: timestamps are `Date`, bigint and numeric text, JSON parsed. */
export type Row = Record<string, unknown>;

/** What runs statements: the state itself, or one of its transactions. */
export interface StateSession {
  readonly db: Database;
  execute<R extends Row = Row>(sql: string, params?: readonly unknown[]): Promise<R[]>;
  /** Several statements without parameters in one text; the rows of all. */
  executeScript(sql: string): Promise<Row[]>;
  /** Wakes listeners in every process; inside a transaction at its commit. At most 7,900 bytes. */
  notify(channel: string, payload: string): Promise<void>;
}

export interface State extends StateSession {
  readonly kind: 'embedded' | 'server';
  /** Commits what `work` did, or rolls all of it back when it throws. */
  transaction<T>(work: (tx: StateSession) => Promise<T>): Promise<T>;
  /** `onReconnect` is called when notifications may have been missed. Channels are `[a-z0-9_]`. */
  listen(
    channel: string,
    onNotification: (payload: string) => void,
    onReconnect?: () => void,
  ): Promise<() => Promise<void>>;
  /** Says that a process of this name lives, until it ends or closes the state. */
  announce(name: string): Promise<void>;
  /** Those of the names that no living process has announced. */
  absent(names: readonly string[]): Promise<string[]>;
  /** True when vectors are stored in pgvector's type; else they are arrays and searched exactly. */
  readonly hasVectorType: boolean;
  /** Always finishes; the lock is free afterwards. */
  close(): Promise<void>;
}

interface OpenTransaction {
  open: boolean;
}

/** Builds the shared interface over a backend. */
export function createState(backend: Backend, facts: { readonly hasVectorType: boolean }, onClose: () => void): State {
  const transactions = new AsyncLocalStorage<OpenTransaction>();
  const outside = outsideOfTransactions(backend, transactions);
  let closing: Promise<void> | null = null;
  return {
    kind: backend.kind,
    ...facts,
    ...sessionOn(outside, sharedDatabase(outside, backend)),
    async transaction(work) {
      refuseInside(transactions);
      const session = await backend.connect();
      const scope: OpenTransaction = { open: true };
      let broken = true;
      try {
        await session.exec('BEGIN');
        const result = await transactions.run(scope, () => work(sessionOn(session, sessionDatabase(session))));
        await session.exec('COMMIT');
        broken = false;
        return result;
      } catch (error) {
        broken = await session.exec('ROLLBACK').then(
          () => false,
          () => true,
        );
        throw error;
      } finally {
        scope.open = false;
        await session.release(broken);
      }
    },
    listen: (channel, onNotification, onReconnect) => backend.listen(channel, onNotification, onReconnect),
    announce: (name) => backend.announce(name),
    absent: async (names) => (names.length === 0 ? [] : backend.absent(names)),
    close() {
      closing ??= backend.close().finally(onClose);
      return closing;
    },
  };
}

/** Raw statements and drizzle on one runner. */
export function sessionOn(runner: StatementRunner, db: Database): StateSession {
  return {
    db,
    execute: async <R extends Row>(sql: string, params: readonly unknown[] = []) =>
      (await runStatement(runner, sql, params)).rows as R[],
    executeScript: async (sql) =>
      (await runner.exec(sql)).flatMap((result) => decodeRows(result, defaultParser, false) as Row[]),
    notify: async (channel, payload) => {
      await runStatement(runner, 'SELECT pg_notify($1, $2)', [channel, payload]);
    },
  };
}

function outsideOfTransactions(backend: Backend, transactions: AsyncLocalStorage<OpenTransaction>): StatementRunner {
  return {
    query: async (statement) => {
      refuseInside(transactions);
      return backend.query(statement);
    },
    exec: async (text) => {
      refuseInside(transactions);
      return backend.exec(text);
    },
  };
}

function refuseInside(transactions: AsyncLocalStorage<OpenTransaction>): void {
  if (transactions.getStore()?.open) {
    throw new Error('a statement inside state.transaction() has to use the session its callback was given');
  }
}
