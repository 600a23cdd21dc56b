/** The datasources of a user: which there are, in which order, and how each looks to that user. */
import { join } from 'node:path';
import type { DatasourceRegistry, GrantStore, RegisteredDatasource, User, UserStore } from '../../accounts/index.ts';
import { EngineError, type Logger } from '../../kernel/index.ts';
import type { OpenedDatasource, RunRequest, RunServices } from '../../workflows/index.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import type { SourceInfo, Sources } from '../sources.ts';
import { restrictSource, rightsMark } from './restricted-source.ts';

export interface UserSource extends RegisteredDatasource {
  readonly kind: string;
}

export interface UserSources {
  /** Gives numbers to what is configured. */
  register(): Promise<void>;
  of(workspaceIds: readonly number[]): Promise<readonly UserSource[]>;
  /** @throws EngineError `not-allowed` when the user's rights have not the expected mark (any more) */
  open(user: User, source: RegisteredDatasource, signal?: AbortSignal, rights?: string): Promise<OpenedDatasource>;
  /** Mark of what the user may read of a datasource now; null: it is not the user's. */
  rightsOf(user: User, datasourceId: number): Promise<string | null>;
  /** For runs: the datasource of the request, seen by the request's account. */
  openFor: RunServices['openDatasource'];
}

export function createUserSources(parts: {
  readonly loaded: LoadedConfig;
  readonly sources: Sources;
  readonly registry: DatasourceRegistry;
  readonly users: UserStore;
  readonly grants: GrantStore;
  readonly logger: Logger;
}): UserSources {
  const { loaded, sources, registry, users, grants, logger } = parts;

  /** A namespace whose configuration is incomplete is left out, with a word in the log. */
  const configured = (): readonly SourceInfo[] =>
    sources.namespaces().flatMap((namespace) => {
      try {
        return sources.list(namespace);
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        logger.warn({ namespace, reason: error.message }, 'a namespace cannot be used');
        return [];
      }
    });

  const seenBy = async (
    user: User | null,
    datasourceId: number,
    source: OpenedDatasource,
    expected?: string,
  ): Promise<OpenedDatasource> => {
    if (user === null || user.disabled) throw new EngineError('not-allowed', 'the user may not read this datasource');
    const rights = await grants.rightsOf(user, datasourceId);
    if (expected !== undefined && rightsMark(rights) !== expected) {
      throw new EngineError('not-allowed', 'the rights to this datasource were just changed; please ask again');
    }
    return restrictSource(source, rights);
  };

  return {
    register: () =>
      registry.register(
        configured().map(({ namespace, name }, _, all) => ({
          namespace,
          database: name,
          name: all.filter((one) => one.namespace === namespace).length === 1 ? namespace : `${namespace}/${name}`,
        })),
      ),
    async of(workspaceIds) {
      const known = configured();
      const rows = await registry.ofWorkspaces(workspaceIds);
      return rows
        .flatMap((row): UserSource[] => {
          const info = known.find((one) => one.namespace === row.namespace && one.name === row.database);
          return info ? [{ ...row, kind: info.kind }] : [];
        })
        .sort((a, b) => Number(isDemo(loaded, b)) - Number(isDemo(loaded, a)) || a.name.localeCompare(b.name, 'en'));
    },
    open: async (user, source, signal, rights) =>
      seenBy(user, source.id, await sources.open(source.namespace, source.database, signal), rights),
    async rightsOf(user, datasourceId) {
      const source = user.disabled ? null : await registry.find(datasourceId);
      if (!source || !user.workspaceIds.includes(source.workspaceId)) return null;
      return rightsMark(await grants.rightsOf(user, datasourceId));
    },
    async openFor(request: RunRequest, signal, options) {
      const opened = await sources.open(request.namespace, request.database, signal, options?.refresh ?? false);
      if (!request.account) return opened;
      const { userId, datasourceId, rights } = request.account;
      return seenBy(await users.find(userId), datasourceId, opened, rights);
    },
  };
}

/** The generated demos are what a newcomer should meet first. */
function isDemo({ home, config }: LoadedConfig, { namespace }: RegisteredDatasource): boolean {
  const all = config.agent.namespace;
  return Object.hasOwn(all, namespace) && all[namespace]?.uri?.includes(join(home, 'demo')) === true;
}
