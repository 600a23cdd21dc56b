import { isTreeObject, type TreeObject, type TreeValue, treeList, treeName, treeNode } from '../parse/index.ts';
import type { Join, Plan, Predicate, Source } from '../plan/plan.ts';
import { walkPredicate } from '../plan/walk-plan.ts';
import { childScope, type NamedSource, type NameScope, onlyFields, type ReadContext } from './read-context.ts';
import { refuse } from './read-failure.ts';
import { matchName, nameList, outputNames, readTable, resolveColumn, uniqueAlias } from './read-names.ts';

const MAX_COMMON_TABLE_USES = 4;

/** Reads FROM and its joins into `scope`; returns the sources in order. */
export function readSources(select: TreeObject, scope: NameScope, context: ReadContext): readonly Source[] {
  const from = isTreeObject(select.from) ? treeList(select.from.expressions) : [];
  const joined: { readonly value: TreeValue | undefined; readonly data: TreeObject | null }[] = [
    ...from.map((value) => ({ value, data: null })),
    ...treeList(select.joins).map((entry) => {
      const data = isTreeObject(entry) ? entry : {};
      return { value: data.this, data };
    }),
  ];
  for (const { value, data } of joined) {
    const named = readSource(value, scope, context);
    const before = scope.sources.slice();
    scope.sources.push(named);
    const join = data ? readJoin(data, named, before, scope, context) : before.length > 0 ? CROSS : null;
    const source = { ...named.source, join };
    scope.sources[scope.sources.length - 1] = { ...named, source };
    context.types.sources.set(source.alias, source);
  }
  return settleJoins(scope.sources.map((named) => named.source));
}

const CROSS: Join = { kind: 'cross', on: null };

function readSource(value: TreeValue | undefined, scope: NameScope, context: ReadContext): NamedSource {
  const node = treeNode(value);
  if (!node) return refuse('this source');
  const { variant, data } = node;
  if (variant === 'alias') {
    const inner = treeNode(data.this);
    if (inner?.variant === 'subquery' || inner?.variant === 'table') {
      return readSource({ [inner.variant]: { ...inner.data, alias: data.alias ?? null } }, scope, context);
    }
  }
  if (variant === 'paren') return readSource(data.this, scope, context);
  if (variant === 'table') return tableSource(data, scope, context);
  if (variant === 'subquery') {
    onlyFields(data, 'a derived table', ['this', 'alias', 'column_aliases']);
    const plan = context.query(data.this, withCommonTables(scope));
    const name = treeName(data.alias)?.name ?? 'derived';
    return planSource(name, renamed(plan, nameList(treeList(data.column_aliases))), context);
  }
  return refuse(`FROM ${variant.replaceAll('_', ' ')}`);
}

/** A derived table sees what is outside of its select, not the sources beside it. */
function withCommonTables(scope: NameScope): NameScope {
  return { ...childScope(scope.parent), commonTables: scope.commonTables };
}

function tableSource(data: TreeObject, scope: NameScope, context: ReadContext): NamedSource {
  onlyFields(data, 'a table', ['name', 'schema', 'alias', 'catalog']);
  const name = treeName(data.name)?.name ?? refuse('a table without a name');
  const schemaName = treeName(data.schema)?.name ?? null;
  const written = treeName(data.alias)?.name ?? name;
  if (schemaName === null) {
    for (let at: NameScope | null = scope; at; at = at.parent) {
      const common = at.commonTables.get(name.toLowerCase());
      if (common) return planSource(written, commonTablePlan(name, common, context), context);
    }
  }
  const table = readTable(schemaName, name, context);
  const source: Source = { kind: 'table', alias: uniqueAlias(written, context), table: table.ref, join: null };
  context.types.sources.set(source.alias, source);
  return { written, source, columns: table.columns.map((column) => column.name) };
}

const uses = new WeakMap<ReadContext, Map<string, number>>();

function commonTablePlan(
  name: string,
  common: { readonly query: TreeValue; readonly columns: readonly string[]; readonly scope: NameScope },
  context: ReadContext,
): Plan {
  const counts = uses.get(context) ?? new Map<string, number>();
  uses.set(context, counts);
  const used = (counts.get(name) ?? 0) + 1;
  counts.set(name, used);
  if (used > MAX_COMMON_TABLE_USES) return refuse('a WITH query used many times', name);
  return renamed(context.query(common.query, common.scope), common.columns);
}

function renamed(plan: Plan, names: readonly string[]): Plan {
  if (names.length === 0) return plan;
  if (plan.kind === 'set') return { ...plan, left: renamed(plan.left, names) };
  if (plan.items.length !== names.length || plan.items.some((item) => item.expr.kind === 'star')) {
    return refuse('a column list over *');
  }
  return { ...plan, items: plan.items.map((item, index) => ({ ...item, alias: names[index] ?? item.alias })) };
}

function planSource(written: string, plan: Plan, context: ReadContext): NamedSource {
  const source: Source = { kind: 'plan', alias: uniqueAlias(written, context), plan, join: null };
  context.types.sources.set(source.alias, source);
  return { written, source, columns: outputNames(plan, context.types.sources, context) };
}

function readJoin(
  data: TreeObject,
  added: NamedSource,
  before: readonly NamedSource[],
  scope: NameScope,
  context: ReadContext,
): Join {
  onlyFields(data, 'a join', ['this', 'on', 'using', 'kind', 'nesting_group']);
  const kind = String(data.kind);
  const using = nameList(treeList(data.using));
  const on = data.on
    ? context.predicate(data.on, scope)
    : kind.startsWith('Natural')
      ? sharedColumns(matching(added, before), added, before)
      : sharedColumns(using, added, before);
  switch (kind) {
    case 'Inner':
    case 'Cross':
    case 'Implicit':
    case 'Natural':
      return on ? { kind: 'inner', on } : CROSS;
    case 'Left':
    case 'NaturalLeft':
      return on ? { kind: 'left', on } : refuse('a left join without a condition');
    default:
      return refuse(`a ${kind.toLowerCase()} join`);
  }
}

function matching(added: NamedSource, before: readonly NamedSource[]): readonly string[] {
  return added.columns.filter((column) => before.some((source) => matchName(source.columns, column) !== undefined));
}

function sharedColumns(names: readonly string[], added: NamedSource, before: readonly NamedSource[]): Predicate | null {
  const equalities = names.map((name): Predicate => {
    const left = resolveColumn(name, null, { ...childScope(null), sources: [...before] });
    const right = resolveColumn(name, null, { ...childScope(null), sources: [added] });
    if (!left || !right) return refuse('USING a column that one side lacks', name);
    return { kind: 'comparison', op: '=', left, right };
  });
  return equalities.length === 0
    ? null
    : equalities.length === 1
      ? (equalities[0] ?? null)
      : { kind: 'and', args: equalities };
}

/** Moves conditions of inner joins to the first join that has all their sources, so that no join lacks its own. */
function settleJoins(sources: readonly Source[]): readonly Source[] {
  const late = sources.some(
    (s, i) => s.join?.kind === 'cross' && sources.slice(i + 1).some((t) => t.join?.kind === 'inner'),
  );
  if (!late || sources.some((source) => source.join?.kind === 'left')) return sources;
  const position = new Map(sources.map((source, index) => [source.alias, index]));
  const conditions: Predicate[][] = sources.map(() => []);
  sources.forEach((source, index) => {
    const { join } = source;
    if (!join?.on) return;
    for (const part of join.on.kind === 'and' ? join.on.args : [join.on]) {
      let earliest = 1;
      walkPredicate(part, {
        expr(expr) {
          if (expr.kind === 'column') earliest = Math.max(earliest, position.get(expr.source) ?? 0);
        },
      });
      conditions[Math.min(earliest, index)]?.push(part);
    }
  });
  return sources.map((source, index) => {
    const [first, ...rest] = conditions[index] ?? [];
    if (index === 0) return source;
    if (!first) return { ...source, join: CROSS };
    return {
      ...source,
      join: { kind: 'inner', on: rest.length === 0 ? first : { kind: 'and', args: [first, ...rest] } },
    };
  });
}
