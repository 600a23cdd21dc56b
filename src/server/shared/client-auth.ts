/** Client credentials and bearer tokens (OAuth2 client credentials, JWT) over `auth_clients.yml`. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { AuthClients } from '../../engine/index.ts';
import { fail, type Outcome, ok } from '../../kernel/index.ts';

export type TokenFailure = 'token-expired' | 'token-invalid' | 'token-payload-invalid';

export interface ClientAuth {
  /** Compares in constant time; unknown clients take as long as known ones. */
  checkSecret(clientId: string, secret: string): boolean;
  issueToken(clientId: string): Promise<{ readonly token: string; readonly expiresInSeconds: number }>;
  /** The client id of a token that we signed, that has an expiry, and whose client is still configured. */
  verifyToken(token: string): Promise<Outcome<string, TokenFailure>>;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** @param clients reads the current file; called on every check so that removed clients lose access at once */
export function createClientAuth(clients: () => AuthClients): ClientAuth {
  const key = () => new TextEncoder().encode(clients().jwt.secret_key);
  return {
    checkSecret(clientId, secret) {
      const known = Object.hasOwn(clients().clients, clientId) ? clients().clients[clientId] : undefined;
      const same = timingSafeEqual(digest(secret), digest(known ?? `${clientId}:unknown`));
      return known !== undefined && same;
    },
    async issueToken(clientId) {
      const { algorithm, expiration_hours } = clients().jwt;
      const expiresInSeconds = Math.round(expiration_hours * 3600);
      const issued = Math.floor(Date.now() / 1000);
      const token = await new SignJWT({ client_id: clientId })
        .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
        .setIssuedAt(issued)
        .setExpirationTime(issued + expiresInSeconds)
        .sign(key());
      return { token, expiresInSeconds };
    },
    async verifyToken(token) {
      try {
        const { payload } = await jwtVerify(token, key(), {
          algorithms: [clients().jwt.algorithm],
          requiredClaims: ['exp'],
        });
        const clientId = payload.client_id;
        if (typeof clientId !== 'string' || clientId === '') return fail('token-payload-invalid');
        return Object.hasOwn(clients().clients, clientId) ? ok(clientId) : fail('token-invalid');
      } catch (error) {
        return fail((error as { code?: string }).code === 'ERR_JWT_EXPIRED' ? 'token-expired' : 'token-invalid');
      }
    },
  };
}
