declare const readOnly: unique symbol;

/**
 * SQL text that the guard accepted for one datasource's dialect and catalog. Only `guard/` makes it, and it is
 * the only thing that `execution` runs.
 */
export type ReadOnlySql = string & { readonly [readOnly]: true };
