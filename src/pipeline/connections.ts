/** Which databases a task may work on: the configured ones, and by policy those that a request names. */
import { basename } from 'node:path';
import { type DatasourceConfig, parseConnectionUrl } from '../execution/index.ts';
import { EngineError } from '../kernel/index.ts';
import { PipelineProblem } from './problem.ts';

/** A database that the configuration names. */
export interface ConfiguredDatabase {
  readonly namespace: string;
  readonly name: string;
  /** What the database calls itself, where the configuration says so. */
  readonly database: string | null;
  readonly config: DatasourceConfig;
}

export interface Connection {
  readonly config: DatasourceConfig;
  /** What people see: no user, no password. */
  readonly label: string;
  /** The database's own name. */
  readonly database: string;
  /** The namespace, when it is a configured one. */
  readonly namespace: string | null;
}

export interface ConnectionPolicy {
  /** A namespace or URL. */
  readonly defaultConnection: string;
  /** Patterns of hosts, files or URLs, `*` allowed, and namespaces; null allows the configured ones and loopback. */
  readonly allowed: readonly string[] | null;
  configured(): readonly ConfiguredDatabase[];
}

export interface Connections {
  /** The default connection; nothing is opened. */
  default(): Connection;
  /** @throws PipelineProblem `connection-not-readable`, `connection-not-allowed`; the message holds no password */
  ofRequest(text: string): Connection;
}

const SCHEMES = { postgres: ['postgresql', 'postgres'], mysql: ['mysql', 'mariadb'] } as const;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

export function createConnections(policy: ConnectionPolicy): Connections {
  const named = (text: string): Connection | null => {
    const found = policy.configured().find((one) => one.namespace === text || `${one.namespace}/${one.name}` === text);
    return (
      (found && {
        config: found.config,
        label: found.namespace,
        database: found.database ?? databaseOf(found.config) ?? found.name,
        namespace: found.namespace,
      }) ??
      null
    );
  };
  return {
    default() {
      const text = policy.defaultConnection;
      return (
        named(text) ??
        fromUrl(text, (message) => new EngineError('config-invalid', `pipeline.default_connection: ${message}`))
      );
    },
    ofRequest(text) {
      const configured = named(text);
      if (configured) {
        if (policy.allowed === null || policy.allowed.some((pattern) => matches(pattern, text))) return configured;
        throw notAllowed(text);
      }
      const asked = fromUrl(
        text,
        (message) => new PipelineProblem('connection-not-readable', message, { subject: 'db_connection' }),
      );
      if (isAllowed(asked, policy)) return asked;
      throw notAllowed(asked.label);
    },
  };
}

function fromUrl(text: string, problem: (message: string) => Error): Connection {
  let config: DatasourceConfig;
  try {
    if (!/^[a-z][a-z0-9+]*:/i.test(text))
      throw new EngineError('config-invalid', 'It is neither a URL nor a configured namespace.');
    config = parseConnectionUrl(text);
  } catch (error) {
    if (error instanceof EngineError) throw problem(error.message);
    throw error;
  }
  return { config, label: labelOf(config), database: databaseOf(config) ?? config.kind, namespace: null };
}

function isAllowed(asked: Connection, policy: ConnectionPolicy): boolean {
  const target = targetOf(asked.config);
  if (policy.allowed !== null) {
    return policy.allowed.some((pattern) => [asked.label, ...target.names].some((name) => matches(pattern, name)));
  }
  if (target.host !== null && LOOPBACK.test(target.host)) return true;
  return policy.configured().some(({ config }) => targetOf(config).key === target.key);
}

interface Target {
  readonly key: string;
  /** Null for files. */
  readonly host: string | null;
  /** What a pattern may say. */
  readonly names: readonly string[];
}

function targetOf(config: DatasourceConfig): Target {
  switch (config.kind) {
    case 'postgres':
    case 'mysql': {
      const host = config.host ?? '127.0.0.1';
      const port = String(config.port ?? (config.kind === 'mysql' ? 3306 : 5432));
      const place = `${host}:${port}/${config.database}`;
      return {
        key: `${config.kind}//${place}`,
        host,
        names: [host, `${host}:${port}`, place, ...SCHEMES[config.kind].map((scheme) => `${scheme}://${place}`)],
      };
    }
    case 'files':
      return { key: `files//${[...config.paths].join('\n')}`, host: null, names: [] };
    case 'duckdb':
    case 'sqlite':
    case 'embedded': {
      const path = config.path;
      return { key: `${config.kind}//${path}`, host: null, names: [path, `${config.kind}:${path}`] };
    }
  }
}

const matches = (pattern: string, name: string): boolean =>
  new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 'i').test(name);

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

function labelOf(config: DatasourceConfig): string {
  switch (config.kind) {
    case 'postgres':
    case 'mysql':
      return `${config.kind === 'mysql' ? 'mysql' : 'postgresql'}://***@${config.host ?? '127.0.0.1'}:${config.port ?? (config.kind === 'mysql' ? 3306 : 5432)}/${config.database}`;
    case 'files':
      return `file:${config.paths.map((path) => basename(path)).join(',')}`;
    case 'duckdb':
    case 'sqlite':
    case 'embedded':
      return `${config.kind}:${basename(config.path)}`;
  }
}

function databaseOf(config: DatasourceConfig): string | null {
  switch (config.kind) {
    case 'postgres':
    case 'mysql':
      return config.database;
    case 'duckdb':
    case 'sqlite':
      return basename(config.path).replace(/\.[^.]+$/, '');
    case 'embedded':
    case 'files':
      return null;
  }
}

const notAllowed = (label: string): PipelineProblem =>
  new PipelineProblem(
    'connection-not-allowed',
    `The connection ${label} is not among those that requests may use; add it to pipeline.allowed_connections in the configuration.`,
    { subject: 'db_connection' },
  );
