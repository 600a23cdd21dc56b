import type { Column, Expr, Predicate } from '../../../sql/index.ts';
import type { Choice } from './choices.ts';
import { flagValue } from './column-traits.ts';
import type { Compilation } from './compilation.ts';
import { and, literalFor } from './predicates.ts';
import type { ResolvedFilter } from './resolve.ts';
import type { Unit } from './units.ts';

/** The column of the partner in a self join: the manager's name for "reports to". */
function partnerColumn(state: Compilation, through: Unit, column: string): Expr | null {
  const hit = through.hits[0];
  if (hit === undefined || hit.target.kind !== 'column') return null;
  const key = state.index.tables[hit.target.table]!.columns[hit.target.column]!.column.name;
  const edge = state.index.joins.edges[hit.target.table]!.find(
    (one) => one.toOne && one.to === hit.target.table && one.pairs[0]!.from === key,
  );
  return edge === undefined ? null : { kind: 'column', source: state.sources.selfJoin(edge), column };
}

/** A two-valued column as a condition. */
export function compileFlag(state: Compilation, choice: Choice, value: boolean): Predicate | null {
  if (choice.kind !== 'column') return null;
  const { column } = state.index.tables[choice.table]!.columns[choice.column]!;
  return {
    kind: 'comparison',
    op: '=',
    left: state.sources.column(choice.table, choice.column),
    right: literalFor(flagValue(column, value), column.type),
  };
}

/** A value filter as a predicate: equality or IN for known cells, LIKE for text that no sample holds. */
export function compileFilter(state: Compilation, resolved: ResolvedFilter): Predicate {
  const { filter, hits, column } = resolved;
  const { index, sources } = state;
  const first = hits[0];
  if (first !== undefined) {
    const { column: meta } = index.tables[first.table]!.columns[first.column]!;
    const arg =
      filter.through === null
        ? sources.column(first.table, first.column)
        : (partnerColumn(state, filter.through, meta.name) ?? sources.column(first.table, first.column));
    for (const [i, unit] of filter.units.entries())
      state.mappings.push({
        unit,
        meaning: `${index.tables[first.table]!.table.ref.name}.${meta.name} = ${String(hits[i]?.value)}`,
      });
    if (filter.match !== 'equals' && filter.units[0]!.literal !== null)
      return like(arg, filter.units[0]!.literal, filter.match, filter.negated);
    const values = [...new Set(hits.map((hit) => hit.value))].map((value) => literalFor(value, meta.type));
    if (values.length === 1)
      return { kind: 'comparison', op: filter.negated ? '!=' : '=', left: arg, right: values[0]! };
    return { kind: 'in', arg, values, negated: filter.negated };
  }
  const arg = sources.column(column!.table, column!.column);
  const { column: meta } = index.tables[column!.table]!.columns[column!.column]!;
  if (filter.units.some((unit) => isForeign(unit.literal ?? unit.text, meta)))
    state.doubts.push({ name: 'value-in-another-language', cost: 4 });
  const parts = filter.units.map((unit) =>
    like(arg, unit.literal ?? unit.text, filter.match === 'equals' ? 'contains' : filter.match, filter.negated),
  );
  return parts.length === 1 ? parts[0]! : filter.negated ? and(parts)! : { kind: 'or', args: parts };
}

const HAN = /\p{Script=Han}/u;

/** A Chinese text where no value of the column is Chinese: a translated title, which the column will not hold. */
function isForeign(text: string, { values }: Column): boolean {
  const known = values?.list ?? [];
  return HAN.test(text) && known.length > 0 && !known.some((value) => HAN.test(String(value)));
}

function like(arg: Expr, text: string, match: 'equals' | 'contains' | 'starts' | 'ends', negated: boolean): Predicate {
  const escaped = text.replace(/[\\%_]/g, (char) => `\\${char}`);
  const pattern = match === 'starts' ? `${escaped}%` : match === 'ends' ? `%${escaped}` : `%${escaped}%`;
  return { kind: 'like', arg, pattern, negated, caseInsensitive: true };
}
