/** "what products do they supply?" after a list of suppliers: the things that belong to those that were listed. */
import { EMPTY_SELECT, type Expr, type SelectPlan } from '../../../sql/index.ts';
import { renameSources } from '../grammar/knowledge-measure.ts';
import { firstMeasure } from '../grammar/plan-parts.ts';
import type { SchemaIndex } from '../grammar/schema-index.ts';
import { SourceBuilder } from '../grammar/source-builder.ts';
import { JoinedSources } from './previous-frame.ts';

/** The rows of `table` that belong to the rows of a plain list, each once; null when that cannot be told. */
export function thingsOf(base: SelectPlan, table: number, index: SchemaIndex): SelectPlan | null {
  const sources = new JoinedSources(index, base);
  const plain =
    base.groupBy.length === 0 && firstMeasure(base) === undefined && base.limit === null && base.offset === null;
  const { labels, columns } = index.tables[table]!;
  if (!plain || !sources.known || sources.tables.includes(table) || labels.length === 0) return null;
  const builder = new SourceBuilder(index, table);
  if (!builder.require(sources.tables) || builder.fanOut > 0) return null;
  let known = true;
  const where = renameSources(base.where, (alias, name): Expr | null => {
    const own = sources.tables.find((one) => sources.alias(one) === alias);
    known &&= own !== undefined;
    return own === undefined ? null : builder.named(own, name);
  });
  // A sub-query among the conditions has sources of its own.
  if (!known) return null;
  return {
    ...EMPTY_SELECT,
    items: labels.map((at) => ({ expr: builder.named(table, columns[at]!.column.name), alias: null })),
    sources: builder.sources(),
    where,
  };
}
