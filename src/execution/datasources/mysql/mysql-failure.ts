import type { RunFailure, RunFailureCode } from '../../datasource.ts';
import { messageOf, runFailure, scrubMessage } from '../../failure.ts';

/** Error numbers of MySQL and MariaDB. */
const BY_NUMBER: Readonly<Record<number, RunFailureCode>> = {
  1064: 'syntax',
  1149: 'syntax',
  1055: 'syntax',
  1111: 'syntax',
  1140: 'syntax',
  1222: 'syntax',
  1248: 'syntax',
  1305: 'syntax',
  1582: 'syntax',
  1146: 'unknown-table',
  1049: 'unknown-table',
  1109: 'unknown-table',
  1054: 'unknown-column',
  1052: 'unknown-column',
  1264: 'type-mismatch',
  1292: 'type-mismatch',
  1366: 'type-mismatch',
  1690: 'type-mismatch',
  1044: 'permission',
  1045: 'permission',
  1142: 'permission',
  1143: 'permission',
  1227: 'permission',
  1290: 'permission',
  1370: 'permission',
  1792: 'not-read-only',
  1836: 'not-read-only',
  1205: 'timeout',
  1969: 'timeout',
  3024: 'timeout',
  1317: 'cancelled',
  1021: 'resource',
  1037: 'resource',
  1038: 'resource',
  1114: 'resource',
  1203: 'resource',
  1040: 'connection',
  1053: 'connection',
  2013: 'connection',
};

/** Maps what mysql2 threw to a failure that is safe to show. */
export function mysqlFailure(error: unknown, secrets: readonly (string | undefined)[]): RunFailure {
  const { errno, code } = error as { errno?: unknown; code?: unknown };
  const message = messageOf(error);
  const mapped = typeof errno === 'number' ? BY_NUMBER[errno] : undefined;
  const dropped = /closed state|Connection lost|ECONNRESET|EPIPE|PROTOCOL_CONNECTION_LOST/.test(
    `${message} ${String(code)}`,
  );
  return runFailure(mapped ?? (dropped ? 'connection' : 'other'), scrubMessage(message, secrets));
}
