/** Who asks: the gateway's key first, then the user, as the contract orders it. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Account, Engine } from '../../engine/index.ts';
import { OpenApiProblem } from './errors.ts';
import type { Credentials } from './wire.ts';

const MESSAGES = {
  incorrect: 'Incorrect account or password',
  disabled: 'Incorrect account or password',
  'no-workspace': 'No associated workspace',
} as const;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export type Authenticate = (request: FastifyRequest, credentials: Credentials) => Promise<Account>;

export function createAuthenticate(engine: Engine): Authenticate {
  const { key, username: defaultUsername, password: defaultPassword } = engine.config.open_api;
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
    const login = await engine.ask.login(username, password, request.ip);
    if (login.ok) return login.value;
    const { failure } = login;
    if (failure.code !== 'throttled') throw new OpenApiProblem(400, MESSAGES[failure.code]);
    throw new OpenApiProblem(429, `Too many failed attempts; try again in ${failure.seconds} seconds`, {
      'retry-after': String(failure.seconds),
    });
  };
}
