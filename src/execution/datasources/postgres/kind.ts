import { z } from 'zod';
import { type DatasourceKind, SECRET } from '../../datasource-kind.ts';

export const postgresConfig = z.strictObject({
  kind: z.literal('postgres'),
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(1).max(65_535).default(5432),
  user: z.string().min(1).default('postgres'),
  password: z.string().default('').meta(SECRET),
  database: z.string().min(1, 'name the database').describe('The database to connect to.'),
  schema: z.string().min(1).nullable().default(null).describe('Only this schema; all schemas when absent.'),
  ssl: z
    .enum(['disable', 'require', 'verify-full'])
    .default('disable')
    .describe('`require` encrypts, `verify-full` also checks the certificate.'),
  connectTimeoutMs: z.number().int().positive().default(10_000),
});

export const postgresKind: DatasourceKind<typeof postgresConfig> = {
  id: 'postgres',
  dialect: 'postgres',
  configSchema: postgresConfig,
  async open(config, deps) {
    const { openPostgres } = await import('./postgres-datasource.ts');
    return openPostgres(config, deps);
  },
};
