/** Why a database server cannot be used, in words that name the host and what to do, and never a password. */
import { EngineError } from '../../kernel/index.ts';
import { messageOf, scrubMessage } from '../failure.ts';

export interface ServerAddress {
  readonly product: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password?: string;
}

type Reason = (address: ServerAddress) => string;

const unknownHost: Reason = ({ host }) => `the host name ${host} cannot be resolved; check the host`;
const wrongPassword: Reason = ({ user }) => `the server refused user "${user}"; check the user name and the password`;
const noDatabase: Reason = ({ database }) =>
  `there is no database "${database}" on the server; check the database name`;
const tooMany: Reason = () => 'the server has no free connections; try again later or raise its limit';
const noAnswer: Reason = () => 'the server does not answer in time; check the host, the port and any firewall';

/** Error codes of node, PostgreSQL (SQLSTATE) and mysql2. */
const REASONS: Readonly<Record<string, Reason>> = {
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  ECONNREFUSED: () => 'nothing listens there; check the host and the port, and that the server runs',
  ECONNRESET: () => 'the server closed the connection; check that the port belongs to this kind of database',
  ETIMEDOUT: noAnswer,
  EHOSTUNREACH: noAnswer,
  ENETUNREACH: noAnswer,
  '28P01': wrongPassword,
  '28000': wrongPassword,
  '3D000': noDatabase,
  '53300': tooMany,
  ER_ACCESS_DENIED_ERROR: wrongPassword,
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: wrongPassword,
  ER_DBACCESS_DENIED_ERROR: ({ user, database }) => `user "${user}" has no access to the database "${database}"`,
  ER_BAD_DB_ERROR: noDatabase,
  ER_CON_COUNT_ERROR: tooMany,
  HANDSHAKE_NO_SSL_SUPPORT: () => 'the server does not speak TLS; remove the ssl setting',
};

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') {
    return code;
  }
  const inner = error instanceof AggregateError ? error.errors[0] : (error as { cause?: unknown }).cause;
  return inner === undefined || inner === null ? '' : codeOf(inner);
}

/** The error for a server that cannot be reached or entered. */
export function serverUnavailable(error: unknown, address: ServerAddress): EngineError {
  const message = messageOf(error);
  const code = /timeout|timed out/i.test(message) ? 'ETIMEDOUT' : codeOf(error);
  const why = REASONS[code]?.(address) ?? scrubMessage(message, [address.password]);
  const where = `${address.product} at ${address.host}:${address.port}`;
  return new EngineError('datasource-unavailable', `Cannot use ${where}: ${why}.`, {
    data: { host: address.host, port: address.port },
  });
}
