import type { ReadOnlySql } from '../../src/sql/index.ts';

/** Lets a test hand any statement to a datasource: what the session does with it when no guard has looked at it. */
export const unguarded = (sql: string): ReadOnlySql => sql as ReadOnlySql;
