/** The forms in which a namespace of `agent.yml` names its databases. */
import { globSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, extname, isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { EngineError } from '../kernel/index.ts';
import { parseConnectionUrl } from './connection-url.ts';
import type { DatasourceConfig } from './registry.ts';

export interface NamedDatasource {
  readonly name: string;
  readonly config: DatasourceConfig;
}

const text = z.union([z.string(), z.number()]).transform(String);
const fileEntry = z.looseObject({ name: text.optional(), uri: z.string().min(1) });
const namespaceConfig = z.looseObject({
  type: z.string().min(1),
  name: text.optional(),
  uri: z.string().min(1).optional(),
  dbs: z.array(fileEntry).min(1).optional(),
  path_pattern: z.string().min(1).optional(),
  paths: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  host: text.optional(),
  port: z.union([z.number(), z.string()]).optional(),
  username: text.optional(),
  user: text.optional(),
  password: text.optional(),
  database: text.optional(),
  schema: text.optional(),
  ssl: z.union([z.boolean(), z.string()]).optional(),
});
type NamespaceConfig = z.output<typeof namespaceConfig>;

const FILE_TYPES = new Set(['sqlite', 'sqlite3', 'duckdb', 'embedded']);
const SERVER_TYPES: Readonly<Record<string, 'postgres' | 'mysql'>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  mysql: 'mysql',
  mariadb: 'mysql',
  starrocks: 'mysql',
};

export interface NamespaceContext {
  /** The namespace's name, for messages and for databases without one. */
  readonly namespace: string;
  /** The folder that relative paths start from; the working directory when absent. */
  readonly baseDirectory?: string;
}

function invalid(context: NamespaceContext, message: string): EngineError {
  return new EngineError('config-invalid', `namespace.${context.namespace}: ${message}`);
}

function localPath(context: NamespaceContext, uri: string): string {
  const plain = /^(sqlite3?|duckdb|file):/i.test(uri)
    ? ((parseConnectionUrl(uri) as { path?: string }).path ?? uri)
    : uri;
  const home = plain.replace(/^~(?=\/|$)/, homedir());
  return isAbsolute(home) ? home : resolve(context.baseDirectory ?? '.', home);
}

function fileConfig(type: string, path: string): DatasourceConfig {
  return type === 'duckdb'
    ? { kind: 'duckdb', path }
    : type === 'embedded'
      ? { kind: 'embedded', path }
      : { kind: 'sqlite', path };
}

const stem = (path: string): string => basename(path, extname(path));

function fileDatasources(type: string, config: NamespaceConfig, context: NamespaceContext): NamedDatasource[] {
  const one = (uri: string, name: string | undefined): NamedDatasource => {
    const path = localPath(context, uri);
    return { name: name ?? stem(path), config: fileConfig(type, path) };
  };
  if (config.dbs !== undefined) {
    return config.dbs.map((entry) => one(entry.uri, entry.name));
  }
  if (config.path_pattern !== undefined) {
    const matches = globSync(localPath(context, config.path_pattern)).sort();
    if (matches.length === 0) {
      throw invalid(context, `path_pattern ${config.path_pattern} matches no file.`);
    }
    return matches.map((path) => one(path, undefined));
  }
  if (config.uri !== undefined) {
    return [one(config.uri, config.name)];
  }
  throw invalid(context, `type ${type} needs one of uri, dbs or path_pattern.`);
}

function serverDatasource(
  kind: 'postgres' | 'mysql',
  config: NamespaceConfig,
  context: NamespaceContext,
): NamedDatasource {
  if (config.uri !== undefined) {
    const parsed = parseConnectionUrl(config.uri);
    return { name: config.name ?? ('database' in parsed ? parsed.database : context.namespace), config: parsed };
  }
  if (config.database === undefined) {
    throw invalid(context, `type ${config.type} needs database, the name of the database to read.`);
  }
  const user = config.username ?? config.user;
  const ssl =
    config.ssl === undefined || config.ssl === false || config.ssl === 'disable'
      ? 'disable'
      : config.ssl === 'verify-full'
        ? 'verify-full'
        : 'require';
  const shared = {
    ...(config.host === undefined ? {} : { host: config.host }),
    ...(config.port === undefined ? {} : { port: Number(config.port) }),
    ...(user === undefined ? {} : { user }),
    password: config.password ?? '',
    database: config.database,
    ssl,
  } as const;
  return {
    name: config.name ?? config.database,
    config: kind === 'mysql' ? { kind, ...shared } : { kind, ...shared, schema: config.schema ?? null },
  };
}

/**
 * The datasources of one namespace: `uri` + `name`, `dbs: […]`, `path_pattern`, or host, port, username, password, database, schema.
 * Our own type `files` takes `paths` (or `uri`, `path_pattern`).
 *
 * @throws EngineError `config-invalid` naming the namespace, the key and the fix
 */
export function datasourcesOfNamespace(raw: unknown, context: NamespaceContext): NamedDatasource[] {
  const parsed = namespaceConfig.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw invalid(context, `${issue.path.join('.') || 'the entry'}: ${issue.message}.`);
  }
  const config = parsed.data;
  const type = config.type.toLowerCase();
  const server = SERVER_TYPES[type];
  if (server !== undefined) {
    return [serverDatasource(server, config, context)];
  }
  if (FILE_TYPES.has(type)) {
    return fileDatasources(type, config, context);
  }
  if (type === 'files') {
    const paths = config.paths ?? config.path_pattern ?? config.uri;
    if (paths === undefined) {
      throw invalid(context, 'type files needs paths: files, folders or patterns.');
    }
    const list = (Array.isArray(paths) ? paths : [paths]).map((path) => localPath(context, path));
    return [{ name: config.name ?? context.namespace, config: { kind: 'files', paths: list } }];
  }
  throw invalid(
    context,
    `type ${config.type} is not supported; use sqlite, duckdb, postgres, mysql, mariadb, starrocks or files.`,
  );
}
