import { z } from 'zod';
import type { DatasourceKind } from '../../datasource-kind.ts';

export const filesConfig = z.strictObject({
  kind: z.literal('files'),
  paths: z.array(z.string().min(1)).min(1).describe('Files, folders or glob patterns.'),
  memoryLimit: z.string().default('512MB').describe('The most memory that loading and statements may use.'),
});

/** CSV, TSV, Parquet, JSON and Excel files as tables. */
export const filesKind: DatasourceKind<typeof filesConfig> = {
  id: 'files',
  dialect: 'duckdb',
  configSchema: filesConfig,
  async open(config, deps) {
    const { openFiles } = await import('./files-datasource.ts');
    return openFiles(config, deps);
  },
};
