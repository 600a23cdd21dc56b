/** What a set of pairs exercises of a schema: tables, columns, joins and forms, and what it leaves out. */
import type { DatabaseSchema, SqlAnalysis, Table } from '../../../sql/index.ts';
import type { Json } from '../../../tasks/index.ts';

export interface CoveredPair {
  readonly form: string;
  readonly analysis: SqlAnalysis;
}

const tableName = (ref: Table['ref']): string => (ref.schema === null ? ref.name : `${ref.schema}.${ref.name}`);

function part(used: ReadonlySet<string>, existing: readonly string[]): { [key: string]: Json } {
  const covered = existing.filter((name) => used.has(name));
  return {
    total: existing.length,
    covered: covered.length,
    rate: existing.length === 0 ? 1 : Math.round((covered.length / existing.length) * 1_000) / 1_000,
    missing: existing.filter((name) => !used.has(name)),
  };
}

/** The coverage report; joins are the declared and inferred keys between the tables. */
export function coverageReport(
  pairs: readonly CoveredPair[],
  tables: readonly Table[],
  schema: DatabaseSchema,
): { [key: string]: Json } {
  const usedTables = new Set(pairs.flatMap(({ analysis }) => analysis.tables.map(tableName)));
  const usedColumns = new Set(
    pairs.flatMap(({ analysis }) => analysis.columns.map(({ table, column }) => `${tableName(table)}.${column}`)),
  );
  const ends = (a: string, b: string): string => [a, b].sort().join(' = ');
  const usedJoins = new Set(
    pairs.flatMap(({ analysis }) =>
      [...analysis.joins.flatMap(({ equalities }) => equalities)].map(({ left, right }) =>
        ends(`${tableName(left.table)}.${left.column}`, `${tableName(right.table)}.${right.column}`),
      ),
    ),
  );
  const forms: { [form: string]: number } = {};
  for (const { form } of pairs) forms[form] = (forms[form] ?? 0) + 1;
  const joins = tables.flatMap((table) =>
    table.foreignKeys.map((key) =>
      ends(`${tableName(table.ref)}.${key.columns[0]}`, `${tableName(key.referenced)}.${key.referencedColumns[0]}`),
    ),
  );
  return {
    pairs: pairs.length,
    dialect: schema.dialect,
    forms,
    tables: part(
      usedTables,
      tables.map(({ ref }) => tableName(ref)),
    ),
    columns: part(
      usedColumns,
      tables.flatMap((table) => table.columns.map(({ name }) => `${tableName(table.ref)}.${name}`)),
    ),
    joins: part(usedJoins, [...new Set(joins)]),
  };
}
