/**
 * The closed set of reasons why the engine stops. Codes state a fact; surfaces map every code to
 * their own status and text in an exhaustive `Record` (see docs/errors.md).
 */
export const ENGINE_ERROR_CODES = [
  'config-invalid',
  'request-invalid',
  'not-found',
  'not-allowed',
  'conflict',
  'busy',
  'state-locked',
  'state-too-new',
  'state-unavailable',
  'datasource-unavailable',
  'model-unavailable',
  'budget-exceeded',
  'cancelled',
  'timeout',
  'internal',
] as const;

export type EngineErrorCode = (typeof ENGINE_ERROR_CODES)[number];

/** Work cannot continue. `message` names the thing, the place and the fix; `data` is safe to show to a user. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(
    code: EngineErrorCode,
    message: string,
    options: { readonly data?: Record<string, unknown>; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'EngineError';
    this.code = code;
    this.data = options.data ?? {};
  }
}
