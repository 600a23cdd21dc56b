/** Why the pipeline refuses; surfaces map every reason to their own status and code. */
import { EngineError, type EngineErrorCode } from '../kernel/index.ts';

const CODES = {
  'task-not-found': 'not-found',
  'task-running': 'conflict',
  'file-not-found': 'not-found',
  'path-not-allowed': 'request-invalid',
  'file-not-accepted': 'request-invalid',
  'table-list-not-found': 'request-invalid',
  'connection-not-allowed': 'request-invalid',
  'connection-not-readable': 'request-invalid',
  'table-not-found': 'not-found',
  'database-unavailable': 'datasource-unavailable',
} as const satisfies Readonly<Record<string, EngineErrorCode>>;

export type PipelineReason = keyof typeof CODES;

/** `subject` names the thing that is not there or in the way, or the parameter that cannot be used. */
export class PipelineProblem extends EngineError {
  readonly reason: PipelineReason;
  readonly subject: string;
  constructor(
    reason: PipelineReason,
    message: string,
    { subject = '', cause }: { readonly subject?: string; readonly cause?: unknown } = {},
  ) {
    super(CODES[reason], message, { data: { reason, subject }, cause });
    this.name = 'PipelineProblem';
    this.reason = reason;
    this.subject = subject;
  }
}
