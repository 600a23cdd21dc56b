/** Comparisons, shares and measures of other rows lie over the plan that is edited: taken off before, put on again after. */
import type { SelectPlan } from '../../../sql/index.ts';
import { type Comparison, type Dated, withComparison } from '../grammar/comparison.ts';
import type { GenerateRequest } from '../grammar/generate.ts';
import { splitComparison } from '../grammar/split-comparison.ts';
import { type Beside, splitBeside, withBeside } from './beside.ts';
import { type Reordered, splitOrder, withOrder } from './order-layer.ts';
import { type Share, splitShare, withShare } from './share-layer.ts';

export interface Layers {
  readonly comparison: Comparison | null;
  readonly share: Share | null;
  /** Measures of other rows. */
  readonly beside: Beside | null;
  /** The first rows in another order than the one that made them the first. */
  readonly order: Reordered | null;
}

export interface Layered {
  readonly base: SelectPlan;
  readonly layers: Layers;
}

export const NO_LAYERS: Layers = { comparison: null, share: null, beside: null, order: null };

/** True for a plan with nothing over it. */
export const isBare = (layers: Layers): boolean => Object.values(layers).every((layer) => layer === null);

/** The plan to edit and what lies over it; null when its comparison cannot be taken off. */
export function splitLayers(plan: SelectPlan): Layered | null {
  const joined = splitBeside(plan);
  if (joined !== null) return { base: joined.base, layers: { ...NO_LAYERS, beside: joined.beside } };
  const ordered = splitOrder(plan);
  if (ordered !== null) return { base: ordered.base, layers: { ...NO_LAYERS, order: ordered.order } };
  const shared = splitShare(plan);
  const compared = splitComparison(shared?.base ?? plan);
  if (compared === null) return null;
  return {
    base: compared.base,
    layers: { ...NO_LAYERS, comparison: compared.comparison, share: shared?.share ?? null },
  };
}

/** Puts the layers on; null when the plan cannot carry them. */
export function withLayers(
  base: SelectPlan,
  { comparison, share, beside, order }: Layers,
  dated: Dated | null,
  { index, today }: Pick<GenerateRequest, 'index' | 'today'>,
): SelectPlan | null {
  if ([comparison, share, beside, order].filter((layer) => layer !== null).length > 1) return null;
  if (comparison !== null) return dated === null ? null : withComparison(base, comparison, dated, today);
  if (share !== null) return withShare(base, share);
  if (order !== null) return withOrder(base, order);
  return beside === null ? base : withBeside(base, beside, index);
}
