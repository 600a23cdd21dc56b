/** The first administrator: made once, when there is no user at all. */
import { EngineError, type Logger } from '../kernel/index.ts';
import type { State } from '../storage/index.ts';
import { hashPassword, randomPassword } from './passwords.ts';
import { users, workspaceMembers } from './tables.ts';
import { DEFAULT_WORKSPACE, ensureWorkspace } from './users.ts';

export interface FirstAdmin {
  readonly username: string;
  /** Null: the password came from the environment. Otherwise it is told here and nowhere else. */
  readonly generatedPassword: string | null;
}

/**
 * Makes the default workspace and, when there is no user yet, an administrator in it. Of several processes that start
 * together one makes it; the others get null, as does every later start.
 *
 * @throws EngineError `config-invalid` for a name that cannot be used
 */
export async function ensureFirstAdmin(
  state: State,
  environment: { readonly username: string | null; readonly password: string | null },
  logger: Logger,
): Promise<FirstAdmin | null> {
  const now = new Date();
  const workspaceId = await ensureWorkspace(state.db, DEFAULT_WORKSPACE, now);
  const anybody = await state.db.select({ id: users.id }).from(users).limit(1);
  if (anybody.length > 0) return null;
  const username = environment.username?.trim() || 'admin';
  if (username.length > 100) throw new EngineError('config-invalid', 'QUERENT_ADMIN_USERNAME: at most 100 characters');
  const generatedPassword = environment.password ? null : randomPassword();
  if (environment.password && environment.password.length < 8) {
    logger.warn({ username }, 'QUERENT_ADMIN_PASSWORD has fewer than 8 characters: choose a longer one');
  }
  const passwordHash = await hashPassword(environment.password || (generatedPassword ?? ''));
  const made = await state.transaction(async (tx) => {
    await tx.execute('LOCK TABLE querent.users IN SHARE ROW EXCLUSIVE MODE');
    const others = await tx.db.select({ id: users.id }).from(users).limit(1);
    if (others.length > 0) return false;
    const [added] = await tx.db
      .insert(users)
      .values({ username, passwordHash, isAdmin: true, roles: [], variables: {}, createdAt: now })
      .returning({ id: users.id });
    if (added) await tx.db.insert(workspaceMembers).values({ userId: added.id, workspaceId });
    return true;
  });
  return made ? { username, generatedPassword } : null;
}
