import type { Expr, Predicate } from '../plan.ts';
import { sameExpr } from '../same-expr.ts';

/** A stretch of days that conditions on one column describe; both ends belong to it. */
export interface Period {
  readonly column: Expr;
  readonly from: string;
  readonly to: string;
}

function constantDay(expr: Expr): string | null {
  if (expr.kind !== 'literal' || (expr.type !== 'date' && expr.type !== 'timestamp')) return null;
  return String(expr.value).slice(0, 10);
}

function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** Finds `d >= A AND d < B` (or BETWEEN) among conditions; returns the period and the other conditions. */
export function takePeriod(conditions: readonly Predicate[]): {
  readonly period: Period | null;
  readonly rest: readonly Predicate[];
} {
  for (const one of conditions) {
    const within = one.kind === 'between' && !one.negated ? [constantDay(one.low), constantDay(one.high)] : [];
    if (one.kind === 'between' && within[0] && within[1]) {
      return { period: { column: one.arg, from: within[0], to: within[1] }, rest: conditions.filter((c) => c !== one) };
    }
    if (one.kind !== 'comparison' || one.op !== '>=') continue;
    const from = constantDay(one.right);
    for (const other of conditions) {
      if (other.kind !== 'comparison' || (other.op !== '<' && other.op !== '<=') || !sameExpr(one.left, other.left))
        continue;
      const to = constantDay(other.right);
      if (!from || !to) continue;
      const last = other.op === '<' ? dayBefore(to) : to;
      return { period: { column: one.left, from, to: last }, rest: conditions.filter((c) => c !== one && c !== other) };
    }
  }
  return { period: null, rest: conditions };
}

/** A whole year or month is said as such: `2024`, `2024-03`. */
export function shortPeriod({ from, to }: Period): readonly [string, string] {
  const year = from.slice(0, 4);
  if (from === `${year}-01-01` && to === `${year}-12-31`) return [year, year];
  const month = from.slice(0, 7);
  const next = new Date(`${month}-01T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  if (from === `${month}-01` && to === dayBefore(next.toISOString().slice(0, 10))) return [month, month];
  return [from, to];
}
