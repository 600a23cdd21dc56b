import { expect, it } from 'vitest';
import { formatMarkdown, formatTable } from './table.ts';

const result = {
  columns: [
    { name: '地区', type: 'text' as const },
    { name: 'total', type: 'decimal' as const },
  ],
  rows: [
    ['华东', '12.50'],
    ['a|b\u001b[31m', null],
  ],
  truncated: false,
};

it('aligns wide characters and never sends control characters to the terminal', () => {
  expect(formatTable(result, (n) => `${n} more`)).toBe(
    ['地区      total', '────────  ─────', '华东      12.50', 'a|b·[31m      ∅'].join('\n'),
  );
});

it('counts the rows that it does not draw', () => {
  const long = { ...result, rows: Array.from({ length: 53 }, (_, i) => [`r${i}`, i]) };
  expect(
    formatTable(long, (n) => `${n} more`)
      .split('\n')
      .at(-1),
  ).toBe('3 more');
});

it('escapes Markdown cells', () => {
  expect(formatMarkdown(result)).toContain('| a\\|b·[31m |  |');
});
