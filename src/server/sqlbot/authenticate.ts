/** Who asks: the gateway's key first, then the user, as the contract orders it. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Account, Engine, LoginFailure } from '../../engine/index.ts';
import { createAttemptThrottle } from '../shared/attempt-throttle.ts';
import { OpenApiProblem } from './errors.ts';
import type { Credentials } from './wire.ts';

const WINDOW_MS = 15 * 60_000;
const FAILURES_PER_ACCOUNT = 10;
const FAILURES_PER_ADDRESS = 50;

const MESSAGES: Readonly<Record<LoginFailure, string>> = {
  incorrect: 'Incorrect account or password',
  disabled: 'Incorrect account or password',
  'no-workspace': 'No associated workspace',
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export type Authenticate = (request: FastifyRequest, credentials: Credentials) => Promise<Account>;

export function createAuthenticate(engine: Engine): Authenticate {
  const { key, username: defaultUsername, password: defaultPassword } = engine.config.open_api;
  const perAccount = createAttemptThrottle(FAILURES_PER_ACCOUNT, WINDOW_MS);
  const perAddress = createAttemptThrottle(FAILURES_PER_ADDRESS, WINDOW_MS);
  const expected = key?.trim() ? digest(key.trim()) : null;

  return async (request, credentials) => {
    if (expected !== null) {
      const given = request.headers['x-sqlbot-open-key'];
      if (typeof given !== 'string' || !timingSafeEqual(digest(given.trim()), expected)) {
        throw new OpenApiProblem(401, 'Invalid X-SQLBOT-OPEN-KEY');
      }
    }
    const username = credentials.username || defaultUsername || '';
    const password = credentials.password || defaultPassword || '';
    if (username === '' || password === '') {
      throw new OpenApiProblem(
        400,
        'Missing credentials. Provide username/password in request body, or configure OPEN_API_USERNAME and OPEN_API_PASSWORD.',
      );
    }
    const account = username.toLowerCase();
    const wait = Math.max(perAccount.retryAfter(account), perAddress.retryAfter(request.ip));
    if (wait > 0) {
      throw new OpenApiProblem(429, `Too many failed attempts; try again in ${wait} seconds`, {
        'retry-after': String(wait),
      });
    }
    const login = await engine.ask.login(username, password);
    if (login.ok) {
      perAccount.recordSuccess(account);
      return login.value;
    }
    if (login.failure !== 'no-workspace') {
      perAccount.recordFailure(account);
      perAddress.recordFailure(request.ip);
    }
    throw new OpenApiProblem(400, MESSAGES[login.failure]);
  };
}
