/**
 * An expected result of work that a caller branches on: planning, guarding, running SQL, retrieval.
 * What cannot continue throws {@link EngineError} instead; a plain `Error` is a bug of ours.
 */
export type Outcome<T, F> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: F };

/** Wraps a value as the success side of an {@link Outcome}. */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** Wraps a failure as the failure side of an {@link Outcome}. */
export const fail = <F>(failure: F): { readonly ok: false; readonly failure: F } => ({ ok: false, failure });

/** Ends an exhaustive `switch`: does not compile while a case is missing, throws when data lied about its type. */
export function assertNever(value: never): never {
  throw new Error(`unexpected variant: ${JSON.stringify(value)}`);
}
