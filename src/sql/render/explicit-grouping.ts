/**
 * Engines with strict grouping refuse a column that is neither grouped nor aggregated. Plans may have one: a name
 * beside the grouped id (which determines it), or the row of a maximum. Here the plan is made to say so.
 */
import { mapExpr, mapPredicate } from '../plan/map-plan.ts';
import type { ColumnExpr, Expr, Predicate, SelectPlan } from '../plan/plan.ts';
import { findTable, type PlanScope } from '../plan/plan-types.ts';
import { sameExpr } from '../plan/same-expr.ts';
import { type PlanVisitor, walkExpr, walkPredicate } from '../plan/walk-plan.ts';

/** The same query with every output grouped or aggregated. */
export function explicitGrouping(asked: SelectPlan, scope: PlanScope): SelectPlan {
  const isAggregated =
    asked.having !== null || [...asked.items, ...asked.orderBy].some(({ expr }) => hasAggregate(expr));
  if (asked.groupBy.length === 0 && !isAggregated) return orderedDistinct(asked);
  // Nodes are told apart by identity below, and a planner may use one object in several places.
  const plan: SelectPlan = JSON.parse(JSON.stringify(asked));
  if (plan.groupBy.length === 0) return rowOfExtreme(plan);
  const keys = plan.groupBy.map((key) => (key.kind === 'ordinal' ? (plan.items[key.index]?.expr ?? key) : key));
  const loose = looseColumns(plan, keys);
  if (loose.length === 0) return plan;
  const determined = determinedSources(plan, keys, scope);
  const added: ColumnExpr[] = [];
  const wrapped = new Set<Expr>();
  for (const column of loose) {
    if (!determined.has(column.source)) wrapped.add(column);
    else if (!added.some((known) => sameExpr(known, column))) added.push(column);
  }
  return { ...withMinimum(plan, wrapped), groupBy: [...plan.groupBy, ...added] };
}

/** The plan with some of its columns replaced by their minimum: one of the values that a loose engine might show. */
function withMinimum(plan: SelectPlan, columns: ReadonlySet<Expr>): SelectPlan {
  const wrap = (expr: Expr): Expr =>
    columns.has(expr) ? { kind: 'aggregate', fn: 'min', arg: expr, distinct: false, filter: null } : expr;
  return {
    ...plan,
    items: plan.items.map((item) => ({ ...item, expr: mapExpr(item.expr, { expr: wrap }) })),
    having: plan.having && mapPredicate(plan.having, { expr: wrap }),
    orderBy: plan.orderBy.map((item) => ({ ...item, expr: mapExpr(item.expr, { expr: wrap }) })),
  };
}

/** Whether an expression aggregates; sub-queries and window functions themselves do not count. */
export function hasAggregate(expr: Expr): boolean {
  let found = false;
  let depth = 0;
  const overRows = new Set<Expr>();
  walkExpr(expr, {
    enterPlan: () => {
      depth += 1;
    },
    leavePlan: () => {
      depth -= 1;
    },
    expr: (inner) => {
      if (inner.kind === 'window' && inner.fn.kind === 'aggregate') overRows.add(inner.fn);
      if (depth === 0 && inner.kind === 'aggregate' && !overRows.has(inner)) found = true;
    },
  });
  return found;
}

/** Columns outside of aggregates, sub-queries and grouped expressions, each as the object that stands in the plan. */
function looseColumns(plan: SelectPlan, keys: readonly Expr[]): readonly ColumnExpr[] {
  const own = new Set(plan.sources.map((source) => source.alias));
  const covered = new Set<Expr>();
  const cover: PlanVisitor = { expr: (inner) => void covered.add(inner) };
  const overRows = new Set<Expr>();
  const loose: ColumnExpr[] = [];
  let depth = 0;
  const visitor: PlanVisitor = {
    enterPlan: () => {
      depth += 1;
    },
    leavePlan: () => {
      depth -= 1;
    },
    expr(expr) {
      if (covered.has(expr)) return;
      if (expr.kind === 'window' && expr.fn.kind === 'aggregate') overRows.add(expr.fn);
      if ((expr.kind === 'aggregate' && !overRows.has(expr)) || keys.some((key) => sameExpr(key, expr)))
        walkExpr(expr, cover);
      else if (depth === 0 && expr.kind === 'column' && own.has(expr.source)) loose.push(expr);
    },
  };
  for (const item of plan.items) walkExpr(item.expr, visitor);
  if (plan.having) walkPredicate(plan.having, visitor);
  for (const item of plan.orderBy) walkExpr(item.expr, visitor);
  return loose;
}

/** Sources of which each group has one row at most: their key is grouped, or equals what is grouped. */
function determinedSources(plan: SelectPlan, keys: readonly Expr[], scope: PlanScope): ReadonlySet<string> {
  const fixed: ColumnExpr[] = keys.filter((key) => key.kind === 'column');
  const equalities = [
    ...(plan.where ? [plan.where] : []),
    ...plan.sources.flatMap((s) => (s.join?.on ? [s.join.on] : [])),
  ]
    .flatMap(conjuncts)
    .flatMap((part) => (part.kind === 'comparison' && part.op === '=' ? [[part.left, part.right] as const] : []));
  const isFixed = (expr: Expr): boolean => fixed.some((known) => sameExpr(known, expr));
  const determined = new Set<string>();
  for (let grew = true; grew; ) {
    grew = false;
    for (const [left, right] of equalities.flatMap(([a, b]) => [[a, b] as const, [b, a] as const])) {
      const known = isFixed(left) || left.kind === 'literal' || (left.kind === 'column' && determined.has(left.source));
      if (known && right.kind === 'column' && !isFixed(right)) {
        fixed.push(right);
        grew = true;
      }
    }
    for (const source of plan.sources) {
      if (determined.has(source.alias) || source.kind !== 'table' || !scope.schema) continue;
      const table = findTable(scope.schema, source.table);
      const candidates = table ? [table.primaryKey, ...table.uniqueKeys] : [];
      const has = (column: string): boolean => isFixed({ kind: 'column', source: source.alias, column });
      if (candidates.some((key) => key.length > 0 && key.every(has))) {
        determined.add(source.alias);
        grew = true;
      }
    }
  }
  return determined;
}

const conjuncts = (predicate: Predicate): readonly Predicate[] =>
  predicate.kind === 'and' ? predicate.args.flatMap(conjuncts) : [predicate];

/** `SELECT name, MAX(age)` without groups: the row that has the maximum. */
function rowOfExtreme(plan: SelectPlan): SelectPlan {
  const aggregates = plan.items.filter((item) => hasAggregate(item.expr));
  const [only] = aggregates;
  const expr = only?.expr;
  const extreme = aggregates.length === 1 && expr?.kind === 'aggregate' && (expr.fn === 'max' || expr.fn === 'min');
  const isPlain = plan.having === null && plan.orderBy.length === 0 && !plan.distinct && plan.offset === null;
  const loose: readonly Expr[] = looseColumns(plan, []);
  if (loose.length === 0) return plan;
  if (!extreme || expr.filter || !isPlain) return withMinimum(plan, new Set(loose));
  const known: Predicate = { kind: 'is-null', arg: expr.arg, negated: true };
  return {
    ...plan,
    items: plan.items.map((item) => (item === only ? { ...item, expr: expr.arg } : item)),
    where: plan.where ? { kind: 'and', args: [...conjuncts(plan.where), known] } : known,
    orderBy: [{ expr: expr.arg, descending: expr.fn === 'max', nulls: null }],
    limit: 1,
  };
}

/** `SELECT DISTINCT a ORDER BY b`: each `a` once, at its first place. */
function orderedDistinct(plan: SelectPlan): SelectPlan {
  const shown = (expr: Expr): boolean =>
    expr.kind === 'ordinal' || plan.items.some((item) => sameExpr(item.expr, expr));
  const hasStar = plan.items.some((item) => item.expr.kind === 'star');
  if (!plan.distinct || hasStar || plan.orderBy.every((item) => shown(item.expr))) return plan;
  return {
    ...plan,
    distinct: false,
    groupBy: plan.items.map((item) => item.expr),
    orderBy: plan.orderBy.map((item) =>
      shown(item.expr)
        ? item
        : {
            ...item,
            expr: {
              kind: 'aggregate',
              fn: item.descending ? 'max' : 'min',
              arg: item.expr,
              distinct: false,
              filter: null,
            },
          },
    ),
  };
}
