import { DIALECTS } from '../dialects/dialects.ts';
import { isTreeObject, type TreeValue, treeData } from '../parse/index.ts';
import type { Expr, OrderItem } from '../plan/plan.ts';
import { sameExpr } from '../plan/same-expr.ts';
import type { ReadContext } from './read-context.ts';
import { refuse } from './read-failure.ts';

type Read = (value: TreeValue | undefined) => Expr;

/** ORDER BY items; `read` resolves an expression in its place. `x IS NULL, x` is x with its NULLs last. */
export function readOrderItems(values: readonly TreeValue[], read: Read, context: ReadContext): readonly OrderItem[] {
  const items: OrderItem[] = [];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? null;
    const test = isTreeObject(value) && value.desc !== true ? treeData(value.this, 'is_null') : null;
    const next = test ? readOrderItem(values[i + 1] ?? null, read, context) : null;
    if (test && next && sameExpr(read(test.this), next.expr)) {
      items.push({ ...next, nulls: test.not === true ? 'first' : 'last' });
      i += 1;
    } else {
      items.push(readOrderItem(value, read, context));
    }
  }
  return items;
}

function readOrderItem(value: TreeValue, read: Read, context: ReadContext): OrderItem {
  if (!isTreeObject(value)) return refuse('this order');
  const descending = value.desc === true;
  if (typeof value.nulls_first === 'boolean') {
    return { expr: read(value.this), descending, nulls: value.nulls_first ? 'first' : 'last' };
  }
  const native = DIALECTS[context.dialect].nullsWithout[descending ? 'descending' : 'ascending'];
  return { expr: read(value.this), descending, nulls: context.keepNullOrder && native === 'first' ? 'first' : null };
}
