/**
 * What "they", 它, "that region" stand for: the things that the answer before shows, as a table with the columns that say
 * which of its rows they are, and the whole plan of that answer as the set of them.
 */
import {
  EMPTY_SELECT,
  type Expr,
  type Predicate,
  renameAliases,
  type SelectItem,
  type SelectPlan,
  sameExpr,
} from '../../../../sql/index.ts';
import { namedItems } from '../../grammar/comparison.ts';
import { renameSources } from '../../grammar/knowledge-measure.ts';
import { columnsOf, conjuncts, firstMeasure, resolveOrdinal } from '../../grammar/plan-parts.ts';
import { and } from '../../grammar/predicates.ts';
import type { SchemaIndex } from '../../grammar/schema-index.ts';
import { SourceBuilder } from '../../grammar/source-builder.ts';
import { COUNT_ROWS } from '../plan/plan-edits.ts';
import { JoinedSources } from '../plan/previous-frame.ts';
import { isKeyed } from '../plan/share-layer.ts';

/** Things that an answer shows. */
export interface Things {
  readonly table: number;
  /** The columns of `table` that say which they are: its key, its name, or the one column whose values are shown. */
  readonly columns: readonly string[];
  /** The same in the plan of the answer. */
  readonly exprs: readonly Expr[];
  /** Rows of the table; false for values of a column, which many rows may have. */
  readonly rows: boolean;
  /** The plan of theirs, where they were only counted. */
  readonly of?: SelectPlan;
}

/** Rows as they are were not shown in full: only the first, or those whose measure met a limit. */
export const isCut = (plan: SelectPlan): boolean => plan.limit !== null || plan.offset !== null || plan.having !== null;

/** The things that a plan shows, the finest first; none when it shows numbers only, or its tables are not plain ones. */
export function thingsShown(plan: SelectPlan, index: SchemaIndex): readonly Things[] {
  const sources = new JoinedSources(index, plan);
  if (!sources.known) return [];
  if (plan.groupBy.length === 0) return listed(plan, sources, index);
  const found = grouped(plan, sources, index);
  const finest = found.sort((a, b) => Number(belongs(b, a, index)) - Number(belongs(a, b, index)));
  return [...finest, ...counted(plan, sources, index)];
}

/** The rows that a number for each group counts: the customers of the regions. */
function counted(plan: SelectPlan, sources: JoinedSources, index: SchemaIndex): Things[] {
  const measure = firstMeasure(plan)?.expr;
  const [table] = sources.tables;
  if (measure?.kind !== 'aggregate' || measure.fn !== 'count' || table === undefined) return [];
  const { primaryKey } = index.tables[table]!.table;
  const source = sources.alias(table)!;
  const exprs = primaryKey.map((column): Expr => ({ kind: 'column', source, column }));
  const set = isCut(plan) ? frozenGroups(plan, index, true) : plan;
  if (exprs.length === 0) return [];
  const items = exprs.map((expr): SelectItem => ({ expr, alias: null }));
  return [{ table, columns: primaryKey, exprs, rows: true, of: { ...set, items, groupBy: [], orderBy: [] } }];
}

/** True when each of the things `a` has one of the things `b`. */
function belongs(a: Things, b: Things, index: SchemaIndex): boolean {
  if (a.table === b.table) return a.rows && !b.rows;
  const builder = new SourceBuilder(index, a.table);
  return a.rows && builder.require([b.table]) && builder.fanOut === 0;
}

function grouped(plan: SelectPlan, sources: JoinedSources, index: SchemaIndex): Things[] {
  const groups = plan.groupBy.map((expr) => resolveOrdinal(expr, plan));
  const found: Things[] = [];
  for (const table of sources.tables) {
    const alias = sources.alias(table)!;
    const own = groups.flatMap((expr) => (expr.kind === 'column' && expr.source === alias ? [expr] : []));
    if (own.length === 0) continue;
    const { table: meta, columns, labels } = index.tables[table]!;
    const names = own.map((expr) => expr.column);
    const labelNames = labels.map((at) => columns[at]!.column.name);
    const named = labelNames.length > 0 && labelNames.every((name) => names.includes(name));
    const keyed = meta.primaryKey.length > 0 && meta.primaryKey.every((name) => names.includes(name));
    const pick = (wanted: readonly string[], rows: boolean): void => {
      found.push({
        table,
        columns: wanted,
        exprs: wanted.map((name) => own.find((one) => one.column === name)!),
        rows,
      });
    };
    if (keyed) pick(meta.primaryKey, true);
    else if (named || isKeyed(plan, table, index)) pick(named ? labelNames : [names[0]!], true);
    else
      for (const expr of own)
        found.push(referred(expr, table, index) ?? { table, columns: [expr.column], exprs: [expr], rows: false });
  }
  const at = ({ exprs }: Things): number => groups.findIndex((expr) => sameExpr(expr, exprs[0]!));
  return found.sort((a, b) => at(a) - at(b));
}

/** A group by a foreign key shows the rows that it points at. */
function referred(expr: Extract<Expr, { kind: 'column' }>, table: number, index: SchemaIndex): Things | null {
  const edge = index.joins.edges[table]!.find(
    (one) => one.toOne && one.to !== table && one.pairs.length === 1 && one.pairs[0]!.from === expr.column,
  );
  return edge === undefined ? null : { table: edge.to, columns: [edge.pairs[0]!.to], exprs: [expr], rows: true };
}

function listed(plan: SelectPlan, sources: JoinedSources, index: SchemaIndex): Things[] {
  const measure = firstMeasure(plan);
  const root = sources.tables[0];
  if (root === undefined) return [];
  const counts = measure?.expr.kind === 'aggregate' && measure.expr.fn === 'count' && plan.items.length === 1;
  if (measure !== undefined && !counts) return [];
  const rowsOf = (table: number): Things[] => {
    const { table: meta, columns, labels } = index.tables[table]!;
    const names = meta.primaryKey.length > 0 ? meta.primaryKey : labels.map((at) => columns[at]!.column.name);
    const alias = sources.alias(table)!;
    const exprs = names.map((column): Expr => ({ kind: 'column', source: alias, column }));
    return names.length === 0 ? [] : [{ table, columns: names, exprs, rows: true }];
  };
  if (counts) return rowsOf(root);
  const [only, ...more] = plan.items;
  const value = only?.expr.kind === 'column' && plan.distinct && more.length === 0 ? only.expr : null;
  const tables = plan.items.flatMap(({ expr }) => {
    const at = expr.kind === 'column' ? sources.tables.find((one) => sources.alias(one) === expr.source) : undefined;
    return at === undefined ? [] : [at];
  });
  if (value !== null) {
    const [table] = tables;
    const { columns, labels } = index.tables[table!]!;
    const label = labels.some((at) => columns[at]!.column.name === value.column);
    if (!label) return [{ table: table!, columns: [value.column], exprs: [value], rows: false }];
  }
  const order = [...new Set([...tables, root])];
  const shownFirst = plan.items.some((item) => item.expr.kind === 'star') ? [root, ...order] : order;
  return [...new Set(shownFirst)].flatMap(rowsOf);
}

/** True when the conditions of a plan speak of the things alone, or of what each of them has one of. */
function describesThings(plan: SelectPlan, things: Things, index: SchemaIndex): boolean {
  return conjuncts(plan.where).every((one) => isOfThings(one, plan, things, index));
}

function isOfThings(condition: Predicate, plan: SelectPlan, things: Things, index: SchemaIndex): boolean {
  const sources = new JoinedSources(index, plan);
  const outer = columnsOf(condition).filter((one) => plan.sources.some((source) => source.alias === one.source));
  return outer.every(({ source, column }) => {
    const table = sources.tables.find((one) => sources.alias(one) === source);
    if (table === undefined) return false;
    if (!things.rows) return table === things.table && things.columns.includes(column);
    if (table === things.table) return true;
    const builder = new SourceBuilder(index, things.table);
    return builder.require([table]) && builder.fanOut === 0;
  });
}

/** The condition that `at` (the things' columns in another plan) are those that `plan` shows. */
export function isAmong(plan: SelectPlan, things: Things, at: readonly Expr[]): Predicate {
  const ordered = plan.limit !== null || plan.offset !== null;
  // The same statement where its order counts, so that of rows with equal measures the same ones come first.
  const whole = ordered && plan.items.every((item) => item.expr.kind !== 'star');
  const items = namedItems(whole ? plan : { ...plan, items: [] }, things.exprs);
  const names = things.exprs.map((expr) => items.find((item) => sameExpr(item.expr, expr))!.alias!);
  const bare: SelectPlan = {
    ...plan,
    items,
    distinct: plan.distinct && ordered,
    groupBy: plan.groupBy.map((expr) => resolveOrdinal(expr, plan)),
    orderBy: ordered ? plan.orderBy.map((item) => ({ ...item, expr: resolveOrdinal(item.expr, plan) })) : [],
  };
  const taken = innerAliases(plan);
  const suffix = freeName('shown', (name) => [...taken].some((alias) => alias.endsWith(`_${name}`)));
  const inner = renameAliases(bare, (name) => `${name}_${suffix}`) as SelectPlan;
  const source = freeName(
    'kept',
    (name) => taken.has(name) || [...taken].some((alias) => alias.startsWith(`${name}_`)),
  );
  const shown: SelectPlan = {
    ...EMPTY_SELECT,
    items: names.map((name) => ({ expr: { kind: 'column', source, column: name }, alias: null })),
    sources: [{ kind: 'plan', alias: source, plan: inner, join: null }],
  };
  const [only, ...more] = at;
  if (more.length === 0)
    return { kind: 'in-plan', arg: only!, plan: inner.items.length === 1 ? inner : shown, negated: false };
  const where = and(
    names.map(
      (name, i): Predicate => ({
        kind: 'comparison',
        op: '=',
        left: { kind: 'column', source, column: name },
        right: at[i]!,
      }),
    ),
  );
  const one: SelectItem = { expr: { kind: 'literal', value: 1, type: 'integer' }, alias: null };
  return { kind: 'exists', plan: { ...shown, items: [one], where }, negated: false };
}

/** `name`, or with the first number behind it that is not taken. */
function freeName(name: string, taken: (name: string) => boolean): string {
  let free = name;
  for (let i = 2; taken(free); i += 1) free = `${name}${i}`;
  return free;
}

/**
 * Limits a new plan to the things of another: by the conditions that say which they are, or by the other plan as a
 * sub-query. Facts' conditions (their period) that the things do not explain are kept where their tables can be joined.
 * Null when there is no way from the new plan to the things.
 */
export function limitedTo(
  plan: SelectPlan,
  things: Things,
  builder: SourceBuilder,
  index: SchemaIndex,
): Predicate | null | undefined {
  if (!builder.require([things.table])) return undefined;
  const sources = new JoinedSources(index, plan);
  const inside = innerAliases(plan.where);
  const moved = <T>(node: T): T =>
    renameSources(node, (alias, name): Expr | null => {
      const table = sources.tables.find((one) => sources.alias(one) === alias);
      return inside.has(alias) || table === undefined ? null : builder.named(table, name);
    });
  const conditions = conjuncts(plan.where);
  const tablesOf = (one: Predicate): number[] =>
    columnsOf(one).flatMap(({ source }) => sources.tables.find((table) => sources.alias(table) === source) ?? []);
  const own = conditions.filter((one) => isOfThings(one, plan, things, index));
  const at = things.columns.map((name) => builder.named(things.table, name));
  const plain = !isCut(plan) && describesThings(plan, things, index) && (things.rows || own.length > 0);
  const kept: Predicate[] = [];
  if (plain) {
    for (const one of own) {
      if (!builder.require(tablesOf(one))) return undefined;
      kept.push(moved(one));
    }
  } else kept.push(isAmong(plan, things, at));
  if (plan.groupBy.length > 0) {
    // What the other plan was limited to by a set lies in that plan.
    const isSet = (one: Predicate): boolean => one.kind === 'in-plan' || one.kind === 'exists';
    for (const one of conditions.filter((other) => !own.includes(other) && !isSet(other))) {
      const trial = new SourceBuilder(index, builder.root);
      const there = builder.tables;
      const safe = trial.require(there) && trial.require(tablesOf(one)) && trial.fanOut === builder.fanOut;
      if (safe && builder.require(tablesOf(one))) kept.push(moved(one));
    }
  }
  return and(kept);
}

/** Aliases of the sources of sub-queries. */
export function innerAliases(node: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (value !== null && typeof value === 'object') {
      const record = value as Record<string, unknown>;
      if (typeof record.alias === 'string' && 'join' in record) found.add(record.alias);
      Object.values(record).forEach(visit);
    }
  };
  visit(node);
  return found;
}

/**
 * The same answer with its things as a set of their own: what is edited now (filters, groups, another order) no longer
 * changes which they are. Null when it shows nothing that can be told apart.
 */
export function frozen(plan: SelectPlan, index: SchemaIndex): SelectPlan | null {
  if (!isCut(plan)) return plan;
  if (plan.groupBy.length > 0) return frozenGroups(plan, index);
  const [things] = thingsShown(plan, index);
  return things === undefined || firstMeasure(plan) !== undefined ? null : frozenList(plan, things, index);
}

function frozenGroups(plan: SelectPlan, index: SchemaIndex, whole = false): SelectPlan {
  const groups = plan.groupBy.map((expr) => resolveOrdinal(expr, plan));
  // The finest things tell all: what they have one of needs no condition of its own.
  const shown = whole ? [] : thingsShown(plan, index).filter((one) => one.of === undefined);
  const [finest] = shown;
  const covered = finest !== undefined && shown.every((one) => one === finest || belongs(finest, one, index));
  const others = groups.filter((expr) => expr.kind !== 'column');
  const exprs = covered ? [...finest.exprs, ...others] : groups;
  const only: Things =
    covered && others.length === 0
      ? finest
      : { table: -1, rows: false, exprs, columns: exprs.map((_, i) => `key_${i + 1}`) };
  const resolved = plan.orderBy.map((item) => ({ ...item, expr: resolveOrdinal(item.expr, plan) }));
  return {
    ...plan,
    groupBy: groups,
    where: and([
      ...conjuncts(plan.where).filter((one) => !isAlready(one, only.exprs)),
      isAmong(plan, only, only.exprs),
    ]),
    having: null,
    limit: null,
    offset: null,
    orderBy: resolved,
  };
}

const isAlready = (one: Predicate, [expr, ...more]: readonly Expr[]): boolean =>
  one.kind === 'in-plan' && more.length === 0 && expr !== undefined && sameExpr(one.arg, expr);

function frozenList(plan: SelectPlan, things: Things, index: SchemaIndex): SelectPlan | null {
  const sources = new JoinedSources(index, plan);
  const builder = new SourceBuilder(index, things.table);
  const tableOf = (alias: string): number | undefined => sources.tables.find((one) => sources.alias(one) === alias);
  const starred = plan.items.some((item) => item.expr.kind === 'star');
  const used = new Set<number>();
  const moved = <T>(node: T): T =>
    renameSources(node, (alias, name): Expr | null => {
      const table = tableOf(alias);
      if (table === undefined) return null;
      used.add(table);
      return builder.require([table]) ? builder.named(table, name) : null;
    });
  const items = starred
    ? [{ expr: { kind: 'star', source: null } as Expr, alias: null }]
    : plan.items.map((item) => ({ ...item, expr: moved(item.expr) }));
  if (![...used].every((table) => builder.has(table)) || builder.fanOut > 0) return null;
  const orderBy = plan.orderBy
    .map((item) => ({ ...item, expr: resolveOrdinal(item.expr, plan) }))
    .filter((item) =>
      columnsOf({ kind: 'is-null', arg: item.expr, negated: false }).every((one) =>
        builder.has(tableOf(one.source) ?? -1),
      ),
    );
  const at = things.columns.map((name) => builder.named(things.table, name));
  return {
    ...EMPTY_SELECT,
    items,
    orderBy: orderBy.map((item) => ({ ...item, expr: moved(item.expr) })),
    sources: builder.sources(),
    where: isAmong(plan, things, at),
  };
}

/** The things of a list as groups, each counted once, so that measures can be put in the place of the count. */
export function asGroups(plan: SelectPlan, things: Things, index: SchemaIndex): SelectPlan | null {
  const { labels, columns } = index.tables[things.table]!;
  const builder = new SourceBuilder(index, things.table);
  const where = limitedTo(plan, things, builder, index);
  if (where === undefined) return null;
  const keys = things.columns.map((name) => builder.named(things.table, name));
  const shown =
    !things.rows || labels.length === 0
      ? keys
      : labels.map((at) => builder.named(things.table, columns[at]!.column.name));
  const groupBy = [...keys, ...shown].filter((expr, i, all) => all.findIndex((one) => sameExpr(one, expr)) === i);
  return {
    ...EMPTY_SELECT,
    items: [...shown.map((expr) => ({ expr, alias: null })), { expr: COUNT_ROWS, alias: 'count' }],
    sources: builder.sources(),
    where,
    groupBy,
  };
}
