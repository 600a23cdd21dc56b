import { type Expr, mapExpr, sameExpr } from '../../../sql/index.ts';

/** The measure over rows that a join has multiplied: each `key` counts once. Null for what cannot be counted once. */
export function countedOnce(expr: Expr, key: Expr): Expr | null {
  let lost = false;
  const once = mapExpr(expr, {
    expr(one) {
      if (one.kind !== 'aggregate' || one.distinct || one.fn === 'min' || one.fn === 'max') return one;
      if (one.fn === 'count' && (one.arg.kind === 'star' || sameExpr(one.arg, key)))
        return { ...one, arg: key, distinct: true };
      lost = true;
      return one;
    },
  });
  return lost ? null : once;
}
