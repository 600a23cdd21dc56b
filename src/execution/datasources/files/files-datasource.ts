/** Files as a datasource: copied into a temporary DuckDB database that is then opened read-only and locked like any other. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { EngineError } from '../../../kernel/index.ts';
import type { Datasource } from '../../datasource.ts';
import type { DatasourceDeps } from '../../datasource-kind.ts';
import { messageOf, scrubMessage } from '../../failure.ts';
import { createScratch } from '../../scratch.ts';
import { openDuckDbFile } from '../duckdb-engine.ts';
import { findSources, type SourceFile } from './find-sources.ts';
import type { filesConfig } from './kind.ts';
import { loadFiles } from './load-files.ts';

interface Generation {
  readonly stamp: string;
  readonly datasource: Datasource;
  readonly warnings: readonly string[];
  readonly remove: () => Promise<void>;
}

const stampOf = (sources: readonly SourceFile[]): string => sources.map((source) => source.stamp).join('\n');

async function loadGeneration(
  sources: readonly SourceFile[],
  config: z.output<typeof filesConfig>,
  deps: DatasourceDeps,
): Promise<Generation> {
  const scratch = await createScratch(deps.scratchDirectory);
  try {
    const path = join(scratch.path, 'files.duckdb');
    const warnings = await loadFiles(sources, {
      databasePath: path,
      scratch: scratch.path,
      memoryLimit: config.memoryLimit,
    });
    const spillDirectory = join(scratch.path, 'spill');
    const datasource = await openDuckDbFile({ path, spillDirectory, memoryLimit: config.memoryLimit }, (error) => {
      const why = scrubMessage(messageOf(error).split('\n')[0]!, [], [path]);
      return new EngineError('datasource-unavailable', `Cannot read the loaded files: ${why}`, { cause: error });
    });
    const remove = async (): Promise<void> => {
      await datasource.close();
      await rm(scratch.path, { recursive: true, force: true });
    };
    return { stamp: stampOf(sources), datasource, warnings, remove };
  } catch (error) {
    await scratch.remove();
    throw error;
  }
}

/** Loads the files; `introspect` loads them anew when one has changed since. */
export async function openFiles(config: z.output<typeof filesConfig>, deps: DatasourceDeps): Promise<Datasource> {
  let current = await loadGeneration(await findSources(config.paths), config, deps);
  const outdated: Generation[] = [];
  let reloading: Promise<void> | null = null;

  const reload = async (): Promise<void> => {
    const sources = await findSources(config.paths);
    if (stampOf(sources) !== current.stamp) {
      const next = await loadGeneration(sources, config, deps);
      // Statements may still run on the old one; it goes when the datasource is closed.
      outdated.push(current);
      current = next;
    }
  };

  return {
    dialect: 'duckdb',
    get warnings() {
      return current.warnings;
    },
    run: (sql, options) => current.datasource.run(sql, options),
    explain: (sql, options) => current.datasource.explain(sql, options),
    async introspect(options) {
      reloading ??= reload().finally(() => {
        reloading = null;
      });
      await reloading;
      return current.datasource.introspect(options);
    },
    async close() {
      await Promise.all([current, ...outdated].map((generation) => generation.remove()));
    },
  };
}
