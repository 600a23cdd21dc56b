import { describe, expect, it } from 'vitest';
import { decimalCell, floatCell, integerCell, jsonCell, RowCollector } from './cells.ts';
import { scrubMessage } from './failure.ts';
import { observedType } from './observed-type.ts';
import { beginsAsQuery } from './statement-form.ts';

describe('cells', () => {
  it('keep integers beyond 2^53 and decimals as their digits', () => {
    expect(integerCell(9007199254740991n)).toBe(9007199254740991);
    expect(integerCell(9007199254740992n)).toBe('9007199254740992');
    expect(integerCell('-9223372036854775808')).toBe('-9223372036854775808');
    expect([decimalCell('12'), decimalCell('12.50'), decimalCell('-0')]).toEqual([12, '12.50', -0]);
    expect(floatCell(Number.NaN)).toBe('NaN');
  });

  it('keep the digits of large numbers inside JSON', () => {
    expect(jsonCell('{"a":[12345678901234567890,1.5]}')).toEqual({ a: ['12345678901234567890', 1.5] });
    expect(jsonCell('not json')).toBe('not json');
  });

  it('are collected up to the row cap and the byte cap', () => {
    const rows = new RowCollector(2);
    expect([rows.add([1]), rows.add([2]), rows.truncated, rows.add([3]), rows.truncated]).toEqual([
      true,
      true,
      false,
      false,
      true,
    ]);
    const bytes = new RowCollector(10, 30);
    expect([bytes.add(['x'.repeat(20)]), bytes.add(['y'.repeat(20)]), bytes.truncated]).toEqual([true, false, true]);
    expect(new RowCollector(10).nextBatch()).toBe(11);
  });
});

describe('observedType', () => {
  it.each([
    ['TEXT', ['2024-01-31', null, ''], 'date'],
    ['TEXT', ['2024-01-31', '2024-02-01 10:00:00'], 'timestamp'],
    ['TEXT', ['10:00', '23:59:59'], 'time'],
    ['TEXT', ['2024-01-31', 'soon'], 'text'],
    ['TEXT', ['2024-13-31'], 'text'],
    ['INTEGER', [1, 2], 'integer'],
    ['INTEGER', [1, 2.5], 'float'],
    ['INTEGER', ['9223372036854775807'], 'integer'],
    ['BOOLEAN', [0, 1, null], 'boolean'],
    ['BOOLEAN', [0, 2], 'integer'],
    ['DATE', [1700000000], 'integer'],
    ['DECIMAL(10,2)', [1.5], 'decimal'],
    ['', [1, 2.5], 'float'],
    ['', [], 'text'],
    ['DATETIME', [], 'timestamp'],
    [null, ['x'], 'text'],
  ] as const)('reads %s with %j as %s', (declared, values, expected) => {
    expect(observedType(declared, values)).toBe(expected);
  });
});

describe('beginsAsQuery', () => {
  it.each(['SELECT 1', ' -- note\n with x as (select 1) select 1', '/* a */ ((SELECT 1))', 'VALUES (1)'])(
    'accepts %s',
    (sql) => {
      expect(beginsAsQuery(sql)).toBe(true);
    },
  );
  it.each([
    'DELETE FROM t',
    '/*!50000 DELETE */ SELECT 1',
    '/*M! DELETE */',
    'selection',
    'EXPLAIN SELECT 1',
    '',
    'PRAGMA x',
    'SELECT 1\u0000; DROP TABLE t',
  ])('refuses %s', (sql) => {
    expect(beginsAsQuery(sql)).toBe(false);
  });
});

describe('scrubMessage', () => {
  it('removes passwords, credentials in URLs, folders and stack traces', () => {
    const message = 'failed: postgres://me:hunter2@host/db with hunter2 at /data/in/x.db\n    at file.ts:1';
    expect(scrubMessage(message, ['hunter2'], ['/data/in/x.db'])).toBe('failed: postgres://host/db with *** at x.db');
  });
});
