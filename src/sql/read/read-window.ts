import { isTreeObject, type TreeObject, type TreeValue, treeData, treeList, treeNode } from '../parse/index.ts';
import type { WindowExpr } from '../plan/plan.ts';
import { type NameScope, onlyFields, type ReadContext } from './read-context.ts';
import { refuse } from './read-failure.ts';
import { readOrderItems } from './read-order.ts';

/** `f(…) OVER (…)`. */
export function readWindow(data: TreeObject, scope: NameScope, context: ReadContext): WindowExpr {
  const over = isTreeObject(data.over) ? data.over : {};
  onlyFields(over, 'a window', ['partition_by', 'order_by', 'frame']);
  const orderBy = readOrderItems(treeList(over.order_by), (value) => context.expr(value, scope), context);
  return {
    kind: 'window',
    fn: windowFunction(data.this, scope, context),
    partitionBy: treeList(over.partition_by).map((part) => context.expr(part, scope)),
    orderBy,
    frame: over.frame ? frame(over.frame) : null,
  };
}

function windowFunction(value: TreeValue | undefined, scope: NameScope, context: ReadContext): WindowExpr['fn'] {
  const node = treeNode(value);
  switch (node?.variant) {
    case 'row_number':
    case 'rank':
    case 'dense_rank':
      return { kind: 'ranking', name: node.variant };
    case 'lag': {
      onlyFields(node.data, 'lag', ['this', 'offset']);
      const offset = node.data.offset ? Number(treeData(node.data.offset, 'literal')?.value) : 1;
      return { kind: 'lag', arg: context.expr(node.data.this, scope), offset };
    }
  }
  const fn = context.expr(value, scope);
  return fn.kind === 'aggregate' ? fn : refuse('this window function');
}

function frame(value: TreeValue): WindowExpr['frame'] {
  const data = isTreeObject(value) ? value : {};
  const endsHere = data.end === 'CurrentRow' || data.end === null || data.end === undefined;
  if (data.kind === 'Rows' && endsHere) {
    if (data.start === 'UnboundedPreceding') return 'running';
    const rows = isTreeObject(data.start) ? Number(treeData(data.start.Preceding, 'literal')?.value) : Number.NaN;
    if (Number.isInteger(rows)) return { precedingRows: rows };
  }
  return refuse('this window frame');
}
