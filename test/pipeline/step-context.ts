/** A step's context over a real database, without the task around it. */
import { createCatalog } from '../../src/catalog/index.ts';
import { highwaySql } from '../../src/engine/demo/highway-sql.ts';
import { type Datasource, type DatasourceConfig, openDatasource } from '../../src/execution/index.ts';
import type { StepContext } from '../../src/pipeline/step.ts';
import { TEST_ENGINES, type TestDatabase, temporaryFolder } from '../support/engines.ts';

export interface StepBench {
  readonly datasource: Datasource;
  readonly directory: string;
  readonly lines: string[];
  context(changes?: Partial<StepContext>): StepContext;
  close(): Promise<void>;
}

/** Opens a database for steps; `businessContext` and the rest may be changed per call. */
export async function openBench(config: DatasourceConfig): Promise<StepBench> {
  const datasource = await openDatasource(config);
  const folder = temporaryFolder();
  const schema = await createCatalog().snapshot(datasource, { key: 'bench' });
  const lines: string[] = [];
  return {
    datasource,
    directory: folder.path,
    lines,
    context: (changes = {}) => ({
      taskId: 'task_20260315_120000',
      directory: folder.path,
      output: folder.path,
      datasource,
      schema,
      tables: schema.tables,
      businessContext: '高速公路服务区管理系统',
      dbName: 'highway_db',
      startedAt: new Date(2026, 2, 15, 12, 0, 0),
      flags: {
        sqlValidation: true,
        llmRepair: true,
        modifyOriginalFile: true,
        trainingDataLoad: true,
        backupVectorTables: false,
        truncateVectorTables: false,
        skipTraining: false,
      },
      model: null,
      embeddings: null,
      state: () => Promise.reject(new Error('this step needs no state')),
      hold: async () => {},
      signal: new AbortController().signal,
      log: (level, logger, message) => lines.push(`[${level}] ${logger}: ${message}`),
      progress: () => {},
      ...changes,
    }),
    async close() {
      await datasource.close();
      folder.remove();
    },
  };
}

/** The highway demo in an embedded Postgres. */
export function createHighway(): Promise<TestDatabase> {
  const engine = TEST_ENGINES.find(({ kind }) => kind === 'embedded')!;
  return engine.create(`BEGIN; ${highwaySql({ today: '2026-03-15' }).join(';\n')}; COMMIT;`);
}
