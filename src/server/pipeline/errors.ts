/** Failures → status, names and texts of the pipeline API. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { PipelineFailure, PipelineProblem, type PipelineReason } from '../../engine/index.ts';
import { EngineError, type EngineErrorCode } from '../../kernel/index.ts';
import { BodyError } from '../shared/json-body.ts';
import { sendError, type WireError } from './envelope.ts';

/** An answer that is not the happy one. */
export class ApiProblem extends Error {
  readonly wire: WireError;
  constructor(wire: WireError) {
    super(wire.details);
    this.name = 'ApiProblem';
    this.wire = wire;
  }
}

type Kind = Pick<WireError, 'status' | 'type' | 'errorType' | 'message'>;

const INVALID: Kind = { status: 400, type: 'ValidationError', errorType: 'invalid_params', message: '请求参数错误' };
const MISSING: Kind = { ...INVALID, errorType: 'missing_required_params' };
const NOT_FOUND: Kind = { status: 404, type: 'NotFoundError', errorType: 'resource_not_found', message: '资源未找到' };
const CONFLICT: Kind = { status: 409, type: 'ConflictError', errorType: 'conflict', message: '任务已在执行' };
const DATABASE: Kind = { status: 500, type: 'DatabaseError', errorType: 'database_error', message: '数据库连接失败' };
const INTERNAL: Kind = { status: 500, type: 'InternalError', errorType: 'internal_error', message: '系统内部错误' };
const VECTOR: Kind = {
  status: 500,
  type: 'VectorTableError',
  errorType: 'vector_table_error',
  message: 'Vector表操作失败',
};

const REASONS: Readonly<Record<PipelineReason, Kind & { readonly code: string }>> = {
  'task-not-found': { ...NOT_FOUND, code: 'TASK_NOT_FOUND' },
  'task-running': { ...CONFLICT, code: 'TASK_ALREADY_RUNNING' },
  'file-not-found': { ...NOT_FOUND, code: 'FILE_NOT_FOUND' },
  'path-not-allowed': { ...INVALID, code: 'INVALID_PATH' },
  'file-not-accepted': { ...INVALID, code: 'INVALID_FILE' },
  'table-list-not-found': { ...INVALID, code: 'TABLE_LIST_NOT_FOUND' },
  'connection-not-allowed': { ...INVALID, code: 'CONNECTION_NOT_ALLOWED' },
  'connection-not-readable': { ...INVALID, code: 'INVALID_CONNECTION' },
  'table-not-found': { ...NOT_FOUND, code: 'TABLE_NOT_FOUND' },
  'database-unavailable': { ...DATABASE, code: 'DATABASE_CONNECTION_ERROR' },
};

const CODES: Readonly<Record<EngineErrorCode, Kind & { readonly code: string }>> = {
  'config-invalid': { ...INTERNAL, code: 'CONFIGURATION_ERROR' },
  'request-invalid': { ...INVALID, code: 'INVALID_PARAMS' },
  'not-found': { ...NOT_FOUND, code: 'NOT_FOUND' },
  'not-allowed': { ...INVALID, code: 'NOT_ALLOWED' },
  conflict: { ...CONFLICT, code: 'CONFLICT' },
  busy: { ...INTERNAL, status: 503, code: 'BUSY' },
  'state-locked': { ...INTERNAL, code: 'STATE_ERROR' },
  'state-too-new': { ...INTERNAL, code: 'STATE_ERROR' },
  'state-unavailable': { ...INTERNAL, code: 'STATE_ERROR' },
  'datasource-unavailable': { ...DATABASE, code: 'DATABASE_CONNECTION_ERROR' },
  'model-unavailable': { ...INTERNAL, code: 'MODEL_ERROR' },
  'budget-exceeded': { ...INTERNAL, code: 'MODEL_ERROR' },
  cancelled: { ...INTERNAL, code: 'CANCELLED' },
  timeout: { ...INTERNAL, code: 'TIMEOUT' },
  internal: { ...INTERNAL, code: 'INTERNAL_ERROR' },
};

/** A parameter that cannot be used. */
export const invalid = (code: string, details: string, ...invalidParams: readonly string[]): ApiProblem =>
  new ApiProblem({ ...INVALID, code, details, invalidParams });

/** A parameter that is not there. */
export const missing = (code: string, details: string, ...missingParams: readonly string[]): ApiProblem =>
  new ApiProblem({ ...MISSING, code, details, missingParams });

export const unauthorized = (details: string): ApiProblem =>
  new ApiProblem({
    status: 401,
    type: 'AuthenticationError',
    errorType: 'authentication_failed',
    message: '认证失败',
    code: 'UNAUTHORIZED',
    details,
  });

/** Words of our own where the schema has none. */
function faultOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `无效的值，支持: ${issue.values.join(', ')}`;
  if (issue.code === 'too_big' && /^Too big/.test(issue.message)) return `不能超过${issue.maximum}个字符`;
  if (issue.code === 'invalid_type' && /^Invalid input/.test(issue.message)) return `类型错误，应为${issue.expected}`;
  return issue.message;
}

/** A path of this API that leads nowhere. */
export const unknownPath = (reply: FastifyReply, isMethod: boolean): FastifyReply =>
  sendError(reply, {
    ...NOT_FOUND,
    status: isMethod ? 405 : 404,
    code: isMethod ? 'METHOD_NOT_ALLOWED' : 'NOT_FOUND',
    details: isMethod ? '不支持的请求方法' : '接口不存在',
  });

/** Checks a request part; all its faults are named in one answer. */
export function parseOrReject<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const nameOf = (issue: z.core.$ZodIssue): string => (issue.path.length === 0 ? 'body' : String(issue.path[0]));
  const absent = issues.filter((issue) => issue.path.length === 1 && isAbsent(value, issue.path[0]));
  if (absent.length === issues.length) {
    const names = [...new Set(absent.map(nameOf))];
    throw missing('MISSING_PARAMS', `缺少必需参数：${names.join(', ')}`, ...names);
  }
  const details = [...new Set(issues.map((issue) => `${nameOf(issue)}: ${faultOf(issue)}`))].join('; ');
  throw invalid('INVALID_PARAMS', details, ...new Set(issues.map(nameOf)));
}

const isAbsent = (value: unknown, name: PropertyKey | undefined): boolean =>
  value === undefined ||
  (typeof value === 'object' &&
    value !== null &&
    name !== undefined &&
    (value as Record<PropertyKey, unknown>)[name] === undefined);

/** The error handler of this surface. Unexpected errors are logged whole and shown as one sentence. */
export function handleError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const wire = wireError(error, request);
  if (wire.status === 401) reply.header('www-authenticate', 'Bearer');
  if (wire.code === 'BUSY') reply.header('retry-after', '1');
  sendError(reply, wire);
}

/** The size of a body is told as a wrong parameter, as clients know it. */
function wireError(error: FastifyError | Error, request: FastifyRequest): WireError {
  if (error instanceof ApiProblem) return error.wire;
  if (error instanceof PipelineProblem) {
    const kind = REASONS[error.reason];
    const invalidParams = kind.status === 400 && error.subject !== '' ? [error.subject] : [];
    const message = kind.status === 400 || kind.status === 500 ? kind.message : error.message;
    return { ...kind, message, details: error.message, invalidParams };
  }
  if (error instanceof PipelineFailure) return { ...VECTOR, code: error.code, details: error.message };
  if (error instanceof EngineError) return { ...CODES[error.code], details: error.message };
  if (error instanceof BodyError) return { ...INVALID, code: 'INVALID_BODY', details: error.message };
  const status = (error as FastifyError).statusCode ?? 500;
  if (status === 413) return { ...INVALID, code: 'BODY_TOO_LARGE', details: '请求体过大' };
  if (status < 500) return { ...INVALID, code: 'INVALID_BODY', details: error.message };
  request.log.error({ err: error }, 'request failed');
  return { ...INTERNAL, code: 'INTERNAL_ERROR', details: '系统内部错误' };
}
