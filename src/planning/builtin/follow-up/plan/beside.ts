/**
 * Measures of other rows beside the one that is there (orders and customers by region): each is taken over its own plan,
 * and the plans are joined on their groups, so that no row is lost or counted twice.
 */
import {
  EMPTY_SELECT,
  type Expr,
  type OrderItem,
  type Predicate,
  renameAliases,
  type SelectItem,
  type SelectPlan,
  type Source,
} from '../../../../sql/index.ts';
import { namedItems } from '../../grammar/comparison.ts';
import { columnsOf, isAggregated, resolveOrdinal } from '../../grammar/plan-parts.ts';
import { and } from '../../grammar/predicates.ts';
import type { SchemaIndex } from '../../grammar/schema-index.ts';
import { JoinedSources } from './previous-frame.ts';

export interface Beside {
  readonly plans: readonly SelectPlan[];
  /** Orders by the measure of one of the plans; null leaves the order of the plan they stand beside. */
  readonly order: { readonly plan: number; readonly descending: boolean } | null;
}

const SHOWN = 'shown';
const BESIDE = /^beside_(\d+)$/;
const besideName = (at: number): string => `beside_${at + 1}`;
const column = (source: string, name: string): Expr => ({ kind: 'column', source, column: name });

interface Named {
  readonly plan: SelectPlan;
  readonly items: readonly SelectItem[];
  /** The names of the groups, in their order. */
  readonly keys: readonly string[];
}

function named(plan: SelectPlan): Named {
  const groups = plan.groupBy.map((expr) => resolveOrdinal(expr, plan));
  const items = namedItems(plan, groups);
  const keys = groups.map((expr) => items.find((item) => JSON.stringify(item.expr) === JSON.stringify(expr))!.alias!);
  return { plan: { ...plan, items, groupBy: groups }, items, keys };
}

/** The rows of `base` with the measures of the other plans; null when these are not grouped alike. */
export function withBeside(base: SelectPlan, { plans, order }: Beside, index: SchemaIndex): SelectPlan | null {
  if (plans.length === 0) return base;
  const first = named({
    ...base,
    orderBy: base.orderBy.map((one) => ({ ...one, expr: resolveOrdinal(one.expr, base) })),
  });
  const shown: SelectItem[] = base.items.map((item, i) => ({
    expr: column(SHOWN, first.items[i]!.alias!),
    alias: item.alias,
  }));
  const taken = new Set(first.items.map((item) => item.alias!));
  const sources: Source[] = [{ kind: 'plan', alias: SHOWN, plan: first.plan, join: null }];
  const measures: Expr[] = [];
  for (const [at, plan] of plans.entries()) {
    const other = named({ ...plan, orderBy: [], limit: null, offset: null });
    if (other.keys.length !== first.keys.length) return null;
    const alias = besideName(at);
    const on = first.keys.map((key, i) => {
      const pair = { left: column(SHOWN, key), right: column(alias, other.keys[i]!) };
      return sameGroup(pair.left, pair.right, mayBeEmpty(first.plan.groupBy[i]!, base, index));
    });
    sources.push({
      kind: 'plan',
      alias,
      plan: renameAliases(other.plan, (name) => `${name}_${alias}`),
      join: on.length === 0 ? { kind: 'cross', on: null } : { kind: 'left', on: and(on) },
    });
    for (const item of other.items.filter((one) => isAggregated(one.expr))) {
      const expr = column(alias, item.alias!);
      const counted = item.expr.kind === 'aggregate' && item.expr.fn === 'count';
      measures.push(expr);
      shown.push({
        expr: counted ? { kind: 'function', name: 'coalesce', args: [expr, ZERO] } : expr,
        alias: freeName(item.alias!, taken),
      });
    }
  }
  const by = order === null ? undefined : shown[shown.length - measures.length + order.plan];
  const orderBy: OrderItem[] =
    by === undefined
      ? first.plan.orderBy.flatMap((one) => {
          const item = first.items.find((other) => JSON.stringify(other.expr) === JSON.stringify(one.expr));
          return item === undefined ? [] : [{ ...one, expr: column(SHOWN, item.alias!) }];
        })
      : [{ expr: by.expr, descending: order!.descending, nulls: null }];
  return { ...EMPTY_SELECT, items: shown, sources, orderBy };
}

/** Takes the other measures off; null when there are none. */
export function splitBeside(plan: SelectPlan): { readonly base: SelectPlan; readonly beside: Beside } | null {
  const [first, ...rest] = plan.sources;
  if (first?.kind !== 'plan' || first.alias !== SHOWN || first.plan.kind !== 'select' || rest.length === 0) return null;
  const inner = first.plan;
  const plans: SelectPlan[] = [];
  for (const source of rest) {
    if (source.kind !== 'plan' || !BESIDE.test(source.alias) || source.plan.kind !== 'select') return null;
    const tail = `_${source.alias}`;
    const back = renameAliases(source.plan, (name) => (name.endsWith(tail) ? name.slice(0, -tail.length) : name));
    plans.push(back as SelectPlan);
  }
  const items = plan.items.flatMap(({ expr, alias }): SelectItem[] => {
    if (expr.kind !== 'column' || expr.source !== SHOWN) return [];
    const item = inner.items.find((one) => one.alias === expr.column);
    return item === undefined ? [] : [{ expr: item.expr, alias }];
  });
  const by = JSON.stringify(plan.orderBy[0]?.expr ?? null);
  const ordered = plans.findIndex((_, at) => by.includes(`"source":"${besideName(at)}"`));
  const order = ordered < 0 ? null : { plan: ordered, descending: plan.orderBy[0]!.descending };
  return { base: { ...inner, items }, beside: { plans, order } };
}

const ZERO: Expr = { kind: 'literal', value: 0, type: 'integer' };

function mayBeEmpty(expr: Expr, plan: SelectPlan, index: SchemaIndex): boolean {
  const [only] = columnsOf({ kind: 'is-null', arg: expr, negated: false });
  const sources = new JoinedSources(index, plan);
  const table = sources.tables.find((one) => sources.alias(one) === only?.source);
  if (only === undefined || table === undefined) return true;
  const outer = plan.sources.some((source) => source.alias === only.source && source.join?.kind === 'left');
  return (
    outer || (index.tables[table]!.columns.find((one) => one.column.name === only.column)?.column.nullable ?? true)
  );
}

/** Equal groups, of which one may be that of the rows without a value. */
function sameGroup(left: Expr, right: Expr, maybeEmpty: boolean): Predicate {
  if (!maybeEmpty) return { kind: 'comparison', op: '=', left, right };
  const empty = (arg: Expr): Predicate => ({ kind: 'is-null', arg, negated: false });
  return {
    kind: 'or',
    args: [
      { kind: 'comparison', op: '=', left, right },
      { kind: 'and', args: [empty(left), empty(right)] },
    ],
  };
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let i = 2; taken.has(free); i += 1) free = `${name}_${i}`;
  taken.add(free);
  return free;
}
