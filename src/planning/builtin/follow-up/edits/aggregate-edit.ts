import { type AggregateName, type SelectPlan, sameExpr } from '../../../../sql/index.ts';
import { AGGREGATE_PREFIX } from '../../grammar/compile-measure.ts';
import type { Frame } from '../../grammar/frame.ts';
import { isAggregated } from '../../grammar/plan-parts.ts';
import type { Unit } from '../../grammar/units.ts';
import { withMeasures } from '../plan/plan-edits.ts';

const aggregateOf = (unit: Unit): AggregateName | null =>
  unit.cues.flatMap((cue) => (cue.kind === 'aggregate' ? [cue.fn] : []))[0] ?? null;

/**
 * "average instead", "and the minimum and maximum?": nothing but aggregates is named, which are then those of the
 * measure that is there. Takes them out of the frame; empty when the question names a measure of its own.
 */
export function takeAggregates(frame: Frame, units: readonly Unit[]): readonly AggregateName[] {
  const named = units.filter((unit) => aggregateOf(unit) !== null);
  const own = frame.measures.some((slot) => slot.unit === null || !named.includes(slot.unit));
  const ranked = frame.order.some((order) => order.by === 'first-measure' || !named.includes(order.by.unit!));
  if (named.length === 0 || own || ranked || frame.entity !== null || frame.share) return [];
  for (const unit of named) frame.used.add(unit);
  frame.measures.length = 0;
  if (frame.order.length > 0) frame.limit = null;
  frame.order.length = 0;
  return [...new Set(named.map((unit) => aggregateOf(unit)!))];
}

/** The aggregate of a plan, taken in other ways; null where there is none that can be, or several of different things. */
export function withAggregates(plan: SelectPlan, fns: readonly AggregateName[]): SelectPlan | null {
  const [measure, ...more] = plan.items.filter((item) => isAggregated(item.expr));
  if (measure?.expr.kind !== 'aggregate') return null;
  const { expr } = measure;
  if (expr.fn === 'count' || expr.distinct || expr.arg.kind === 'star') return null;
  if (more.some((item) => item.expr.kind !== 'aggregate' || !sameExpr({ ...item.expr, fn: expr.fn }, expr)))
    return null;
  const base = (measure.alias ?? (expr.arg.kind === 'column' ? expr.arg.column : 'value')).replace(
    /^(?:total|average|minimum|maximum|median|stddev)_/,
    '',
  );
  return withMeasures(
    plan,
    fns.map((fn) => ({ expr: { ...expr, fn }, alias: `${AGGREGATE_PREFIX[fn]}_${base}` })),
  );
}
