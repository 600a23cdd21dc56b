/** Strict JSON bodies: valid UTF-8, valid JSON, no NUL characters; anything else is a 4xx that says what is wrong. */
import type { FastifyInstance } from 'fastify';

/** A body that cannot be read; every surface maps it to its own envelope. */
export class BodyError extends Error {
  readonly statusCode: 400 | 413 | 415 | 422;
  constructor(statusCode: 400 | 413 | 415 | 422, message: string) {
    super(message);
    this.name = 'BodyError';
    this.statusCode = statusCode;
  }
}

/** Installs the strict JSON parser on an app. An empty body reads as `undefined`. */
export function useStrictJson(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseJsonBody(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** @throws BodyError naming the fault */
export function parseJsonBody(body: Uint8Array): unknown {
  if (body.length === 0) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new BodyError(400, 'The request body is not valid UTF-8');
  }
  let value: unknown;
  try {
    value = JSON.parse(text, (key, item) => (key === '__proto__' ? undefined : item));
  } catch (error) {
    throw new BodyError(400, `The request body is not valid JSON: ${(error as Error).message.replace(/".*"/s, '…')}`);
  }
  if (text.includes('\\u0000') && containsNul(value)) {
    throw new BodyError(422, 'The request body contains a NUL character');
  }
  return value;
}

function containsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000');
  if (Array.isArray(value)) return value.some(containsNul);
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).some(([key, item]) => key.includes('\u0000') || containsNul(item));
  }
  return false;
}
