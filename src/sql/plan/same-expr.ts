import type { Expr } from './plan.ts';

/** Whether two expressions are the same, part by part. */
export function sameExpr(one: Expr, other: Expr): boolean {
  if (one === other) return true;
  if (one.kind !== other.kind) return false;
  if (one.kind === 'column' && other.kind === 'column') {
    return one.source === other.source && one.column === other.column;
  }
  return same(one, other);
}

function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const left = Object.entries(one);
  const right = new Map(Object.entries(other));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && same(value, right.get(key)));
}
