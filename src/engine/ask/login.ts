/** Signing in with a name and a password. */
import { createPasswordChecker, type UserStore } from '../../accounts/index.ts';
import { fail, ok } from '../../kernel/index.ts';
import type { Ask } from './ask.ts';

export function createLogin(users: UserStore): Ask['login'] {
  const passwords = createPasswordChecker();
  return async (username, password) => {
    const user = await users.findByName(username);
    const right = await passwords.check(password, user?.passwordHash ?? null);
    if (!user || !right) return fail('incorrect');
    if (user.disabled) return fail('disabled');
    if (user.workspaceIds.length === 0) return fail('no-workspace');
    return ok({ userId: user.id, username: user.username, workspaceIds: user.workspaceIds });
  };
}
