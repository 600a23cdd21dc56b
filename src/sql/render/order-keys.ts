import type { Expr, OrderItem, Plan } from '../plan/plan.ts';
import { itemName, type PlanScope, schemaColumn } from '../plan/plan-types.ts';
import type { RenderContext } from './render-context.ts';

/**
 * The sort keys of one order item, given its rendered expression. NULLs come last unless the plan says
 * otherwise; nothing is written where the engine does that by itself or no NULL can occur.
 */
export function orderKeys(
  item: OrderItem,
  text: string,
  context: RenderContext,
  plan: Plan | null = context.select,
): readonly string[] {
  const direction = item.descending ? ' DESC' : '';
  if (nullsAreSettled(item, context, plan)) return [text + direction];
  const wanted = item.nulls ?? 'last';
  if (context.dialect.nullsClause) return [`${text}${direction} NULLS ${wanted.toUpperCase()}`];
  return [`${text} ${wanted === 'last' ? 'IS NULL' : 'IS NOT NULL'}`, text + direction];
}

/** Whether nothing needs to be said about NULLs. */
export function nullsAreSettled(item: OrderItem, context: RenderContext, plan: Plan | null = context.select): boolean {
  const { ascending, descending } = context.dialect.nullsWithout;
  if ((item.nulls ?? 'last') === (item.descending ? descending : ascending)) return true;
  if (item.expr.kind !== 'ordinal') return neverNull(item.expr, context.scope);
  return plan !== null && outputNeverNull(plan, item.expr.index, context.scope);
}

function neverNull(expr: Expr, scope: PlanScope): boolean {
  switch (expr.kind) {
    case 'literal':
      return expr.value !== null;
    case 'aggregate':
      return expr.fn === 'count';
    case 'window':
      return expr.fn.kind === 'ranking';
    case 'arithmetic':
      return (
        expr.op !== '/' &&
        expr.op !== 'div' &&
        expr.op !== '%' &&
        neverNull(expr.left, scope) &&
        neverNull(expr.right, scope)
      );
    case 'column': {
      const source = scope.sources.get(expr.source);
      if (!source || source.join?.kind === 'left') return false;
      if (source.kind === 'table') return schemaColumn(scope, expr.source, expr.column)?.nullable === false;
      const select = source.plan.kind === 'select' ? source.plan : null;
      const item = select?.items.find((candidate) => itemName(candidate) === expr.column);
      return item !== undefined && neverNull(item.expr, scope);
    }
    default:
      return false;
  }
}

/** Whether the output column at `index` cannot be NULL, in either operand of a set operation. */
function outputNeverNull(plan: Plan, index: number, scope: PlanScope): boolean {
  if (plan.kind === 'set') return outputNeverNull(plan.left, index, scope) && outputNeverNull(plan.right, index, scope);
  const expr = plan.items[index]?.expr;
  return expr !== undefined && neverNull(expr, scope);
}
