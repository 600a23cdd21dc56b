/** The configured datasources by number: what other systems keep as `datasource_id`. */
import { asc, eq, inArray } from 'drizzle-orm';
import type { State } from '../storage/index.ts';
import { datasources, workspaces } from './tables.ts';
import { DEFAULT_WORKSPACE, ensureWorkspace } from './users.ts';

export interface RegisteredDatasource {
  readonly id: number;
  readonly workspaceId: number;
  readonly namespace: string;
  readonly database: string;
  readonly name: string;
  readonly description: string | null;
  readonly createdAt: Date;
}

/** A datasource of the configuration. */
export interface ConfiguredDatasource {
  readonly namespace: string;
  readonly database: string;
  readonly name: string;
}

export interface DatasourceRegistry {
  /** Gives every configured datasource its number; new ones belong to the default workspace. */
  register(configured: readonly ConfiguredDatasource[]): Promise<void>;
  ofWorkspaces(ids: readonly number[]): Promise<readonly RegisteredDatasource[]>;
  find(id: number): Promise<RegisteredDatasource | null>;
  list(): Promise<readonly RegisteredDatasource[]>;
  /** Moves a datasource to a workspace, which is made when it is not there. */
  move(id: number, workspace: string): Promise<void>;
}

export function createDatasourceRegistry(state: State, now: () => Date = () => new Date()): DatasourceRegistry {
  const ordered = () => state.db.select().from(datasources);
  return {
    async register(configured) {
      const known = await state.db.select().from(datasources);
      const missing = configured.filter(
        (one) => !known.some((row) => row.namespace === one.namespace && row.database === one.database),
      );
      if (missing.length > 0) {
        const workspaceId = await ensureWorkspace(state.db, DEFAULT_WORKSPACE, now());
        await state.db
          .insert(datasources)
          .values(missing.map((one) => ({ ...one, workspaceId, createdAt: now() })))
          .onConflictDoNothing();
      }
      for (const row of known) {
        const named = configured.find((one) => one.namespace === row.namespace && one.database === row.database);
        if (named && named.name !== row.name) {
          await state.db.update(datasources).set({ name: named.name }).where(eq(datasources.id, row.id));
        }
      }
    },
    async ofWorkspaces(ids) {
      if (ids.length === 0) return [];
      return ordered()
        .where(inArray(datasources.workspaceId, [...ids]))
        .orderBy(asc(datasources.name));
    },
    async find(id) {
      const [found] = await ordered().where(eq(datasources.id, id));
      return found ?? null;
    },
    list: () => ordered().orderBy(asc(datasources.id)),
    async move(id, workspace) {
      const workspaceId = await ensureWorkspace(state.db, workspace, now());
      await state.db.update(datasources).set({ workspaceId }).where(eq(datasources.id, id));
    },
  };
}

/** Names of the workspaces by id. */
export async function workspaceNames(state: State): Promise<ReadonlyMap<number, string>> {
  const rows = await state.db.select({ id: workspaces.id, name: workspaces.name }).from(workspaces);
  return new Map(rows.map((row) => [row.id, row.name]));
}
