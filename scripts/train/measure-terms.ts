/** Gold queries over the columns that a question's measures became (`linking/measures/`). */
import type { Condition, Query, Term } from '../../src/planning/builtin/learned/query/query.ts';
import type { SchemaIndex } from '../../src/planning/builtin/learned/schema/schema-index.ts';

/** The query with `left op right` as one column wherever the question names it; null when what remains has no form. */
export function withMeasureColumns(query: Query, schema: SchemaIndex): Query | null {
  const measures = schema.columns.filter((c) => c.measure !== undefined);
  const find = (op: string, left: number, right: number): number | undefined =>
    measures.find(({ measure: m }) => {
      if (m === undefined || m.op !== op) return false;
      return (
        (m.left === left && m.right === right) || ((op === '+' || op === '*') && m.left === right && m.right === left)
      );
    })?.id;
  const term = (t: Term): Term => {
    if (t.within) {
      const id = find(t.within.op, t.col, t.within.right);
      return id === undefined ? t : { agg: t.agg, distinct: t.distinct, col: id };
    }
    if (t.arith && t.agg === '' && t.arith.right.agg === '') {
      const id = find(t.arith.op, t.col, t.arith.right.col);
      return id === undefined ? t : { agg: '', distinct: false, col: id };
    }
    return t;
  };
  let formless = false;
  const condition = (c: Condition): Condition => {
    const left = term(c.left);
    if (left.arith !== undefined) formless = true;
    const sub = c.sub && walk(c.sub);
    return { ...c, left, sub };
  };
  const walk = (q: Query): Query => ({
    ...q,
    select: q.select.map(term),
    where: q.where.map(condition),
    having: q.having.map((c) => ({ ...c, left: term(c.left), sub: c.sub && walk(c.sub) })),
    order: q.order.map(term),
    set: q.set && { ...q.set, right: walk(q.set.right) },
  });
  const made = walk(query);
  return formless ? null : made;
}
