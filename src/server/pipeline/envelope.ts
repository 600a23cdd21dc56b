/** The envelope of the pipeline API: `{success, code, message, data | error}`. */
import type { FastifyReply } from 'fastify';
import { isoLocal } from '../../engine/index.ts';

/** Sends a success; `data` also repeats the message and says when, as older clients expect. */
export function sendData(
  reply: FastifyReply,
  message: string,
  data: Readonly<Record<string, unknown>>,
  status: 200 | 201 | 202 = 200,
): FastifyReply {
  return reply.code(status).send({
    success: true,
    code: status,
    message,
    data: { response: message, timestamp: isoLocal(new Date()), ...data },
  });
}

export interface WireError {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  /** The name that clients may branch on. */
  readonly code: string;
  readonly details: string;
  /** The word older clients read in `data.error_type`. */
  readonly errorType: string;
  readonly invalidParams?: readonly string[];
  readonly missingParams?: readonly string[];
}

export function sendError(reply: FastifyReply, error: WireError): FastifyReply {
  const timestamp = isoLocal(new Date());
  return reply.code(error.status).send({
    success: false,
    code: error.status,
    message: error.message,
    error: {
      type: error.type,
      code: error.code,
      details: error.details,
      ...(error.invalidParams?.length ? { invalid_params: error.invalidParams } : {}),
      ...(error.missingParams?.length ? { missing_params: error.missingParams } : {}),
      timestamp,
    },
    data: {
      response: error.details,
      error_type: error.errorType,
      ...(error.missingParams?.length ? { missing_params: error.missingParams } : {}),
      can_retry: error.status >= 500 || error.status === 409,
      timestamp,
    },
  });
}
