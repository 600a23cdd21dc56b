/** The composition root: state, tasks, and everything that answers questions, opened and closed as one. */
import { createLoginThrottle } from '../accounts/index.ts';
import { createChatStore } from '../chats/index.ts';
import type { Logger } from '../kernel/index.ts';
import { createReferenceSqlStore } from '../knowledge/index.ts';
import { openState, serveState, stateSocketPath } from '../storage/index.ts';
import { createTaskService } from '../tasks/index.ts';
import { accountStores, ensureAdministrator } from './accounts.ts';
import { createAsk } from './ask/create-ask.ts';
import { createUserSources } from './ask/user-sources.ts';
import type { LoadedConfig } from './config/load-config.ts';
import type { Engine } from './engine.ts';
import { createHealth } from './health.ts';
import { hiddenFrom } from './knowledge.ts';
import { createEnginePipeline } from './pipeline.ts';
import { openQueryEngine } from './query-engine.ts';
import { createRuns } from './runs.ts';

/** The datasource is open by then: this is for a database that went away. */
const DOCUMENTS_MS = 10_000;

export interface OpenEngineOptions {
  readonly logger: Logger;
  /** `client`: the embedded state belongs to another process, see `openPrimary`. */
  readonly stateRole?: 'owner' | 'client';
}

/**
 * Opens the engine of one process.
 *
 * @throws EngineError `state-locked`, `state-too-new`, `state-unavailable`, `config-invalid`
 */
export async function openEngine(loaded: LoadedConfig, { logger, stateRole }: OpenEngineOptions): Promise<Engine> {
  const { home, config } = loaded;
  const state = await openState({ home, url: config.state.url ?? undefined, logger, role: stateRole });
  try {
    const query = await openQueryEngine(loaded, { logger, state });
    const tasks = createTaskService({
      state,
      logger,
      retention: {
        taskDays: config.limits.task_retention_hours / 24,
        eventDays: config.limits.event_retention_hours / 24,
      },
    });
    const accounts = accountStores(state);
    const sources = createUserSources({ ...accounts, loaded, sources: query.sources, logger });
    const references = createReferenceSqlStore(state);
    const runs = createRuns({
      tasks,
      services: {
        ...query.services,
        openDatasource: sources.openFor,
        // Not for restricted callers: the SQL of others may name what is hidden from them.
        referenceSql: async (request, limit) =>
          request.account ? [] : references.list(request.namespace, 'confirmed', limit),
        async documents(request, text, limit) {
          const found = await query.services.documents(request, text, limit);
          if (!request.account || found.length === 0) return found;
          const hides = hiddenFrom(await sources.openFor(request, AbortSignal.timeout(DOCUMENTS_MS)));
          return found.filter((one) => !hides(`${one.title}\n${one.text}`));
        },
      },
      references,
      logger,
    });
    const firstAdmin = await ensureAdministrator(state, logger);
    await sources.register();
    const ask = createAsk({
      ...accounts,
      throttle: createLoginThrottle(state),
      chats: createChatStore(state),
      runs,
      sources,
      planner: query.planners.builtin,
      limits: query.services.limits,
      recommend: query.recommendQuestions,
      imageHours: config.open_api.image_expiry_hours,
      logger,
      now: () => new Date(),
    });
    const pipeline = createEnginePipeline({ loaded, state, tasks, query, logger });
    // Commands of the same user work beside a server that owns the state.
    const served = stateRole === 'client' ? null : await serveState(state, stateSocketPath(home));
    await tasks.start();
    const health = createHealth(query);
    const drain = (): Promise<void> => tasks.stop({ drainMs: config.server.shutdown_timeout_seconds * 1000 });
    return {
      home,
      config,
      ask,
      firstAdmin,
      pipeline,
      health: health.current,
      submitRun: runs.submit,
      followRun: runs.follow,
      findRun: runs.find,
      listRuns: runs.list,
      cancelRun: runs.cancel,
      sendInput: runs.sendInput,
      recordFeedback: runs.recordFeedback,
      drain,
      async close() {
        health.stop();
        try {
          await drain();
        } finally {
          served?.close();
          await Promise.allSettled([query.close(), pipeline.close()]);
          await state.close();
        }
      },
    };
  } catch (error) {
    await state.close().catch(() => {});
    throw error;
  }
}
