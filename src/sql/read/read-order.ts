import { DIALECTS } from '../dialects/dialects.ts';
import { isTreeObject, type TreeValue } from '../parse/index.ts';
import type { Expr, OrderItem } from '../plan/plan.ts';
import type { ReadContext } from './read-context.ts';
import { refuse } from './read-failure.ts';

/** One ORDER BY item; `read` resolves its expression in its place. */
export function readOrderItem(
  value: TreeValue,
  read: (value: TreeValue | undefined) => Expr,
  context: ReadContext,
): OrderItem {
  if (!isTreeObject(value)) return refuse('this order');
  const descending = value.desc === true;
  if (typeof value.nulls_first === 'boolean') {
    return { expr: read(value.this), descending, nulls: value.nulls_first ? 'first' : 'last' };
  }
  const native = DIALECTS[context.dialect].nullsWithout[descending ? 'descending' : 'ascending'];
  return { expr: read(value.this), descending, nulls: context.keepNullOrder && native === 'first' ? 'first' : null };
}
