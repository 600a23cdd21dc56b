/** The parts of a select that edits and comparisons look at. */
import {
  EMPTY_SELECT,
  type Expr,
  type Predicate,
  type SelectItem,
  type SelectPlan,
  walkExpr,
  walkPlan,
} from '../../../sql/index.ts';

/** Conditions of a WHERE that must all hold. */
export function conjuncts(where: Predicate | null): readonly Predicate[] {
  if (where === null) return [];
  return where.kind === 'and' ? where.args.flatMap(conjuncts) : [where];
}

/** True when the expression aggregates or ranks over groups. */
export function isAggregated(expr: Expr): boolean {
  let found = false;
  walkExpr(expr, {
    expr(one) {
      if (one.kind === 'aggregate' || one.kind === 'window') found = true;
    },
  });
  return found;
}

/** Columns that a predicate speaks of. */
export function columnsOf(predicate: Predicate): readonly { readonly source: string; readonly column: string }[] {
  const found: { source: string; column: string }[] = [];
  const probe: SelectPlan = { ...EMPTY_SELECT, where: predicate };
  walkPlan(probe, {
    expr(one) {
      if (one.kind === 'column') found.push({ source: one.source, column: one.column });
    },
  });
  return found;
}

/** True when a predicate speaks of the column `expr`. */
export const mentions = (predicate: Predicate, expr: Expr): boolean =>
  expr.kind === 'column' &&
  columnsOf(predicate).some((one) => one.source === expr.source && one.column === expr.column);

/** A calendar grain of a date: the month, the year. */
export const isTime = (expr: Expr): boolean => expr.kind === 'date-trunc' || expr.kind === 'date-part';

/** The expression behind an ordinal of ORDER BY or GROUP BY. */
export function resolveOrdinal(expr: Expr, plan: SelectPlan): Expr {
  return expr.kind === 'ordinal' ? (plan.items[expr.index]?.expr ?? expr) : expr;
}

/** The first measure of a grouped or summed plan. */
export const firstMeasure = (plan: SelectPlan): SelectItem | undefined =>
  plan.items.find((item) => isAggregated(item.expr));
