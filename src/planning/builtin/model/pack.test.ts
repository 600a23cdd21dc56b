import { describe, expect, it } from 'vitest';
import { packWeights, unpackWeights } from './pack.ts';

describe('weights files', () => {
  it('give back what was packed: arrays, maps, nested data', () => {
    const value = {
      a: Int8Array.from([1, -2, 3]),
      b: {
        m: new Map([
          ['x', 0],
          ['y', 1],
        ]),
        f: Float32Array.from([0.5, 2]),
      },
      list: [new Map([['k', 1.5]])],
      n: null,
    };
    expect(unpackWeights(packWeights(value))).toEqual(value);
  });
  it('are refused when they are something else', () => {
    const file = packWeights({ a: 1 });
    expect(() => unpackWeights(file.subarray(0, 4))).toThrow();
  });
});
