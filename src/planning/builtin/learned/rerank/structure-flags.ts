/** Facts about a query's shape that words of the question speak for or against. */

import type { Previous } from '../linking/previous.ts';
import type { Condition, Query } from '../query/query.ts';
import { queryKey, usedTables } from '../query/query.ts';
import { isComputed } from '../schema/measure-columns.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';

export const STRUCTURE_FLAGS = [
  'distinct',
  'select-1',
  'select-2',
  'select-3',
  'select-4',
  'select-row',
  'count-rows',
  'count-distinct',
  'max',
  'min',
  'avg',
  'sum',
  'arithmetic',
  'select-id',
  'select-name',
  'select-number',
  'select-text',
  'select-date',
  'where-0',
  'where-1',
  'where-2',
  'where-3',
  'any',
  'eq',
  'ne',
  'gt',
  'ge',
  'lt',
  'le',
  'like',
  'not-like',
  'between',
  'null',
  'not-null',
  'in',
  'not-in',
  'compare-sub',
  'sub-avg',
  'sub-max',
  'sub-min',
  'where-number',
  'where-text',
  'where-date',
  'group',
  'group-2',
  'group-key',
  'group-only-select',
  'having-count',
  'having-other',
  'having-eq',
  'having-gt',
  'having-ge',
  'having-lt',
  'having-le',
  'having-1',
  'order-asc',
  'order-desc',
  'order-column-asc',
  'order-column-desc',
  'order-count-asc',
  'order-count-desc',
  'order-other-asc',
  'order-other-desc',
  'order-date-asc',
  'order-date-desc',
  'limit-1',
  'limit-n',
  'order-unlimited',
  'intersect',
  'except',
  'union',
  'set-tables',
  'tables-1',
  'tables-2',
  'tables-3',
  'extra',
  'aggregate-where',
  'select-count-group',
  'repeat-select',
  'follow-up',
  'keeps-select',
  'new-select',
  'extends-select',
  'keeps-where',
  'adds-where',
  'drops-where',
  'replaces-where',
  'keeps-tail',
  'new-group',
  'new-order',
  'same-as-previous',
  'keeps-order',
  'turns-order',
  'drops-order',
  'drops-group',
  'drops-set',
  'drops-nested',
  'difference',
  'quotient',
] as const;

type Flag = (typeof STRUCTURE_FLAGS)[number];
const POSITION = new Map<string, number>(STRUCTURE_FLAGS.map((f, i) => [f, i]));

const OPS: Readonly<Record<string, Flag>> = {
  '=': 'eq',
  '!=': 'ne',
  '>': 'gt',
  '>=': 'ge',
  '<': 'lt',
  '<=': 'le',
  like: 'like',
  'not like': 'not-like',
  between: 'between',
  null: 'null',
  'not null': 'not-null',
  in: 'in',
  'not in': 'not-in',
};

/** Positions of the flags that hold, in {@link STRUCTURE_FLAGS}. */
export function structureFlags(query: Query, schema: SchemaIndex, previous: Previous | null = null): number[] {
  const on = new Set<number>();
  const set = (f: Flag, when = true): void => {
    if (when) on.add(POSITION.get(f)!);
  };
  selectFlags(query, schema, set);
  conditionFlags(query, schema, set);
  tailFlags(query, schema, set);
  const tables = usedTables(query, (c) => schema.columns[c]!.table).length;
  set(tables <= 1 ? 'tables-1' : tables === 2 ? 'tables-2' : 'tables-3');
  set('extra', query.extra.length > 0 && tables > 1);
  if (query.set) {
    set(query.set.op === '-' ? 'difference' : query.set.op === '/' ? 'quotient' : query.set.op);
    set('set-tables', tables > 1 || usedTables(query.set.right, (c) => schema.columns[c]!.table).length > 1);
  }
  if (previous) followUpFlags(query, previous, set);
  return [...on];
}

/** What a follow-up keeps and changes of the previous answer. */
function followUpFlags(query: Query, previous: Previous, set: Setter): void {
  const before = previous.query;
  set('follow-up');
  const termKey = (t: Query['select'][number]): string => `${t.agg}${t.col}`;
  const old = new Set(before.select.map(termKey));
  const kept = query.select.filter((t) => old.has(termKey(t))).length;
  set('keeps-select', kept === old.size && query.select.length === old.size);
  set('extends-select', kept === old.size && query.select.length > old.size);
  set('new-select', kept === 0);
  const whereKey = (c: Condition): string => `${c.left.col}${c.op}${c.values.join('~').toLowerCase()}`;
  const oldWhere = new Set(before.where.map(whereKey));
  const keptWhere = query.where.filter((c) => oldWhere.has(whereKey(c))).length;
  set('keeps-where', keptWhere === oldWhere.size && oldWhere.size > 0);
  set('adds-where', query.where.length > keptWhere && keptWhere === oldWhere.size);
  set('drops-where', keptWhere < oldWhere.size && query.where.length === keptWhere);
  set('replaces-where', keptWhere < oldWhere.size && query.where.length > keptWhere);
  const tail = (q: Query): string => `${q.group.join()};${q.order.map(termKey).join()};${q.limit};${q.having.length}`;
  set('keeps-tail', tail(query) === tail(before));
  set('new-group', query.group.length > 0 && before.group.length === 0);
  set('new-order', query.order.length > 0 && before.order.length === 0);
  const [order] = query.order;
  const [oldOrder] = before.order;
  const sameOrder = order !== undefined && oldOrder !== undefined && termKey(order) === termKey(oldOrder);
  set('keeps-order', sameOrder && query.descending === before.descending && query.limit === before.limit);
  set('turns-order', sameOrder && query.descending !== before.descending);
  set('drops-order', oldOrder !== undefined && order === undefined);
  set('drops-group', before.group.length > 0 && query.group.length === 0);
  set('drops-set', before.set !== null && query.set === null);
  const nested = (q: Query): boolean => [...q.where, ...q.having].some((c) => c.sub !== null);
  set('drops-nested', nested(before) && !nested(query));
  set('same-as-previous', queryKey(query) === queryKey(before));
}

type Setter = (f: Flag, when?: boolean) => void;

function selectFlags(query: Query, schema: SchemaIndex, set: Setter): void {
  set('distinct', query.distinct);
  set(`select-${Math.min(4, query.select.length)}` as Flag);
  const seen = new Set<string>();
  for (const t of query.select) {
    const column = t.col >= 0 ? schema.columns[t.col] : undefined;
    set('arithmetic', isComputed(t, schema));
    if (t.agg === 'count') set(t.col < 0 ? 'count-rows' : 'count-distinct');
    else if (t.agg !== '') set(t.agg);
    else if (column === undefined) set('select-row');
    else
      set(
        column.idLike
          ? 'select-id'
          : column.naming
            ? 'select-name'
            : column.kind === 'number'
              ? 'select-number'
              : column.kind === 'date'
                ? 'select-date'
                : 'select-text',
      );
    const key = `${t.agg}${t.col}${t.within?.right ?? ''}`;
    set('repeat-select', seen.has(key));
    seen.add(key);
  }
  set('select-count-group', query.group.length > 0 && query.select.some((t) => t.agg === 'count'));
}

function conditionFlags(query: Query, schema: SchemaIndex, set: Setter): void {
  set(`where-${Math.min(3, query.where.length)}` as Flag);
  set('any', query.any && query.where.length > 1);
  set('aggregate-where', query.where.length > 0 && query.select.some((t) => t.agg !== ''));
  const one = (c: Condition): void => {
    if (c.sub && c.op !== 'in' && c.op !== 'not in') {
      set('compare-sub');
      const agg = c.sub.select[0]?.agg;
      if (agg === 'avg' || agg === 'max' || agg === 'min') set(`sub-${agg}`);
    }
    set(OPS[c.op]!);
    const kind = c.left.col >= 0 ? schema.columns[c.left.col]!.kind : 'number';
    set(kind === 'number' ? 'where-number' : kind === 'date' ? 'where-date' : 'where-text');
  };
  for (const c of query.where) one(c);
  for (const c of query.set?.right.where ?? []) set(OPS[c.op]!);
}

function tailFlags(query: Query, schema: SchemaIndex, set: Setter): void {
  set('group', query.group.length > 0);
  set('group-2', query.group.length > 1);
  set(
    'group-key',
    query.group.some((g) => schema.columns[g]!.idLike),
  );
  set('group-only-select', query.group.length > 0 && query.select.length === 1);
  for (const c of query.having) {
    set(c.left.agg === 'count' ? 'having-count' : 'having-other');
    if (c.op === '=' || c.op === '>' || c.op === '>=' || c.op === '<' || c.op === '<=')
      set(`having-${OPS[c.op]}` as Flag);
    set('having-1', c.values[0] === 1);
  }
  const order = query.order[0];
  if (order) {
    const way = query.descending ? 'desc' : 'asc';
    set(`order-${way}`);
    const kind = order.agg === '' ? 'column' : order.agg === 'count' ? 'count' : 'other';
    set(`order-${kind}-${way}`);
    const column = order.col >= 0 ? schema.columns[order.col] : undefined;
    if (column && (column.kind === 'date' || /year|date|time|年|日期|时间/u.test(column.name.toLowerCase())))
      set(`order-date-${way}`);
    set(query.limit === null ? 'order-unlimited' : query.limit === 1 ? 'limit-1' : 'limit-n');
  }
}
