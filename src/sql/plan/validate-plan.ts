/**
 * Checks a plan against a schema: stored plans may be older than the database, and models invent names.
 */
import { fail, type Outcome, ok } from '../../kernel/index.ts';
import type { DatabaseSchema } from '../schema/database-schema.ts';
import type { Expr, Plan, Predicate, SelectPlan, Source } from './plan.ts';
import { findTable, itemName, type PlanScope, scopeOf, typeOf } from './plan-types.ts';
import { walkExpr, walkPlan, walkPredicate } from './walk-plan.ts';

export const PLAN_PROBLEM_CODES = [
  'unknown-table',
  'unknown-column',
  'unknown-alias',
  'duplicate-alias',
  'bad-join',
  'bad-arity',
  'bad-ordinal',
  'misplaced',
  'type-mismatch',
  'bad-limit',
] as const;

/** One thing wrong with a plan; the message names it. */
export interface PlanProblem {
  readonly code: (typeof PLAN_PROBLEM_CODES)[number];
  readonly message: string;
}

/** The plan itself when every name exists and every part stands where it may; else all problems found. */
export function validatePlan(plan: Plan, schema: DatabaseSchema): Outcome<Plan, readonly PlanProblem[]> {
  const problems: PlanProblem[] = [];
  const check: Check = {
    schema,
    scope: scopeOf(plan, schema.dialect, schema),
    report: (code, message) => {
      if (!problems.some((problem) => problem.message === message)) problems.push({ code, message });
    },
  };
  const aliases = new Set<string>();
  walkPlan(plan, {
    enterPlan(entered) {
      if (entered.kind !== 'select') return;
      for (const { alias } of entered.sources) {
        if (aliases.has(alias)) check.report('duplicate-alias', `two sources have the alias ${alias}`);
        aliases.add(alias);
      }
    },
  });
  checkPlan(plan, new Set(), check);
  return problems.length === 0 ? ok(plan) : fail(problems);
}

interface Check {
  readonly schema: DatabaseSchema;
  readonly scope: PlanScope;
  report(code: PlanProblem['code'], message: string): void;
}

function checkPlan(plan: Plan, outer: ReadonlySet<string>, check: Check): void {
  for (const [name, bound] of [
    ['limit', plan.limit],
    ['offset', plan.offset],
  ] as const) {
    if (bound !== null && (!Number.isSafeInteger(bound) || bound < 0))
      check.report('bad-limit', `${name} ${bound} is not a count`);
  }
  if (plan.kind === 'select') {
    checkSelect(plan, outer, check);
    return;
  }
  checkPlan(plan.left, outer, check);
  checkPlan(plan.right, outer, check);
  const [left, right] = [width(plan.left, check), width(plan.right, check)];
  if (left !== right) check.report('bad-arity', `${plan.op} of ${left} and ${right} columns`);
  for (const { expr } of plan.orderBy) {
    if (expr.kind !== 'ordinal') check.report('misplaced', 'a set operation is ordered by positions only');
    else if (expr.index < 0 || expr.index >= left)
      check.report('bad-ordinal', `position ${expr.index} of ${left} columns`);
  }
}

function checkSelect(plan: SelectPlan, outer: ReadonlySet<string>, check: Check): void {
  const visible = new Set(outer);
  plan.sources.forEach((source, index) => {
    checkSource(source, index, outer, check);
    visible.add(source.alias);
    if (source.join?.on) checkPredicate(source.join.on, { visible, aggregates: false, windows: false }, check);
  });
  if (plan.items.length === 0) check.report('bad-arity', 'a select returns at least one column');
  const rows = { visible, aggregates: false, windows: false };
  const groups = { visible, aggregates: true, windows: false };
  const outputs = { visible, aggregates: true, windows: true };
  for (const item of plan.items) if (item.expr.kind !== 'star') checkExpr(item.expr, outputs, check);
  for (const item of plan.items) {
    if (item.expr.kind === 'star' && item.expr.source !== null && !visible.has(item.expr.source)) {
      check.report('unknown-alias', `no source has the alias ${item.expr.source}`);
    }
  }
  if (plan.where) checkPredicate(plan.where, rows, check);
  for (const expr of plan.groupBy) if (!isPosition(expr, plan, check)) checkExpr(expr, rows, check);
  if (plan.having) checkPredicate(plan.having, groups, check);
  for (const { expr } of plan.orderBy) if (!isPosition(expr, plan, check)) checkExpr(expr, outputs, check);
}

function isPosition(expr: Expr, plan: SelectPlan, check: Check): boolean {
  if (expr.kind !== 'ordinal') return false;
  if (expr.index < 0 || expr.index >= plan.items.length) {
    check.report('bad-ordinal', `position ${expr.index} of ${plan.items.length} columns`);
  }
  return true;
}

function checkSource(source: Source, index: number, outer: ReadonlySet<string>, check: Check): void {
  if (source.kind === 'plan') checkPlan(source.plan, outer, check);
  else if (!findTable(check.schema, source.table))
    check.report('unknown-table', `there is no table ${source.table.name}`);
  if ((index === 0) !== (source.join === null)) {
    check.report('bad-join', index === 0 ? 'the first source has a join' : `${source.alias} has no join`);
  } else if (source.join && (source.join.kind === 'cross') !== (source.join.on === null)) {
    check.report(
      'bad-join',
      `the ${source.join.kind} join of ${source.alias} ${source.join.on ? 'has' : 'lacks'} a condition`,
    );
  }
}

interface Place {
  readonly visible: ReadonlySet<string>;
  readonly aggregates: boolean;
  readonly windows: boolean;
}

function checkPredicate(predicate: Predicate, place: Place, check: Check): void {
  walkOwn((visitor) => walkPredicate(predicate, visitor), place, check);
}

function checkExpr(expr: Expr, place: Place, check: Check): void {
  walkOwn((visitor) => walkExpr(expr, visitor), place, check);
}

/** Checks the nodes of one clause; sub-plans are checked whole, with this clause's sources visible. */
function walkOwn(walk: (visitor: Parameters<typeof walkExpr>[1]) => void, place: Place, check: Check): void {
  let depth = 0;
  const counted = new Set<Expr>();
  walk({
    enterPlan(plan) {
      depth += 1;
      if (depth === 1) checkPlan(plan, place.visible, check);
    },
    leavePlan() {
      depth -= 1;
    },
    expr(expr) {
      if (depth > 0) return;
      if (expr.kind === 'aggregate') counted.add(expr.arg);
      checkNode(expr, place, counted.has(expr), check);
    },
    predicate(predicate) {
      if (depth === 0) checkCondition(predicate, check);
    },
  });
}

const FUNCTION_ARITY: Readonly<Record<string, readonly [number, number]>> = {
  coalesce: [1, 99],
  nullif: [2, 2],
  abs: [1, 1],
  round: [1, 2],
  lower: [1, 1],
  upper: [1, 1],
  length: [1, 1],
  concat: [2, 99],
  trim: [1, 1],
  substring: [2, 3],
};

function checkNode(expr: Expr, place: Place, counted: boolean, check: Check): void {
  switch (expr.kind) {
    case 'column':
      checkColumn(expr.source, expr.column, place, check);
      return;
    case 'star':
      if (!counted) check.report('misplaced', '* stands only in a select list or in count');
      return;
    case 'ordinal':
      check.report('misplaced', 'a position stands only in GROUP BY and ORDER BY');
      return;
    case 'aggregate': {
      if (!place.aggregates) check.report('misplaced', `${expr.fn} of many rows in a condition on single rows`);
      if (expr.arg.kind === 'star' && expr.fn !== 'count') check.report('misplaced', `${expr.fn}(*)`);
      const type = typeOf(expr.arg, check.scope);
      const adds = expr.fn === 'sum' || expr.fn === 'avg' || expr.fn === 'median' || expr.fn === 'stddev';
      const unfit = type === 'date' || type === 'timestamp' || type === 'json' || type === 'binary';
      if (adds && (unfit || (type === 'text' && check.schema.dialect !== 'sqlite'))) {
        check.report('type-mismatch', `${expr.fn} of a ${type} column`);
      }
      return;
    }
    case 'window':
      if (!place.windows) check.report('misplaced', 'a window function outside the select list and ORDER BY');
      return;
    case 'function': {
      const [least, most] = FUNCTION_ARITY[expr.name] ?? [0, 0];
      if (expr.args.length < least || expr.args.length > most)
        check.report('bad-arity', `${expr.name} of ${expr.args.length}`);
      return;
    }
    case 'scalar-plan':
      if (width(expr.plan, check) !== 1) check.report('bad-arity', 'a value comes from a plan with one column');
      return;
    case 'date-trunc':
    case 'date-part':
    case 'date-add': {
      const type = typeOf(expr.arg, check.scope);
      if (type === 'boolean' || type === 'float')
        check.report('type-mismatch', `a date is taken from a ${type} column`);
      return;
    }
    default:
      return;
  }
}

function checkColumn(alias: string, column: string, place: Place, check: Check): void {
  const source = check.scope.sources.get(alias);
  if (!source || !place.visible.has(alias)) {
    check.report('unknown-alias', `no source in reach has the alias ${alias}`);
    return;
  }
  const names = columnsOf(source, check);
  if (names && !names.includes(column)) check.report('unknown-column', `${nameOf(source)} has no column ${column}`);
}

const nameOf = (source: Source): string => (source.kind === 'table' ? source.table.name : source.alias);

function columnsOf(source: Source, check: Check): readonly string[] | null {
  if (source.kind === 'plan') return outputs(source.plan, check);
  return findTable(check.schema, source.table)?.columns.map((column) => column.name) ?? null;
}

function outputs(plan: Plan, check: Check): readonly string[] | null {
  if (plan.kind === 'set') return outputs(plan.left, check);
  const names: string[] = [];
  for (const item of plan.items) {
    const { expr } = item;
    if (expr.kind !== 'star') {
      names.push(itemName(item) ?? '');
      continue;
    }
    for (const source of plan.sources.filter((s) => expr.source === null || s.alias === expr.source)) {
      const inner = columnsOf(source, check);
      if (inner === null) return null;
      names.push(...inner);
    }
  }
  return names;
}

/** How many columns a plan returns; one when a table is unknown, which is reported elsewhere. */
function width(plan: Plan, check: Check): number {
  return outputs(plan, check)?.length ?? 1;
}

function checkCondition(predicate: Predicate, check: Check): void {
  if (predicate.kind === 'in-plan' && width(predicate.plan, check) !== 1) {
    check.report('bad-arity', 'IN asks for a plan with one column');
  }
  if (predicate.kind !== 'comparison') return;
  for (const [column, constant] of [
    [predicate.left, predicate.right],
    [predicate.right, predicate.left],
  ] as const) {
    if (column.kind !== 'column' || constant.kind !== 'literal' || constant.type !== 'text') continue;
    const type = typeOf(column, check.scope);
    const numeric = type === 'integer' || type === 'decimal' || type === 'float';
    if (numeric && check.schema.dialect !== 'sqlite' && Number.isNaN(Number(constant.value))) {
      check.report('type-mismatch', `${column.column} is a number, compared with ${JSON.stringify(constant.value)}`);
    }
  }
}
