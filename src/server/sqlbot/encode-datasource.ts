/** A datasource → the contract's entry, with its type key and label. */
import type { AskDatasource } from '../../engine/index.ts';

const TYPES: Readonly<Record<string, readonly [type: string, label: string]>> = {
  postgres: ['pg', 'PostgreSQL'],
  embedded: ['pg', 'PostgreSQL'],
  mysql: ['mysql', 'MySQL'],
  starrocks: ['starrocks', 'StarRocks'],
  files: ['excel', 'Excel/CSV'],
  duckdb: ['duckdb', 'DuckDB'],
  sqlite: ['sqlite', 'SQLite'],
};

export function encodeDatasource({ id, name, description, kind, tables, workspaceId, createdAt }: AskDatasource) {
  const [type, label] = TYPES[kind] ?? [kind, kind];
  return {
    id,
    name,
    description,
    type,
    type_name: label,
    num: `${tables ?? 0}/${tables ?? 0}`,
    status: tables === null ? 'Fail' : 'Success',
    oid: workspaceId,
    create_time: createdAt.toISOString(),
  };
}
