import type { OrderItem } from '../plan/plan.ts';
import { schemaColumn } from '../plan/plan-types.ts';
import type { RenderContext } from './render-context.ts';

/**
 * The sort keys of one order item, given its rendered expression. NULLs come last unless the plan says
 * otherwise; nothing is written where the engine does that by itself or no NULL can occur.
 */
export function orderKeys(item: OrderItem, text: string, context: RenderContext): readonly string[] {
  const direction = item.descending ? ' DESC' : '';
  if (nullsAreSettled(item, context)) return [text + direction];
  const wanted = item.nulls ?? 'last';
  if (context.dialect.nullsClause) return [`${text}${direction} NULLS ${wanted.toUpperCase()}`];
  return [`${text} ${wanted === 'last' ? 'IS NULL' : 'IS NOT NULL'}`, text + direction];
}

/** Whether nothing needs to be said about NULLs. */
export function nullsAreSettled(item: OrderItem, context: RenderContext): boolean {
  const { ascending, descending } = context.dialect.nullsWithout;
  if ((item.nulls ?? 'last') === (item.descending ? descending : ascending)) return true;
  return neverNull(item, context);
}

function neverNull(item: OrderItem, context: RenderContext): boolean {
  const target =
    item.expr.kind === 'ordinal' && context.select ? context.select.items[item.expr.index]?.expr : item.expr;
  if (target?.kind === 'aggregate') return target.fn === 'count';
  if (target?.kind === 'literal') return true;
  if (target?.kind !== 'column') return false;
  const source = context.scope.sources.get(target.source);
  return source?.join?.kind !== 'left' && schemaColumn(context.scope, target.source, target.column)?.nullable === false;
}
