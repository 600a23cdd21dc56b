/** Honest statements: the guard must accept every one, and the engine must return what it returns without the guard. */
import { benignCommon } from './benign-common.ts';
import { benignDuckdb } from './benign-duckdb.ts';
import { benignMore } from './benign-more.ts';
import { benignMysql } from './benign-mysql.ts';
import { benignPostgres } from './benign-postgres.ts';
import { benignSqlite } from './benign-sqlite.ts';
import type { CorpusStatement } from './corpus-statement.ts';

export const BENIGN_STATEMENTS: readonly CorpusStatement[] = [
  ...benignCommon,
  ...benignDuckdb,
  ...benignSqlite,
  ...benignPostgres,
  ...benignMysql,
  ...benignMore,
];
