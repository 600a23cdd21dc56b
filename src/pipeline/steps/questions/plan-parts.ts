/** Pieces of plans, short to write. */
import type { AggregateExpr, AggregateName, ColumnExpr, Expr, LiteralExpr, Predicate } from '../../../sql/index.ts';

export const column = (source: string, name: string): ColumnExpr => ({ kind: 'column', source, column: name });

export const aggregate = (fn: AggregateName, arg: Expr, filter: Predicate | null = null): AggregateExpr => ({
  kind: 'aggregate',
  fn,
  arg,
  distinct: false,
  filter,
});

export const countRows = (filter: Predicate | null = null): AggregateExpr =>
  aggregate('count', { kind: 'star', source: null }, filter);

export const text = (value: string): LiteralExpr => ({ kind: 'literal', value, type: 'text' });
export const day = (value: string): LiteralExpr => ({ kind: 'literal', value, type: 'date' });
export const number = (value: number): LiteralExpr => ({
  kind: 'literal',
  value,
  type: Number.isInteger(value) ? 'integer' : 'decimal',
});

export const compare = (op: '=' | '>' | '>=' | '<', left: Expr, right: Expr): Predicate => ({
  kind: 'comparison',
  op,
  left,
  right,
});

export const all = (...parts: readonly (Predicate | null)[]): Predicate | null => {
  const args = parts.filter((part) => part !== null);
  return args.length === 0 ? null : args.length === 1 ? args[0]! : { kind: 'and', args };
};
