/** The functions that a query may call, per dialect. What is not listed is refused, however harmless it may look. */
import type { DialectName } from '../../dialects/dialect-name.ts';
import { DUCKDB_FUNCTIONS } from './duckdb-functions.ts';
import { MYSQL_FUNCTIONS } from './mysql-functions.ts';
import { POSTGRES_FUNCTIONS } from './postgres-functions.ts';
import { SQLITE_FUNCTIONS } from './sqlite-functions.ts';

export const ALLOWED_FUNCTIONS: Readonly<Record<DialectName, ReadonlySet<string>>> = {
  duckdb: DUCKDB_FUNCTIONS,
  sqlite: SQLITE_FUNCTIONS,
  postgres: POSTGRES_FUNCTIONS,
  mysql: MYSQL_FUNCTIONS,
};
