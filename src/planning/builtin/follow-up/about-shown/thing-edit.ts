/** "what products do they supply?" after a list of suppliers: the things that belong to those that were shown. */
import { EMPTY_SELECT, type Expr, type SelectItem, type SelectPlan } from '../../../../sql/index.ts';
import type { Choice } from '../../grammar/choices.ts';
import type { SchemaIndex } from '../../grammar/schema-index.ts';
import { SourceBuilder } from '../../grammar/source-builder.ts';
import { limitedTo, type Things } from '../things/shown-things.ts';

/**
 * The rows asked for that belong to the things of an answer, each once, by way of the tables that the question names
 * (`through`: what they bought, the orders); null when that cannot be told.
 */
export function thingsOf(
  base: SelectPlan,
  things: Things,
  asked: Choice,
  through: readonly number[],
  index: SchemaIndex,
): SelectPlan | null {
  const { table } = asked;
  const builder = new SourceBuilder(index, table);
  if (!builder.require(through)) return null;
  const where = limitedTo(base, things, builder, index);
  if (where === undefined) return null;
  const column = asked.kind === 'column' ? builder.column(table, asked.column) : null;
  const items = column === null ? namesOf(table, things.table, builder, index) : [{ expr: column, alias: null }];
  const distinct = builder.fanOut > 0 || column !== null;
  return items === null ? null : { ...EMPTY_SELECT, distinct, items, sources: builder.sources(), where };
}

/** What rows are called: by their own names, by what a table of links links (but the things), or all their columns. */
function namesOf(table: number, things: number, builder: SourceBuilder, index: SchemaIndex): SelectItem[] | null {
  const { labels, columns, table: meta } = index.tables[table]!;
  const named = (of: number, at: readonly number[]): SelectItem[] =>
    at.map((one) => ({ expr: builder.named(of, index.tables[of]!.columns[one]!.column.name), alias: null }));
  if (labels.length > 0) return named(table, labels);
  const links = meta.primaryKey.some((key) => meta.foreignKeys.some((foreign) => foreign.columns.includes(key)));
  const linked = links
    ? index.joins.edges[table]!.find(
        (edge) => edge.toOne && edge.to !== things && index.tables[edge.to]!.labels.length > 0,
      )
    : undefined;
  if (linked !== undefined)
    return builder.require([linked.to]) ? named(linked.to, index.tables[linked.to]!.labels) : null;
  const only = builder.tables.length === 1;
  const { source } = builder.named(table, columns[0]!.column.name) as Extract<Expr, { kind: 'column' }>;
  return [{ expr: { kind: 'star', source: only ? null : source }, alias: null }];
}
