/** Reproducible random numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [low, high]. */
  integer(low: number, high: number): number;
  /** One of `items`, by `weights` when given. */
  pick<T>(items: readonly T[], weights?: readonly number[]): T;
  /** Roughly normal around 0 with deviation 1. */
  normal(): number;
}

/** A generator seeded by any number of integers (mulberry32 over their mix). */
export function createRandom(...seed: readonly number[]): Random {
  let state = seed.reduce((mixed, part) => Math.imul(mixed ^ (part + 0x9e3779b9), 0x85ebca6b) ^ (mixed >>> 13), 42);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (items, weights) => items[pickIndex(items.length, weights, next())]!,
    normal: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
  };
}

function pickIndex(length: number, weights: readonly number[] | undefined, at: number): number {
  if (weights === undefined) return Math.floor(at * length);
  let rest = at * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < length; i++) {
    rest -= weights[i] ?? 0;
    if (rest < 0) return i;
  }
  return length - 1;
}
