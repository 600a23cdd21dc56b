/** Monotone maps from raw scores to probabilities, fitted by pool-adjacent-violators. */
export interface Isotonic {
  /** Ascending scores at which the map is known. */
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Least-squares monotone fit; blocks smaller than `least` are merged so that the ends are not over-confident. */
export function fitIsotonic(
  points: readonly { readonly score: number; readonly right: boolean }[],
  least = 40,
): Isotonic {
  const sorted = [...points].sort((a, b) => a.score - b.score);
  const blocks: { sum: number; n: number; low: number; high: number }[] = [];
  for (let i = 0; i < sorted.length; i += least) {
    const part = sorted.slice(i, i + least);
    if (part.length < least / 2 && blocks.length > 0) {
      const last = blocks[blocks.length - 1]!;
      last.sum += part.filter((p) => p.right).length;
      last.n += part.length;
      last.high = part[part.length - 1]!.score;
    } else
      blocks.push({
        sum: part.filter((p) => p.right).length,
        n: part.length,
        low: part[0]!.score,
        high: part[part.length - 1]!.score,
      });
    while (blocks.length > 1) {
      const b = blocks[blocks.length - 1]!;
      const a = blocks[blocks.length - 2]!;
      if (a.sum / a.n < b.sum / b.n) break;
      blocks.splice(-2, 2, { sum: a.sum + b.sum, n: a.n + b.n, low: a.low, high: b.high });
    }
  }
  return { x: blocks.map((b) => (b.low + b.high) / 2), y: blocks.map((b) => (b.sum + 0.5) / (b.n + 1)) };
}

/** Interpolates linearly between the known scores, flat beyond the ends. */
export function applyIsotonic(map: Isotonic, score: number): number {
  const { x, y } = map;
  if (x.length === 0) return score;
  if (score <= x[0]!) return y[0]!;
  for (let i = 1; i < x.length; i++)
    if (score <= x[i]!) {
      const span = x[i]! - x[i - 1]!;
      return span <= 0 ? y[i]! : y[i - 1]! + ((y[i]! - y[i - 1]!) * (score - x[i - 1]!)) / span;
    }
  return y[y.length - 1]!;
}
