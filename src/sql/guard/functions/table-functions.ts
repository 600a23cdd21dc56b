/**
 * Functions that may stand in FROM. In DuckDB and SQLite a name can mean something else there than in an expression
 * (DuckDB's `histogram('file.csv', …)` reads a table by its name), so they have lists of their own.
 */
import type { DialectName } from '../../dialects/dialect-name.ts';
import { nameSet } from './common-functions.ts';
import { POSTGRES_FUNCTIONS } from './postgres-functions.ts';

export const TABLE_FUNCTIONS: Readonly<Record<DialectName, ReadonlySet<string>>> = {
  duckdb: nameSet('unnest range generate_series generate_subscripts json_each json_tree regexp_split_to_table'),
  sqlite: nameSet('json_each json_tree'),
  // The same function in both positions: the expression's list holds.
  postgres: new Set([...POSTGRES_FUNCTIONS, 'rows_from', 'explode']),
  mysql: nameSet('json_table j_s_o_n_table'),
};
