import { commentSql, createTableSql, insertSql } from './demo-table.ts';
import { generateHighway } from './highway-data.ts';
import { HIGHWAY_TABLES } from './highway-schema.ts';

/** The database's name and the schema of its tables, as the pipeline documents name them. */
export const HIGHWAY_DATABASE = 'highway_db';
export const HIGHWAY_SCHEMA = 'public';

/** Gives one row with the newest day of the highway data; fails when it was never loaded. */
export const HIGHWAY_NEWEST_DAY_SQL = `SELECT CAST(MAX(oper_date) AS VARCHAR(10)) AS newest_day FROM ${HIGHWAY_SCHEMA}.bss_business_day_data`;

/**
 * The highway demo as PostgreSQL statements, one per entry, to be run in order and in one transaction. Tables of an
 * earlier load are dropped first, so that running it again with a later day brings the data up to that day.
 */
export function highwaySql(options: { readonly today: string }): string[] {
  const tables = generateHighway(options.today);
  return [
    ...[...HIGHWAY_TABLES].reverse().map((table) => `DROP TABLE IF EXISTS ${table.name}`),
    ...tables.flatMap((data) => [createTableSql(data.table), ...commentSql(data.table), ...insertSql(data)]),
  ];
}
