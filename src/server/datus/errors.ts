/** Failures → status and envelope of the workflow API: `{"detail": string | list}`. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { EngineError, type EngineErrorCode } from '../../kernel/index.ts';
import { BodyError } from '../shared/json-body.ts';

/** An HTTP answer that is not the happy one. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly detail: unknown;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, detail: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(typeof detail === 'string' ? detail : 'request failed');
    this.name = 'HttpProblem';
    this.status = status;
    this.detail = detail;
    this.headers = headers;
  }
}

const STATUS: Readonly<Record<EngineErrorCode, number>> = {
  'config-invalid': 500,
  'request-invalid': 422,
  'not-found': 404,
  'not-allowed': 403,
  conflict: 409,
  busy: 429,
  'state-locked': 503,
  'state-too-new': 503,
  'state-unavailable': 503,
  'datasource-unavailable': 503,
  'model-unavailable': 503,
  'budget-exceeded': 429,
  cancelled: 409,
  timeout: 504,
  internal: 500,
};

interface ValidationDetail {
  readonly type: string;
  readonly loc: readonly PropertyKey[];
  readonly msg: string;
  readonly input: unknown;
}

/** Checks a request part; problems become the contract's 422 list. */
export function parseOrReject<T extends z.ZodType>(
  schema: T,
  value: unknown,
  where: 'body' | 'path' | 'query',
): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new HttpProblem(
    422,
    parsed.error.issues.map((issue) => validationDetail(issue, value, where)),
  );
}

function validationDetail(issue: z.core.$ZodIssue, value: unknown, where: string): ValidationDetail {
  const input = issue.path.reduce<unknown>(
    (node, key) =>
      node !== null && typeof node === 'object' ? (node as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
  const missing = issue.code === 'invalid_type' && input === undefined;
  const secret = issue.path.some((key) => /secret|password|token/i.test(String(key)));
  return {
    type: missing ? 'missing' : typeName(issue),
    loc: [where, ...issue.path],
    msg: missing ? 'Field required' : message(issue),
    input: missing || secret ? null : typeof input === 'string' ? input.slice(0, 200) : (input ?? null),
  };
}

function typeName(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return 'enum';
  if (issue.code === 'too_big') return 'string_too_long';
  if (issue.code === 'too_small') return 'string_too_short';
  if (issue.code === 'invalid_type') return `${issue.expected}_type`;
  return 'value_error';
}

function message(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_value') return issue.message;
  const values = issue.values.map((value) => `'${String(value)}'`);
  const last = values.pop();
  return `Input should be ${values.length > 0 ? `${values.join(', ')} or ` : ''}${last}`;
}

/** The error handler of this surface. Unexpected errors are logged whole and shown as one sentence. */
export function handleError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof HttpProblem) {
    reply.headers(error.headers).code(error.status).send({ detail: error.detail });
  } else if (error instanceof BodyError) {
    reply.code(error.statusCode).send({ detail: error.message });
  } else if (error instanceof EngineError) {
    const headers: Record<string, string> = error.code === 'busy' ? { 'retry-after': '1' } : {};
    reply.headers(headers).code(STATUS[error.code]).send({ detail: error.message });
  } else {
    const status = (error as FastifyError).statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    reply.code(status).send({
      detail: status === 413 ? 'Request body is too large' : status >= 500 ? 'Internal server error' : error.message,
    });
  }
}
