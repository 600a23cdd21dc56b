/** Signing in with a name and a password, not too often in vain. */
import { createPasswordChecker, type LoginThrottle, type UserStore } from '../../accounts/index.ts';
import { fail, ok } from '../../kernel/index.ts';
import type { Ask, LoginFailure } from './ask.ts';

const refused = (code: Exclude<LoginFailure['code'], 'throttled'>) => fail({ code });

export function createLogin(users: UserStore, throttle: LoginThrottle): Ask['login'] {
  const passwords = createPasswordChecker();
  return async (username, password, address) => {
    const signIn = { username, address };
    const wait = await throttle.retryAfter(signIn);
    if (wait > 0) return fail({ code: 'throttled', seconds: wait });
    const user = await users.findByName(username);
    const right = await passwords.check(password, user?.passwordHash ?? null);
    if (!user || !right || user.disabled) {
      await throttle.recordFailure(signIn);
      return refused(user?.disabled && right ? 'disabled' : 'incorrect');
    }
    // Guesses that were sent all at once: what failed meanwhile counts for this one, too.
    const late = await throttle.retryAfter(signIn);
    if (late > 0) return fail({ code: 'throttled', seconds: late });
    await throttle.recordSuccess(signIn);
    if (user.workspaceIds.length === 0) return refused('no-workspace');
    return ok({ userId: user.id, username: user.username, workspaceIds: user.workspaceIds });
  };
}
