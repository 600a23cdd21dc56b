/**
 * Rewrites that cannot change the result: each is an identity of the plan language. The statement is read as a plan,
 * changed, and rendered again; what cannot be read is left as it is.
 */
import type { DialectName } from '../dialects/dialect-name.ts';
import { mapPlan } from '../plan/map-plan.ts';
import type { Expr, Plan, Predicate, SelectPlan } from '../plan/plan.ts';
import { scopeOf, typeOf } from '../plan/plan-types.ts';
import { sameExpr } from '../plan/same-expr.ts';
import { walkPredicate } from '../plan/walk-plan.ts';
import { planFromSql } from '../read/plan-from-sql.ts';
import { safeRenderPlan } from '../render/render-plan.ts';
import type { DatabaseSchema } from '../schema/database-schema.ts';

export const REWRITES = [
  'or-to-in',
  'year-to-range',
  'having-to-where',
  'distinct-after-group',
  'duplicate-condition',
] as const;
export type RewriteName = (typeof REWRITES)[number];

export interface Rewrite {
  readonly sql: string;
  readonly applied: readonly RewriteName[];
}

/** The statement after every rewrite that applies; null when none does. The parser must be loaded. */
export function rewriteSql(sql: string, dialect: DialectName, schema: DatabaseSchema): Rewrite | null {
  const read = planFromSql(sql, dialect, schema, { division: 'native', keepNullOrder: true });
  if (!read.ok) return null;
  const applied = new Set<RewriteName>();
  const rewritten = rewritePlan(read.value, dialect, schema, applied);
  if (applied.size === 0) return null;
  const rendered = safeRenderPlan(rewritten, dialect, { schema, division: 'native' });
  return rendered.ok ? { sql: rendered.value, applied: REWRITES.filter((name) => applied.has(name)) } : null;
}

function rewritePlan(plan: Plan, dialect: DialectName, schema: DatabaseSchema, applied: Set<RewriteName>): Plan {
  const scope = scopeOf(plan, dialect, schema);
  const mapped = mapPlan(plan, {
    predicate: (predicate) => {
      const joined = orToIn(predicate);
      if (joined !== predicate) applied.add('or-to-in');
      const range = yearToRange(joined, (expr) => typeOf(expr, scope) ?? '');
      if (range !== joined) applied.add('year-to-range');
      const single = withoutDuplicates(range);
      if (single !== range) applied.add('duplicate-condition');
      return single;
    },
    plan: (inner) => (inner.kind === 'select' ? simplerSelect(inner, applied) : inner),
  });
  return mapped;
}

/** `a = 1 OR a = 2` → `a IN (1, 2)`. */
function orToIn(predicate: Predicate): Predicate {
  if (predicate.kind !== 'or' || predicate.args.length < 2) return predicate;
  const [first] = predicate.args;
  if (first?.kind !== 'comparison' || first.left.kind !== 'column') return predicate;
  const values: Expr[] = [];
  for (const one of predicate.args) {
    if (one.kind !== 'comparison' || one.op !== '=' || one.right.kind !== 'literal' || !sameExpr(one.left, first.left))
      return predicate;
    values.push(one.right);
  }
  return { kind: 'in', arg: first.left, values, negated: false };
}

/** `year(d) = 2024` → `d >= 2024-01-01 AND d < 2025-01-01`, for columns that are dates. */
function yearToRange(predicate: Predicate, type: (expr: Expr) => string): Predicate {
  if (predicate.kind !== 'comparison' || predicate.op !== '=') return predicate;
  const { left, right } = predicate;
  if (left.kind !== 'date-part' || left.part !== 'year' || right.kind !== 'literal' || typeof right.value !== 'number')
    return predicate;
  const columnType = type(left.arg);
  if (left.arg.kind !== 'column' || columnType !== 'date' || right.value < 1000 || right.value > 9998) return predicate;
  const day = (year: number): Expr => ({ kind: 'literal', value: `${year}-01-01`, type: 'date' });
  return {
    kind: 'and',
    args: [
      { kind: 'comparison', op: '>=', left: left.arg, right: day(right.value) },
      { kind: 'comparison', op: '<', left: left.arg, right: day(right.value + 1) },
    ],
  };
}

/** The same condition twice says nothing more. */
function withoutDuplicates(predicate: Predicate): Predicate {
  if (predicate.kind !== 'and') return predicate;
  const shapes = predicate.args.map((arg) => JSON.stringify(arg));
  const args = predicate.args.filter((_, index) => shapes.indexOf(shapes[index] ?? '') === index);
  if (args.length === predicate.args.length) return predicate;
  return args.length === 1 && args[0] ? args[0] : { kind: 'and', args };
}

function simplerSelect(plan: SelectPlan, applied: Set<RewriteName>): SelectPlan {
  let simpler = plan;
  if (simpler.distinct && simpler.groupBy.length > 0 && simpler.groupBy.every((key) => selects(simpler, key))) {
    applied.add('distinct-after-group');
    simpler = { ...simpler, distinct: false };
  }
  return havingToWhere(simpler, applied);
}

/** A condition on group keys alone chooses whole groups: it may choose their rows instead. */
function havingToWhere(plan: SelectPlan, applied: Set<RewriteName>): SelectPlan {
  if (plan.having === null || plan.groupBy.length === 0) return plan;
  const parts = plan.having.kind === 'and' ? plan.having.args : [plan.having];
  const movable = parts.filter((part) => onlyOnKeys(part, plan));
  if (movable.length === 0) return plan;
  applied.add('having-to-where');
  const rest = parts.filter((part) => !movable.includes(part));
  const before = plan.where === null ? [] : plan.where.kind === 'and' ? plan.where.args : [plan.where];
  return { ...plan, where: all([...before, ...movable]), having: rest.length === 0 ? null : all(rest) };
}

function onlyOnKeys(predicate: Predicate, plan: SelectPlan): boolean {
  let good = true;
  let columns = 0;
  walkPredicate(predicate, {
    expr(expr) {
      if (expr.kind === 'aggregate' || expr.kind === 'window' || expr.kind === 'scalar-plan') good = false;
      if (expr.kind === 'column') {
        columns += 1;
        if (!plan.groupBy.some((key) => sameExpr(key, expr))) good = false;
      }
    },
    enterPlan() {
      good = false;
    },
  });
  return good && columns > 0;
}

const selects = (plan: SelectPlan, key: Expr): boolean =>
  key.kind === 'ordinal' || plan.items.some((item) => sameExpr(item.expr, key));

const all = (args: readonly Predicate[]): Predicate => {
  const [only] = args;
  return args.length === 1 && only ? only : { kind: 'and', args };
};
