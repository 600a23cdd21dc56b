/** Who may call: everybody on loopback unless a key is configured; otherwise a key or a bearer token is needed. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { ClientAuth } from '../shared/client-auth.ts';
import { unauthorized } from './errors.ts';

const GUEST = 'guest';
const LOOPBACK = /^(::ffff:)?127\.|^::1$/;
const LOCAL_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

export interface Access {
  /** The caller's name. @throws ApiProblem 401 */
  caller(request: FastifyRequest): Promise<string>;
}

export function createAccess(options: {
  readonly apiKey: string | null;
  readonly auth: ClientAuth;
  readonly corsOrigins: readonly string[];
}): Access {
  const { apiKey, auth, corsOrigins } = options;
  return {
    async caller(request) {
      const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
      const key = headerOf(request, 'x-api-key') ?? bearer;
      if (apiKey !== null && key !== null && same(key, apiKey)) return GUEST;
      if (bearer !== null) {
        const client = await auth.verifyToken(bearer);
        if (client.ok) return client.value;
      }
      // A header that nobody asked for is ignored where nobody has to say who they are.
      if (apiKey === null && isLocal(request, corsOrigins)) return GUEST;
      throw unauthorized(key === null ? '需要API密钥或令牌' : 'API密钥或令牌无效');
    },
  };
}

/**
 * True for programs of this machine. What a proxy passes on comes from elsewhere; a page of another site in a local
 * browser is told by its Origin, and by the name that it resolved to this address.
 */
function isLocal(request: FastifyRequest, corsOrigins: readonly string[]): boolean {
  const { remoteAddress, localAddress } = request.socket;
  if (!LOOPBACK.test(remoteAddress ?? '')) return false;
  if (localAddress !== undefined && !LOOPBACK.test(localAddress)) return false;
  if (headerOf(request, 'forwarded') ?? headerOf(request, 'x-forwarded-for')) return false;
  const { host } = request.headers;
  if (host !== undefined && !LOCAL_HOST.test(host)) return false;
  const origin = headerOf(request, 'origin');
  return origin === null || corsOrigins.includes(origin) || origin === `http://${host}` || origin === `https://${host}`;
}

function headerOf(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
