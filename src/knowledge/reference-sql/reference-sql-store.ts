/** Question–SQL pairs that people found right; candidates wait until somebody confirms them. */
import { and, desc, eq } from 'drizzle-orm';
import type { State } from '../../storage/index.ts';
import { referenceSql } from '../tables.ts';

export type ReferenceStatus = 'candidate' | 'confirmed' | 'rejected';

export interface ReferenceSql {
  readonly id: string;
  readonly namespace: string;
  readonly question: string;
  readonly sql: string;
  readonly status: ReferenceStatus;
  readonly origin: string;
  readonly runId: string | null;
  readonly owner: string;
  readonly createdAt: Date;
}

export interface ReferenceSqlStore {
  /** Stores a run's answer as a candidate; once per run. */
  addCandidate(pair: Omit<ReferenceSql, 'id' | 'status' | 'createdAt'>): Promise<void>;
  /** Takes back the candidate of a run, unless somebody confirmed it meanwhile. */
  removeCandidate(runId: string): Promise<void>;
  /** Newest first. */
  list(namespace: string, status: ReferenceStatus, limit?: number): Promise<readonly ReferenceSql[]>;
  setStatus(id: string, status: ReferenceStatus): Promise<boolean>;
}

export function createReferenceSqlStore(state: State, now: () => Date = () => new Date()): ReferenceSqlStore {
  return {
    async addCandidate(pair) {
      await state.db
        .insert(referenceSql)
        .values({ ...pair, status: 'candidate', createdAt: now() })
        .onConflictDoNothing({ target: referenceSql.runId });
    },
    async removeCandidate(runId) {
      await state.db
        .delete(referenceSql)
        .where(and(eq(referenceSql.runId, runId), eq(referenceSql.status, 'candidate')));
    },
    list: (namespace, status, limit = 100) =>
      state.db
        .select()
        .from(referenceSql)
        .where(and(eq(referenceSql.namespace, namespace), eq(referenceSql.status, status)))
        .orderBy(desc(referenceSql.createdAt))
        .limit(limit),
    async setStatus(id, status) {
      const rows = await state.db
        .update(referenceSql)
        .set({ status })
        .where(eq(referenceSql.id, id))
        .returning({ id: referenceSql.id });
      return rows.length === 1;
    },
  };
}
