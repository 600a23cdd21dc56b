/**
 * Shares that stay shares of the whole: what names one of the groups ("only East China" after the shares of regions)
 * leaves the other rows out after the shares were taken; any other condition makes the whole smaller.
 */
import {
  EMPTY_SELECT,
  type Expr,
  type Predicate,
  type SelectItem,
  type SelectPlan,
  sameExpr,
} from '../../../../sql/index.ts';
import { namedItems } from '../../grammar/comparison.ts';
import { shareItem } from '../../grammar/compile-analytics.ts';
import { isUniqueColumn } from '../../grammar/dim-items.ts';
import { renameSources } from '../../grammar/knowledge-measure.ts';
import { columnsOf, conjuncts, isAggregated, resolveOrdinal } from '../../grammar/plan-parts.ts';
import { and } from '../../grammar/predicates.ts';
import type { SchemaIndex } from '../../grammar/schema-index.ts';
import { JoinedSources } from './previous-frame.ts';

export interface Share {
  /** Conditions of the plan that leave rows out without making the whole smaller. */
  readonly ofWhole: readonly Predicate[];
}

const SHARE = 'percentage';
const SHARES = 'shares';
/** Columns that such conditions look at, and that nobody sees. */
const HIDDEN = /^hidden_\d+$/;

const isShare = (item: SelectItem): boolean =>
  (item.alias === SHARE || item.alias?.endsWith(`_${SHARE}`) === true) &&
  JSON.stringify(item.expr).includes('"window"');
const column = (name: string): Expr => ({ kind: 'column', source: SHARES, column: name });
const keyOf = (predicate: Predicate): string => JSON.stringify(predicate);

/** A share for each number, named after it where there are several. */
export function shareItems(measures: readonly SelectItem[]): readonly SelectItem[] {
  const [only, ...more] = measures;
  if (only === undefined || more.length === 0) return measures.map((item) => shareItem(item.expr));
  return measures.map((item, i) => ({ ...shareItem(item.expr), alias: `${item.alias ?? `value_${i + 1}`}_${SHARE}` }));
}

/** Takes the shares off the items of a plan; null when there are none. */
export function withoutShares(plan: SelectPlan): SelectPlan | null {
  return plan.items.some(isShare) ? { ...plan, items: plan.items.filter((item) => !isShare(item)) } : null;
}

/** Puts the share beside each measure; null when the plan has no groups to take shares of. */
export function withShare(base: SelectPlan, { ofWhole }: Share): SelectPlan | null {
  const measures = base.items.filter((item) => isAggregated(item.expr));
  if (measures.length === 0 || base.groupBy.length === 0) return null;
  const shares = shareItems(measures);
  const lifted = new Set(ofWhole.map(keyOf));
  const over = conjuncts(base.where).filter((one) => lifted.has(keyOf(one)));
  if (over.length === 0) return { ...base, items: [...base.items, ...shares] };
  const groups = base.groupBy.map((expr) => resolveOrdinal(expr, base));
  const items = [...namedItems(base, groups)];
  const added: Expr[] = [];
  const nameOf = (expr: Expr): string => {
    const known = items.find((item) => sameExpr(item.expr, expr));
    if (known !== undefined) return known.alias!;
    const alias = `hidden_${added.push(expr)}`;
    items.push({ expr, alias });
    return alias;
  };
  const where = over.map((one) =>
    renameSources(one, (source, name) => column(nameOf({ kind: 'column', source, column: name }))),
  );
  return {
    ...EMPTY_SELECT,
    items: [
      ...base.items.map((item, i) => ({ expr: column(items[i]!.alias!), alias: item.alias })),
      ...shares.map(({ alias }) => ({ expr: column(alias!), alias })),
    ],
    sources: [
      {
        kind: 'plan',
        alias: SHARES,
        join: null,
        plan: {
          ...base,
          items: [...items, ...shares],
          groupBy: [...groups, ...added],
          where: and(conjuncts(base.where).filter((one) => !lifted.has(keyOf(one)))),
          orderBy: [],
          limit: null,
          offset: null,
        },
      },
    ],
    where: and(where),
    orderBy: base.orderBy.flatMap((one) => {
      const item = items.find((other) => sameExpr(other.expr, resolveOrdinal(one.expr, base)));
      return item === undefined ? [] : [{ ...one, expr: column(item.alias!) }];
    }),
    limit: base.limit,
  };
}

/** Takes the share off; null when there is none. */
export function splitShare(plan: SelectPlan): { readonly base: SelectPlan; readonly share: Share } | null {
  const plain = withoutShares(plan);
  if (plain !== null) return { base: plain, share: { ofWhole: [] } };
  const [source] = plan.sources;
  if (source?.kind !== 'plan' || source.alias !== SHARES || source.plan.kind !== 'select') return null;
  const inner = source.plan;
  if (!inner.items.some(isShare)) return null;
  const meaning = (name: string): Expr | null => inner.items.find((item) => item.alias === name)?.expr ?? null;
  const back = <T>(node: T): T => renameSources(node, (alias, name) => (alias === SHARES ? meaning(name) : null));
  const hidden = inner.items.filter((item) => HIDDEN.test(item.alias ?? ''));
  const ofWhole = conjuncts(plan.where).map((one) => back(one));
  return {
    base: {
      ...inner,
      items: back(plan.items.filter((item) => item.alias !== SHARE && !item.alias?.endsWith(`_${SHARE}`))),
      groupBy: inner.groupBy.filter((expr) => !hidden.some((item) => sameExpr(item.expr, expr))),
      where: and([...conjuncts(inner.where), ...ofWhole]),
      orderBy: back(plan.orderBy),
      limit: plan.limit,
    },
    share: { ofWhole },
  };
}

/** The conditions of an edited plan that leave groups out: those that did before, and new ones on what names a group. */
export function shareOfWhole(before: SelectPlan, share: Share | null, after: SelectPlan, index: SchemaIndex): Share {
  const shape = (one: Predicate): string =>
    JSON.stringify(one, (name, value: unknown) => (name === 'source' ? undefined : value));
  const known = new Set(conjuncts(before.where).map(shape));
  const lifted = new Set((share?.ofWhole ?? []).map(shape));
  return {
    ofWhole: conjuncts(after.where).filter((one) =>
      known.has(shape(one)) ? lifted.has(shape(one)) : namesGroup(one, after, index),
    ),
  };
}

/** True when a condition speaks only of what is grouped by: the column itself, or another name of the same thing. */
function namesGroup(condition: Predicate, plan: SelectPlan, index: SchemaIndex): boolean {
  const sources = new JoinedSources(index, plan);
  const groups = plan.groupBy.map((expr) => resolveOrdinal(expr, plan));
  const grouped = (source: string, name: string): boolean =>
    groups.some((expr) => expr.kind === 'column' && expr.source === source && expr.column === name);
  const columns = columnsOf(condition);
  return (
    columns.length > 0 &&
    columns.every(({ source, column: name }) => {
      if (grouped(source, name)) return true;
      const table = sources.tables.find((one) => sources.alias(one) === source);
      if (table === undefined) return false;
      const { columns: all, labels } = index.tables[table]!;
      const at = all.findIndex((one) => one.column.name === name);
      return isKeyed(plan, table, index) && (isUniqueColumn(index, table, at) || labels.includes(at));
    })
  );
}

/** True when the groups say which row of `table` each is: by its key, or by a name that is its alone. */
export function isKeyed(plan: SelectPlan, table: number, index: SchemaIndex): boolean {
  const alias = new JoinedSources(index, plan).alias(table);
  const { table: meta, columns } = index.tables[table]!;
  const grouped = (name: string): boolean =>
    plan.groupBy
      .map((expr) => resolveOrdinal(expr, plan))
      .some((expr) => expr.kind === 'column' && expr.source === alias && expr.column === name);
  return (
    (meta.primaryKey.length > 0 && meta.primaryKey.every(grouped)) ||
    columns.some(({ column: { name } }, at) => grouped(name) && isUniqueColumn(index, table, at))
  );
}
