/** Why the guard refuses a statement. */
export const GUARD_FAILURE_CODES = [
  /** It could not be read in the dialect, or the two readings of it differ. */
  'sql-unparsable',
  /** It is too long or too deeply nested to be read safely. */
  'sql-too-complex',
  'sql-multiple-statements',
  /** It is no query, or contains a part that writes, locks or runs something. */
  'sql-not-read-only',
  'function-not-allowed',
  'type-not-allowed',
  'unknown-table',
  'unknown-column',
  'table-not-allowed',
  /** A query form that the guard does not know well enough to vouch for. */
  'form-not-supported',
] as const;
export type GuardFailureCode = (typeof GUARD_FAILURE_CODES)[number];

export interface GuardFailure {
  readonly code: GuardFailureCode;
  /** Names the thing and the fix; safe to show to the user and to a model. */
  readonly message: string;
  /** The name at fault, as written. */
  readonly name: string | null;
  /** Existing names close to it, best first. */
  readonly nearest: readonly string[];
  /** UTF-16 offset in the statement, null when unknown. */
  readonly position: number | null;
}
