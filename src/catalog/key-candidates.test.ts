import { describe, expect, it } from 'vitest';
import { makeSchema } from '../execution/index.ts';
import type { ColumnType, Table } from '../sql/index.ts';
import { keyCandidates, singular, wordsOf } from './key-candidates.ts';

function table(name: string, primaryKey: string | null, columns: Readonly<Record<string, ColumnType>>): Table {
  return {
    ref: { schema: null, name },
    kind: 'table',
    comment: null,
    synonyms: [],
    columns: Object.entries(columns).map(([column, type]) => ({
      name: column,
      type,
      nativeType: type,
      nullable: true,
      comment: null,
      synonyms: [],
      values: null,
    })),
    primaryKey: primaryKey === null ? [] : [primaryKey],
    uniqueKeys: [],
    foreignKeys: [],
    rowCount: 10,
  };
}

const guesses = (...tables: Table[]): string[] =>
  keyCandidates(makeSchema('sqlite', null, tables)).map(
    ({ table: from, column, target, key }) => `${from.ref.name}.${column.name} -> ${target.ref.name}.${key.name}`,
  );

describe('keyCandidates', () => {
  it('sees names as words, whatever the spelling', () => {
    expect(['customerID', 'Customer_Id', 'customer id', 'HTTPCode'].map(wordsOf)).toEqual([
      ['customer', 'id'],
      ['customer', 'id'],
      ['customer', 'id'],
      ['http', 'code'],
    ]);
    expect(['cities', 'boxes', 'orders', 'address', 'status', 'bus'].map(singular)).toEqual([
      'city',
      'box',
      'order',
      'address',
      'status',
      'bus',
    ]);
  });

  it('joins table and key names', () => {
    const customers = table('Customers', 'id', { id: 'integer', name: 'text' });
    expect(guesses(customers, table('orders', 'id', { id: 'integer', customer_id: 'integer' }))).toEqual([
      'orders.customer_id -> Customers.id',
    ]);
    expect(guesses(customers, table('calls', null, { CustomerID: 'integer' }))).toEqual([
      'calls.CustomerID -> Customers.id',
    ]);
    expect(guesses(customers, table('visits', null, { customer: 'integer' }))).toEqual([
      'visits.customer -> Customers.id',
    ]);
    expect(guesses(customers, table('deals', null, { first_customer_id: 'integer' }))).toEqual([
      'deals.first_customer_id -> Customers.id',
    ]);
  });

  it('takes equal key names that are no general words', () => {
    expect(
      guesses(
        table('student', 'stuid', { stuid: 'integer' }),
        table('has_pet', null, { stuid: 'integer', pet: 'text' }),
      ),
    ).toEqual(['has_pet.stuid -> student.stuid']);
    expect(guesses(table('a', 'id', { id: 'integer' }), table('b', 'id', { id: 'integer', code: 'text' }))).toEqual([]);
  });

  it('makes no guess between two tables that fit equally well', () => {
    const twins = [table('student', 'stuid', { stuid: 'integer' }), table('graduate', 'stuid', { stuid: 'integer' })];
    expect(guesses(...twins, table('pets', null, { stuid: 'integer' }))).toEqual([]);
  });

  it('makes no guess between numbers and texts, nor for parts of composite keys', () => {
    const customers = table('customers', 'id', { id: 'integer' });
    expect(guesses(customers, table('orders', null, { customer_id: 'text' }))).toEqual([]);
    const parts: Table = {
      ...table('parts', null, { order_id: 'integer', line: 'integer' }),
      primaryKey: ['order_id', 'line'],
    };
    expect(guesses(parts, table('links', null, { line: 'integer', part_line: 'integer' }))).toEqual([]);
  });

  it('looks at ten thousand columns quickly', () => {
    const tables = Array.from({ length: 500 }, (_, i) =>
      table(`thing_${i}`, 'id', {
        id: 'integer',
        ...Object.fromEntries(
          Array.from({ length: 20 }, (_, j) => [`thing_${(i + j + 1) % 500}_id`, 'integer' as const]),
        ),
      }),
    );
    const started = performance.now();
    expect(guesses(...tables).length).toBe(10_000);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
