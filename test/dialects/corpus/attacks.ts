/** Statements that must never run: the guard alone refuses each, and the session alone lets none of them change or leak anything. */
import { attacksCommon } from './attacks-common.ts';
import { attacksDuckdb } from './attacks-duckdb.ts';
import { attacksMysql } from './attacks-mysql.ts';
import { attacksPostgres } from './attacks-postgres.ts';
import { attacksSqlite } from './attacks-sqlite.ts';
import type { CorpusStatement } from './corpus-statement.ts';

export const ATTACK_STATEMENTS: readonly CorpusStatement[] = [
  ...attacksCommon,
  ...attacksDuckdb,
  ...attacksSqlite,
  ...attacksPostgres,
  ...attacksMysql,
];
