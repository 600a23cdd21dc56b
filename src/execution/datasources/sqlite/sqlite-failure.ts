import { basename } from 'node:path';
import type { RunFailure, RunFailureCode } from '../../datasource.ts';
import { messageOf, runFailure, scrubMessage } from '../../failure.ts';

/** SQLite's primary result codes. */
const BY_CODE: Readonly<Record<number, RunFailureCode>> = {
  3: 'permission',
  5: 'connection',
  6: 'connection',
  7: 'resource',
  8: 'not-read-only',
  9: 'cancelled',
  10: 'connection',
  11: 'connection',
  13: 'resource',
  14: 'connection',
  18: 'resource',
  20: 'type-mismatch',
  23: 'permission',
  26: 'connection',
};

/** Code 1 is every error of a statement; the message tells which. */
const BY_MESSAGE: readonly (readonly [RegExp, RunFailureCode])[] = [
  [/^no such (table|view)/, 'unknown-table'],
  [/^(no such column|ambiguous column name)/, 'unknown-column'],
  [/readonly|read-only|not authorized/, 'not-read-only'],
  [/(syntax error|incomplete input|unrecognized token|no such function|wrong number of arguments|misuse of)/, 'syntax'],
  [/(integer overflow|datatype mismatch|malformed JSON)/, 'type-mismatch'],
  [/(too big|too many|out of memory)/, 'resource'],
];

/** The primary result code of a SQLite error, 0 when it is none. */
export function sqliteCode(error: unknown): number {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' ? code & 0xff : 0;
}

/** Maps what node:sqlite threw to a failure that is safe to show. */
export function sqliteFailure(error: unknown, path: string): RunFailure {
  if ((error as { syscall?: unknown }).syscall !== undefined) {
    return runFailure('connection', `The SQLite file ${basename(path)} cannot be read.`);
  }
  const message = messageOf(error);
  const code = BY_CODE[sqliteCode(error)] ?? BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ?? 'other';
  return runFailure(code, scrubMessage(message, [], [path]));
}
