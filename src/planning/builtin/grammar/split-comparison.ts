/** Takes off what `comparison` puts over a plan. */
import { type Expr, type Predicate, type SelectPlan, type Source, walkPredicate } from '../../../sql/index.ts';
import { CHANGE, type Comparison, CURRENT, PREVIOUS } from './comparison.ts';
import { withoutFilter } from './knowledge-measure.ts';
import { columnsOf, conjuncts, isAggregated, isTime } from './plan-parts.ts';
import { and } from './predicates.ts';
import { back, lengthOf, periodOf, YEAR } from './shift-periods.ts';

/** A plan without its comparison, and the comparison that was on it. */
export interface Compared {
  readonly base: SelectPlan;
  readonly comparison: Comparison | null;
}

/** Takes the comparison off a plan; null when it compares in a way that cannot be taken off. */
export function splitComparison(plan: SelectPlan): Compared | null {
  if (!plan.items.some((item) => item.alias === CHANGE)) return { base: plan, comparison: null };
  return splitRowBefore(plan) ?? splitSeries(plan) ?? splitPeriod(plan);
}

function splitRowBefore(plan: SelectPlan): Compared | null {
  const window = plan.items.find((item) => item.alias === PREVIOUS)?.expr;
  if (window?.kind !== 'window' || window.fn.kind !== 'lag') return null;
  const base = { ...plan, items: plan.items.filter((item) => item.alias !== PREVIOUS && item.alias !== CHANGE) };
  return { base, comparison: window.fn.offset === 1 ? 'previous' : 'year' };
}

function splitSeries(plan: SelectPlan): Compared | null {
  const [present, past] = plan.sources as readonly (Source | undefined)[];
  if (present?.kind !== 'plan' || past?.kind !== 'plan' || present.plan.kind !== 'select' || past.join?.on == null)
    return null;
  const inner = present.plan;
  const shown = plan.items.flatMap(({ expr }) =>
    expr.kind === 'column' && expr.source === present.alias
      ? inner.items.filter((item) => item.alias === expr.column)
      : [],
  );
  const measure = shown.find((item) => isAggregated(item.expr));
  if (measure === undefined) return null;
  let months: number | null = null;
  walkPredicate(past.join.on, {
    expr(expr) {
      if (expr.kind === 'date-add') months = expr.unit === 'month' ? expr.amount : expr.amount > 7 ? 12 : 0;
    },
  });
  const time = inner.groupBy.find(isTime);
  const yearly = time === undefined || (time.kind === 'date-trunc' && time.grain === 'year');
  const first = time ?? inner.groupBy[0]!;
  const base: SelectPlan = {
    ...inner,
    items: shown,
    orderBy:
      plan.limit === null
        ? [{ expr: first, descending: false, nulls: null }]
        : [{ expr: measure.expr, descending: true, nulls: null }],
    limit: plan.limit,
  };
  return { base, comparison: (months === null || months === 12) && !yearly ? 'year' : 'previous' };
}

function splitPeriod(plan: SelectPlan): Compared | null {
  const current = plan.items.find((item) => item.alias === CURRENT);
  const or = conjuncts(plan.where).find((one) => one.kind === 'or');
  if (current === undefined || or?.kind !== 'or' || or.args.length !== 2) return null;
  const [now, then] = or.args as readonly [Predicate, Predicate];
  const column = columnsOf(now)[0];
  if (column === undefined) return null;
  const date: Expr = { kind: 'column', ...column };
  const [span, before] = [periodOf(now, date), periodOf(then, date)];
  const measure = withoutFilter(current.expr, now);
  const dims = plan.items.filter((item) => !isAggregated(item.expr));
  const base: SelectPlan = {
    ...plan,
    items: [...dims, { expr: measure, alias: null }],
    where: and([...conjuncts(plan.where).filter((one) => one !== or), ...conjuncts(now)]),
    orderBy: dims.length > 0 ? [{ expr: measure, descending: true, nulls: null }] : [],
  };
  if (span === null || before === null) return { base, comparison: 'year' };
  const comparison: Comparison =
    before.start === back(span.start, lengthOf(span))
      ? 'previous'
      : before.start === back(span.start, YEAR)
        ? 'year'
        : before;
  return { base, comparison };
}
