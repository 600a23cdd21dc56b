import { describe, expect, it } from 'vitest';
import { nearestValue } from './rematch-values.ts';
import { shiftYears } from './reread-periods.ts';
import { readReflectionNodes } from './strategies.ts';

describe('the value that a written one must mean', () => {
  it.each([
    ['BEIJING', ['Beijing', 'Shanghai'], 'Beijing'],
    ['new york', ['New-York', 'York'], 'New-York'],
    ['Shanghia', ['Shanghai', 'Beijing'], 'Shanghai'],
    ['credit', ['Credit card', 'Cash'], 'Credit card'],
    ['华东区', ['华东', '华北'], null],
    ['东', ['华东', '华北'], null],
    ['cat', ['cut', 'cot'], null],
    ['Bale', ['Male', 'Dale'], null],
    ['', ['x'], null],
  ])('%s among %j is %s', (written, stored, meant) => {
    expect(nearestValue(written, stored)).toBe(meant);
  });
});

it('moves days by years, leap days to the 28th', () => {
  expect(shiftYears('2025-03-01', -1)).toBe('2024-03-01');
  expect(shiftYears('2024-02-29', -1)).toBe('2023-02-28');
  expect(shiftYears('2024-02-29', -4)).toBe('2020-02-29');
  expect(shiftYears('2024-03-01 00:00:00', -2)).toBe('2022-03-01 00:00:00');
});

it('lets the configuration replace the nodes of single strategies', () => {
  const nodes = readReflectionNodes({ Reasoning: ['reason_sql', 'execute'] });
  expect(nodes.REASONING).toMatchObject([{ type: 'reasoning' }, { type: 'execute_sql' }]);
  expect(nodes.SIMPLE_REGENERATE).toMatchObject([{ type: 'execute_sql' }, { type: 'reflect' }]);
});
