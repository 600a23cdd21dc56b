/** Columns that a Chinese question names and a reading uses for something else, or not at all. */
import { type Link, type Linking, NAMED } from '../linking/linker.ts';
import { type Query, visitColumns } from '../query/query.ts';
import type { Edge } from './asked-columns.ts';

/**
 * A figure is taken of a column that the question names once, and only to restrict or to sort by: the lowest fee where the fee is
 * not 4000.
 */
export function measuresAgain(query: Query, { columns }: Linking): boolean {
  const taken = new Set<number>();
  for (const c of [...query.where, ...query.having]) if (c.sub === null) taken.add(c.left.col);
  for (const t of query.order) if (t.agg !== '' && t.agg !== 'count') taken.add(t.col);
  return query.select.some(
    ({ agg, col }) =>
      agg !== '' &&
      agg !== 'count' &&
      taken.has(col) &&
      columns[col]!.matches.filter((m) => m.coverage >= NAMED).length < 2,
  );
}

/** Columns that the question names together with their table: 平台的名称. */
export function qualifiedColumns({
  question,
  schema,
  columns,
  tables,
  matched,
  matchedTables,
}: Linking): readonly number[] {
  if (!question.chinese) return [];
  const { units } = question;
  const whole = (link: Link, at: Edge, place: number): boolean =>
    link.matches.some((m) => m.coverage === 1 && m.exact && m[at] === place);
  return units.flatMap((u, i) => {
    if (u.text !== '的') return [];
    return matchedTables
      .filter((t) => whole(tables[t]!, 'end', i))
      .flatMap((t) => matched.filter((c) => schema.columns[c]!.table === t && whole(columns[c]!, 'start', i + 1)));
  });
}

/** A column that is named together with its table is used nowhere. */
export function leavesColumnsUnused(query: Query, qualified: readonly number[], linking: Linking): boolean {
  if (qualified.length === 0) return false;
  const used = new Set<number>();
  const walk = (q: Query): void => {
    visitColumns(q, (c) => {
      used.add(c);
      const { measure } = linking.schema.columns[c]!;
      if (measure) used.add(measure.left).add(measure.right);
    });
    for (const c of [...q.where, ...q.having]) if (c.sub) walk(c.sub);
    if (q.set) walk(q.set.right);
  };
  walk(query);
  return qualified.some((c) => !used.has(c) && !linking.schema.linked[c]!.some((other) => used.has(other)));
}
