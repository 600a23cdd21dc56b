/** Grants: what users and roles may read, and the rights that follow for one user and one datasource. */
import { and, asc, eq, inArray, or } from 'drizzle-orm';
import type { Rights, TableRights } from '../sql/index.ts';
import type { State } from '../storage/index.ts';
import { type AccessRule, resolveRule, storedAccessRule } from './row-rules.ts';
import { grants } from './tables.ts';
import type { User } from './users.ts';

export type GrantSubject =
  | { readonly kind: 'user'; readonly id: number }
  | { readonly kind: 'role'; readonly name: string };

export interface Grant {
  readonly subject: GrantSubject;
  readonly datasourceId: number;
  /** Null: the default schema. */
  readonly schema: string | null;
  /** `*`: all tables without an entry of their own. */
  readonly table: string;
  readonly allowed: boolean;
  readonly hiddenColumns: readonly string[];
  readonly rows: AccessRule | null;
}

export interface GrantStore {
  /** Replaces what was said of the same subject and table. */
  set(grant: Grant): Promise<void>;
  remove(grant: Pick<Grant, 'subject' | 'datasourceId' | 'schema' | 'table'>): Promise<boolean>;
  list(datasourceId: number): Promise<readonly Grant[]>;
  /**
   * What a user may read of a datasource; null: everything. Entries for the user and for the user's roles add up to the
   * narrowest. The same rights are the same object, so that what was computed from them is remembered.
   */
  rightsOf(user: User, datasourceId: number): Promise<Rights | null>;
}

const MAX_REMEMBERED = 1_000;

export function createGrantStore(state: State, now: () => Date = () => new Date()): GrantStore {
  const remembered = new Map<string, Rights>();
  const place = ({
    subject,
    datasourceId,
    schema,
    table,
  }: Pick<Grant, 'subject' | 'datasourceId' | 'schema' | 'table'>) => ({
    subjectKind: subject.kind,
    subject: subject.kind === 'user' ? String(subject.id) : subject.name,
    datasourceId,
    schemaName: schema ?? '',
    tableName: table,
  });
  return {
    async set(grant) {
      const said = { allowed: grant.allowed, hiddenColumns: grant.hiddenColumns, rows: grant.rows };
      await state.db
        .insert(grants)
        .values({ ...place(grant), ...said, createdAt: now() })
        .onConflictDoUpdate({
          target: [grants.subjectKind, grants.subject, grants.datasourceId, grants.schemaName, grants.tableName],
          set: said,
        });
    },
    async remove(where) {
      const { subjectKind, subject, datasourceId, schemaName, tableName } = place(where);
      const removed = await state.db
        .delete(grants)
        .where(
          and(
            eq(grants.subjectKind, subjectKind),
            eq(grants.subject, subject),
            eq(grants.datasourceId, datasourceId),
            eq(grants.schemaName, schemaName),
            eq(grants.tableName, tableName),
          ),
        )
        .returning({ id: grants.id });
      return removed.length > 0;
    },
    async list(datasourceId) {
      const rows = await state.db
        .select()
        .from(grants)
        .where(eq(grants.datasourceId, datasourceId))
        .orderBy(asc(grants.id));
      return rows.map(grantOf);
    },
    async rightsOf(user, datasourceId) {
      if (user.isAdmin) return null;
      const ofUser = and(eq(grants.subjectKind, 'user'), eq(grants.subject, String(user.id)));
      const ofRoles = and(eq(grants.subjectKind, 'role'), inArray(grants.subject, [...user.roles]));
      const rows = await state.db
        .select()
        .from(grants)
        .where(and(eq(grants.datasourceId, datasourceId), user.roles.length > 0 ? or(ofUser, ofRoles) : ofUser))
        .orderBy(asc(grants.id));
      if (rows.length === 0) return null;
      const rights = rightsFrom(rows.map(grantOf), { ...user.variables, username: user.username, user_id: user.id });
      const key = JSON.stringify(rights);
      const known = remembered.get(key);
      if (known) return known;
      remembered.set(key, rights);
      if (remembered.size > MAX_REMEMBERED) {
        const oldest = remembered.keys().next().value;
        if (oldest !== undefined) remembered.delete(oldest);
      }
      return rights;
    },
  };
}

function rightsFrom(all: readonly Grant[], variables: User['variables']): Rights {
  const others = all.filter((grant) => grant.table === '*');
  const tables = all
    .filter((grant) => grant.table !== '*')
    .map(
      (grant): TableRights => ({
        table: { schema: grant.schema, name: grant.table },
        allowed: grant.allowed,
        hiddenColumns: grant.hiddenColumns,
        rows: grant.rows === null ? null : resolveRule(grant.rows, variables),
      }),
    );
  return { tables, otherTables: others.some((grant) => !grant.allowed) ? 'denied' : 'allowed' };
}

const grantOf = (row: typeof grants.$inferSelect): Grant => ({
  subject: row.subjectKind === 'user' ? { kind: 'user', id: Number(row.subject) } : { kind: 'role', name: row.subject },
  datasourceId: row.datasourceId,
  schema: row.schemaName === '' ? null : row.schemaName,
  table: row.tableName,
  allowed: row.allowed,
  hiddenColumns: row.hiddenColumns,
  rows: row.rows === null ? null : storedAccessRule(row.rows),
});
