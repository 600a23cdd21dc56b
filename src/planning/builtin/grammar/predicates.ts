import type { ColumnType, Expr, LiteralExpr, Predicate, Scalar } from '../../../sql/index.ts';
import { fromIso, toIso } from '../periods/calendar.ts';
import type { Period } from '../periods/period.ts';
import type { DateColumn } from './date-columns.ts';

/** A constant fit to stand beside a column of `type`. */
export function literalFor(value: Scalar, type: ColumnType | null): LiteralExpr {
  if (value === null) return { kind: 'literal', value: null, type: 'null' };
  if (typeof value === 'boolean') return { kind: 'literal', value, type: 'boolean' };
  if (typeof value === 'number') {
    if (type === 'text') return { kind: 'literal', value: String(value), type: 'text' };
    return { kind: 'literal', value, type: Number.isInteger(value) ? 'integer' : 'decimal' };
  }
  if (type === 'date') return { kind: 'literal', value, type: 'date' };
  return { kind: 'literal', value, type: 'text' };
}

export function and(parts: readonly (Predicate | null)[]): Predicate | null {
  const args = parts.filter((part) => part !== null);
  if (args.length === 0) return null;
  return args.length === 1 ? args[0]! : { kind: 'and', args };
}

/** Rows whose date lies in the period: half-open on days, so that instants of the last day count. */
export function inPeriod(
  expr: Expr,
  period: Pick<Period, 'start' | 'end'>,
  date: DateColumn,
  type: ColumnType,
): Predicate | null {
  if (date.time === 'year') {
    const year = (iso: string): LiteralExpr => ({ kind: 'literal', value: Number(iso.slice(0, 4)), type: 'integer' });
    if (period.start !== null && period.end !== null && period.start.slice(0, 4) === period.end.slice(0, 4))
      return { kind: 'comparison', op: '=', left: expr, right: year(period.start) };
    return and([
      period.start === null ? null : { kind: 'comparison', op: '>=', left: expr, right: year(period.start) },
      period.end === null ? null : { kind: 'comparison', op: '<=', left: expr, right: year(period.end) },
    ]);
  }
  const literal = (iso: string): LiteralExpr => ({
    kind: 'literal',
    value: iso,
    type: type === 'text' ? 'text' : 'date',
  });
  if (type === 'date' && period.start !== null && period.start === period.end)
    return { kind: 'comparison', op: '=', left: expr, right: literal(period.start) };
  return and([
    period.start === null ? null : { kind: 'comparison', op: '>=', left: expr, right: literal(period.start) },
    period.end === null
      ? null
      : { kind: 'comparison', op: '<', left: expr, right: literal(toIso(fromIso(period.end) + 1)) },
  ]);
}
