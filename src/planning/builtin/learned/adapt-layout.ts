/** Brings weights that were trained with fewer or other features to the features of this version. */
import type { LearnedWeights, WeightsLayout } from './weights.ts';

/** Features that the weights do not know get zero; features that are gone are dropped. */
export function adaptLayout(weights: LearnedWeights, now: WeightsLayout): LearnedWeights {
  const was = weights.layout;
  const slots = positions(was.slots, now.slots);
  const rerank = positions(was.rerank, now.rerank);
  const flags = positions(was.flags, now.flags);
  if ([slots, rerank, flags].every((p, i) => same(p, [was.slots, was.rerank, was.flags][i]!.length))) return weights;
  const { models, reranker } = weights;
  const kinds = models.slots.kinds.length;
  const net = models.slots.network;
  const inputs = [...rerank, ...flags.map((p) => (p < 0 ? -1 : p + was.rerank.length))];
  const slotInputs = [...slots, ...Array.from({ length: kinds }, (_, k) => was.slots.length + k)];
  return {
    ...weights,
    layout: now,
    models: {
      ...models,
      slots: {
        ...models.slots,
        linear: columnsOf(models.slots.linear, kinds, was.slots.length, slots),
        network: net && { ...net, first: rowsOf(net.first, net.hidden, slotInputs) },
      },
    },
    reranker: {
      ...reranker,
      mean: rowsOf(reranker.mean, 1, rerank),
      scale: rowsOf(reranker.scale, 1, rerank),
      linear: rowsOf(reranker.linear, 1, rerank),
      crosses: columnsOf(reranker.crosses, reranker.grams.size, was.flags.length, flags),
      networks: reranker.networks.map((n) => ({ ...n, w1: rowsOf(n.w1, n.h1, inputs) })),
    },
  };
}

const positions = (was: readonly string[], now: readonly string[]): number[] => {
  const at = new Map(was.map((name, i) => [name, i]));
  return now.map((name) => at.get(name) ?? -1);
};

const same = (p: readonly number[], length: number): boolean => p.length === length && p.every((x, i) => x === i);

/** Rows of `width` picked by position, -1 for zeros. */
function rowsOf(array: Float32Array, width: number, picks: readonly number[]): Float32Array {
  const out = new Float32Array(picks.length * width);
  picks.forEach((p, i) => {
    if (p >= 0) out.set(array.subarray(p * width, (p + 1) * width), i * width);
  });
  return out;
}

/** Columns picked by position in each of `rows` rows, -1 for zeros. */
function columnsOf(array: Float32Array, rows: number, width: number, picks: readonly number[]): Float32Array {
  const out = new Float32Array(rows * picks.length);
  for (let r = 0; r < rows; r++)
    picks.forEach((p, i) => {
      if (p >= 0) out[r * picks.length + i] = array[r * width + p]!;
    });
  return out;
}
