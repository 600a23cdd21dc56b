import type { Predicate } from '../../../../sql/index.ts';
import { flagValue } from '../../grammar/column-traits.ts';
import { literalFor } from '../../grammar/predicates.ts';
import type { Resolution } from '../../grammar/resolve.ts';
import type { SchemaIndex } from '../../grammar/schema-index.ts';
import type { JoinedSources } from '../plan/previous-frame.ts';

/** The conditions that a follow-up names, on the tables of the plan; null when one of them has no place there. */
export function addedConditions(
  resolution: Pick<Resolution, 'filters' | 'flags' | 'conditions'>,
  index: SchemaIndex,
  sources: JoinedSources,
  many: boolean,
): Predicate[] | null {
  const added: Predicate[] = [];
  for (const { filter, hits, column } of resolution.filters) {
    const at = hits[0] ?? column;
    const arg = at === null ? null : sources.column(at.table, at.column, many);
    if (at === null || arg === null) return null;
    const { type } = index.tables[at.table]!.columns[at.column]!.column;
    const values = [...new Set(hits.map((hit) => hit.value))].map((value) => literalFor(value, type));
    if (values.length === 0)
      added.push({
        kind: 'like',
        arg,
        pattern: `%${filter.units[0]!.text}%`,
        negated: filter.negated,
        caseInsensitive: true,
      });
    else if (values.length === 1)
      added.push({ kind: 'comparison', op: filter.negated ? '!=' : '=', left: arg, right: values[0]! });
    else added.push({ kind: 'in', arg, values, negated: filter.negated });
  }
  for (const { choice, value } of resolution.flags) {
    const arg = choice.kind === 'column' ? sources.column(choice.table, choice.column, many) : null;
    if (choice.kind !== 'column' || arg === null) return null;
    const meta = index.tables[choice.table]!.columns[choice.column]!.column;
    added.push({ kind: 'comparison', op: '=', left: arg, right: literalFor(flagValue(meta, value), meta.type) });
  }
  for (const { condition, choice } of resolution.conditions) {
    const { op, low, high } = condition;
    const plain = !condition.aggregated && !condition.average && op !== 'null' && op !== 'not-null';
    const arg = choice?.kind === 'column' && plain ? sources.column(choice.table, choice.column, many) : null;
    if (arg === null || op === 'null' || op === 'not-null') return null;
    added.push(
      op === 'between'
        ? { kind: 'between', arg, low: literalFor(low, null), high: literalFor(high, null), negated: false }
        : { kind: 'comparison', op, left: arg, right: literalFor(low, null) },
    );
  }
  return added;
}
