import { type Expr, mapExpr, type Predicate, type SelectPlan } from '../../../sql/index.ts';
import type { Compilation } from './compilation.ts';
import { countedOnce } from './counted-once.ts';
import { SourceBuilder } from './source-builder.ts';

/**
 * A measure of the knowledge base over the sources of this plan: its tables are joined when they are missing, its
 * filters become conditions of the whole plan. Null when it is not a plain select or its tables do not fit.
 */
export function mergeMeasure(state: Compilation, index: number, filter: Predicate | null): Expr | null {
  const measure = state.measures[index]!;
  const plan = measure.plan;
  if (plan.kind !== 'select' || plan.items.length !== 1) return null;
  const aliases = new Map<string, number>();
  for (const source of plan.sources) {
    if (source.kind !== 'table') return null;
    const table = state.index.tables.findIndex(
      (one) =>
        one.table.ref.name === source.table.name &&
        (one.table.ref.schema === source.table.schema || source.table.schema === null || one.table.ref.schema === null),
    );
    if (table < 0) return null;
    aliases.set(source.alias, table);
  }
  if (!state.sources.require([...aliases.values()])) return null;
  const rename = <T>(node: T): T =>
    renameSources(node, (alias, column) => {
      const table = aliases.get(alias);
      return table === undefined ? null : state.sources.named(table, column);
    });
  if (plan.where !== null) state.extra.push(rename(plan.where));
  if (measure.timeColumn !== null) {
    const table = aliases.get(measure.timeColumn.source);
    if (table !== undefined) state.timeColumn = state.sources.named(table, measure.timeColumn.column);
  }
  const expr = once(rename(plan.items[0]!.expr), aliases.values().next().value, state);
  if (expr === null) return null;
  return filter === null ? expr : withFilter(expr, filter);
}

/** A measure of coarser rows beside one of finer rows (orders beside their lines) counts each of its own rows once. */
function once(expr: Expr, root: number | undefined, { sources, index }: Compilation): Expr | null {
  if (root === undefined || root === sources.root) return expr;
  const builder = new SourceBuilder(index, root);
  if (!builder.require([sources.root]) || builder.fanOut === 0) return expr;
  const [key, ...more] = index.tables[root]!.table.primaryKey;
  return key === undefined || more.length > 0 ? null : countedOnce(expr, sources.named(root, key));
}

/** Rewrites every column expression of a plain tree. */
export function renameSources<T>(node: T, rename: (alias: string, column: string) => Expr | null): T {
  if (Array.isArray(node)) return node.map((item) => renameSources(item, rename)) as T;
  if (node === null || typeof node !== 'object') return node;
  const record = node as Record<string, unknown>;
  if (record.kind === 'column' && typeof record.source === 'string' && typeof record.column === 'string') {
    return (rename(record.source, record.column) ?? node) as T;
  }
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, renameSources(value, rename)])) as T;
}

/** The same measure over the rows that meet `filter`. */
export function withFilter(expr: Expr, filter: Predicate): Expr {
  return mapExpr(expr, {
    expr: (one) =>
      one.kind === 'aggregate'
        ? { ...one, filter: one.filter === null ? filter : { kind: 'and', args: [one.filter, filter] } }
        : one,
  });
}

/** Undoes {@link withFilter}. */
export function withoutFilter(expr: Expr, filter: Predicate): Expr {
  const key = JSON.stringify(filter);
  return mapExpr(expr, {
    expr: (one) => {
      if (one.kind !== 'aggregate' || one.filter === null) return one;
      if (JSON.stringify(one.filter) === key) return { ...one, filter: null };
      const [first, second] = one.filter.kind === 'and' ? one.filter.args : [];
      return second !== undefined && JSON.stringify(second) === key ? { ...one, filter: first! } : one;
    },
  });
}

/** The table a knowledge measure starts from; -1 when the schema does not have it. */
export function measureTable(plan: SelectPlan | { readonly kind: 'set' }, names: readonly string[]): number {
  if (plan.kind !== 'select' || plan.sources[0]?.kind !== 'table') return -1;
  const name = plan.sources[0].table.name;
  return names.indexOf(name);
}
