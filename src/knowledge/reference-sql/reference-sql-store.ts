/** Question–SQL pairs that people found right; candidates wait until somebody confirms them. */
import { and, asc, desc, eq, isNull, or, type SQL } from 'drizzle-orm';
import type { State } from '../../storage/index.ts';
import type { KnowledgeScope } from '../scope.ts';
import { referenceSql } from '../tables.ts';
import { textKey } from '../text-key.ts';

export type ReferenceStatus = 'candidate' | 'confirmed' | 'rejected';

export interface ReferenceSql {
  readonly id: string;
  readonly namespace: string;
  /** One database of the namespace; null: all of them. */
  readonly database: string | null;
  readonly question: string;
  readonly sql: string;
  readonly status: ReferenceStatus;
  readonly origin: string;
  readonly runId: string | null;
  readonly owner: string;
  /** When its SQL last ran; null: never. */
  readonly verifiedAt: Date | null;
  /** Why its SQL did not run at the last attempt. */
  readonly problem: string | null;
  readonly createdAt: Date;
}

/** What a person says of a pair; the rest is made. */
export type NewReference = Pick<
  ReferenceSql,
  'namespace' | 'database' | 'question' | 'sql' | 'status' | 'origin' | 'owner' | 'verifiedAt' | 'problem'
>;

export interface ReferenceSqlStore {
  /** Stores a run's answer as a candidate; once per run. */
  addCandidate(
    pair: Omit<ReferenceSql, 'id' | 'status' | 'createdAt' | 'database' | 'verifiedAt' | 'problem'> & {
      readonly database?: string | null;
    },
  ): Promise<void>;
  /** Takes back the candidate of a run, unless somebody confirmed it meanwhile. */
  removeCandidate(runId: string): Promise<void>;
  /** Newest first. */
  list(namespace: string, status: ReferenceStatus, limit?: number): Promise<readonly ReferenceSql[]>;
  setStatus(id: string, status: ReferenceStatus): Promise<boolean>;
  /** All of them, by namespace, then oldest first. */
  all(filter?: { readonly namespace?: string; readonly status?: ReferenceStatus }): Promise<readonly ReferenceSql[]>;
  /** The confirmed pairs of a database: those with exactly this question, then the newest. */
  confirmed(scope: KnowledgeScope, question: string, limit: number): Promise<readonly ReferenceSql[]>;
  /** Writes a pair; the one with the same question for the same database is replaced. */
  save(pair: NewReference): Promise<{ readonly pair: ReferenceSql; readonly replaced: ReferenceSql | null }>;
  change(id: string, changes: Partial<NewReference>): Promise<ReferenceSql | null>;
  remove(id: string): Promise<boolean>;
}

export function createReferenceSqlStore(state: State, now: () => Date = () => new Date()): ReferenceSqlStore {
  const select = (...conditions: (SQL | undefined)[]) =>
    state.db
      .select()
      .from(referenceSql)
      .where(and(...conditions));
  return {
    async addCandidate(pair) {
      await state.db
        .insert(referenceSql)
        .values({ ...pair, questionKey: textKey(pair.question), status: 'candidate', createdAt: now() })
        .onConflictDoNothing({ target: referenceSql.runId });
    },
    async removeCandidate(runId) {
      await state.db
        .delete(referenceSql)
        .where(and(eq(referenceSql.runId, runId), eq(referenceSql.status, 'candidate')));
    },
    async list(namespace, status, limit = 100) {
      const rows = await select(eq(referenceSql.namespace, namespace), eq(referenceSql.status, status))
        .orderBy(desc(referenceSql.createdAt))
        .limit(limit);
      return rows.map(withoutKey);
    },
    async setStatus(id, status) {
      const rows = await state.db
        .update(referenceSql)
        .set({ status })
        .where(eq(referenceSql.id, id))
        .returning({ id: referenceSql.id });
      return rows.length === 1;
    },
    async all({ namespace, status } = {}) {
      const rows = await select(
        namespace === undefined ? undefined : eq(referenceSql.namespace, namespace),
        status === undefined ? undefined : eq(referenceSql.status, status),
      ).orderBy(asc(referenceSql.namespace), asc(referenceSql.createdAt));
      return rows.map(withoutKey);
    },
    async confirmed({ namespace, database }, question, limit) {
      const here = and(
        eq(referenceSql.namespace, namespace),
        eq(referenceSql.status, 'confirmed'),
        database === null
          ? isNull(referenceSql.database)
          : or(isNull(referenceSql.database), eq(referenceSql.database, database)),
      );
      const exact = await select(here, eq(referenceSql.questionKey, textKey(question))).limit(5);
      const newest = await select(here).orderBy(desc(referenceSql.createdAt)).limit(limit);
      // What is said of one database goes before what is said of all.
      exact.sort((a, b) => Number(b.database !== null) - Number(a.database !== null));
      return [...exact, ...newest.filter((row) => !exact.some((one) => one.id === row.id))].map(withoutKey);
    },
    async save(pair) {
      const questionKey = textKey(pair.question);
      return state.transaction(async ({ db }) => {
        const same = and(
          eq(referenceSql.namespace, pair.namespace),
          pair.database === null ? isNull(referenceSql.database) : eq(referenceSql.database, pair.database),
          eq(referenceSql.questionKey, questionKey),
        );
        const replaced = await db.delete(referenceSql).where(same).returning();
        const [row] = await db
          .insert(referenceSql)
          .values({ ...pair, questionKey, createdAt: now() })
          .returning();
        return { pair: withoutKey(row!), replaced: replaced[0] ? withoutKey(replaced[0]) : null };
      });
    },
    async change(id, changes) {
      const questionKey = changes.question === undefined ? {} : { questionKey: textKey(changes.question) };
      const [row] = await state.db
        .update(referenceSql)
        .set({ ...changes, ...questionKey })
        .where(eq(referenceSql.id, id))
        .returning();
      return row ? withoutKey(row) : null;
    },
    async remove(id) {
      const rows = await state.db
        .delete(referenceSql)
        .where(eq(referenceSql.id, id))
        .returning({ id: referenceSql.id });
      return rows.length === 1;
    },
  };
}

function withoutKey({ questionKey: _, ...pair }: typeof referenceSql.$inferSelect): ReferenceSql {
  return pair;
}
