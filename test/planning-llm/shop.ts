/** A small shop in SQLite, with its schema as the catalog would tell it. */
import { DatabaseSync } from 'node:sqlite';
import type { PlanRequest } from '../../src/planning/index.ts';
import type { Column, ColumnType, DatabaseSchema, ForeignKey, Scalar, Table } from '../../src/sql/index.ts';

export function openShop(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(`
    CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id), ordered_on TEXT, total NUMERIC);
    CREATE TABLE "weird table" ("group" TEXT, "größe" INTEGER);
    INSERT INTO customers VALUES (1, 'Ann', 'Berlin'), (2, '李雷', '北京'), (3, 'Cy', 'Berlin');
    INSERT INTO orders VALUES (1, 1, '2025-05-01', 10), (2, 1, '2025-05-20', 30), (3, 2, '2025-06-02', 25), (4, 3, '2025-06-03', 5);
    INSERT INTO "weird table" VALUES ('x', 3);
  `);
  return database;
}

/** The rows that a statement returns, as arrays. */
export function rowsOf(database: DatabaseSync, sql: string): unknown[][] {
  const statement = database.prepare(sql);
  return statement.all().map((row) => Object.values(row));
}

const column = (
  name: string,
  type: ColumnType,
  comment: string | null = null,
  list: readonly Scalar[] = [],
): Column => ({
  name,
  type,
  nativeType: type.toUpperCase(),
  nullable: true,
  comment,
  synonyms: [],
  values: list.length === 0 ? null : { list, complete: true, min: null, max: null },
});

const table = (
  name: string,
  columns: readonly Column[],
  extra: { comment?: string; foreignKeys?: readonly ForeignKey[]; primaryKey?: readonly string[] } = {},
): Table => ({
  ref: { schema: null, name },
  kind: 'table',
  comment: extra.comment ?? null,
  synonyms: [],
  columns,
  primaryKey: extra.primaryKey ?? ['id'],
  uniqueKeys: [],
  foreignKeys: extra.foreignKeys ?? [],
  rowCount: 4,
});

/** The shop's schema; `comment` is put on the orders table, `more` tables stand beside the real ones. */
export function shopSchema(options: { comment?: string; more?: number } = {}): DatabaseSchema {
  const customerKey: ForeignKey = {
    columns: ['customer_id'],
    referenced: { schema: null, name: 'customers' },
    referencedColumns: ['id'],
    origin: 'declared',
  };
  const filler = Array.from({ length: options.more ?? 0 }, (_, i) =>
    table(
      `archive_${i}`,
      Array.from({ length: 12 }, (_, j) => column(`field_${j}`, 'text', `archived field number ${j}`)),
    ),
  );
  return {
    dialect: 'sqlite',
    defaultSchema: null,
    fingerprint: 'shop',
    tables: [
      ...filler,
      table('customers', [
        column('id', 'integer'),
        column('name', 'text', '客户姓名'),
        column('city', 'text', 'home town', ['Berlin', '北京']),
      ]),
      table(
        'orders',
        [
          column('id', 'integer'),
          column('customer_id', 'integer'),
          column('ordered_on', 'date', 'day of the order'),
          column('total', 'decimal', '订单金额'),
        ],
        { comment: options.comment ?? '订单', foreignKeys: [customerKey] },
      ),
      table('weird table', [column('group', 'text'), column('größe', 'integer')], { primaryKey: [] }),
    ],
  };
}

export const shopRequest = (question: string, extra: Partial<PlanRequest> = {}): PlanRequest => ({
  question,
  schema: shopSchema(),
  today: '2025-06-15',
  previous: [],
  knowledge: { terms: [], examples: [], measures: [], notes: [] },
  ...extra,
});
