import { describe, expect, it } from 'vitest';
import { treesProbability } from '../../model/boosted-trees.ts';
import { splitUnits } from '../text/units.ts';
import { adaptConfidence, type Confidence, unreadSigns } from './confidence.ts';

/** One tree: odds of 4 above 0.5 of the first sign, a quarter otherwise. */
const model: Confidence = {
  names: ['a', 'b'],
  trees: {
    bias: 0,
    roots: Int32Array.of(0),
    feature: Int16Array.of(0, -1, -1),
    value: Float32Array.of(0.5, Math.log(1 / 4), Math.log(4)),
    left: Int32Array.of(1, -1, -1),
  },
  map: { x: [], y: [] },
};

describe('the confidence', () => {
  it('is what the leaves add up to', () => {
    expect(treesProbability(model.trees, [0.4])).toBeCloseTo(0.2);
    expect(treesProbability(model.trees, [0.6])).toBeCloseTo(0.8);
  });
  it('finds its signs by name when others come or go', () => {
    const moved = adaptConfidence(model, ['new', 'b', 'a']);
    expect(treesProbability(moved.trees, [0, 0, 0.6])).toBeCloseTo(0.8);
    expect(treesProbability(adaptConfidence(model, ['b']).trees, [1])).toBeCloseTo(0.2);
    expect(adaptConfidence(model, ['a', 'b'])).toEqual(model);
  });
  it('sees what is neither read nor said often', () => {
    const units = splitUnits('小美的付款总额');
    const grams = new Map(['付 款', '付', '款', '总 额', '总', '额', '小', '美'].map((g, i) => [g, i]));
    const paid = { start: 3, end: 5 };
    expect(unreadSigns(units, [paid], grams)).toEqual([0, 2, 2]);
    expect(unreadSigns(units, [paid, { start: 0, end: 2 }], grams)).toEqual([0, 0, 0]);
  });
});
