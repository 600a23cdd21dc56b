/**
 * A plan as SQL of one dialect. The text reads like an analyst's: clauses on their own lines, no alias where
 * one table says enough, explicit joins. What differs between dialects is data in `dialects/`.
 */
import { EngineError, fail, type Outcome, ok } from '../../kernel/index.ts';
import type { DialectName } from '../dialects/dialect-name.ts';
import { DIALECTS } from '../dialects/dialects.ts';
import type { Expr, OrderItem, Plan, SelectItem, SelectPlan, SetPlan, Source } from '../plan/plan.ts';
import { findTable, itemName, scopeOf } from '../plan/plan-types.ts';
import { sameExpr } from '../plan/same-expr.ts';
import { walkExpr, walkPredicate } from '../plan/walk-plan.ts';
import type { DatabaseSchema } from '../schema/database-schema.ts';
import { explicitGrouping, hasAggregate } from './explicit-grouping.ts';
import { identifier, outputAlias } from './identifiers.ts';
import { nullsAreSettled, orderKeys } from './order-keys.ts';
import { BINDING, newline, type RenderContext } from './render-context.ts';
import { renderExpression } from './render-expression.ts';
import { renderPredicate } from './render-predicate.ts';

export interface RenderOptions {
  /** Lets the renderer spell constants by column type, skip needless NULL ordering and default schemas. */
  readonly schema?: DatabaseSchema;
  /** `native` divides as the engine does (whole numbers as whole numbers, where it does that). Default: `decimal`. */
  readonly division?: 'decimal' | 'native';
  /** Clauses on lines of their own (default), or all on one line. */
  readonly pretty?: boolean;
}

/** Why a plan has no SQL in a dialect. */
export interface RenderFailure {
  readonly code: 'not-expressible';
  readonly message: string;
}

const LINE_WIDTH = 96;
const INLINE_WIDTH = 72;
/** Sub-queries nested deeper than this are not tried on one line first. */
const INLINE_DEPTH = 4;

/**
 * Writes a plan as SQL. Throws `EngineError` when the dialect cannot express it (`not-allowed`, data names the
 * feature) or when a constant or name is impossible there (`request-invalid`).
 *
 * @example renderPlan(plan, 'postgres', { schema }) // "SELECT name\nFROM customers\nLIMIT 5"
 */
export function renderPlan(plan: Plan, dialect: DialectName, options: RenderOptions = {}): string {
  const context: RenderContext = {
    dialect: DIALECTS[dialect],
    scope: scopeOf(plan, dialect, options.schema ?? null),
    bare: new Set(),
    nativeDivision: options.division === 'native',
    pretty: options.pretty ?? true,
    depth: 0,
    select: null,
    expr: (expr, binding = BINDING.any) => renderExpression(expr, context, binding),
    predicate: (predicate, binding = BINDING.any) => renderPredicate(predicate, context, binding),
    subquery: (inner) => subquery(inner, context),
  };
  return renderAny(plan, context);
}

/** {@link renderPlan} with the expected failures as a value. */
export function safeRenderPlan(
  plan: Plan,
  dialect: DialectName,
  options: RenderOptions = {},
): Outcome<string, RenderFailure> {
  try {
    return ok(renderPlan(plan, dialect, options));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return fail({ code: 'not-expressible', message: error.message });
  }
}

function renderAny(plan: Plan, context: RenderContext): string {
  return plan.kind === 'set' ? renderSet(plan, context) : renderSelect(plan, context);
}

/** A plan in parentheses: on one line when it is short, else indented. */
function subquery(plan: Plan, context: RenderContext): string {
  const { pretty, depth } = context;
  if (depth < INLINE_DEPTH || !pretty) {
    context.pretty = false;
    const line = renderAny(plan, context);
    context.pretty = pretty;
    if (!pretty || line.length <= INLINE_WIDTH) return `(${line})`;
  }
  context.depth = depth + 1;
  const text = `(${newline(context)}${renderAny(plan, context)}`;
  context.depth = depth;
  return `${text}${newline(context)})`;
}

function renderSelect(asked: SelectPlan, context: RenderContext): string {
  const plan = context.dialect.strictGrouping ? explicitGrouping(asked, context.scope) : asked;
  const outer = context.select;
  context.select = plan;
  markBare(plan, context);
  const clauses = [selectClause(plan, context)];
  if (plan.sources.length > 0) clauses.push(fromClause(plan.sources, context));
  if (plan.where) clauses.push(`WHERE ${context.predicate(plan.where)}`);
  const groups = groupKeys(plan, context);
  if (groups.length > 0) clauses.push(`GROUP BY ${groups.join(', ')}`);
  if (plan.having) clauses.push(`HAVING ${context.predicate(plan.having)}`);
  const order = plan.orderBy.flatMap((item) => selectOrderKeys(item, plan, context));
  if (order.length > 0) clauses.push(`ORDER BY ${order.join(', ')}`);
  clauses.push(...limitClauses(plan, context));
  context.select = outer;
  return clauses.join(newline(context));
}

/** One source that no sub-query refers to needs neither alias nor qualifiers, unless an output name shadows a column. */
function markBare(plan: SelectPlan, context: RenderContext): void {
  const [source] = plan.sources;
  if (!source || plan.sources.length > 1 || context.scope.correlated.has(source.alias)) return;
  const aliases = new Map<string, Expr>();
  for (const item of plan.items) if (item.alias !== null) aliases.set(item.alias.toLowerCase(), item.expr);
  let shadowed = false;
  const visitor = {
    expr(expr: Expr): void {
      if (expr.kind !== 'column' || expr.source !== source.alias) return;
      const named = aliases.get(expr.column.toLowerCase());
      if (named && named !== expr && !sameExpr(named, expr)) shadowed = true;
    },
  };
  if (aliases.size > 0) {
    for (const expr of plan.groupBy) walkExpr(expr, visitor);
    for (const item of plan.orderBy) walkExpr(item.expr, visitor);
    if (plan.having) walkPredicate(plan.having, visitor);
  }
  if (!shadowed) context.bare.add(source.alias);
}

function selectClause(plan: SelectPlan, context: RenderContext): string {
  const items = plan.items.map((item) => selectItem(item, context));
  const head = plan.distinct ? 'SELECT DISTINCT' : 'SELECT';
  const line = `${head} ${items.join(', ')}`;
  if (!context.pretty || line.length <= LINE_WIDTH) return line;
  const next = newline(context, 1);
  return `${head}${next}${items.join(`,${next}`)}`;
}

function selectItem(item: SelectItem, context: RenderContext): string {
  const text = context.expr(item.expr);
  if (item.alias === null || item.expr.kind === 'star') return text;
  if (item.expr.kind === 'column' && item.expr.column === item.alias) return text;
  return `${text} AS ${outputAlias(item.alias, context.dialect)}`;
}

function fromClause(sources: readonly Source[], context: RenderContext): string {
  const [first, ...rest] = sources;
  if (!first) return '';
  const parts = [`FROM ${sourceText(first, context)}`];
  for (const source of rest) {
    const { join } = source;
    const on = join && join.kind !== 'cross' ? join.on : null;
    const keyword = on === null ? 'CROSS JOIN' : join?.kind === 'left' ? 'LEFT JOIN' : 'JOIN';
    parts.push(`${keyword} ${sourceText(source, context)}${on ? ` ON ${context.predicate(on, BINDING.or)}` : ''}`);
  }
  return parts.join(newline(context));
}

function sourceText(source: Source, context: RenderContext): string {
  const { dialect, scope } = context;
  const alias = identifier(source.alias, dialect);
  if (source.kind === 'plan') return `${context.subquery(source.plan)} AS ${alias}`;
  const { schema, name } = source.table;
  const path =
    schema === null || schema === scope.schema?.defaultSchema
      ? identifier(name, dialect)
      : `${identifier(schema, dialect)}.${identifier(name, dialect)}`;
  return context.bare.has(source.alias) || source.alias === name ? path : `${path} AS ${alias}`;
}

function groupKeys(plan: SelectPlan, context: RenderContext): readonly string[] {
  const keys = plan.groupBy.map((expr) => {
    const index = expr.kind === 'ordinal' ? expr.index : plan.items.findIndex((item) => sameExpr(item.expr, expr));
    const target = expr.kind === 'ordinal' ? plan.items[expr.index]?.expr : expr;
    if (!target || target.kind === 'literal') return null;
    if (target.kind === 'column') return context.expr(target);
    return index >= 0 ? String(index + 1) : context.expr(target);
  });
  const written = keys.filter((key) => key !== null);
  // Grouping by constants only still makes one group per non-empty input.
  return keys.length > 0 && written.length === 0 ? ["COALESCE(NULL, '')"] : written;
}

function selectOrderKeys(item: OrderItem, plan: SelectPlan, context: RenderContext): readonly string[] {
  const index =
    item.expr.kind === 'ordinal' ? item.expr.index : plan.items.findIndex((output) => sameExpr(output.expr, item.expr));
  const output = plan.items[index];
  if (!output) return item.expr.kind === 'literal' ? [] : orderKeys(item, context.expr(item.expr), context);
  if (output.expr.kind === 'literal') return [];
  // In ORDER BY an output name wins over a column of that name, but inside an expression (`x IS NULL`) it does not,
  // and there it must not stand for an aggregate.
  const bareName = context.dialect.nullsClause || nullsAreSettled(item, context);
  const named =
    output.alias !== null &&
    output.expr.kind !== 'column' &&
    (bareName || !(hasAggregate(output.expr) || shadows(output.alias, plan, context)));
  return orderKeys(item, named ? outputAlias(output.alias ?? '', context.dialect) : context.expr(output.expr), context);
}

/** Whether an output name is, or may be, also a column of one of the sources. */
function shadows(alias: string, plan: SelectPlan, context: RenderContext): boolean {
  const lower = alias.toLowerCase();
  return plan.sources.some((source) => {
    const table = source.kind === 'table' && context.scope.schema && findTable(context.scope.schema, source.table);
    return !table || table.columns.some((column) => column.name.toLowerCase() === lower);
  });
}

function limitClauses(plan: Plan, context: RenderContext): readonly string[] {
  const offset = plan.offset ? [`OFFSET ${Math.trunc(plan.offset)}`] : [];
  if (plan.limit !== null) return [[`LIMIT ${Math.trunc(plan.limit)}`, ...offset].join(' ')];
  const { unlimited } = context.dialect;
  return offset.length > 0 && unlimited !== null ? [`LIMIT ${unlimited} ${offset[0]}`] : offset;
}

const SET_WORDS = { union: 'UNION', 'union-all': 'UNION ALL', intersect: 'INTERSECT', except: 'EXCEPT' } as const;

function renderSet(plan: SetPlan, context: RenderContext): string {
  const { dialect } = context;
  const settled = plan.orderBy.every((item) => dialect.nullsClause || nullsAreSettled(item, context, plan));
  const names = outputNames(plan);
  const wrapped = !settled && names !== null;
  const order = plan.orderBy.flatMap((item) => {
    const ordinal = item.expr.kind === 'ordinal' ? item.expr.index : 0;
    const name = wrapped ? names[ordinal] : undefined;
    if (name === undefined)
      return settled
        ? orderKeys(item, String(ordinal + 1), context, plan)
        : [`${ordinal + 1}${item.descending ? ' DESC' : ''}`];
    return orderKeys(item, identifier(name, dialect), context, plan);
  });
  const clauses = [
    wrapped
      ? `SELECT *${newline(context)}FROM ${context.subquery({ ...plan, orderBy: [], limit: null, offset: null })} AS combined`
      : setBody(plan, context),
  ];
  if (order.length > 0) clauses.push(`ORDER BY ${order.join(', ')}`);
  clauses.push(...limitClauses(plan, context));
  return clauses.join(newline(context));
}

function setBody(plan: SetPlan, context: RenderContext): string {
  const operands = [operand(plan.left, plan, true, context), operand(plan.right, plan, false, context)];
  return operands.join(`${newline(context)}${SET_WORDS[plan.op]}${newline(context)}`);
}

/** Output names of a plan when every one is known and they differ. */
function outputNames(plan: Plan): readonly string[] | null {
  if (plan.kind === 'set') return outputNames(plan.left);
  const names = plan.items.map(itemName);
  const known = names.filter((name) => name !== null);
  return known.length === names.length && new Set(known.map((n) => n.toLowerCase())).size === names.length
    ? known
    : null;
}

function operand(plan: Plan, parent: SetPlan, isLeft: boolean, context: RenderContext): string {
  const ordered = plan.orderBy.length > 0 || plan.limit !== null || Boolean(plan.offset);
  const chained =
    plan.kind === 'select' ||
    (isLeft && (!context.dialect.intersectBindsTighter || parent.op !== 'intersect' || plan.op === 'intersect'));
  if (!ordered && chained) return renderAny(plan, context);
  const grouped = context.subquery(plan);
  return context.dialect.setOperandGrouping === 'parentheses' ? grouped : `SELECT * FROM ${grouped}`;
}
