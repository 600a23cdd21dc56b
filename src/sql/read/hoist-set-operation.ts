import { isTreeObject, type TreeObject, type TreeValue, treeNode } from '../parse/index.ts';

const SET_WORDS: readonly string[] = ['union', 'intersect', 'except'];
const BINARY: readonly string[] = ['and', 'or', 'eq', 'neq', 'lt', 'lte', 'gt', 'gte', 'add', 'sub', 'mul', 'div'];

/**
 * The parser reads `SELECT … WHERE x > (SELECT …) INTERSECT SELECT …` as if the set operation belonged to the
 * parenthesised query. A set operation that stands bare inside an expression can only be that mistake; here it
 * goes back around the whole select. Null when there is none.
 */
export function hoistSetOperation(select: TreeObject): TreeValue | null {
  if (select.order_by || select.limit || select.offset) return null;
  const field = isTreeObject(select.having) ? 'having' : select.group_by ? null : 'where_clause';
  const clause = field === null ? null : select[field];
  if (field === null || !isTreeObject(clause)) return null;
  const taken = takeLast(clause.this);
  if (!taken) return null;
  const left: TreeValue = { select: { ...select, [field]: { ...clause, this: taken.rest } } };
  return { [taken.variant]: { ...taken.set, left } };
}

interface Taken {
  readonly variant: string;
  readonly set: TreeObject;
  /** The expression without the set operation. */
  readonly rest: TreeValue;
}

function takeLast(value: TreeValue | undefined): Taken | null {
  const node = treeNode(value);
  if (!node) return null;
  const { variant, data } = node;
  if (SET_WORDS.includes(variant)) {
    const left = treeNode(data.left);
    if (left && SET_WORDS.includes(left.variant)) {
      const deeper = takeLast(data.left);
      return deeper && { variant, set: { ...data, left: { [deeper.variant]: deeper.set } }, rest: deeper.rest };
    }
    return { variant, set: data, rest: data.left ?? null };
  }
  const field = BINARY.includes(variant) ? 'right' : variant === 'not' ? 'this' : null;
  const taken = field === null ? null : takeLast(data[field]);
  return field === null || !taken ? null : { ...taken, rest: { [variant]: { ...data, [field]: taken.rest } } };
}
