import type { Dialect } from './dialect.ts';
import type { DialectName } from './dialect-name.ts';
import { duckdb } from './duckdb.ts';
import { mysql } from './mysql.ts';
import { postgres } from './postgres.ts';
import { sqlite } from './sqlite.ts';

/** Every dialect by name. */
export const DIALECTS: Readonly<Record<DialectName, Dialect>> = { duckdb, sqlite, postgres, mysql };
