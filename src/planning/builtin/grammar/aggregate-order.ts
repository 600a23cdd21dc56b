import type { Choice } from './choices.ts';
import type { Frame, MeasureSlot } from './frame.ts';
import type { Resolution } from './resolve.ts';

export function isAggregateOrder(
  by: MeasureSlot | 'first-measure',
  choice: Choice | null,
  resolution: Resolution,
  frame: Frame,
): boolean {
  if (by === 'first-measure' || choice === null) return false;
  if (by.kind === 'count' || by.kind === 'average-order') return true;
  if (by.kind === 'value' && by.fn !== null) return true;
  if (choice.kind === 'line-revenue' || choice.kind === 'measure') return true;
  if (by.kind === 'hint' && by.superlative.counts && frame.entity !== null && choice.table !== resolution.entity?.table)
    return true;
  const { entity } = resolution;
  if (by.kind !== 'value' || entity === null) return false;
  if (choice.table !== entity.table) return true;
  // "the reason with the highest refund amount": rows of one table grouped by one of its columns.
  return entity.kind === 'column' && frame.limit !== null && choice.kind === 'column' && !frame.list;
}
