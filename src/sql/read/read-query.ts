import {
  isTreeObject,
  type TreeObject,
  type TreeValue,
  treeData,
  treeList,
  treeName,
  treeNode,
} from '../parse/index.ts';
import type { Expr, OrderItem, Plan, Predicate, SelectItem, SelectPlan, SetPlan } from '../plan/plan.ts';
import { sameExpr } from '../plan/same-expr.ts';
import { hoistSetOperation } from './hoist-set-operation.ts';
import { childScope, type NameScope, onlyFields, type ReadContext } from './read-context.ts';
import { refuse } from './read-failure.ts';
import { matchName, nameList, outputNames } from './read-names.ts';
import { readOrderItems } from './read-order.ts';
import { readSources } from './read-sources.ts';

const SELECT_FIELDS = [
  'expressions',
  'from',
  'joins',
  'where_clause',
  'group_by',
  'having',
  'order_by',
  'limit',
  'offset',
  'fetch',
  'distinct',
  'with',
];
const SET_FIELDS = ['left', 'right', 'all', 'with', 'order_by', 'limit', 'offset', 'distinct'];
const SET_WORDS: readonly string[] = ['union', 'intersect', 'except'];

/** Reads a query of any form, with `outer` visible from inside. */
export function readQuery(value: TreeValue | undefined, outer: NameScope | null, context: ReadContext): Plan {
  const node = treeNode(value);
  if (!node) return refuse('this query');
  const { variant, data } = node;
  if (variant === 'select') {
    const hoisted = hoistSetOperation(data);
    return hoisted ? readQuery(hoisted, outer, context) : readSelect(data, outer, context);
  }
  if (SET_WORDS.includes(variant)) return readSet(variant, data, outer, context);
  if (variant === 'paren') return readQuery(data.this, outer, context);
  if (variant === 'subquery') {
    onlyFields(data, 'a sub-query', ['this', 'order_by', 'limit', 'offset', 'alias']);
    const plan = readQuery(data.this, outer, context);
    if (!data.order_by && !data.limit && !data.offset) return plan;
    if (plan.limit !== null || plan.offset !== null || plan.orderBy.length > 0)
      return refuse('an order outside the parentheses');
    return { ...plan, orderBy: setOrder(data.order_by, plan, context), ...bounds(data) };
  }
  return refuse(variant.replaceAll('_', ' '));
}

function readCommonTables(value: TreeValue | undefined, scope: NameScope): void {
  const data = isTreeObject(value) ? value : {};
  if (data.recursive === true) refuse('a recursive query');
  for (const entry of treeList(data.ctes)) {
    const cte = isTreeObject(entry) ? entry : {};
    const name = treeName(cte.alias)?.name ?? refuse('a nameless WITH query');
    // Later ones see earlier ones, not themselves.
    const visible: NameScope = { ...childScope(scope.parent), commonTables: new Map(scope.commonTables) };
    scope.commonTables.set(name.toLowerCase(), {
      query: cte.this ?? null,
      columns: nameList(treeList(cte.columns)),
      scope: visible,
    });
  }
}

function readSelect(data: TreeObject, outer: NameScope | null, context: ReadContext): Plan {
  onlyFields(data, 'SELECT', SELECT_FIELDS);
  const scope = childScope(outer);
  readCommonTables(data.with, scope);
  const sources = readSources(data, scope, context);
  const where = clause(data.where_clause, scope, context);
  const items = readItems(treeList(data.expressions), scope, context);
  const groupBy = readGroups(data.group_by, items, scope, context);
  const having = clause(data.having, scope, context);
  const orderBy = readOrderItems(
    treeList((data.order_by as TreeObject | null | undefined)?.expressions),
    (value) => orderTarget(value, items, scope, context),
    context,
  );
  const plan: SelectPlan = {
    kind: 'select',
    distinct: data.distinct === true,
    items,
    sources,
    where,
    groupBy,
    having,
    orderBy: orderBy.filter((item) => item.expr.kind !== 'literal'),
    ...bounds(data),
  };
  return unwrapped(plan, context);
}

/** `SELECT * FROM (query)` is the query; so it is with an order or limit that the query itself lacks. */
function unwrapped(plan: SelectPlan, context: ReadContext): Plan {
  const [source, ...more] = plan.sources;
  const [item, ...others] = plan.items;
  const plain =
    more.length + others.length === 0 &&
    item?.expr.kind === 'star' &&
    !plan.distinct &&
    !plan.where &&
    !plan.having &&
    plan.groupBy.length === 0;
  if (!plain || source?.kind !== 'plan') return plan;
  const inner = source.plan;
  const isBounded = plan.limit !== null || plan.offset !== null || plan.orderBy.length > 0;
  if (!isBounded) return inner;
  if (inner.limit !== null || inner.offset !== null || inner.orderBy.length > 0) return plan;
  const names = outputNames(inner, context.types.sources, context);
  const orderBy = plan.orderBy.map((entry): OrderItem | null => {
    const index = entry.expr.kind === 'column' ? names.indexOf(entry.expr.column) : -1;
    return index >= 0 ? { ...entry, expr: { kind: 'ordinal', index } } : null;
  });
  const settled = orderBy.filter((entry) => entry !== null);
  const byPosition = settled.length === orderBy.length && !hasStar(inner);
  return byPosition ? { ...inner, orderBy: settled, limit: plan.limit, offset: plan.offset } : plan;
}

function hasStar(plan: Plan): boolean {
  return firstSelect(plan).items.some((item) => item.expr.kind === 'star');
}

function clause(value: TreeValue | undefined, scope: NameScope, context: ReadContext): Predicate | null {
  return isTreeObject(value) ? context.predicate(value.this, scope) : null;
}

function readItems(values: readonly TreeValue[], scope: NameScope, context: ReadContext): readonly SelectItem[] {
  return values.map((value, index) => {
    const alias = treeData(value, 'alias');
    const name = treeName(alias?.alias)?.name ?? null;
    const expr = context.expr(alias ? alias.this : value, scope);
    if (name !== null) scope.outputs.set(name.toLowerCase(), { index, expr });
    return { expr, alias: expr.kind === 'column' && expr.column === name ? null : name };
  });
}

function ordinal(value: TreeValue | undefined, items: readonly SelectItem[]): Expr | null {
  const literal = treeData(value, 'literal');
  if (literal?.literal_type !== 'number' || !/^\d+$/.test(String(literal.value))) return null;
  const index = Number(literal.value) - 1;
  return index >= 0 && index < items.length ? { kind: 'ordinal', index } : refuse('an ordinal out of range');
}

function readGroups(
  value: TreeValue | undefined,
  items: readonly SelectItem[],
  scope: NameScope,
  context: ReadContext,
): readonly Expr[] {
  if (!isTreeObject(value)) return [];
  onlyFields(value, 'GROUP BY', ['expressions']);
  return treeList(value.expressions).map((entry) => ordinal(entry, items) ?? context.expr(entry, scope));
}

/** In ORDER BY an output name comes before a column of that name. */
function orderTarget(
  value: TreeValue | undefined,
  items: readonly SelectItem[],
  scope: NameScope,
  context: ReadContext,
): Expr {
  const position = ordinal(value, items);
  if (position) return position;
  const column = treeData(value, 'column');
  const name = column && !column.table ? treeName(column.name)?.name : undefined;
  const output = name === undefined ? undefined : scope.outputs.get(name.toLowerCase());
  return output ? { kind: 'ordinal', index: output.index } : context.expr(value, scope);
}

function readSet(variant: string, data: TreeObject, outer: NameScope | null, context: ReadContext): SetPlan {
  onlyFields(data, variant.toUpperCase(), SET_FIELDS);
  const scope = childScope(outer);
  readCommonTables(data.with, scope);
  const inside = scope.commonTables.size > 0 ? scope : outer;
  const left = readQuery(data.left, inside, context);
  const right = readQuery(data.right, inside, context);
  if (variant !== 'union' && data.all === true) return refuse(`${variant.toUpperCase()} ALL`);
  const op =
    variant === 'union'
      ? data.all === true
        ? 'union-all'
        : 'union'
      : variant === 'intersect'
        ? 'intersect'
        : 'except';
  return { kind: 'set', op, left, right, orderBy: setOrder(data.order_by, left, context), ...bounds(data) };
}

/** ORDER BY over the outputs of a whole query: ordinals, output names, or expressions of its first select. */
function setOrder(value: TreeValue | undefined, plan: Plan, context: ReadContext): readonly OrderItem[] {
  const first = firstSelect(plan);
  const names = outputNames(plan, context.types.sources, context);
  const entries = treeList(isTreeObject(value) ? value.expressions : []);
  return readOrderItems(
    entries,
    (target) => {
      const position = ordinal(target, first.items);
      if (position) return position;
      const name = treeName(treeData(target, 'column')?.name)?.name;
      const matched = name === undefined ? undefined : matchName(names, name);
      if (matched !== undefined) return { kind: 'ordinal', index: names.indexOf(matched) };
      const expr = context.expr(target, scopeOfSelect(first, context));
      const index = first.items.findIndex((item) => sameExpr(item.expr, expr));
      return index >= 0
        ? { kind: 'ordinal', index }
        : refuse('ordering a set operation by something it does not return');
    },
    context,
  );
}

function firstSelect(plan: Plan): SelectPlan {
  return plan.kind === 'set' ? firstSelect(plan.left) : plan;
}

function scopeOfSelect(plan: SelectPlan, context: ReadContext): NameScope {
  const scope = childScope(null);
  for (const source of plan.sources) {
    const whole: SelectPlan = { ...plan, items: [{ expr: { kind: 'star', source: source.alias }, alias: null }] };
    scope.sources.push({ written: source.alias, source, columns: outputNames(whole, context.types.sources, context) });
  }
  return scope;
}

function bounds(data: TreeObject): { readonly limit: number | null; readonly offset: number | null } {
  const fetched = isTreeObject(data.fetch) ? data.fetch : null;
  if (fetched) onlyFields(fetched, 'FETCH', ['count', 'direction', 'rows']);
  return { limit: count(fetched ? fetched.count : data.limit, 'LIMIT'), offset: count(data.offset, 'OFFSET') };
}

function count(value: TreeValue | undefined, construct: string): number | null {
  if (value === null || value === undefined) return null;
  const inner = isTreeObject(value) && 'this' in value ? value.this : value;
  const literal = treeData(inner, 'literal');
  const number = Number(literal?.value);
  if (literal?.literal_type === 'number' && Number.isInteger(number)) return number;
  return refuse(`a computed ${construct}`);
}
