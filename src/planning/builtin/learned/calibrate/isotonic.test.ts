import { describe, expect, it } from 'vitest';
import { applyIsotonic, fitIsotonic } from './isotonic.ts';

describe('isotonic calibration', () => {
  const points = Array.from({ length: 1000 }, (_, i) => ({ score: i / 1000, right: (i * 7919) % 1000 < i * 0.6 }));
  const map = fitIsotonic(points);
  it('never falls', () => {
    for (let i = 1; i < map.y.length; i++) expect(map.y[i]!).toBeGreaterThanOrEqual(map.y[i - 1]!);
  });
  it('says about what was observed', () => {
    expect(applyIsotonic(map, 0.5)).toBeCloseTo(0.3, 1);
    expect(applyIsotonic(map, 2)).toBeLessThan(0.75);
  });
});
