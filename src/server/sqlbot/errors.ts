/** Failures → status and envelope of the ask API: `{"detail": string | list}`. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { EngineError, type EngineErrorCode } from '../../kernel/index.ts';
import { BodyError } from '../shared/json-body.ts';

/** An HTTP answer that is not the happy one. */
export class OpenApiProblem extends Error {
  readonly status: number;
  readonly detail: unknown;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, detail: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(typeof detail === 'string' ? detail : 'request failed');
    this.name = 'OpenApiProblem';
    this.status = status;
    this.detail = detail;
    this.headers = headers;
  }
}

const STATUS: Readonly<Record<EngineErrorCode, number>> = {
  'config-invalid': 500,
  'request-invalid': 422,
  'not-found': 404,
  'not-allowed': 400,
  conflict: 409,
  busy: 429,
  'state-locked': 503,
  'state-too-new': 503,
  'state-unavailable': 503,
  'datasource-unavailable': 500,
  'model-unavailable': 500,
  'budget-exceeded': 500,
  cancelled: 500,
  timeout: 500,
  internal: 500,
};

/** Checks a body; problems become the contract's 422 list. Passwords are never echoed. */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new OpenApiProblem(
    422,
    parsed.error.issues.map((issue) => {
      const input = issue.path.reduce<unknown>(
        (node, key) =>
          node !== null && typeof node === 'object' ? (node as Record<PropertyKey, unknown>)[key] : undefined,
        body,
      );
      const missing = input === undefined;
      const secret = issue.path.length === 0 || issue.path.includes('password');
      return {
        type: missing ? 'missing' : typeName(issue),
        loc: ['body', ...issue.path],
        msg: missing ? 'Field required' : issue.message,
        input: missing || secret ? null : typeof input === 'string' ? input.slice(0, 200) : input,
      };
    }),
  );
}

function typeName(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `${issue.expected}_type`;
  if (issue.code === 'too_big') return 'string_too_long';
  if (issue.code === 'invalid_union') return issue.message.endsWith('boolean') ? 'bool_type' : 'int_type';
  return 'value_error';
}

/** The error handler of this surface. Unexpected errors are logged whole and shown as one sentence. */
export function handleError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof OpenApiProblem) {
    reply.headers(error.headers).code(error.status).send({ detail: error.detail });
  } else if (error instanceof BodyError && (error.statusCode === 400 || error.statusCode === 422)) {
    reply.code(422).send({ detail: [{ type: 'json_invalid', loc: ['body'], msg: error.message, input: null }] });
  } else if (error instanceof BodyError) {
    reply.code(error.statusCode).send({ detail: error.message });
  } else if (error instanceof EngineError) {
    reply
      .headers(error.code === 'busy' ? { 'retry-after': '1' } : {})
      .code(STATUS[error.code])
      .send({ detail: error.message });
  } else {
    const status = (error as FastifyError).statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    reply.code(status).send({
      detail: status === 413 ? 'Request body is too large' : status >= 500 ? 'Internal server error' : error.message,
    });
  }
}
