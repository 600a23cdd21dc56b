/** Comparisons and shares lie over the plan that is edited: taken off before, put on again after. */
import type { SelectPlan } from '../../../sql/index.ts';
import { type Comparison, type Dated, withComparison } from '../grammar/comparison.ts';
import { shareItem } from '../grammar/compile-analytics.ts';
import { firstMeasure } from '../grammar/plan-parts.ts';
import { splitComparison } from '../grammar/split-comparison.ts';

export interface Layers {
  readonly comparison: Comparison | null;
  readonly share: boolean;
}

export interface Layered {
  readonly base: SelectPlan;
  readonly layers: Layers;
}

const SHARE = 'percentage';

/** The plan to edit and what lies over it; null when its comparison cannot be taken off. */
export function splitLayers(plan: SelectPlan): Layered | null {
  const share = plan.items.some((item) => item.alias === SHARE && JSON.stringify(item.expr).includes('"window"'));
  const compared = splitComparison(
    share ? { ...plan, items: plan.items.filter((item) => item.alias !== SHARE) } : plan,
  );
  return compared === null ? null : { base: compared.base, layers: { comparison: compared.comparison, share } };
}

/** Puts the layers on; null when the plan cannot carry them. */
export function withLayers(base: SelectPlan, layers: Layers, dated: Dated | null, today: string): SelectPlan | null {
  if (layers.comparison !== null) {
    return dated === null || layers.share ? null : withComparison(base, layers.comparison, dated, today);
  }
  if (!layers.share) return base;
  const measure = firstMeasure(base);
  if (measure === undefined || base.groupBy.length === 0) return null;
  return { ...base, items: [...base.items, shareItem(measure.expr)] };
}
