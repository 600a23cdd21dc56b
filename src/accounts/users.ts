/** Users: who may ask, of which workspaces, with which roles and variables. */
import { asc, eq, sql } from 'drizzle-orm';
import { EngineError } from '../kernel/index.ts';
import type { Database, State } from '../storage/index.ts';
import { sqlState } from '../storage/index.ts';
import { hashPassword } from './passwords.ts';
import { users, type VariableValue, workspaceMembers, workspaces } from './tables.ts';

export interface User {
  readonly id: number;
  readonly username: string;
  readonly isAdmin: boolean;
  readonly disabled: boolean;
  readonly roles: readonly string[];
  readonly variables: Readonly<Record<string, VariableValue>>;
  /** Ids of the workspaces, ascending. */
  readonly workspaceIds: readonly number[];
}

export interface NewUser {
  readonly username: string;
  readonly password: string;
  readonly isAdmin: boolean;
  readonly roles: readonly string[];
  readonly variables: Readonly<Record<string, VariableValue>>;
  /** Names; a workspace that is not there is made. */
  readonly workspaces: readonly string[];
}

/** What may be changed; absent: stays as it is. */
export interface UserChange {
  readonly password?: string;
  readonly disabled?: boolean;
  readonly roles?: readonly string[];
  readonly variables?: Readonly<Record<string, VariableValue>>;
  /** Names, instead of those so far; a workspace that is not there is made. */
  readonly workspaces?: readonly string[];
}

/** Shortest password that a person may choose. */
const MIN_PASSWORD = 8;

export interface UserStore {
  list(): Promise<readonly User[]>;
  find(id: number): Promise<User | null>;
  /** With the hash of the password, for checking it. */
  findByName(username: string): Promise<(User & { readonly passwordHash: string }) | null>;
  /** @throws EngineError `conflict` when the name is taken, `request-invalid` for an unfit name or password */
  add(user: NewUser): Promise<User>;
  /** @throws EngineError `not-found` */
  change(username: string, change: UserChange): Promise<User>;
}

export const DEFAULT_WORKSPACE = 'default';

export function createUserStore(state: State, now: () => Date = () => new Date()): UserStore {
  const withWorkspaces = async (rows: readonly (typeof users.$inferSelect)[]): Promise<User[]> => {
    const members =
      rows.length === 0 ? [] : await membershipsOf(state.db, rows.length === 1 ? (rows[0]?.id ?? 0) : null);
    return rows.map(({ passwordHash: _, createdAt: __, ...row }) => ({
      ...row,
      workspaceIds: members.filter((one) => one.userId === row.id).map((one) => one.workspaceId),
    }));
  };
  const named = async (username: string) =>
    (
      await state.db
        .select()
        .from(users)
        .where(eq(sql`lower(${users.username})`, username.toLowerCase()))
    )[0];

  const find = async (id: number): Promise<User | null> => {
    const [user] = await withWorkspaces(await state.db.select().from(users).where(eq(users.id, id)));
    return user ?? null;
  };

  const join = async (db: Database, userId: number, names: readonly string[]): Promise<void> => {
    for (const name of names) {
      const workspaceId = await ensureWorkspace(db, name, now());
      await db.insert(workspaceMembers).values({ userId, workspaceId }).onConflictDoNothing();
    }
  };

  return {
    find,
    list: async () => withWorkspaces(await state.db.select().from(users).orderBy(asc(users.id))),
    async findByName(username) {
      const row = await named(username);
      if (!row) return null;
      const [user] = await withWorkspaces([row]);
      return user ? { ...user, passwordHash: row.passwordHash } : null;
    },
    async add(user) {
      requireUsable(user.username, user.password);
      const passwordHash = await hashPassword(user.password);
      const { username, isAdmin, roles, variables } = user;
      const id = await state
        .transaction(async ({ db }) => {
          const values = { username, passwordHash, isAdmin, roles, variables, createdAt: now() };
          const [added] = await db.insert(users).values(values).returning({ id: users.id });
          if (!added) throw new Error('the user was not stored');
          await join(db, added.id, user.workspaces);
          return added.id;
        })
        .catch((error: unknown) => {
          if (sqlState(error) === '23505') throw new EngineError('conflict', `there is a user \`${username}\` already`);
          throw error;
        });
      const added = await find(id);
      if (!added) throw new Error('the user was not stored');
      return added;
    },
    async change(username, { password, workspaces: joined, ...change }) {
      if (password !== undefined) requireUsable(username, password);
      const row = await named(username);
      if (!row) throw new EngineError('not-found', `there is no user \`${username}\`; querent user list shows them`);
      const values = { ...change, ...(password === undefined ? {} : { passwordHash: await hashPassword(password) }) };
      await state.transaction(async ({ db }) => {
        if (Object.keys(values).length > 0) await db.update(users).set(values).where(eq(users.id, row.id));
        if (joined === undefined) return;
        await db.delete(workspaceMembers).where(eq(workspaceMembers.userId, row.id));
        await join(db, row.id, joined);
      });
      const changed = await find(row.id);
      if (!changed) throw new EngineError('not-found', `there is no user \`${username}\``);
      return changed;
    },
  };
}

/** The workspace's id; made when it is not there. */
export async function ensureWorkspace(db: Database, name: string, now: Date): Promise<number> {
  await db.insert(workspaces).values({ name, createdAt: now }).onConflictDoNothing();
  const [found] = await db.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.name, name));
  if (!found) throw new Error(`the workspace ${name} was not stored`);
  return found.id;
}

const membershipsOf = (db: Database, userId: number | null) =>
  db
    .select()
    .from(workspaceMembers)
    .where(userId === null ? undefined : eq(workspaceMembers.userId, userId))
    .orderBy(asc(workspaceMembers.workspaceId));

function requireUsable(username: string, password: string): void {
  if (!/^[^\s\p{Cc}](?:[^\p{Cc}]{0,98}[^\s\p{Cc}])?$/u.test(username)) {
    throw new EngineError('request-invalid', 'a user name has 1 to 100 characters and no blanks around it');
  }
  if (password.length < MIN_PASSWORD || password.length > 1_000) {
    throw new EngineError('request-invalid', `a password has ${MIN_PASSWORD} to 1,000 characters`);
  }
}
