import type { Expr, Predicate, SelectItem, SelectPlan } from '../../../sql/index.ts';
import type { Period } from '../periods/period.ts';
import type { Choice } from './choices.ts';
import { percentChange } from './comparison.ts';
import type { Compilation } from './compilation.ts';
import type { measureExpr } from './compile-measure.ts';
import type { dateExpr } from './compile-where.ts';
import type { MeasureSlot } from './frame.ts';
import { and, inPeriod } from './predicates.ts';

const times = (left: Expr, right: Expr): Expr => ({ kind: 'arithmetic', op: '*', left, right });
const HUNDRED: Expr = { kind: 'literal', value: 100, type: 'integer' };

/** Share of the total in percent: 100 · x / Σ x over all groups. */
export function shareItem(measure: Expr): SelectItem {
  const total: Expr = {
    kind: 'window',
    fn: { kind: 'aggregate', fn: 'sum', arg: measure, distinct: false, filter: null },
    partitionBy: [],
    orderBy: [],
    frame: null,
  };
  return { expr: { kind: 'arithmetic', op: '/', left: times(HUNDRED, measure), right: total }, alias: 'percentage' };
}

export function runningItem(measure: Expr, time: Expr): SelectItem {
  return {
    expr: {
      kind: 'window',
      fn: { kind: 'aggregate', fn: 'sum', arg: measure, distinct: false, filter: null },
      partitionBy: [],
      orderBy: [{ expr: time, descending: false, nulls: null }],
      frame: 'running',
    },
    alias: 'running_total',
  };
}

type Slots = readonly { readonly slot: MeasureSlot; readonly choice: Choice | null }[];

/** One column per named period: 2023 against 2024, with the change when it is asked for. */
export function comparePeriods(
  state: Compilation,
  dims: readonly SelectItem[],
  groups: readonly Expr[],
  slots: Slots,
  where: (state: Compilation) => (Predicate | null)[] | null,
  measure: typeof measureExpr,
  dateOf: typeof dateExpr,
): SelectPlan | null {
  const { frame, sources } = state;
  const first = frame.periods[0];
  if (first === undefined || frame.periods.length < 2) return null;
  const date = dateOf(state, first.anchor);
  if (date === null) return null;
  const spans = frame.periods.map((one) => one.period);
  const predicates = spans.map((span) => inPeriod(date.expr, span, date.date, date.type));
  const values: Expr[] = [];
  for (const predicate of predicates) {
    const expr = measure(state, slots[0]!.slot, slots[0]!.choice, predicate);
    if (expr === null) return null;
    values.push(expr);
  }
  const rest = where(state);
  if (rest === null) return null;
  const items: SelectItem[] = [...dims, ...values.map((expr, i) => ({ expr, alias: label(spans[i]!) }))];
  if (frame.growth !== null && values.length === 2) {
    const [now, before] =
      (spans[0]!.start ?? '') < (spans[1]!.start ?? '') ? [values[1]!, values[0]!] : [values[0]!, values[1]!];
    items.push({ expr: percentChange(now, before), alias: 'change_percent' });
  }
  const periods = predicates.filter((one) => one !== null);
  for (const one of frame.periods)
    state.mappings.push({ unit: one.unit, meaning: `${one.period.start} – ${one.period.end}` });
  return {
    kind: 'select',
    distinct: false,
    items,
    sources: sources.sources(),
    where: and([...rest, { kind: 'or', args: periods }, ...state.extra]),
    groupBy: [...groups],
    having: null,
    orderBy: groups.length > 0 ? [{ expr: values[0]!, descending: true, nulls: null }] : [],
    limit: frame.limit,
    offset: null,
  };
}

function label({ originalText, start }: Period): string {
  return /^[\p{L}\p{N}_ ]{1,30}$/u.test(originalText) ? originalText : `${start}`;
}
