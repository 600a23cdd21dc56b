import type { RunFailure, RunFailureCode } from '../datasource.ts';
import { messageOf, RefusedStatement, runFailure, scrubMessage } from '../failure.ts';

/** SQLSTATE, whole or its class (the first two characters). */
const BY_STATE: Readonly<Record<string, RunFailureCode>> = {
  '42P01': 'unknown-table',
  '3F000': 'unknown-table',
  '42703': 'unknown-column',
  '42702': 'unknown-column',
  '42501': 'permission',
  '25006': 'not-read-only',
  '0A000': 'syntax',
  '57014': 'timeout',
  '42804': 'type-mismatch',
  '42846': 'type-mismatch',
  '42883': 'type-mismatch',
  '42725': 'type-mismatch',
  '22': 'type-mismatch',
  '42': 'syntax',
  '53': 'resource',
  '54': 'resource',
  '08': 'connection',
  '57': 'connection',
  '28': 'connection',
};

/** Maps a PostgreSQL error (server, PGlite or socket) to a failure that is safe to show. */
export function postgresFailure(error: unknown, secrets: readonly (string | undefined)[]): RunFailure {
  if (error instanceof RefusedStatement) {
    return error.failure;
  }
  const { code, hint } = error as { code?: unknown; hint?: unknown };
  const message = messageOf(error);
  const state = typeof code === 'string' ? code : '';
  const dropped = /Connection terminated|ECONNRESET|EPIPE|not queryable|timeout exceeded when trying to connect/.test(
    message,
  );
  // A cursor takes nothing but a query: everything else is a syntax error at the statement's first word.
  const writes = /must not contain data-modifying|cannot open .* as cursor|DECLARE CURSOR must not|SELECT INTO/i.test(
    message,
  );
  const mapped: RunFailureCode = writes
    ? 'not-read-only'
    : (BY_STATE[state] ?? BY_STATE[state.slice(0, 2)] ?? (dropped || state.startsWith('E') ? 'connection' : 'other'));
  const text = typeof hint === 'string' && hint !== '' ? `${message} (${hint})` : message;
  return runFailure(mapped, scrubMessage(text, secrets));
}
