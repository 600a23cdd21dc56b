/** Failures of a statement, as values with the few codes, and with messages that are safe to show. */
import { homedir, tmpdir } from 'node:os';
import { dirname } from 'node:path';
import type { RunFailure, RunFailureCode } from './datasource.ts';

/** Removes secrets, credentials in URLs and this machine's folders from a driver's message. */
export function scrubMessage(
  message: string,
  secrets: readonly (string | undefined)[] = [],
  paths: readonly string[] = [],
): string {
  let text = message.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*(:[^\s@]*)?@/gi, '$1');
  for (const secret of secrets) {
    if (secret !== undefined && secret.length > 2) {
      text = text.replaceAll(secret, '***');
    }
  }
  const folders = [...paths.map((path) => dirname(path)), homedir(), tmpdir()]
    .filter((folder) => folder.length > 1)
    .sort((a, b) => b.length - a.length);
  for (const folder of folders) {
    text = text.replaceAll(`${folder}/`, '');
  }
  return text.split('\n    at ')[0]!.trim();
}

/** Makes a {@link RunFailure}. */
export const runFailure = (code: RunFailureCode, message: string): RunFailure => ({ code, message });

/** Thrown by a session for a statement that it does not run. */
export class RefusedStatement extends Error {
  readonly failure: RunFailure;
  constructor(message: string) {
    super(message);
    this.name = 'RefusedStatement';
    this.failure = runFailure('not-read-only', message);
  }
}

/** The failure of a statement that we stopped ourselves. */
export function stoppedFailure(reason: 'timeout' | 'cancelled', timeoutMs: number): RunFailure {
  return reason === 'timeout'
    ? runFailure('timeout', `The statement took longer than ${timeoutMs} ms and was stopped at the database.`)
    : runFailure('cancelled', 'The statement was cancelled and stopped at the database.');
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.map(messageOf).join('; ');
  }
  return error instanceof Error ? error.message || error.name : String(error);
}
