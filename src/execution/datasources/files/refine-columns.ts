/**
 * Columns that DuckDB's own detection leaves less exact than the file is.
 *
 * Text columns that hold dates or numbers in a spelling that DuckDB does not take for one: mixed separators, 2024年1月31日,
 * 1,234.50. A column is converted only when every value of it can be. And floats that are all written with a few decimals,
 * as money is, become decimals, so that their sums are exact.
 */
import type { DuckDBConnection } from '@duckdb/node-api';

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

interface Spelling {
  /** A regular expression that one value must match before the column is looked at as a whole. */
  readonly first: string;
  readonly type: string;
  readonly convert: (column: string) => string;
}

const SPELLINGS: readonly Spelling[] = [
  {
    first: '^\\d{4}[-/.年]\\d{1,2}[-/.月]\\d{1,2}日?$',
    type: 'DATE',
    convert: (column) => `TRY_CAST(regexp_replace(replace(trim(${column}), '日', ''), '[年月/.]', '-', 'g') AS DATE)`,
  },
  {
    first: '^-?\\d{1,3}(,\\d{3})+(\\.\\d+)?$',
    type: 'DOUBLE',
    convert: (column) =>
      `CASE WHEN regexp_full_match(trim(${column}), '-?(\\d{1,3}(,\\d{3})+|\\d+)(\\.\\d+)?') THEN TRY_CAST(replace(${column}, ',', '') AS DOUBLE) END`,
  },
];

async function single(connection: DuckDBConnection, sql: string): Promise<unknown> {
  return (await (await connection.run(sql)).getRowsJson())[0]?.[0];
}

async function refine(connection: DuckDBConnection, table: string, name: string): Promise<void> {
  const column = identifier(name);
  for (const { first, type, convert } of SPELLINGS) {
    const some = `SELECT ${column} AS v FROM ${table} WHERE ${column} IS NOT NULL LIMIT 100`;
    if (
      (await single(connection, `SELECT count(*) FROM (${some}) WHERE regexp_matches(trim(v), '${first}')`)) === '0'
    ) {
      continue;
    }
    const bad = `SELECT count(*) FROM ${table} WHERE ${column} IS NOT NULL AND ${convert(column)} IS NULL`;
    if ((await single(connection, bad)) === '0') {
      await connection.run(`ALTER TABLE ${table} ALTER ${column} TYPE ${type} USING ${convert(column)}`);
      return;
    }
  }
}

const MOST_DECIMALS = 4;

async function refineFloats(connection: DuckDBConnection, table: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) {
    return;
  }
  const checks = names.map((name) => {
    const column = identifier(name);
    const fits = (decimals: number): string =>
      `WHEN bool_and(round(${column}, ${decimals}) = ${column}) THEN ${decimals}`;
    const decimals = Array.from({ length: MOST_DECIMALS }, (_, i) => fits(i + 1)).join(' ');
    return `CASE WHEN bool_or(NOT isfinite(${column})) OR max(abs(${column})) >= 1e11 THEN NULL ${decimals} END`;
  });
  const [row] = await (await connection.run(`SELECT ${checks.join(', ')} FROM ${table}`)).getRowsJson();
  for (const [i, name] of names.entries()) {
    const decimals = row?.[i];
    if (decimals !== null && decimals !== undefined) {
      await connection.run(`ALTER TABLE ${table} ALTER ${identifier(name)} TYPE DECIMAL(18, ${Number(decimals)})`);
    }
  }
}

/** Converts the table's columns where all their values allow it. */
export async function refineColumns(connection: DuckDBConnection, table: string): Promise<void> {
  const owner = table.replaceAll("'", "''");
  const namesOf = async (type: string): Promise<string[]> => {
    const found = await connection.run(
      `SELECT column_name FROM duckdb_columns() WHERE table_name = '${owner}' AND data_type = '${type}' ORDER BY column_index`,
    );
    return (await found.getRowsJson()).map((row) => String(row[0]));
  };
  for (const name of await namesOf('VARCHAR')) {
    await refine(connection, identifier(table), name);
  }
  await refineFloats(connection, identifier(table), await namesOf('DOUBLE'));
}
