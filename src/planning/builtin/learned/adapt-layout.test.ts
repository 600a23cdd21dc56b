import { describe, expect, it } from 'vitest';
import { adaptLayout } from './adapt-layout.ts';
import type { LearnedWeights } from './weights.ts';

const weights = {
  layout: { slots: ['a', 'b'], rerank: ['r'], flags: ['f', 'g'] },
  models: {
    slots: {
      kinds: ['k', 'l'],
      linear: Float32Array.of(1, 2, 3, 4),
      network: { hidden: 1, first: Float32Array.of(5, 6, 7, 8), bias: Float32Array.of(0), second: Float32Array.of(1) },
    },
  },
  reranker: {
    mean: Float32Array.of(1),
    scale: Float32Array.of(2),
    linear: Float32Array.of(3),
    grams: new Map([['*', 0]]),
    crosses: Float32Array.of(10, 11),
    networks: [{ h1: 1, w1: Float32Array.of(20, 21, 22) }],
  },
} as unknown as LearnedWeights;

describe('weights of another version', () => {
  const now = { slots: ['a', 'new', 'b'], rerank: ['r', 's'], flags: ['g', 'f'] };
  const adapted = adaptLayout(weights, now);

  it('keep every known feature its weight and give new ones zero', () => {
    expect([...adapted.models.slots.linear]).toEqual([1, 0, 2, 3, 0, 4]);
    expect([...adapted.models.slots.network!.first]).toEqual([5, 0, 6, 7, 8]);
    expect([...adapted.reranker.linear]).toEqual([3, 0]);
    expect([...adapted.reranker.crosses]).toEqual([11, 10]);
    expect([...adapted.reranker.networks[0]!.w1]).toEqual([20, 0, 22, 21]);
  });

  it('are left alone when nothing differs', () => {
    expect(adaptLayout(weights, weights.layout)).toBe(weights);
  });
});
