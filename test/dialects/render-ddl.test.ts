/** CREATE TABLE statements execute on an empty database of their kind, and introspection reads the same table back. */
import { expect, it } from 'vitest';
import { openDatasource } from '../../src/execution/index.ts';
import { type Column, type ColumnType, renderTableDdl, type Table } from '../../src/sql/index.ts';
import { TEST_ENGINES } from '../support/engines.ts';

const column = (name: string, type: ColumnType, more: Partial<Column> = {}): Column => ({
  name,
  type,
  nativeType: '',
  nullable: true,
  comment: null,
  synonyms: [],
  values: null,
  ...more,
});

const table = (name: string, columns: readonly Column[], more: Partial<Table> = {}): Table => ({
  ref: { schema: null, name },
  kind: 'table',
  comment: null,
  synonyms: [],
  columns,
  primaryKey: [],
  uniqueKeys: [],
  foreignKeys: [],
  rowCount: null,
  ...more,
});

const customers = table(
  'customers',
  [
    column('id', 'integer', { nullable: false, comment: "the customer's number" }),
    column('code', 'text', {
      nullable: false,
      nativeType: 'varchar(20)',
      comment: '客户编码; DROP TABLE customers; --',
    }),
    column('balance', 'decimal', { nativeType: 'decimal(12,2)' }),
    column('born', 'date'),
  ],
  { primaryKey: ['id'], uniqueKeys: [['code']], comment: 'Kund\\innen\nund "Kunden"' },
);

const orders = table(
  'Order "Lines"',
  [
    column('order', 'integer', { nullable: false }),
    column('行', 'integer', { nullable: false, comment: '行号' }),
    column('customer id', 'integer'),
    column('guessed', 'integer'),
  ],
  {
    primaryKey: ['order', '行'],
    foreignKeys: [
      {
        columns: ['customer id'],
        referenced: { schema: null, name: 'customers' },
        referencedColumns: ['id'],
        origin: 'declared',
      },
      {
        columns: ['guessed'],
        referenced: { schema: null, name: 'customers' },
        referencedColumns: ['id'],
        origin: 'inferred',
      },
    ],
  },
);

const everyType = table(
  'every_type',
  (
    [
      'integer',
      'decimal',
      'float',
      'text',
      'boolean',
      'date',
      'time',
      'timestamp',
      'interval',
      'binary',
      'json',
      'uuid',
      'array',
      'other',
    ] as const
  ).map((type) =>
    column(`a_${type}`, type, { nativeType: type === 'other' ? "evil'); DROP TABLE customers; --" : '' }),
  ),
);

for (const engine of TEST_ENGINES) {
  engine.describe(`CREATE TABLE on ${engine.kind}`, () => {
    it('makes tables that introspection reads back', async () => {
      const statements = [customers, orders, everyType].map((one) => renderTableDdl(one, engine.dialect));
      const database = await engine.create(...statements);
      try {
        const datasource = await openDatasource(database.config);
        try {
          const schema = await datasource.introspect();
          const read = (name: string): Table | undefined => schema.tables.find((one) => one.ref.name === name);
          const found = read('customers');
          expect(found?.columns.map(({ name, type, nullable }) => ({ name, type, nullable }))).toEqual(
            customers.columns.map(({ name, type, nullable }) => ({ name, type, nullable })),
          );
          expect(found?.primaryKey).toEqual(['id']);
          expect(found?.uniqueKeys).toEqual([['code']]);
          const lines = read('Order "Lines"');
          expect(lines?.columns.map(({ name }) => name)).toEqual(['order', '行', 'customer id', 'guessed']);
          expect(lines?.primaryKey).toEqual(['order', '行']);
          expect(lines?.foreignKeys.map((key) => [key.columns, key.referenced.name, key.referencedColumns])).toEqual([
            [['customer id'], 'customers', ['id']],
          ]);
          expect(read('every_type')?.columns).toHaveLength(14);
          if (engine.dialect !== 'sqlite') {
            expect(found?.comment).toBe(customers.comment);
            expect(found?.columns.map((one) => one.comment)).toEqual(customers.columns.map((one) => one.comment));
          }
        } finally {
          await datasource.close();
        }
      } finally {
        await database.drop();
      }
    });
  });
}

it('keeps comments of SQLite on one line', () => {
  expect(renderTableDdl(customers, 'sqlite')).toBe(`-- Kund\\innen und "Kunden"
CREATE TABLE customers (
  id INTEGER NOT NULL, -- the customer's number
  code varchar(20) NOT NULL, -- 客户编码; DROP TABLE customers; --
  balance decimal(12,2),
  born DATE,
  PRIMARY KEY (id),
  UNIQUE (code)
);`);
});

it('names inferred keys only when asked', () => {
  expect(renderTableDdl(orders, 'duckdb')).not.toContain('guessed)');
  expect(renderTableDdl(orders, 'duckdb', { inferredKeys: true })).toContain(
    'FOREIGN KEY (guessed) REFERENCES customers (id)',
  );
  expect(renderTableDdl(orders, 'duckdb', { foreignKeys: false })).not.toContain('FOREIGN KEY');
});
