/** What the first of several server processes holds for the others: the embedded state, and the demo's files. */
import type { Logger } from '../kernel/index.ts';
import { openState, serveState, stateSocketPath } from '../storage/index.ts';
import type { LoadedConfig } from './config/load-config.ts';
import { createDemoPreparer } from './demo/prepare-demos.ts';

export interface Primary {
  close(): Promise<void>;
}

/**
 * Opens the state once and serves it to the other processes of this user, which open their engines with
 * `stateRole: 'client'`. On a PostgreSQL server the state is only brought up to date.
 *
 * @throws EngineError `state-locked`, `state-too-new`, `state-unavailable`
 */
export async function openPrimary(loaded: LoadedConfig, { logger }: { readonly logger: Logger }): Promise<Primary> {
  const { home, config } = loaded;
  const state = await openState({ home, url: config.state.url ?? undefined, logger });
  try {
    const prepare = createDemoPreparer(loaded, logger);
    for (const namespace of Object.keys(config.agent.namespace)) await prepare(namespace);
    if (config.state.url) {
      await state.close();
      return { close: async () => {} };
    }
    const served = await serveState(state, stateSocketPath(home));
    return {
      async close() {
        served.close();
        await state.close();
      },
    };
  } catch (error) {
    await state.close().catch(() => {});
    throw error;
  }
}
