/** Comparisons, shares and measures of other rows lie over the plan that is edited: taken off before, put on again after. */
import type { SelectPlan } from '../../../../sql/index.ts';
import { type Comparison, type Dated, withComparison } from '../../grammar/comparison.ts';
import type { GenerateRequest } from '../../grammar/generate.ts';
import { isAggregated } from '../../grammar/plan-parts.ts';
import { splitComparison } from '../../grammar/split-comparison.ts';
import { type Beside, splitBeside, withBeside } from './beside.ts';
import { type Reordered, splitOrder, withOrder } from './order-layer.ts';
import { type Share, shareItems, splitShare, withoutShares, withShare } from './share-layer.ts';

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
  const unshared = withoutShares(plan);
  const joined = splitBeside(unshared ?? plan);
  if (joined !== null) {
    const share: Share | null = unshared === null ? null : { ofWhole: [] };
    return { base: joined.base, layers: { ...NO_LAYERS, beside: joined.beside, share } };
  }
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

/** Where the numbers begin among the items. */
const besideStart = (base: SelectPlan): number => base.items.findIndex((item) => isAggregated(item.expr));

/** Puts the layers on; null when the plan cannot carry them. */
export function withLayers(
  base: SelectPlan,
  { comparison, share, beside, order }: Layers,
  dated: Dated | null,
  { index, today }: Pick<GenerateRequest, 'index' | 'today'>,
): SelectPlan | null {
  if (share !== null && beside !== null && comparison === null && order === null) {
    // Of the first ones alone the whole is not known, nor of those that a condition left.
    const all = base.limit === null && share.ofWhole.length === 0 ? withBeside(base, beside, index) : null;
    const measures = all === null ? [] : all.items.slice(base.groupBy.length > 0 ? besideStart(base) : 0);
    return all === null ? null : { ...all, items: [...all.items, ...shareItems(measures)] };
  }
  if ([comparison, share, beside, order].filter((layer) => layer !== null).length > 1) return null;
  if (comparison !== null) return dated === null ? null : withComparison(base, comparison, dated, today);
  if (share !== null) return withShare(base, share);
  if (order !== null) return withOrder(base, order);
  return beside === null ? base : withBeside(base, beside, index);
}
