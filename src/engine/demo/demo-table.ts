/** One table of generated data: how it looks and what is in it, independent of any engine. */
export interface DemoColumn {
  readonly name: string;
  /** Standard SQL, valid in DuckDB, SQLite, PostgreSQL and MariaDB. */
  readonly type: string;
  readonly comment: string;
  readonly nullable?: boolean;
}

export interface DemoTable {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly DemoColumn[];
  readonly primaryKey: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  readonly foreignKeys: readonly { readonly column: string; readonly table: string; readonly references: string }[];
}

/** Dates are `YYYY-MM-DD`, money is a number with at most two decimals. */
export type DemoRow = readonly (string | number | null)[];

export interface DemoTableData {
  readonly table: DemoTable;
  readonly rows: readonly DemoRow[];
}

/** `CREATE TABLE` in standard SQL: plain lower-case names, keys declared. */
export function createTableSql(table: DemoTable): string {
  const lines = [
    ...table.columns.map((column) => `  ${column.name} ${column.type}${column.nullable ? '' : ' NOT NULL'}`),
    `  PRIMARY KEY (${table.primaryKey.join(', ')})`,
    ...(table.unique ?? []).map((columns) => `  UNIQUE (${columns.join(', ')})`),
    ...table.foreignKeys.map((key) => `  FOREIGN KEY (${key.column}) REFERENCES ${key.table} (${key.references})`),
  ];
  return `CREATE TABLE ${table.name} (\n${lines.join(',\n')}\n)`;
}

/** `COMMENT ON …` statements, as DuckDB and PostgreSQL know them. */
export function commentSql(table: DemoTable): string[] {
  return [
    `COMMENT ON TABLE ${table.name} IS ${quoted(table.comment)}`,
    ...table.columns.map((column) => `COMMENT ON COLUMN ${table.name}.${column.name} IS ${quoted(column.comment)}`),
  ];
}

/** `INSERT` statements of many rows each. */
export function insertSql(data: DemoTableData, rowsPerStatement = 1_000): string[] {
  const head = `INSERT INTO ${data.table.name} (${data.table.columns.map((column) => column.name).join(', ')}) VALUES\n`;
  const statements: string[] = [];
  for (let at = 0; at < data.rows.length; at += rowsPerStatement) {
    const rows = data.rows.slice(at, at + rowsPerStatement);
    statements.push(head + rows.map((row) => `(${row.map(literal).join(', ')})`).join(',\n'));
  }
  return statements;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const literal = (value: string | number | null): string =>
  value === null ? 'NULL' : typeof value === 'number' ? String(value) : quoted(value);
