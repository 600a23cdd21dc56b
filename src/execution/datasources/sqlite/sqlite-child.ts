/**
 * A child process that reads SQLite files. Native calls cannot be interrupted from the same process, so the parent cancels
 * by ending this one. The session lock: opened read-only, no extensions, one statement that begins as a query and returns rows.
 */
import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { RefusedStatement } from '../../failure.ts';
import type { Reply, Request } from './protocol.ts';
import { sqliteCode, sqliteFailure } from './sqlite-failure.ts';
import { introspectSqlite } from './sqlite-introspect.ts';
import { explainSqlite, readSqlite } from './sqlite-read.ts';

const MAX_OPEN = 4;
const ROWS_PER_MESSAGE = 500;
const open = new Map<string, DatabaseSync>();

function openReadOnly(path: string | URL): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: true, allowExtension: false, timeout: 5_000 });
  try {
    db.exec('PRAGMA hard_heap_limit = 268435456; PRAGMA trusted_schema = OFF; PRAGMA query_only = ON');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A file in WAL mode inside a folder that cannot be written needs `immutable`. */
function openAnyway(path: string): DatabaseSync {
  try {
    return openReadOnly(path);
  } catch (error) {
    if (sqliteCode(error) !== 14 || !existsSync(path)) {
      throw error;
    }
    const url = pathToFileURL(path);
    url.searchParams.set('immutable', '1');
    return openReadOnly(url);
  }
}

function database(path: string): DatabaseSync {
  const info = statSync(path);
  const key = `${path}\u0000${info.dev}:${info.ino}`;
  const known = open.get(key);
  if (known !== undefined) {
    open.delete(key);
    open.set(key, known);
    return known;
  }
  for (const [oldest, db] of open) {
    if (open.size >= MAX_OPEN) {
      open.delete(oldest);
      db.close();
    }
  }
  const db = openAnyway(path);
  open.set(key, db);
  return db;
}

const send = (reply: Reply): void => {
  process.send?.(reply);
};

function answer(request: Request): Reply {
  const db = database(request.path);
  switch (request.type) {
    case 'check':
      return { type: 'done', value: null };
    case 'introspect':
      return { type: 'done', value: introspectSqlite(db) };
    case 'explain':
      return { type: 'done', value: explainSqlite(db, request.sql) };
    case 'run': {
      const { rows, ...done } = readSqlite(db, request);
      for (let from = 0; from < rows.length; from += ROWS_PER_MESSAGE) {
        send({ type: 'rows', rows: rows.slice(from, from + ROWS_PER_MESSAGE) });
      }
      return { type: 'done', value: done };
    }
  }
}

process.on('message', (request: Request) => {
  try {
    send(answer(request));
  } catch (error) {
    send({
      type: 'failed',
      failure: error instanceof RefusedStatement ? error.failure : sqliteFailure(error, request.path),
    });
  }
});
process.on('disconnect', () => process.exit(0));
