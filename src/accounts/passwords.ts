/** Passwords: argon2id hashes, checked with as much work for unknown users as for known ones. */
import { createHmac, randomBytes } from 'node:crypto';

/** A password that was right a moment ago is not hashed again for every request. */
const REMEMBER_MS = 5 * 60_000;
const MAX_REMEMBERED = 1_000;

export interface PasswordChecker {
  /** True when `password` belongs to `hash`. A null hash (no such user) takes as long and is false. */
  check(password: string, hash: string | null): Promise<boolean>;
}

/** The hash to store; argon2id is the library's default. */
export async function hashPassword(password: string): Promise<string> {
  const { hash } = await import('@node-rs/argon2');
  return hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
}

/** A password for the first administrator: 20 characters, 119 bits. */
export const randomPassword = (): string => randomBytes(15).toString('base64url');

export function createPasswordChecker(now: () => number = Date.now): PasswordChecker {
  const key = randomBytes(32);
  const remembered = new Map<string, number>();
  const running = new Map<string, Promise<boolean>>();
  let decoy: Promise<string> | null = null;

  const verify = async (password: string, hash: string | null, token: string): Promise<boolean> => {
    const { verify } = await import('@node-rs/argon2');
    decoy ??= hashPassword(randomPassword());
    const right = await verify(hash ?? (await decoy), password).catch(() => false);
    if (!right || hash === null) return false;
    remembered.set(token, now() + REMEMBER_MS);
    if (remembered.size > MAX_REMEMBERED) {
      const oldest = remembered.keys().next().value;
      if (oldest !== undefined) remembered.delete(oldest);
    }
    return true;
  };

  return {
    check(password, hash) {
      const token = createHmac('sha256', key)
        .update(`${hash ?? ''}\u0000${password}`)
        .digest('base64');
      const until = remembered.get(token);
      if (until !== undefined && until > now()) return Promise.resolve(true);
      const same = running.get(token);
      if (same) return same;
      const checking = verify(password, hash, token).finally(() => running.delete(token));
      running.set(token, checking);
      return checking;
    },
  };
}
