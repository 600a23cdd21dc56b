/** A key asked for by its role ("who is her support rep?", "who does he report to?") shows the names of what it points at. */
import type { SelectItem } from '../../../../sql/index.ts';
import type { Choice } from '../../grammar/choices.ts';
import type { SchemaIndex } from '../../grammar/schema-index.ts';
import type { JoinedSources } from '../plan/previous-frame.ts';

/** Null for a column that is no such key, or points at rows without names. */
export function namedByKey(
  sources: JoinedSources,
  choice: Extract<Choice, { kind: 'column' }>,
  index: SchemaIndex,
): readonly SelectItem[] | null {
  const { column, traits } = index.tables[choice.table]!.columns[choice.column]!;
  const edge = traits.key
    ? index.joins.edges[choice.table]!.find(
        (one) => one.toOne && one.pairs.length === 1 && one.pairs[0]!.from === column.name,
      )
    : undefined;
  if (edge === undefined || index.tables[edge.to]!.labels.length === 0) return null;
  if (index.tables[choice.table]!.table.primaryKey.includes(column.name)) return null;
  const { labels, columns } = index.tables[edge.to]!;
  if (sources.alias(choice.table) === null) return null;
  const source = sources.partner(edge);
  const role = column.name.replace(/_?id$/i, '') || 'parent';
  return source === null
    ? null
    : labels.map((at) => {
        const { name } = columns[at]!.column;
        return { expr: { kind: 'column', source, column: name }, alias: `${role}_${name}` };
      });
}
