/** The pipeline with this engine's datasources, models and demo data. */
import { dirname } from 'node:path';
import { datasourcesOfNamespace, openDatasource } from '../execution/index.ts';
import { EngineError, type Logger } from '../kernel/index.ts';
import { type ConfiguredDatabase, createPipeline, type OpenedDatabase, type Pipeline } from '../pipeline/index.ts';
import type { State } from '../storage/index.ts';
import type { TaskService } from '../tasks/index.ts';
import type { LoadedConfig } from './config/load-config.ts';
import { createDemoPreparer } from './demo/prepare-demos.ts';
import { modelsConfig } from './planner.ts';
import type { QueryEngine } from './query-engine.ts';

/** The namespace that a fresh install has for the pipeline. */
const DEMO = 'highway';

export function createEnginePipeline(parts: {
  readonly loaded: LoadedConfig;
  readonly state: State;
  readonly tasks: TaskService;
  readonly query: QueryEngine;
  readonly logger: Logger;
}): Pipeline {
  const { loaded, state, tasks, query, logger } = parts;
  const { config, home } = loaded;
  const { models } = query.planners;
  return createPipeline({
    state,
    tasks,
    models: modelsConfig(loaded),
    home,
    stateUrl: config.state.url ?? null,
    policy: {
      defaultConnection: config.pipeline.default_connection ?? DEMO,
      allowed: config.pipeline.allowed_connections ?? null,
      configured: () => configuredDatabases(loaded, logger),
    },
    workingDirectory: config.pipeline.working_directory ?? process.cwd(),
    concurrentJobs: config.pipeline.concurrent_jobs,
    prepare: createDemoPreparer(loaded, logger),
    async open(connection, signal): Promise<OpenedDatabase> {
      const model = models.has('pipeline') ? models.client('pipeline') : null;
      if (connection.namespace !== null) {
        const { datasource, schema } = await query.sources.open(connection.namespace, null, signal);
        return { datasource, schema, model, release: async () => {} };
      }
      const datasource = await openDatasource(connection.config, { logger });
      try {
        const schema = await datasource.introspect({ signal });
        return { datasource, schema, model, release: () => datasource.close() };
      } catch (error) {
        await datasource.close();
        throw error;
      }
    },
    logger,
  });
}

/** Looked up at each use: files of a pattern come and go, and a namespace that cannot be read is none. */
function configuredDatabases({ config, file }: LoadedConfig, logger: Logger): readonly ConfiguredDatabase[] {
  return Object.entries(config.agent.namespace).flatMap(([namespace, settings]) => {
    try {
      return datasourcesOfNamespace(settings, { namespace, baseDirectory: dirname(file) }).map(
        (one): ConfiguredDatabase => ({
          namespace,
          name: one.name,
          database: settings.database ?? null,
          config: one.config,
        }),
      );
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      logger.warn({ namespace, reason: error.message }, 'the pipeline cannot use a namespace');
      return [];
    }
  });
}
