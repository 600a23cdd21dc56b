/** The database that the guard's corpora speak about: the same tables and rows in every dialect. */
import type { Column, ColumnType, DatabaseSchema, DialectName, Table } from '../../../src/sql/index.ts';

type Cell = string | number | null;
interface Definition {
  readonly name: string;
  readonly columns: readonly (readonly [name: string, type: ColumnType])[];
  readonly rows: readonly (readonly Cell[])[];
}

export const SHOP_TABLES: readonly Definition[] = [
  {
    name: 'customers',
    columns: [
      ['id', 'integer'],
      ['name', 'text'],
      ['city', 'text'],
      ['email', 'text'],
      ['age', 'integer'],
      ['created_at', 'timestamp'],
      ['parent_id', 'integer'],
    ],
    rows: [
      [1, 'Ada', 'Berlin', 'ada@example.org', 36, '2023-01-05 10:00:00', null],
      [2, 'Bo', 'Paris', 'bo@example.org', 28, '2023-02-11 11:30:00', 1],
      [3, '王芳', '上海', null, 41, '2023-03-15 09:15:00', 1],
      [4, "O'Neil", 'Berlin', 'oneil@example.com', null, '2024-01-20 20:45:00', 2],
      [5, 'Eve', null, 'eve@example.net', 55, '2024-05-02 08:00:00', 3],
    ],
  },
  {
    name: 'products',
    columns: [
      ['id', 'integer'],
      ['name', 'text'],
      ['category', 'text'],
      ['price', 'decimal'],
    ],
    rows: [
      [1, 'Lamp', 'home', 19.5],
      [2, 'Desk', 'home', 240],
      [3, 'Pen', 'office', 1.25],
      [4, 'Paper', 'office', 4],
      [5, '茶', 'food', 8.75],
    ],
  },
  {
    name: 'orders',
    columns: [
      ['id', 'integer'],
      ['customer_id', 'integer'],
      ['ordered_on', 'date'],
      ['status', 'text'],
      ['amount', 'decimal'],
      ['note', 'text'],
    ],
    rows: [
      [1, 1, '2024-01-03', 'paid', 39, null],
      [2, 1, '2024-02-14', 'paid', 240, 'gift; do not ring'],
      [3, 2, '2024-02-20', 'open', 5.25, '-- fragile'],
      [4, 3, '2024-03-01', 'paid', 17.5, '/* fast */'],
      [5, 3, '2024-03-09', 'cancelled', 480, null],
      [6, 4, '2024-03-30', 'paid', 8.75, '100%'],
      [7, 9, '2024-04-01', 'open', 12, 'unknown customer'],
    ],
  },
  {
    name: 'order_items',
    columns: [
      ['order_id', 'integer'],
      ['product_id', 'integer'],
      ['quantity', 'integer'],
      ['discount', 'float'],
    ],
    rows: [
      [1, 1, 2, 0],
      [2, 2, 1, 0],
      [3, 3, 1, 0],
      [3, 4, 1, 0],
      [4, 5, 2, 0.1],
      [5, 2, 2, 0.25],
      [6, 5, 1, 0],
      [7, 4, 3, 0],
    ],
  },
  {
    name: 'events',
    columns: [
      ['id', 'integer'],
      ['payload', 'json'],
      ['happened_at', 'timestamp'],
    ],
    rows: [
      [1, '{"kind": "click", "n": 3, "tags": ["a", "b"]}', '2024-03-01 10:00:00'],
      [2, '{"kind": "view", "n": 5, "tags": []}', '2024-03-01 10:30:00'],
      [3, '{"kind": "click", "n": 7, "tags": ["c"]}', '2024-03-02 00:10:00'],
    ],
  },
  {
    name: '订单 明细',
    columns: [
      ['编号', 'integer'],
      ['金额', 'decimal'],
      ['😀', 'text'],
    ],
    rows: [
      [1, 10.5, 'gut'],
      [2, 20, null],
      [3, 5, '好'],
    ],
  },
  {
    name: 'select',
    columns: [
      ['group', 'text'],
      ['order', 'integer'],
      ['from table', 'text'],
      ['a"b', 'integer'],
    ],
    rows: [
      ['x', 1, 'one', 7],
      ['y', 2, 'two', 8],
      ['x', 3, 'three', 9],
    ],
  },
];

const NATIVE: Readonly<Record<DialectName, Partial<Record<ColumnType, string>>>> = {
  duckdb: {
    integer: 'INTEGER',
    text: 'VARCHAR',
    decimal: 'DECIMAL(12,2)',
    float: 'DOUBLE',
    date: 'DATE',
    timestamp: 'TIMESTAMP',
    json: 'JSON',
  },
  sqlite: {
    integer: 'INTEGER',
    text: 'TEXT',
    decimal: 'REAL',
    float: 'REAL',
    date: 'TEXT',
    timestamp: 'TEXT',
    json: 'TEXT',
  },
  postgres: {
    integer: 'integer',
    text: 'text',
    decimal: 'numeric(12,2)',
    float: 'double precision',
    date: 'date',
    timestamp: 'timestamp',
    json: 'jsonb',
  },
  mysql: {
    integer: 'int',
    text: 'varchar(200)',
    decimal: 'decimal(12,2)',
    float: 'double',
    date: 'date',
    timestamp: 'datetime',
    json: 'json',
  },
};
const DEFAULT_SCHEMA: Readonly<Record<DialectName, string | null>> = {
  duckdb: 'main',
  sqlite: null,
  postgres: 'public',
  mysql: null,
};

/** MySQL and MariaDB take names from the basic plane only. */
export const nameIn = (dialect: DialectName, name: string): string =>
  dialect === 'mysql' && name === '😀' ? '☺' : name;

const quote = (dialect: DialectName, name: string): string =>
  dialect === 'mysql' ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`;

const literal = (value: Cell): string =>
  value === null ? 'NULL' : typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;

/** CREATE TABLE and INSERT statements that make the database. */
export function shopStatements(dialect: DialectName): readonly string[] {
  return SHOP_TABLES.flatMap(({ name, columns, rows }) => [
    `CREATE TABLE ${quote(dialect, name)} (${columns.map(([column, type]) => `${quote(dialect, nameIn(dialect, column))} ${NATIVE[dialect][type]}`).join(', ')})`,
    `INSERT INTO ${quote(dialect, name)} VALUES ${rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ')}`,
  ]);
}

/** The catalog of the database. */
export function shopSchema(dialect: DialectName): DatabaseSchema {
  return {
    dialect,
    defaultSchema: DEFAULT_SCHEMA[dialect],
    tables: SHOP_TABLES.map(
      (definition): Table => ({
        ref: { schema: DEFAULT_SCHEMA[dialect], name: definition.name },
        kind: 'table',
        comment: null,
        synonyms: [],
        columns: definition.columns.map(
          ([name, type]): Column => ({
            name: nameIn(dialect, name),
            type,
            nativeType: NATIVE[dialect][type] ?? '',
            nullable: true,
            comment: null,
            synonyms: [],
            values: null,
          }),
        ),
        primaryKey: [],
        uniqueKeys: [],
        foreignKeys: [],
        rowCount: definition.rows.length,
      }),
    ),
    fingerprint: `shop-${dialect}`,
  };
}
