import { assertNever, EngineError } from '../../kernel/index.ts';
import type { DateOperand } from '../dialects/dialect.ts';
import type {
  AggregateExpr,
  ArithmeticExpr,
  CastExpr,
  Expr,
  FunctionExpr,
  LiteralExpr,
  OrderItem,
  WindowExpr,
} from '../plan/plan.ts';
import { typeOf } from '../plan/plan-types.ts';
import type { ColumnType } from '../schema/database-schema.ts';
import { identifier } from './identifiers.ts';
import { literal } from './literals.ts';
import { orderKeys } from './order-keys.ts';
import { BINDING, type RenderContext } from './render-context.ts';

/** Writes an expression so that it can stand where `binding` is asked. */
export function renderExpression(expr: Expr, context: RenderContext, binding: number): string {
  switch (expr.kind) {
    case 'column':
      return columnName(expr.source, expr.column, context);
    case 'star':
      return expr.source === null || context.bare.has(expr.source)
        ? '*'
        : `${identifier(expr.source, context.dialect)}.*`;
    case 'literal': {
      const text = literal(expr, context.dialect);
      return binding > BINDING.any && /^[-+]/.test(text) ? `(${text})` : text;
    }
    case 'ordinal':
      return String(expr.index + 1);
    case 'aggregate':
      return aggregate(expr, context);
    case 'arithmetic':
      return arithmetic(expr, context, binding);
    case 'negate':
      return wrap(`-${context.expr(expr.arg, BINDING.atom)}`, BINDING.unary, binding);
    case 'date-trunc':
      return context.dialect.dateTrunc(expr.grain, dateOperand(expr.arg, context));
    case 'date-part':
      return context.dialect.datePart(expr.part, dateOperand(expr.arg, context), false);
    case 'date-add':
      return context.dialect.dateAdd(expr.amount, expr.unit, dateOperand(expr.arg, context));
    case 'date-diff':
      return context.dialect.dateDiff(expr.unit, dateOperand(expr.from, context), dateOperand(expr.to, context));
    case 'case': {
      const whens = expr.whens.map((b) => `WHEN ${context.predicate(b.when)} THEN ${context.expr(b.then)}`);
      const otherwise = expr.otherwise ? ` ELSE ${context.expr(expr.otherwise)}` : '';
      return `CASE ${whens.join(' ')}${otherwise} END`;
    }
    case 'cast':
      return cast(expr, context);
    case 'function':
      return scalarFunction(expr, context, binding);
    case 'window':
      return window(expr, context);
    case 'scalar-plan':
      return context.subquery(expr.plan);
    default:
      return assertNever(expr);
  }
}

/** Puts parentheses around `text` when it binds less tightly than asked. */
function wrap(text: string, own: number, asked: number): string {
  return own < asked ? `(${text})` : text;
}

function columnName(source: string, column: string, context: RenderContext): string {
  const name = identifier(column, context.dialect);
  return context.bare.has(source) ? name : `${identifier(source, context.dialect)}.${name}`;
}

function dateOperand(arg: Expr, context: RenderContext): DateOperand {
  const type = typeOf(arg, context.scope);
  return {
    sql: context.expr(arg),
    tight: context.expr(arg, BINDING.product),
    type: type === 'date' || type === 'timestamp' || type === 'text' ? type : 'unknown',
  };
}

function aggregate(expr: AggregateExpr, context: RenderContext): string {
  const { dialect } = context;
  let arg = isTextSummed(expr, context)
    ? `CAST(${context.expr(expr.arg)} AS ${dialect.castTypes.float})`
    : context.expr(expr.arg);
  let filter = '';
  if (expr.filter && dialect.filterClause) {
    filter = ` FILTER (WHERE ${context.predicate(expr.filter)})`;
  } else if (expr.filter) {
    arg = `CASE WHEN ${context.predicate(expr.filter)} THEN ${expr.arg.kind === 'star' ? '1' : arg} END`;
  }
  if (expr.fn === 'median' || expr.fn === 'stddev') {
    const text = expr.distinct ? null : dialect[expr.fn](arg);
    if (text === null || (expr.filter && dialect.name === 'sqlite')) {
      throw new EngineError(
        'not-allowed',
        `${dialect.label} has no ${expr.fn}${expr.distinct ? ' of distinct values' : ''}`,
        {
          data: { dialect: dialect.name, feature: expr.fn },
        },
      );
    }
    return text + filter;
  }
  return `${expr.fn.toUpperCase()}(${expr.distinct ? 'DISTINCT ' : ''}${arg})${filter}`;
}

/** Numbers kept as text add up only after a cast where types are strict. */
function isTextSummed(expr: AggregateExpr, context: RenderContext): boolean {
  const adds = expr.fn === 'sum' || expr.fn === 'avg' || expr.fn === 'stddev' || expr.fn === 'median';
  return adds && context.dialect.strictTypes && typeOf(expr.arg, context.scope) === 'text';
}

function arithmetic(expr: ArithmeticExpr, context: RenderContext, binding: number): string {
  const { dialect, scope } = context;
  if (expr.op === '+' || expr.op === '-') {
    const left = context.expr(expr.left, BINDING.sum);
    const right = context.expr(expr.right, expr.op === '-' ? BINDING.product : BINDING.sum);
    return wrap(`${left} ${expr.op} ${right}`, BINDING.sum, binding);
  }
  if (expr.op === '*') {
    // A division on the right must not be pulled apart: a * (b / c).
    const text = `${context.expr(expr.left, BINDING.product)} * ${context.expr(expr.right, BINDING.unary)}`;
    return wrap(text, BINDING.product, binding);
  }
  if (expr.op === 'div') {
    const text = dialect.wholeDivision(context.expr(expr.left, BINDING.product), divisor(expr.right, context));
    return wrap(text, BINDING.product, binding);
  }
  if (expr.op === '%') {
    return wrap(
      `${context.expr(expr.left, BINDING.product)} % ${divisor(expr.right, context)}`,
      BINDING.product,
      binding,
    );
  }
  const enough: readonly (ColumnType | null)[] = dialect.divisionCast === 'decimal' ? ['decimal', 'float'] : ['float'];
  const exact =
    context.nativeDivision ||
    dialect.divisionCast === null ||
    enough.includes(typeOf(expr.left, scope)) ||
    enough.includes(typeOf(expr.right, scope));
  const left = exact
    ? context.expr(expr.left, BINDING.product)
    : `CAST(${context.expr(expr.left)} AS ${dialect.castTypes[dialect.divisionCast ?? 'float']})`;
  return wrap(`${left} / ${divisor(expr.right, context)}`, BINDING.product, binding);
}

function divisor(expr: Expr, context: RenderContext): string {
  const safe = expr.kind === 'literal' && Number(expr.value) !== 0;
  return safe || context.dialect.zeroDivisionIsNull
    ? context.expr(expr, BINDING.unary)
    : `NULLIF(${context.expr(expr)}, 0)`;
}

const WHOLE: readonly (ColumnType | null)[] = ['integer', 'text', 'boolean'];

function cast(expr: CastExpr, context: RenderContext): string {
  const arg = context.expr(expr.arg);
  const call = context.dialect.castCall(expr.to, arg);
  if (call !== undefined) return call;
  const type = typeOf(expr.arg, context.scope);
  const whole = expr.to === 'integer' && type !== null && !WHOLE.includes(type) ? context.dialect.truncate(arg) : null;
  return `CAST(${whole ?? arg} AS ${context.dialect.castTypes[expr.to]})`;
}

function scalarFunction(expr: FunctionExpr, context: RenderContext, binding: number): string {
  const { dialect } = context;
  const args = (): string => expr.args.map((arg) => context.expr(arg)).join(', ');
  switch (expr.name) {
    case 'concat': {
      if (!dialect.concatOperator) return `CONCAT(${args()})`;
      const text = expr.args.map((arg) => asText(arg, context, BINDING.product)).join(' || ');
      return wrap(text, BINDING.concat, binding);
    }
    case 'length':
    case 'substring':
    case 'lower':
    case 'upper':
    case 'trim': {
      const [first, ...rest] = expr.args;
      const texts = [...(first ? [asText(first, context, BINDING.any)] : []), ...rest.map((arg) => context.expr(arg))];
      return `${functionName(expr.name, context)}(${texts.join(', ')})`;
    }
    case 'round': {
      const [value, digits] = expr.args;
      if (value && digits && dialect.roundNeedsDecimal) {
        const type = typeOf(value, context.scope);
        const text = context.expr(value);
        const exact = type === 'decimal' || type === 'integer' ? text : `CAST(${text} AS ${dialect.castTypes.decimal})`;
        return `ROUND(${exact}, ${context.expr(digits)})`;
      }
      return `ROUND(${args()})`;
    }
    case 'coalesce':
    case 'nullif':
    case 'abs':
      return `${expr.name.toUpperCase()}(${args()})`;
    default:
      return assertNever(expr.name);
  }
}

function functionName(name: 'length' | 'substring' | 'lower' | 'upper' | 'trim', context: RenderContext): string {
  if (name === 'length') return context.dialect.lengthFunction;
  return name === 'substring' ? context.dialect.substringFunction : name.toUpperCase();
}

/** The operand of a text operation; engines with strict types want a number or date cast first. */
export function asText(expr: Expr, context: RenderContext, binding: number): string {
  const type = typeOf(expr, context.scope);
  if (!context.dialect.strictTypes || type === null || type === 'text') return context.expr(expr, binding);
  return `CAST(${context.expr(expr)} AS ${context.dialect.castTypes.text})`;
}

function window(expr: WindowExpr, context: RenderContext): string {
  const parts: string[] = [];
  if (expr.partitionBy.length > 0)
    parts.push(`PARTITION BY ${expr.partitionBy.map((e) => context.expr(e)).join(', ')}`);
  if (expr.orderBy.length > 0) parts.push(`ORDER BY ${windowOrder(expr.orderBy, context)}`);
  if (expr.frame === 'running') parts.push('ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW');
  else if (expr.frame) parts.push(`ROWS BETWEEN ${Math.trunc(expr.frame.precedingRows)} PRECEDING AND CURRENT ROW`);
  return `${windowFunction(expr.fn, context)} OVER (${parts.join(' ')})`;
}

function windowOrder(items: readonly OrderItem[], context: RenderContext): string {
  return items.flatMap((item) => orderKeys(item, context.expr(item.expr), context)).join(', ');
}

function windowFunction(fn: WindowExpr['fn'], context: RenderContext): string {
  switch (fn.kind) {
    case 'aggregate':
      return windowAggregate(fn, context);
    case 'ranking':
      return `${fn.name.toUpperCase()}()`;
    case 'lag':
      return `LAG(${context.expr(fn.arg)}, ${Math.trunc(fn.offset)})`;
  }
}

/** Engines that spell an aggregate as a formula, or as an ordered set, cannot put `OVER` behind it. */
function windowAggregate(fn: AggregateExpr, context: RenderContext): string {
  const { name, label } = context.dialect;
  if ((fn.fn === 'stddev' && name === 'sqlite') || (fn.fn === 'median' && name === 'postgres')) {
    throw new EngineError('not-allowed', `${label} has no ${fn.fn} over a window`, {
      data: { dialect: name, feature: `${fn.fn} over a window` },
    });
  }
  return aggregate(fn, context);
}

/**
 * A constant spelled for what it is compared with: engines with strict types refuse `text = 5` and
 * `boolean = 1`, and the others compare them in surprising ways.
 */
export function comparable(value: Expr, other: ColumnType | null): Expr {
  if (value.kind !== 'literal' || value.value === null) return value;
  const as = (type: LiteralExpr['type'], to: LiteralExpr['value']): LiteralExpr => ({
    kind: 'literal',
    value: to,
    type,
  });
  if (other === 'text' && value.type !== 'text') return as('text', String(value.value));
  if (other === 'boolean' && value.type === 'integer') return as('boolean', Number(value.value) !== 0);
  return value;
}
