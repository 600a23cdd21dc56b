/** Users, datasources by number and grants, for the command line: without the rest of the engine. */
import {
  createDatasourceRegistry,
  createGrantStore,
  createUserStore,
  type DatasourceRegistry,
  ensureFirstAdmin,
  type GrantStore,
  type UserStore,
  workspaceNames,
} from '../accounts/index.ts';
import { EngineError, type Logger, processEnvironment } from '../kernel/index.ts';
import { openState, type State } from '../storage/index.ts';
import type { LoadedConfig } from './config/load-config.ts';

export interface AccountStores {
  readonly users: UserStore;
  readonly grants: GrantStore;
  readonly registry: DatasourceRegistry;
}

export interface Accounts extends AccountStores {
  workspaces(): Promise<ReadonlyMap<number, string>>;
  close(): Promise<void>;
}

export const accountStores = (state: State): AccountStores => ({
  users: createUserStore(state),
  grants: createGrantStore(state),
  registry: createDatasourceRegistry(state),
});

/** Makes the first administrator from the environment, or with a generated password. */
export function ensureAdministrator(state: State, logger: Logger): ReturnType<typeof ensureFirstAdmin> {
  const { QUERENT_ADMIN_USERNAME: username, QUERENT_ADMIN_PASSWORD: password } = processEnvironment();
  return ensureFirstAdmin(state, { username: username || null, password: password || null }, logger);
}

/**
 * Opens the accounts of a home, also while a server of the same user has the state open.
 *
 * @throws EngineError `state-locked`, `state-too-new`, `state-unavailable`
 */
export async function openAccounts(loaded: LoadedConfig, { logger }: { readonly logger: Logger }): Promise<Accounts> {
  const state = await openShared(loaded, logger);
  return { ...accountStores(state), workspaces: () => workspaceNames(state), close: () => state.close() };
}

async function openShared({ home, config }: LoadedConfig, logger: Logger): Promise<State> {
  const options = { home, url: config.state.url ?? undefined, logger };
  try {
    return await openState(options);
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'state-locked') throw error;
    // The owner serves the state to this user's other processes.
    return openState({ ...options, role: 'client' }).catch(() => {
      throw error;
    });
  }
}
