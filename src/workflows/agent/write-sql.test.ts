import { expect, it } from 'vitest';
import { takeSql } from './write-sql.ts';

it.each([
  ['Three.\n```sql\nSELECT 1;\n```\nDone.', 'SELECT 1', 'Three.\n\nDone.'],
  ['```\nSELECT 1\n```\nbetter:\n```SQL\nSELECT 2\n```', 'SELECT 2', '```\nSELECT 1\n```\nbetter:'],
  ['cut off:\n```sql\nSELECT a\nFROM t', 'SELECT a\nFROM t', 'cut off:'],
  ['SELECT 3;', 'SELECT 3', ''],
  ['no query at all', null, 'no query at all'],
  ['empty\n```sql\n```', null, 'empty'],
])('takes the last query out of %j', (text, sql, rest) => {
  expect(takeSql(text)).toEqual({ sql, rest });
});
