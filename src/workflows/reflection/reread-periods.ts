/** A period without a year ("in March", "三月") that lies where there is no data is read as the latest one that has data. */

import type { Period } from '../../planning/index.ts';
import type { Expr, Plan, Predicate } from '../../sql/index.ts';
import { mapPlan, scopeOf, walkPlan } from '../../sql/index.ts';
import type { OpenedDatasource } from '../node.ts';

/** Words that fix the year: a number of four digits, or a relation to today. */
const FIXED =
  /\d{4}|\d{2}年|last|this|next|past|current|previous|recent|ago|today|yesterday|ytd|to date|今|去|前|本|上|下|近|昨|明|当|过去|最近/i;

export interface PeriodReplacement {
  readonly years: number;
  readonly phrase: string;
  readonly from: string;
  readonly to: string;
}

/** The years by which the plan's dates move back so that its data begins; null when the period is fixed or has data. */
export function rereadPeriod(
  plan: Plan,
  periods: readonly Period[],
  source: OpenedDatasource,
): PeriodReplacement | null {
  const [period, ...more] = periods;
  if (!period?.start || !period.end || more.length > 0 || FIXED.test(period.originalText)) return null;
  const latest = latestDay(plan, period, source);
  if (latest === null || period.start <= latest) return null;
  for (let years = 1; years <= 50; years += 1) {
    const from = shiftYears(period.start, -years);
    if (from <= latest) return { years, phrase: period.originalText, from, to: shiftYears(period.end, -years) };
  }
  return null;
}

/** The plan with its period moved back. */
export function shiftPlan(plan: Plan, period: Period, years: number): Plan {
  return mapPlan(plan, {
    expr(expr: Expr): Expr {
      if (expr.kind !== 'literal' || typeof expr.value !== 'string') return expr;
      return isWithin(expr.value, period) ? { ...expr, value: shiftYears(expr.value, -years) } : expr;
    },
  });
}

/** The newest day of the column that the period restricts, as the catalog knows it. */
function latestDay(plan: Plan, period: Period, source: OpenedDatasource): string | null {
  const scope = scopeOf(plan, source.schema.dialect, source.schema);
  let latest: string | null = null;
  walkPlan(plan, {
    predicate(predicate: Predicate) {
      const column = comparedColumn(predicate, period);
      const table = column && scope.sources.get(column.source);
      if (!column || table?.kind !== 'table') return;
      const known = source.schema.tables
        .find((one) => one.ref.name === table.table.name && one.ref.schema === table.table.schema)
        ?.columns.find((one) => one.name === column.column);
      const max = known?.values?.max;
      if (typeof max === 'string') latest = max.slice(0, 10);
    },
  });
  return latest;
}

function comparedColumn(predicate: Predicate, period: Period): { source: string; column: string } | null {
  const inside = (expr: Expr): boolean =>
    expr.kind === 'literal' && typeof expr.value === 'string' && isWithin(expr.value, period);
  if (predicate.kind === 'comparison' && predicate.left.kind === 'column' && inside(predicate.right))
    return predicate.left;
  if (predicate.kind === 'between' && predicate.arg.kind === 'column' && inside(predicate.low)) return predicate.arg;
  return null;
}

/** Ends may be written as the day after. */
function isWithin(value: string, period: Period): boolean {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0];
  if (!day || !period.start || !period.end) return false;
  const after = new Date(`${period.end}T00:00:00Z`);
  after.setUTCDate(after.getUTCDate() + 1);
  return day >= period.start && day <= after.toISOString().slice(0, 10);
}

/** The same day some years away; 29 February becomes 28 February. */
export function shiftYears(day: string, years: number): string {
  const year = Number(day.slice(0, 4)) + years;
  const rest = day.slice(4);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const moved = rest.startsWith('-02-29') && !leap ? `-02-28${rest.slice(6)}` : rest;
  return `${String(year).padStart(4, '0')}${moved}`;
}
