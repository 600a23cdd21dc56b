/** The kinds of datasources, and opening one from its configuration. */
import { z } from 'zod';
import { EngineError } from '../kernel/index.ts';
import { withBulkhead } from './bulkhead.ts';
import type { Datasource } from './datasource.ts';
import type { DatasourceDeps } from './datasource-kind.ts';
import { duckDbConfig, duckDbKind } from './datasources/duckdb/kind.ts';
import { embeddedConfig, embeddedKind } from './datasources/embedded/kind.ts';
import { filesConfig, filesKind } from './datasources/files/kind.ts';
import { mysqlConfig, mysqlKind } from './datasources/mysql/kind.ts';
import { postgresConfig, postgresKind } from './datasources/postgres/kind.ts';
import { sqliteConfig, sqliteKind } from './datasources/sqlite/kind.ts';

export const DATASOURCE_KINDS = {
  duckdb: duckDbKind,
  embedded: embeddedKind,
  files: filesKind,
  mysql: mysqlKind,
  postgres: postgresKind,
  sqlite: sqliteKind,
} as const;
export type DatasourceKindName = keyof typeof DATASOURCE_KINDS;

/** The configuration of a datasource of any kind. */
export const datasourceConfig = z.discriminatedUnion('kind', [
  duckDbConfig,
  embeddedConfig,
  filesConfig,
  mysqlConfig,
  postgresConfig,
  sqliteConfig,
]);
/** What a configuration says; properties with defaults may be absent. */
export type DatasourceConfig = z.input<typeof datasourceConfig>;

/** The configuration with every secret property replaced, safe to print and to send. */
export function withoutSecrets(config: DatasourceConfig): Record<string, unknown> {
  const { shape } = DATASOURCE_KINDS[config.kind].configSchema;
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => {
      const property = (shape as Readonly<Record<string, z.ZodType>>)[name];
      return [name, property?.meta()?.secret === true && value !== '' ? '***' : value];
    }),
  );
}

function openKind(config: z.output<typeof datasourceConfig>, deps: DatasourceDeps): Promise<Datasource> {
  switch (config.kind) {
    case 'duckdb':
      return duckDbKind.open(config, deps);
    case 'embedded':
      return embeddedKind.open(config, deps);
    case 'files':
      return filesKind.open(config, deps);
    case 'mysql':
      return mysqlKind.open(config, deps);
    case 'postgres':
      return postgresKind.open(config, deps);
    case 'sqlite':
      return sqliteKind.open(config, deps);
  }
}

/**
 * Opens a datasource behind its bulkhead. It must be closed.
 *
 * @throws EngineError `config-invalid` naming the property, `datasource-unavailable` naming the file or host and what to do
 */
export async function openDatasource(config: DatasourceConfig, deps: DatasourceDeps = {}): Promise<Datasource> {
  const parsed = datasourceConfig.safeParse(config);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'datasource'}: ${issue.message}`);
    throw new EngineError('config-invalid', `The datasource's configuration is not valid: ${issues.join('; ')}.`);
  }
  return withBulkhead(await openKind(parsed.data, deps), deps.limits);
}
