/** The composition root: state, tasks, and everything that answers questions, opened and closed as one. */
import type { Logger } from '../kernel/index.ts';
import { createReferenceSqlStore } from '../knowledge/index.ts';
import { openState } from '../storage/index.ts';
import { createTaskService } from '../tasks/index.ts';
import type { LoadedConfig } from './config/load-config.ts';
import type { Engine } from './engine.ts';
import { createHealth } from './health.ts';
import { openQueryEngine } from './query-engine.ts';
import { createRuns } from './runs.ts';

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
    const query = await openQueryEngine(loaded, { logger });
    const tasks = createTaskService({
      state,
      logger,
      retention: {
        taskDays: config.limits.task_retention_hours / 24,
        eventDays: config.limits.event_retention_hours / 24,
      },
    });
    const runs = createRuns({
      tasks,
      services: query.services,
      references: createReferenceSqlStore(state),
      logger,
    });
    await tasks.start();
    const health = createHealth(query);
    const drain = (): Promise<void> => tasks.stop({ drainMs: config.server.shutdown_timeout_seconds * 1000 });
    return {
      home,
      config,
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
          await Promise.allSettled([query.close()]);
          await state.close();
        }
      },
    };
  } catch (error) {
    await state.close().catch(() => {});
    throw error;
  }
}
