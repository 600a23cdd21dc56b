/**
 * One spelling per meaning before training: select items in a fixed order (plain columns as the question mentions them,
 * then aggregates), because results are compared with their columns in any order and people read them so.
 */
import type { Linking } from '../../src/planning/builtin/learned/linking/linker.ts';
import type { Query, Term } from '../../src/planning/builtin/learned/query/query.ts';
import { termTag } from '../../src/planning/builtin/learned/query/sketch.ts';
import { TAG_ORDER } from '../../src/planning/builtin/learned/sketch/sketch-model.ts';

export function canonicalQuery(query: Query, linking: Linking): Query {
  const place = (t: Term): number => (t.col < 0 ? 999 : (linking.columns[t.col]!.matches[0]?.start ?? 999));
  const rank = (t: Term): number => {
    const r = TAG_ORDER.indexOf(termTag(t));
    return r < 0 ? TAG_ORDER.length : r;
  };
  const compare = (a: Term, b: Term): number => rank(a) - rank(b) || place(a) - place(b);
  if (query.set === null) return { ...query, select: [...query.select].sort(compare) };
  const order = query.select.map((t, i) => [t, i] as const).sort((a, b) => compare(a[0], b[0]));
  const { right } = query.set;
  const sameWidth = right.select.length === query.select.length;
  return {
    ...query,
    select: order.map(([t]) => t),
    set: { ...query.set, right: sameWidth ? { ...right, select: order.map(([, i]) => right.select[i]!) } : right },
  };
}
