import { type TreeObject, type TreeValue, treeName } from '../parse/index.ts';
import type { ColumnExpr, Expr, Plan, Source } from '../plan/plan.ts';
import { findTable, itemName } from '../plan/plan-types.ts';
import type { Table } from '../schema/database-schema.ts';
import type { NamedSource, NameScope, ReadContext } from './read-context.ts';
import { refuse, unknownName } from './read-failure.ts';

/** The name that `written` means: spelled exactly so, else the first that differs only in case. */
export function matchName(names: readonly string[], written: string): string | undefined {
  if (names.includes(written)) return written;
  const lower = written.toLowerCase();
  return names.find((name) => name.toLowerCase() === lower);
}

/** Reads a column reference: a column in reach, an output alias, or (SQLite) a double-quoted string. */
export function readColumn(data: TreeObject, scope: NameScope, context: ReadContext): Expr {
  const name = treeName(data.name);
  if (!name) return refuse('a column without a name');
  const table = treeName(data.table);
  const found = resolveColumn(name.name, table?.name ?? null, scope);
  if (found) return found;
  if (!table) {
    for (let at: NameScope | null = scope; at; at = at.parent) {
      const output = at.outputs.get(name.name.toLowerCase());
      if (output) return output.expr;
    }
    if (context.dialect === 'sqlite' && name.quoted) return { kind: 'literal', value: name.name, type: 'text' };
    if (/^(?:true|false)$/i.test(name.name)) {
      return { kind: 'literal', value: name.name.toLowerCase() === 'true', type: 'boolean' };
    }
  }
  return unknownName('column', table ? `${table.name}.${name.name}` : name.name);
}

/** The column that a name means, looking outwards from `scope`. */
export function resolveColumn(name: string, table: string | null, scope: NameScope): ColumnExpr | null {
  for (let at: NameScope | null = scope; at; at = at.parent) {
    for (const { written, source, columns } of at.sources) {
      if (table !== null && written.toLowerCase() !== table.toLowerCase()) continue;
      const column = matchName(columns, name);
      if (column !== undefined) return { kind: 'column', source: source.alias, column };
    }
  }
  return null;
}

/** The source that `alias.*` means. */
export function resolveSource(name: string, scope: NameScope): NamedSource | undefined {
  return scope.sources.find((source) => source.written.toLowerCase() === name.toLowerCase());
}

/** A schema table by the name in the statement. */
export function readTable(schemaName: string | null, name: string, context: ReadContext): Table {
  const exact = findTable(context.schema, { schema: schemaName, name });
  if (exact) return exact;
  const lower = name.toLowerCase();
  const wanted = (schemaName ?? context.schema.defaultSchema)?.toLowerCase();
  const sameName = context.schema.tables.filter((table) => table.ref.name.toLowerCase() === lower);
  const found = sameName.find((table) => {
    const owner = (table.ref.schema ?? context.schema.defaultSchema)?.toLowerCase();
    return wanted === undefined || owner === undefined || owner === wanted || (owner === 'main' && schemaName === null);
  });
  return found ?? unknownName('table', schemaName === null ? name : `${schemaName}.${name}`);
}

/** An alias that no other source of the plan has. */
export function uniqueAlias(wanted: string, context: ReadContext): string {
  const taken = (alias: string): boolean => {
    const lower = alias.toLowerCase();
    for (const used of context.types.sources.keys()) if (used.toLowerCase() === lower) return true;
    return false;
  };
  if (!taken(wanted)) return wanted;
  for (let n = 2; ; n += 1) if (!taken(`${wanted}_${n}`)) return `${wanted}_${n}`;
}

/** Names that a derived table offers to the outside; unnamed expressions offer none. */
export function outputNames(plan: Plan, sources: ReadonlyMap<string, Source>, context: ReadContext): readonly string[] {
  if (plan.kind === 'set') return outputNames(plan.left, sources, context);
  return plan.items.flatMap((item) => {
    if (item.expr.kind !== 'star') return [itemName(item) ?? ''];
    const only = item.expr.source;
    return plan.sources
      .filter((s) => only === null || s.alias === only)
      .flatMap((s) => sourceColumns(s, sources, context));
  });
}

function sourceColumns(source: Source, sources: ReadonlyMap<string, Source>, context: ReadContext): readonly string[] {
  if (source.kind === 'plan') return outputNames(source.plan, sources, context);
  return findTable(context.schema, source.table)?.columns.map((column) => column.name) ?? [];
}

/** A list field of names as plain strings. */
export function nameList(values: readonly TreeValue[]): readonly string[] {
  return values.map((value) => treeName(value)?.name ?? refuse('an unnamed column list'));
}
