import { z } from 'zod';
import { type DatasourceKind, SECRET } from '../../datasource-kind.ts';

export const mysqlConfig = z.strictObject({
  kind: z.literal('mysql'),
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(1).max(65_535).default(3306),
  user: z.string().min(1).default('root'),
  password: z.string().default('').meta(SECRET),
  database: z.string().min(1, 'name the database').describe('The database whose tables are read.'),
  ssl: z
    .enum(['disable', 'require', 'verify-full'])
    .default('disable')
    .describe('`require` encrypts, `verify-full` also checks the certificate.'),
  connectTimeoutMs: z.number().int().positive().default(10_000),
});

/** MySQL, MariaDB, and what speaks their protocol. */
export const mysqlKind: DatasourceKind<typeof mysqlConfig> = {
  id: 'mysql',
  dialect: 'mysql',
  configSchema: mysqlConfig,
  async open(config, deps) {
    const { openMysql } = await import('./mysql-datasource.ts');
    return openMysql(config, deps);
  },
};
