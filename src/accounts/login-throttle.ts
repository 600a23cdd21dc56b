/** Failed sign-ins, counted for all processes and across restarts: too many make an account or an address wait. */
import { and, count, eq, gt, inArray, lte, min, sql } from 'drizzle-orm';
import type { State } from '../storage/index.ts';
import { loginFailures } from './tables.ts';

const WINDOW_MS = 15 * 60_000;
const FAILURES = { account: 10, address: 50 } as const;

/** Who tries to sign in, and from where. */
export interface SignIn {
  readonly username: string;
  readonly address: string;
}

export interface LoginThrottle {
  /** Seconds to wait before the next attempt, or 0. */
  retryAfter(signIn: SignIn): Promise<number>;
  recordFailure(signIn: SignIn): Promise<void>;
  /** Forgets the failures of the account; those of the address stay. */
  recordSuccess(signIn: SignIn): Promise<void>;
}

export function createLoginThrottle(state: State, now: () => number = Date.now): LoginThrottle {
  const windowStart = (): Date => new Date(now() - WINDOW_MS);
  return {
    async retryAfter(signIn) {
      const limits = new Map<string, number>([
        [accountOf(signIn), FAILURES.account],
        [addressOf(signIn), FAILURES.address],
      ]);
      const rows = await state.db
        .select({ subject: loginFailures.subject, failures: count(), oldest: min(loginFailures.at) })
        .from(loginFailures)
        .where(and(inArray(loginFailures.subject, [...limits.keys()]), gt(loginFailures.at, windowStart())))
        .groupBy(loginFailures.subject);
      const waits = rows
        .filter((row) => row.failures >= (limits.get(row.subject) ?? 0))
        .map((row) => Math.ceil(((row.oldest?.getTime() ?? now()) + WINDOW_MS - now()) / 1_000));
      return waits.length === 0 ? 0 : Math.max(1, ...waits);
    },
    async recordFailure(signIn) {
      const at = new Date(now());
      await state.transaction(async ({ db }) => {
        await db.delete(loginFailures).where(lte(loginFailures.at, windowStart()));
        await db.insert(loginFailures).values([
          { subject: accountOf(signIn), at },
          { subject: addressOf(signIn), at },
        ]);
      });
    },
    async recordSuccess(signIn) {
      const subject = accountOf(signIn);
      const failed = state.db.select({ one: sql`1` }).from(loginFailures).where(eq(loginFailures.subject, subject));
      if ((await failed.limit(1)).length > 0) {
        await state.db.delete(loginFailures).where(eq(loginFailures.subject, subject));
      }
    },
  };
}

const accountOf = ({ username }: SignIn): string => `account:${username.toLowerCase().slice(0, 200)}`;
const addressOf = ({ address }: SignIn): string => `address:${address}`;
