/** One sentence that says how a question was read: what is shown, for whom, when, in which order, how many. */
import { assertNever } from '../../../kernel/index.ts';
import type { DatabaseSchema } from '../../schema/database-schema.ts';
import type { AggregateExpr, Expr, OrderItem, Plan, Predicate, SelectPlan, Source, WindowExpr } from '../plan.ts';
import { type PlanScope, scopeOf, typeOf } from '../plan-types.ts';
import { walkExpr } from '../walk-plan.ts';
import { chinese } from './chinese.ts';
import { english } from './english.ts';
import { columnLabel, humanised, type Language, plural, sourceLabel } from './names.ts';
import { shortPeriod, takePeriod } from './periods.ts';
import type { Direction, Phrases } from './phrases.ts';

interface Teller {
  readonly schema: DatabaseSchema;
  readonly scope: PlanScope;
  readonly language: Language;
  readonly words: Phrases;
  /** Whether several tables are in play, so that `name` needs its owner. */
  readonly several: boolean;
  /** The source that the sentence names anyway. */
  readonly subject: string | null;
  /** What one row stands for. */
  readonly rows: string;
}

/**
 * Says in one sentence what a plan asks.
 *
 * @example describePlan(plan, schema, 'en') // "Total amount for each region, where status is “paid”, the 5 with the highest total amount"
 */
export function describePlan(plan: Plan, schema: DatabaseSchema, language: Language): string {
  const scope = scopeOf(plan, schema.dialect, schema);
  const tables = new Set([...scope.sources.values()].map((s) => (s.kind === 'table' ? s.table.name : s.alias)));
  const words = language === 'zh' ? chinese : english;
  const text = planText(plan, { schema, scope, language, words, several: tables.size > 1, subject: null, rows: '' });
  return language === 'zh' ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

function planText(plan: Plan, teller: Teller): string {
  if (plan.kind === 'select') return selectText(plan, teller);
  const { words } = teller;
  const whole = words.combined(plan.op, planText(plan.left, teller), planText(plan.right, teller));
  const first = firstSelect(plan);
  const order = orderText(plan.orderBy, first, plan.limit, teller);
  return [whole, ...(order === null ? [] : [order])].join(words.comma);
}

const firstSelect = (plan: Plan): SelectPlan => (plan.kind === 'set' ? firstSelect(plan.left) : plan);

function selectText(plan: SelectPlan, outer: Teller): string {
  const { words } = outer;
  const hasMeasure = plan.items.some((item) => isMeasure(item.expr));
  const main = mainSource(plan);
  const teller: Teller = {
    ...outer,
    subject: hasMeasure || !main ? outer.subject : main.alias,
    rows: plan.sources[0] ? sourceText(plan.sources[0], outer) : '',
  };
  const conditions = plan.where ? (plan.where.kind === 'and' ? plan.where.args : [plan.where]) : [];
  const { period, rest } = takePeriod(conditions);
  const groupKeys = plan.groupBy.map((expr) => resolved(expr, plan));
  const grouped = groupKeys.map((expr) => exprText(expr, teller));
  const texts = plan.items.map((item) => itemText(item, teller));
  const measures = texts.filter((_text, index) => {
    const expr = plan.items[index]?.expr;
    return expr && !groupKeys.some((key) => exprText(key, teller) === exprText(expr, teller));
  });
  const having = plan.having ? (plan.having.kind === 'and' ? plan.having.args : [plan.having]) : [];
  const [onlyItem] = plan.items;
  const shown = measures.length > 0 ? measures : texts;
  const isPlainGroup = grouped.length > 0 && !hasMeasure;
  return words.sentence({
    items: isPlainGroup ? texts : shown,
    shape: onlyItem?.expr.kind === 'star' && plan.items.length === 1 ? 'all-columns' : hasMeasure ? 'measures' : 'rows',
    table: main ? sourceText(main, outer) : '',
    distinct: plan.distinct || (isPlainGroup && having.length === 0),
    groups: isPlainGroup ? [] : grouped,
    period: period && periodText(period, teller),
    filters: rest.map((predicate) => predicateText(predicate, teller)),
    having: having.map((predicate) => predicateText(predicate, teller)),
    order: orderText(plan.orderBy, plan, plan.limit, teller),
    limit: plan.limit,
    offset: plan.offset,
  });
}

/** What the select is about: the table of its first plain column, else its first table. */
function mainSource(plan: SelectPlan): Source | undefined {
  const column = plan.items.map((item) => item.expr).find((expr) => expr.kind === 'column');
  return plan.sources.find((s) => column?.kind === 'column' && s.alias === column.source) ?? plan.sources[0];
}

function sourceText(source: Source, teller: Teller): string {
  if (source.kind === 'plan') return `(${planText(source.plan, teller)})`;
  const label = sourceLabel(source, teller.schema, teller.language);
  return teller.language === 'en' ? plural(label) : label;
}

function periodText(period: NonNullable<ReturnType<typeof takePeriod>['period']>, teller: Teller): string {
  const [from, to] = shortPeriod(period);
  return teller.words.period(exprText(period.column, teller), from, to);
}

const resolved = (expr: Expr, plan: SelectPlan): Expr =>
  expr.kind === 'ordinal' ? (plan.items[expr.index]?.expr ?? expr) : expr;

function itemText(item: SelectPlan['items'][number], teller: Teller): string {
  const { expr, alias } = item;
  const compound = expr.kind === 'arithmetic' || expr.kind === 'case' || expr.kind === 'window';
  if (alias !== null && compound)
    return `${humanised(alias)}${teller.language === 'zh' ? '（' : ' ('}${exprText(expr, teller)}${teller.language === 'zh' ? '）' : ')'}`;
  return exprText(expr, teller);
}

function isMeasure(expr: Expr): boolean {
  let found = false;
  walkExpr(expr, {
    expr(inner) {
      if (inner.kind === 'aggregate' || inner.kind === 'window') found = true;
    },
  });
  return found;
}

function orderText(items: readonly OrderItem[], plan: SelectPlan, limit: number | null, teller: Teller): string | null {
  const [first] = items;
  if (!first) return null;
  const keys = items.map((item) => {
    const expr = resolved(item.expr, plan);
    const output = plan.items.find((candidate) => candidate.expr === expr);
    const text = output?.alias && output.expr.kind === 'arithmetic' ? humanised(output.alias) : exprText(expr, teller);
    return { text, direction: direction(expr, item.descending, teller) };
  });
  const [key] = keys;
  if (!key) return null;
  if (limit !== null && keys.length === 1) return teller.words.top(limit, key.text, key.direction);
  const all = keys.map(({ text, direction: way }) => teller.words.order(text, way)).join(teller.words.comma);
  if (limit === null) return all;
  return `${all}${teller.words.comma}${teller.language === 'zh' ? `取前${limit}条` : `first ${limit}`}`;
}

function direction(expr: Expr, descending: boolean, teller: Teller): Direction {
  if (expr.kind === 'aggregate' && expr.fn === 'count') return descending ? 'many' : 'few';
  const type = typeOf(expr, teller.scope);
  if (type === 'date' || type === 'timestamp') return descending ? 'new' : 'old';
  if (type === 'text') return descending ? 'za' : 'az';
  return descending ? 'high' : 'low';
}

const SIGNS = { '+': '+', '-': '−', '*': '×', '/': '÷', div: '÷', '%': '%' } as const;

function exprText(expr: Expr, teller: Teller): string {
  const { words } = teller;
  const inner = (child: Expr): string => exprText(child, teller);
  switch (expr.kind) {
    case 'column':
      return columnLabel(
        expr.source,
        expr.column,
        teller.scope,
        teller.schema,
        teller.language,
        teller.several && expr.source !== teller.subject,
      );
    case 'star':
      return words.everything;
    case 'literal':
      return expr.type === 'text' ? words.quoted(String(expr.value)) : String(expr.value);
    case 'ordinal':
      return String(expr.index + 1);
    case 'aggregate':
      return aggregateText(expr, teller);
    case 'arithmetic':
      return `${operand(expr.left, teller)} ${SIGNS[expr.op]} ${operand(expr.right, teller)}`;
    case 'negate':
      return `−${operand(expr.arg, teller)}`;
    case 'date-trunc':
      return words.grain(expr.grain, inner(expr.arg));
    case 'date-part':
      return words.part(expr.part, inner(expr.arg));
    case 'date-add':
      return words.shifted(inner(expr.arg), expr.amount, expr.unit);
    case 'date-diff':
      return words.difference(expr.unit, inner(expr.from), inner(expr.to));
    case 'case':
      return words.depends;
    case 'cast':
      return inner(expr.arg);
    case 'function':
      return functionText(expr.name, expr.args, teller);
    case 'window':
      return windowText(expr, teller);
    case 'scalar-plan':
      return `${teller.language === 'zh' ? '（' : 'the '}${planText(expr.plan, teller)}${teller.language === 'zh' ? '）' : ''}`;
    default:
      return assertNever(expr);
  }
}

function operand(expr: Expr, teller: Teller): string {
  const text = exprText(expr, teller);
  return expr.kind === 'arithmetic' ? `(${text})` : text;
}

function aggregateText(expr: AggregateExpr, teller: Teller): string {
  const { words } = teller;
  let text: string;
  if (expr.fn === 'count' && (expr.arg.kind === 'star' || expr.arg.kind === 'literal')) {
    text = words.countOf(teller.rows === '' ? (teller.language === 'zh' ? '记录' : 'rows') : teller.rows);
  } else {
    text = words.aggregate(expr.fn, operand(expr.arg, teller), expr.distinct);
  }
  return expr.filter ? words.onlyWhere(text, predicateText(expr.filter, teller)) : text;
}

function functionText(name: string, args: readonly Expr[], teller: Teller): string {
  const [first] = args;
  if (first && ['round', 'coalesce', 'trim', 'lower', 'upper', 'nullif'].includes(name)) return exprText(first, teller);
  return `${name}(${args.map((arg) => exprText(arg, teller)).join(', ')})`;
}

function windowText(expr: WindowExpr, teller: Teller): string {
  const { fn } = expr;
  const { words } = teller;
  const text =
    fn.kind === 'aggregate'
      ? aggregateText(fn, teller)
      : fn.kind === 'lag'
        ? words.previous(exprText(fn.arg, teller))
        : words.ranking(fn.name);
  const partition = words.list(
    expr.partitionBy.map((part) => exprText(part, teller)),
    'and',
  );
  const order = words.list(
    expr.orderBy.map((item) => exprText(item.expr, teller)),
    'and',
  );
  return words.window(text, partition, order, expr.frame === 'running');
}

function predicateText(predicate: Predicate, teller: Teller): string {
  const { words } = teller;
  const expr = (value: Expr): string => exprText(value, teller);
  switch (predicate.kind) {
    case 'comparison': {
      const type = typeOf(predicate.left, teller.scope);
      const table = type === 'date' || type === 'timestamp' ? words.dateComparison : words.comparison;
      return table[predicate.op](expr(predicate.left), expr(predicate.right));
    }
    case 'between':
      return words.between(expr(predicate.arg), expr(predicate.low), expr(predicate.high), predicate.negated);
    case 'in':
      return words.oneOf(expr(predicate.arg), words.list(predicate.values.map(expr), 'or'), predicate.negated);
    case 'in-plan':
      return words.among(expr(predicate.arg), planText(predicate.plan, teller), predicate.negated);
    case 'like':
      return likeText(predicate, teller);
    case 'is-null':
      return words.empty(expr(predicate.arg), predicate.negated);
    case 'exists':
      return words.exists(planText(predicate.plan, teller), predicate.negated);
    case 'and':
      return words.list(
        predicate.args.map((arg) => predicateText(arg, teller)),
        'and',
      );
    case 'or':
      return words.either(predicate.args.map((arg) => predicateText(arg, teller)));
    case 'not':
      return words.not(predicateText(predicate.arg, teller));
    default:
      return assertNever(predicate);
  }
}

function likeText(predicate: Extract<Predicate, { kind: 'like' }>, teller: Teller): string {
  const arg = exprText(predicate.arg, teller);
  const [, before, middle, after] = /^(%*)(.*?)(%*)$/s.exec(predicate.pattern) ?? [];
  const text = (middle ?? '').replace(/\\(.)/gs, '$1');
  const plain = !/(?<!\\)[%_]/.test(middle ?? '');
  const how = !plain ? 'like' : before && after ? 'contains' : after ? 'starts' : before ? 'ends' : 'like';
  return teller.words.like(arg, how, how === 'like' ? predicate.pattern : text, predicate.negated);
}
