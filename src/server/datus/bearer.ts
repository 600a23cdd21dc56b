import type { FastifyRequest } from 'fastify';
import type { ClientAuth, TokenFailure } from '../shared/client-auth.ts';
import { HttpProblem } from './errors.ts';

const MESSAGES: Readonly<Record<TokenFailure, string>> = {
  'token-expired': 'Token has expired',
  'token-invalid': 'Invalid token',
  'token-payload-invalid': 'Invalid token payload',
};

/** The client of a request's bearer token; every fault is a 401 with `WWW-Authenticate: Bearer`. */
export async function authenticate(request: FastifyRequest, auth: ClientAuth): Promise<string> {
  const match = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '');
  if (!match?.[1]) throw unauthorized('Not authenticated');
  const verified = await auth.verifyToken(match[1]);
  if (!verified.ok) throw unauthorized(MESSAGES[verified.failure]);
  return verified.value;
}

const unauthorized = (detail: string): HttpProblem => new HttpProblem(401, detail, { 'www-authenticate': 'Bearer' });
