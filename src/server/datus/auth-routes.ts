import type { FastifyInstance } from 'fastify';
import { createAttemptThrottle } from '../shared/attempt-throttle.ts';
import type { ClientAuth } from '../shared/client-auth.ts';
import { HttpProblem, parseOrReject } from './errors.ts';
import { tokenFormSchema, tokenResponseSchema } from './wire.ts';

const FAILURES_PER_CLIENT = 10;
const FAILURES_PER_ADDRESS = 100;
const WINDOW_MS = 60_000;

/** `POST /auth/token`: OAuth2 client credentials from a urlencoded or multipart form. */
export function addAuthRoutes(app: FastifyInstance, auth: ClientAuth): void {
  const perClient = createAttemptThrottle(FAILURES_PER_CLIENT, WINDOW_MS);
  const perAddress = createAttemptThrottle(FAILURES_PER_ADDRESS, WINDOW_MS);
  app.post(
    '/auth/token',
    {
      schema: {
        summary: 'Exchange client credentials for a bearer token',
        tags: ['auth'],
        consumes: ['application/x-www-form-urlencoded', 'multipart/form-data'],
        response: { 200: tokenResponseSchema },
      },
    },
    async (request) => {
      const isForm = /^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(
        request.headers['content-type'] ?? '',
      );
      const form = parseOrReject(tokenFormSchema, isForm ? ((request.body as object | undefined) ?? {}) : {}, 'body');
      if (form.grant_type !== 'client_credentials') {
        throw new HttpProblem(400, "Invalid grant_type. Must be 'client_credentials'");
      }
      const key = `${request.ip} ${form.client_id}`;
      const wait = Math.max(perClient.retryAfter(key), perAddress.retryAfter(request.ip));
      if (wait > 0) {
        throw new HttpProblem(429, `Too many failed token requests. Try again in ${wait} s`, {
          'retry-after': String(wait),
        });
      }
      if (!auth.checkSecret(form.client_id, form.client_secret)) {
        perClient.recordFailure(key);
        perAddress.recordFailure(request.ip);
        throw new HttpProblem(401, 'Invalid client credentials');
      }
      perClient.recordSuccess(key);
      const { token, expiresInSeconds } = await auth.issueToken(form.client_id);
      return { access_token: token, token_type: 'Bearer' as const, expires_in: expiresInSeconds };
    },
  );
}
