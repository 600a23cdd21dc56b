/** The SQL dialects that we render, parse and guard. MariaDB speaks `mysql`; the embedded Postgres `postgres`. */
export const DIALECT_NAMES = ['duckdb', 'sqlite', 'postgres', 'mysql'] as const;
export type DialectName = (typeof DIALECT_NAMES)[number];
