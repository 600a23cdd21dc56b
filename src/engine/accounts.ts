/** Users, datasources by number and grants, for the command line: without durable runs. */
import {
  type AccessRule,
  createDatasourceRegistry,
  createGrantStore,
  createUserStore,
  type DatasourceRegistry,
  ensureFirstAdmin,
  type Grant,
  type GrantStore,
  type GrantSubject,
  type RegisteredDatasource,
  type UserStore,
  workspaceNames,
} from '../accounts/index.ts';
import { EngineError, type Logger, nearestName, processEnvironment } from '../kernel/index.ts';
import type { Table } from '../sql/index.ts';
import { openState, type State } from '../storage/index.ts';
import { createUserSources } from './ask/user-sources.ts';
import type { LoadedConfig } from './config/load-config.ts';
import { openQueryEngine, type QueryEngine } from './query-engine.ts';

export interface AccountStores {
  readonly users: UserStore;
  readonly grants: GrantStore;
  readonly registry: DatasourceRegistry;
}

export interface Accounts {
  readonly users: UserStore;
  readonly grants: Pick<GrantStore, 'list'>;
  workspaces(): Promise<ReadonlyMap<number, string>>;
  /** @throws EngineError `not-found` */
  datasource(idOrName: string): Promise<RegisteredDatasource>;
  moveDatasource(id: number, workspace: string): Promise<void>;
  /**
   * Stores a grant after looking at the database: a name that is not there would restrict nothing.
   *
   * @throws EngineError `request-invalid` naming the table or column, `datasource-unavailable`
   */
  grant(grant: Grant): Promise<void>;
  /** Takes back what was said of a table; false when nothing was. */
  revoke(grant: Pick<Grant, 'subject' | 'datasourceId' | 'schema' | 'table'>): Promise<boolean>;
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
  const query = await openQueryEngine(loaded, { logger });
  const stores = accountStores(state);
  const { users, grants, registry } = stores;
  const close = async (): Promise<void> => {
    await Promise.allSettled([query.close()]);
    await state.close();
  };
  try {
    await createUserSources({ ...stores, loaded, sources: query.sources, logger }).register();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    users,
    grants,
    workspaces: () => workspaceNames(state),
    async datasource(idOrName) {
      const all = await registry.list();
      const found = all.find((one) => String(one.id) === idOrName || one.name === idOrName);
      if (found) return found;
      const known = all.map((one) => `${one.id} (${one.name})`).join(', ');
      throw new EngineError('not-found', `there is no datasource \`${idOrName}\`; known: ${known || 'none'}`);
    },
    moveDatasource: registry.move,
    async grant(grant) {
      await grants.set(grant.table === '*' ? grant : { ...grant, ...(await requireNames(grant, registry, query)) });
    },
    async revoke(grant) {
      const all = await grants.list(grant.datasourceId);
      const said = all.find(
        (one) =>
          sameSubject(one.subject, grant.subject) &&
          one.table.toLowerCase() === grant.table.toLowerCase() &&
          (grant.schema === null || one.schema === grant.schema),
      );
      return said ? grants.remove(said) : false;
    },
    close,
  };
}

/** Opens the state, or becomes a client of the process of this user that has it open. */
export async function openShared({ home, config }: LoadedConfig, logger: Logger): Promise<State> {
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

const sameSubject = (a: GrantSubject, b: GrantSubject): boolean =>
  a.kind === 'user' ? b.kind === 'user' && a.id === b.id : b.kind === 'role' && a.name === b.name;

/** Every table and column that a grant names must be there; the table as the database spells it. */
async function requireNames(
  grant: Grant,
  registry: DatasourceRegistry,
  query: QueryEngine,
): Promise<Pick<Grant, 'schema' | 'table'>> {
  const source = await registry.find(grant.datasourceId);
  if (!source) throw new EngineError('not-found', `there is no datasource ${grant.datasourceId}`);
  const { schema } = await query.sources.open(source.namespace, source.database);
  const same = (table: Table): boolean =>
    table.ref.name.toLowerCase() === grant.table.toLowerCase() &&
    (grant.schema === null ? true : (table.ref.schema ?? schema.defaultSchema) === grant.schema);
  const table = schema.tables.find(same);
  if (!table) {
    const near = nearestName(
      grant.table,
      schema.tables.map((one) => one.ref.name),
    );
    throw new EngineError(
      'request-invalid',
      `${source.name} has no table \`${grant.table}\`${near ? `; did you mean \`${near}\`?` : ''}`,
    );
  }
  const columns = table.columns.map((column) => column.name);
  for (const name of [...grant.hiddenColumns, ...(grant.rows ? columnsOf(grant.rows) : [])]) {
    if (columns.some((column) => column.toLowerCase() === name.toLowerCase())) continue;
    throw new EngineError(
      'request-invalid',
      `${table.ref.name} has no column \`${name}\`; its columns: ${columns.join(', ')}`,
    );
  }
  return { schema: table.ref.schema, table: table.ref.name };
}

const columnsOf = (rule: AccessRule): readonly string[] =>
  'logic' in rule ? rule.items.flatMap(columnsOf) : [rule.column];
