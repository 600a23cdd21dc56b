/** What a follow-up says of the measure that is there without naming it: "which one has the most?", 超过50的. */
import type { ComparisonOp, Predicate, Scalar, SelectPlan } from '../../../../sql/index.ts';
import type { Frame, OrderSlot } from '../../grammar/frame.ts';
import { firstMeasure } from '../../grammar/plan-parts.ts';
import { and, literalFor } from '../../grammar/predicates.ts';
import type { Unit } from '../../grammar/units.ts';

/** The most of whatever it is. */
export const OF_ANYTHING =
  /^(?:most|best|worst|top|most common|most frequent|least common|rarest|highest|greatest|largest|biggest|fewest|least|lowest|smallest|maximum|max|minimum|min|最好|最差|最常见|最多|最少|最高|最低|最大|最小)的?$/i;

/** A limit on the measure, as a follow-up names it. */
export interface Threshold {
  readonly op: ComparisonOp;
  readonly value: Scalar;
}

/** Takes "more than 65" out of a frame that says of nothing what is more; null when there is none. */
export function takeThreshold(frame: Frame, units: readonly Unit[]): Threshold | null {
  const at = frame.guesses.indexOf('condition-without-operand');
  const number = units.find((unit) => unit.number !== null && !frame.used.has(unit));
  if (at < 0 || number === undefined || frame.conditions.length > 0) return null;
  const beside = (step: number, after: boolean): { unit: Unit; op: ComparisonOp }[] => {
    const unit = units[units.indexOf(number) + step];
    return (unit?.cues ?? []).flatMap((cue) =>
      cue.kind === 'compare' && cue.after === after ? [{ unit: unit!, op: cue.op }] : [],
    );
  };
  const [compare] = [...beside(-1, false), ...beside(1, true)];
  if (compare === undefined) return null;
  frame.guesses.splice(at, 1);
  frame.used.add(number).add(compare.unit);
  return { op: compare.op, value: number.number!.value };
}

/** The groups whose measure meets the threshold; null when there are no groups. */
export function withThreshold(plan: SelectPlan, { op, value }: Threshold): SelectPlan | null {
  const measure = firstMeasure(plan);
  if (measure === undefined || plan.groupBy.length === 0) return null;
  const condition: Predicate = { kind: 'comparison', op, left: measure.expr, right: literalFor(value, null) };
  return { ...plan, having: and([plan.having, condition]) };
}

/** "who ordered the most?" of the things shown: the most of what is named beside them. */
export function byCountOfNamed(
  frame: Frame,
  isThere: (unit: Unit) => boolean,
  isOwner: (unit: Unit) => boolean,
): Frame {
  const [order] = frame.order;
  const { entity } = frame;
  // 哪个服务区最多 after the cars of one kind: the area that has the most of them.
  const ranked =
    order !== undefined && order.by !== 'first-measure' && order.by.kind === 'count' ? order.by.unit : null;
  if (ranked !== null && entity === null && frame.measures.length === 0 && !isThere(ranked) && isOwner(ranked))
    return { ...frame, entity: ranked, order: [{ ...order!, by: 'first-measure' }] };
  if (order === undefined || order.by === 'first-measure' || order.by.kind !== 'hint' || entity === null) return frame;
  const named = entity.hits.some((hit) => hit.target.kind === 'table');
  if (!OF_ANYTHING.test(order.by.unit.text) || isThere(entity) || !named) return frame;
  // "which customers placed the most of them?": those that have the most of what was counted.
  if (isOwner(entity)) return { ...frame, order: [{ ...order, by: 'first-measure' }] };
  return { ...frame, entity: null, order: [{ ...order, by: { kind: 'count', unit: entity, distinct: false } }] };
}

/** "which one has the most?" after groups with a measure: the most of that measure. */
export function byMeasureThere(frame: Frame, base: SelectPlan, isThere: (unit: Unit) => boolean = () => false): Frame {
  if (firstMeasure(base) === undefined || base.groupBy.length === 0) return frame;
  const order = frame.order.map((one): OrderSlot => {
    // 哪个类别最多 after a number for each category: not the number of categories.
    const itself =
      one.by !== 'first-measure' && one.by.kind === 'count' && one.by.unit !== null && isThere(one.by.unit);
    const bare = itself || (one.by !== 'first-measure' && one.by.kind === 'hint' && OF_ANYTHING.test(one.by.unit.text));
    return bare ? { ...one, by: 'first-measure' } : one;
  });
  return { ...frame, order };
}
