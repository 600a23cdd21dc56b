/** What can go wrong between us and a model, as data: callers branch on the code and never read the message. */
import { APICallError } from '@ai-sdk/provider';

export const MODEL_FAILURE_CODES = [
  'unauthorized',
  'rate-limited',
  'rejected',
  'unavailable',
  'connection',
  'timeout',
  'cancelled',
  'malformed',
  'too-long',
  'blocked',
  'invalid-output',
] as const;
export type ModelFailureCode = (typeof MODEL_FAILURE_CODES)[number];

export interface ModelFailure {
  readonly code: ModelFailureCode;
  /** For people; holds no secret. */
  readonly message: string;
  readonly model: string;
  /** HTTP status, when the provider answered with one. */
  readonly status: number | null;
  /** When the provider asked us to come back later than we are willing to wait. */
  readonly retryAfterMs: number | null;
  /** What had arrived before it failed; empty when nothing had. */
  readonly partial: string;
}

/** Stops a call for a reason of ours; the abort signal carries it to where the call is awaited. */
export class CallStopped extends Error {
  readonly code: 'timeout' | 'too-long';
  constructor(code: 'timeout' | 'too-long', message: string) {
    super(message);
    this.name = 'CallStopped';
    this.code = code;
  }
}

export interface ClassifiedError {
  readonly code: ModelFailureCode;
  readonly message: string;
  readonly status: number | null;
  readonly retryable: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

const STATUS_CODES: Readonly<Record<number, ModelFailureCode>> = {
  401: 'unauthorized',
  403: 'unauthorized',
  408: 'unavailable',
  409: 'unavailable',
  429: 'rate-limited',
};

function codeOfStatus(status: number): ModelFailureCode {
  return STATUS_CODES[status] ?? (status >= 500 ? 'unavailable' : 'rejected');
}

function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let at = error; at != null && chain.length < 6; at = (at as { cause?: unknown }).cause) chain.push(at);
  return chain;
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);

/** Sorts whatever a provider package threw into one of our codes. */
export function classifyModelError(error: unknown, signal: AbortSignal | undefined): ClassifiedError {
  const base = { status: null, retryable: false, headers: {} };
  const chain = causes(error);
  const stopped = chain.find((at) => at instanceof CallStopped);
  if (stopped instanceof CallStopped) return { ...base, code: stopped.code, message: stopped.message };
  if (signal?.aborted) return { ...base, code: 'cancelled', message: 'the call was cancelled' };
  const lost = chain.some(
    (at) =>
      at instanceof Error &&
      (/^(ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|UND_ERR)/.test(String((at as NodeJS.ErrnoException).code ?? '')) ||
        /terminated|fetch failed|socket|network|other side closed/i.test(at.message)),
  );
  const api = chain.find((at) => APICallError.isInstance(at));
  if (APICallError.isInstance(api)) {
    const status = api.statusCode ?? null;
    if (status !== null && status >= 400) {
      const code = codeOfStatus(status);
      const retryable = code === 'rate-limited' || code === 'unavailable';
      return { code, message: `HTTP ${status}: ${text(api)}`, status, retryable, headers: api.responseHeaders ?? {} };
    }
    if (status !== null && !lost) return { ...base, code: 'malformed', message: text(api), status };
    return { ...base, code: 'connection', message: text(api), retryable: true };
  }
  if (lost) return { ...base, code: 'connection', message: text(chain.at(-1)), retryable: true };
  const names = chain.map((at) => (at instanceof Error ? at.name : ''));
  if (names.some((name) => /JSONParse|TypeValidation|InvalidResponse|NoContent|EmptyResponse/.test(name))) {
    return { ...base, code: 'malformed', message: text(error) };
  }
  if (names.includes('AbortError') || names.includes('TimeoutError')) {
    return { ...base, code: 'timeout', message: 'the model did not answer in time' };
  }
  return { ...base, code: 'malformed', message: text(error) };
}

/**
 * How long the provider asks us to wait (`retry-after-ms`, `retry-after` in seconds or as a date); null when it does not say.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | null {
  const precise = Number(headers['retry-after-ms']);
  if (headers['retry-after-ms'] !== undefined && Number.isFinite(precise)) return Math.max(0, precise);
  const value = headers['retry-after'];
  if (value === undefined) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
