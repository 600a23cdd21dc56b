import { describe, expect, it } from 'vitest';
import { keepsOrder } from './comparison-order.ts';
import { EMPTY_QUERY, type Query } from './query.ts';

const of = (name: string): Query => ({
  ...EMPTY_QUERY,
  select: [{ agg: '', distinct: false, col: 1 }],
  where: [{ left: { agg: '', distinct: false, col: 0 }, op: '=', values: [name], sub: null }],
});
const pair = (op: '-' | '/', left: string, right: string): Query => ({ ...of(left), set: { op, right: of(right) } });

describe('the order of two compared things', () => {
  it.each([
    ['石桥的书店数量是望江的多少倍', pair('/', '石桥', '望江'), true],
    ['石桥的书店数量是望江的多少倍', pair('/', '望江', '石桥'), false],
    ['石桥比望江多几家书店', pair('-', '石桥', '望江'), true],
    ['石桥比望江多几家书店', pair('-', '望江', '石桥'), false],
    ['石桥比望江少几家书店', pair('-', '望江', '石桥'), true],
    ['石桥的书店比望江多多少', pair('-', '石桥', '望江'), true],
    ['石桥和望江的书店数量相差多少', pair('-', '石桥', '望江'), true],
    ['石桥镇比望江镇多几家书店', pair('-', '新望江', '石桥'), true],
  ])('%s', (question, query, kept) => {
    expect(keepsOrder(query, question)).toBe(kept);
  });
});
