import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { EngineError } from '../../../kernel/index.ts';
import type { DatasourceKind } from '../../datasource-kind.ts';
import { messageOf, scrubMessage } from '../../failure.ts';
import { createScratch } from '../../scratch.ts';

export const duckDbConfig = z.strictObject({
  kind: z.literal('duckdb'),
  path: z.string().min(1).describe('The database file.'),
  memoryLimit: z.string().default('1GB').describe('The most memory that statements may use together.'),
});

function unavailable(path: string): (error: unknown) => EngineError {
  return (error) => {
    const message = messageOf(error);
    const why = /Could not set lock/.test(message)
      ? 'another process has it open for writing; close that one first'
      : /not a valid DuckDB database|Serialization Error|corrupt|checksum/i.test(message)
        ? 'it is not a DuckDB database, or it is damaged'
        : scrubMessage(message.split('\n')[0]!, [], [path]);
    return new EngineError('datasource-unavailable', `Cannot open the DuckDB file ${basename(path)}: ${why}.`, {
      cause: error,
    });
  };
}

export const duckDbKind: DatasourceKind<typeof duckDbConfig> = {
  id: 'duckdb',
  dialect: 'duckdb',
  configSchema: duckDbConfig,
  async open(config, deps) {
    const info = await stat(config.path).catch(() => null);
    if (info === null || !info.isFile()) {
      throw new EngineError(
        'datasource-unavailable',
        `There is no DuckDB file ${basename(config.path)}; check the path in the configuration.`,
      );
    }
    const { openDuckDbFile } = await import('../duckdb-engine.ts');
    const scratch = await createScratch(deps.scratchDirectory);
    try {
      const file = { path: config.path, spillDirectory: scratch.path, memoryLimit: config.memoryLimit };
      const datasource = await openDuckDbFile(file, unavailable(config.path));
      return {
        ...datasource,
        async close() {
          await datasource.close();
          await scratch.remove();
        },
      };
    } catch (error) {
      await scratch.remove();
      throw error;
    }
  },
};
