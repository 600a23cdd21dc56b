import { describe, expect, it } from 'vitest';
import { LEXICAL_DIMENSIONS, lexicalVector } from './lexical-vector.ts';

const similarity = (a: string, b: string): number => {
  const [one, other] = [lexicalVector(a), lexicalVector(b)];
  return one.reduce((sum, value, index) => sum + value * other[index]!, 0);
};

describe('the built-in vector', () => {
  it('has one fixed dimension and length one', () => {
    const vector = lexicalVector('monthly revenue of each region');
    expect(vector).toHaveLength(LEXICAL_DIMENSIONS);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
  });

  it('is the same for the same text on every machine', () => {
    const vector = lexicalVector('订单 orders');
    expect(vector.flatMap((value, index) => (value === 0 ? [] : [[index, value]])).slice(0, 3)).toMatchInlineSnapshot(`
      [
        [
          130,
          -0.215041,
        ],
        [
          167,
          0.268802,
        ],
        [
          219,
          -0.215041,
        ],
      ]
    `);
  });

  it('puts texts that share words nearer than texts that do not, in both languages', () => {
    expect(similarity('各服务区的营业额', '每个服务区营业额是多少')).toBeGreaterThan(
      similarity('各服务区的营业额', '车辆类别有哪些'),
    );
    expect(similarity('total sales by region', 'sales of each region')).toBeGreaterThan(
      similarity('total sales by region', 'list all employees'),
    );
    expect(similarity('orders', 'order')).toBeGreaterThan(0.2);
  });

  it('does not care about case, width and punctuation', () => {
    expect(similarity('Sales, by REGION!', 'sales by region')).toBeCloseTo(1, 4);
    expect(similarity('ＡＢＣ公司', 'abc公司')).toBeCloseTo(1, 4);
  });

  it('is zero for a text without words', () => {
    expect(lexicalVector('?! …').every((value) => value === 0)).toBe(true);
  });
});
