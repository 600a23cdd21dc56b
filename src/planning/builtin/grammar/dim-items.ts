import { type Expr, type SelectItem, sameExpr } from '../../../sql/index.ts';
import type { Choice } from './choices.ts';
import type { Compilation } from './compilation.ts';
import type { SchemaIndex } from './schema-index.ts';

export interface DimItems {
  readonly items: SelectItem[];
  readonly groups: Expr[];
  /** False when a thing has nothing but its key to show. */
  readonly named: boolean;
}

/** Items that show one dimension, and the expressions to group by: a thing by its name and key, a column by itself. */
export function dimItems(state: Compilation, choice: Choice): DimItems {
  const { index, sources } = state;
  if (choice.kind === 'column') {
    const expr = sources.column(choice.table, choice.column);
    const readable = readableForeign(state, choice);
    if (readable !== null) return readable;
    return { items: [{ expr, alias: null }], groups: [expr], named: true };
  }
  const table = index.tables[choice.table]!;
  const labels = table.labels.map((column) => sources.column(choice.table, column));
  const keys = table.table.primaryKey.map((column) => sources.named(choice.table, column));
  if (labels.length === 0) {
    const linked = linkedLabels(state, choice.table);
    if (linked !== null) return linked;
    if (keys.length === 0) state.doubts.push({ name: 'thing-without-name', cost: 1.5 });
    return { items: keys.map((expr) => ({ expr, alias: null })), groups: keys, named: false };
  }
  const unique = table.labels.length === 1 && isUnique(state, choice.table, table.labels[0]!);
  const items = labels.map((expr) => ({ expr, alias: null }));
  return {
    items,
    named: true,
    groups:
      unique || table.table.primaryKey.length > 1
        ? labels
        : [...keys.filter((key) => !labels.some((label) => sameExpr(label, key))), ...labels],
  };
}

/** A foreign key asked for by its name shows the name of what it points at. */
export function readableForeign(state: Compilation, choice: Extract<Choice, { kind: 'column' }>): DimItems | null {
  const { traits, column } = state.index.tables[choice.table]!.columns[choice.column]!;
  if (!traits.key) return null;
  const edge = state.index.joins.edges[choice.table]!.find(
    (one) => one.toOne && one.pairs.length === 1 && one.pairs[0]!.from === column.name,
  );
  if (edge === undefined || state.index.tables[edge.to]!.labels.length === 0) return null;
  if (edge.to === choice.table) {
    const alias = state.sources.selfJoin(edge);
    const table = state.index.tables[edge.to]!;
    const prefix = column.name.replace(/_?id$/i, '') || 'parent';
    const items = table.labels.map((label): SelectItem => {
      const name = table.columns[label]!.column.name;
      return { expr: { kind: 'column', source: alias, column: name }, alias: `${prefix}_${name}` };
    });
    const key = edge.pairs[0]!.to;
    return {
      items,
      named: true,
      groups: [{ kind: 'column', source: alias, column: key }, ...items.map((item) => item.expr)],
    };
  }
  if (!state.sources.require([edge.to])) return null;
  return dimItems(state, { kind: 'table', table: edge.to, weight: 1 });
}

/** A row of a linking table is known by what it links: the people behind a list of managers. */
export function linkedLabels(state: Compilation, table: number): DimItems | null {
  const meta = state.index.tables[table]!.table;
  if (!meta.primaryKey.some((key) => meta.foreignKeys.some((foreign) => foreign.columns.includes(key)))) return null;
  const filtered = new Set([
    ...state.resolution.filters.map((one) => one.hits[0]?.table ?? one.column?.table),
    ...state.resolution.dims.map((one) => one.choice?.table),
  ]);
  const parents = state.index.joins.edges[table]!.filter(
    (edge) => edge.toOne && !filtered.has(edge.to) && state.index.tables[edge.to]!.labels.length > 0,
  );
  const first = parents[0];
  if (first === undefined || !state.sources.require([first.to])) return null;
  return dimItems(state, { kind: 'table', table: first.to, weight: 1 });
}

export const isUnique = (state: Compilation, table: number, column: number): boolean =>
  isUniqueColumn(state.index, table, column);

/** True when no two rows have the same value, as far as keys and sampled values tell. */
export function isUniqueColumn(index: SchemaIndex, table: number, column: number): boolean {
  const { table: meta, columns } = index.tables[table]!;
  const name = columns[column]!.column.name;
  if (
    meta.uniqueKeys.some((key) => key.length === 1 && key[0] === name) ||
    (meta.primaryKey.length === 1 && meta.primaryKey[0] === name)
  )
    return true;
  const values = columns[column]!.column.values;
  return values?.complete === true && meta.rowCount !== null && values.list.length === meta.rowCount;
}
