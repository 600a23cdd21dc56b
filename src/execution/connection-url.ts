/** Datasources named by one text: a URL or a file, as on the command line. */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../kernel/index.ts';
import type { DatasourceConfig } from './registry.ts';

const SERVERS: Readonly<Record<string, 'postgres' | 'mysql'>> = {
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
  'mysql:': 'mysql',
  'mariadb:': 'mysql',
};

function invalid(message: string): EngineError {
  return new EngineError('config-invalid', message);
}

function sslOf(url: URL): 'disable' | 'require' | 'verify-full' {
  const mode = (
    url.searchParams.get('sslmode') ??
    url.searchParams.get('ssl-mode') ??
    url.searchParams.get('ssl') ??
    ''
  ).toLowerCase();
  if (['verify-full', 'verify-ca', 'verify_identity', 'verify_ca'].includes(mode)) {
    return 'verify-full';
  }
  return ['require', 'required', 'no-verify', 'true', '1'].includes(mode) ? 'require' : 'disable';
}

function serverConfig(kind: 'postgres' | 'mysql', url: URL): DatasourceConfig {
  const database = decodeURIComponent(url.pathname.replace(/^\//, ''));
  if (database === '') {
    throw invalid(
      `The URL names no database; write it after the host: ${url.protocol}//${url.host || 'HOST'}/DATABASE.`,
    );
  }
  const shared = {
    ...(url.hostname === '' ? {} : { host: url.hostname.replace(/^\[|\]$/g, '') }),
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    ...(url.username === '' ? {} : { user: decodeURIComponent(url.username) }),
    password: decodeURIComponent(url.password),
    database,
    ssl: sslOf(url),
  };
  return kind === 'mysql' ? { kind, ...shared } : { kind, ...shared, schema: url.searchParams.get('schema') };
}

/** The path behind `sqlite:`, in the forms that people write: `sqlite:///abs`, `sqlite:////abs`, `sqlite:rel`, `file:///abs`. */
function pathOf(text: string): string {
  if (text.startsWith('file:')) {
    return fileURLToPath(text);
  }
  const rest = decodeURIComponent(text.slice(text.indexOf(':') + 1).replace(/\?.*$/, ''));
  if (rest.startsWith('////')) {
    return rest.slice(3);
  }
  if (rest.startsWith('///')) {
    return existsSync(rest.slice(2)) || !existsSync(rest.slice(3)) ? rest.slice(2) : rest.slice(3);
  }
  return rest.replace(/^\/\//, '');
}

const DUCKDB_EXTENSIONS = new Set(['.duckdb', '.ddb']);
const SQLITE_EXTENSIONS = new Set(['.sqlite', '.sqlite3', '.db3', '.s3db']);

/** A database file is known by its first bytes, else by its extension; everything else is a file of rows. */
export function datasourceOfFile(path: string): DatasourceConfig {
  const extension = extname(path).toLowerCase();
  const info = statSync(path, { throwIfNoEntry: false });
  if (info?.isFile()) {
    const head = Buffer.alloc(16);
    const descriptor = openSync(path, 'r');
    readSync(descriptor, head, 0, 16, 0);
    closeSync(descriptor);
    if (head.toString('latin1').startsWith('SQLite format 3')) {
      return { kind: 'sqlite', path };
    }
    if (head.subarray(8, 12).toString('latin1') === 'DUCK') {
      return { kind: 'duckdb', path };
    }
  }
  if (DUCKDB_EXTENSIONS.has(extension)) {
    return { kind: 'duckdb', path };
  }
  if (SQLITE_EXTENSIONS.has(extension) || (extension === '.db' && info?.isFile())) {
    return { kind: 'sqlite', path };
  }
  return { kind: 'files', paths: [path] };
}

/**
 * Reads `postgres://`, `mysql://`, `mariadb://`, `sqlite:`, `duckdb:` and `file:` URLs, and paths of files, folders and patterns.
 *
 * @throws EngineError `config-invalid`; the message holds no password
 */
export function parseConnectionUrl(text: string): DatasourceConfig {
  const scheme = /^([a-z][a-z0-9+]+):/i.exec(text)?.[0].toLowerCase();
  if (scheme === undefined) {
    return datasourceOfFile(text);
  }
  const server = SERVERS[scheme.replace(/\+[a-z0-9]+:$/, ':')];
  if (server !== undefined) {
    if (!URL.canParse(text)) {
      throw invalid(
        `The ${server} URL cannot be read; write ${server}://USER:PASSWORD@HOST:PORT/DATABASE, and encode special characters in the password (@ as %40).`,
      );
    }
    return serverConfig(server, new URL(text));
  }
  switch (scheme) {
    case 'sqlite:':
    case 'sqlite3:':
      return { kind: 'sqlite', path: pathOf(text) };
    case 'duckdb:':
      return { kind: 'duckdb', path: pathOf(text) };
    case 'file:':
      return datasourceOfFile(pathOf(text));
    default:
      if (existsSync(text)) {
        return datasourceOfFile(text);
      }
      throw invalid(
        `Databases of the kind ${scheme}// are not supported, or the file ${basename(text)} does not exist; use postgres, mysql, mariadb, sqlite, duckdb or a file.`,
      );
  }
}
