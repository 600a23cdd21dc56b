import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../sql/index.ts';
import type { ScoredCandidate } from './learned-planner.ts';
import { mergeByResult } from './probe.ts';

const candidate = (name: string, probability: number): ScoredCandidate => ({
  plan: { name } as unknown as Plan,
  score: probability,
  probability,
  mappings: [],
});
const name = (c: ScoredCandidate): string => (c.plan as unknown as { name: string }).name;

describe('probing', () => {
  it('adds up candidates with equal rows and puts empty ones back', async () => {
    const rows: Record<string, readonly (readonly unknown[])[]> = { a: [], b: [[1], [2]], c: [[2], [1]] };
    const merged = await mergeByResult(
      [candidate('a', 0.4), candidate('b', 0.3), candidate('c', 0.2)],
      async (plan) => rows[(plan as unknown as { name: string }).name]!,
    );
    expect(merged.map(name)).toEqual(['b', 'a']);
    expect(merged[0]!.probability).toBeCloseTo(0.36);
  });

  it('never runs more than five statements and keeps what it could not run', async () => {
    let runs = 0;
    const many = Array.from({ length: 8 }, (_, i) => candidate(String(i), 0.8 - i / 10));
    const merged = await mergeByResult(many, async () => {
      runs++;
      return null;
    });
    expect(runs).toBe(5);
    expect(merged.map(name)).toEqual(many.map(name));
  });
});
