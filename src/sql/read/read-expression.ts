import { type TreeObject, type TreeValue, treeData, treeList, treeName, treeNode } from '../parse/index.ts';
import type { AggregateName, ArithmeticExpr, CastExpr, Expr, FunctionExpr, LiteralExpr } from '../plan/plan.ts';
import { typeOf } from '../plan/plan-types.ts';
import { type NameScope, onlyFields, type ReadContext } from './read-context.ts';
import { readDateArithmetic, readDateFunction, readExtract, readPartVariant } from './read-dates.ts';
import { refuse } from './read-failure.ts';
import { readColumn, resolveSource } from './read-names.ts';
import { readWindow } from './read-window.ts';

const AGGREGATES: Readonly<Record<string, AggregateName>> = {
  count: 'count',
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
  median: 'median',
  stddev: 'stddev',
  stddev_samp: 'stddev',
};

const OPERATORS: Readonly<Record<string, ArithmeticExpr['op']>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  mod: '%',
  mod_func: '%',
  int_div: 'div',
};

const UNARY: Readonly<Record<string, FunctionExpr['name']>> = {
  abs: 'abs',
  length: 'length',
  upper: 'upper',
  lower: 'lower',
};

const NAMED: Readonly<Record<string, FunctionExpr['name']>> = {
  abs: 'abs',
  coalesce: 'coalesce',
  ifnull: 'coalesce',
  nullif: 'nullif',
  round: 'round',
  lower: 'lower',
  upper: 'upper',
  length: 'length',
  char_length: 'length',
  substr: 'substring',
  substring: 'substring',
  concat: 'concat',
};

/** Reads an expression. */
export function readExpression(value: TreeValue | undefined, scope: NameScope, context: ReadContext): Expr {
  const node = treeNode(value);
  if (!node) return refuse('this expression');
  const { variant, data } = node;
  const fn = AGGREGATES[variant];
  if (fn) return readAggregate(fn, data, scope, context);
  const op = OPERATORS[variant];
  if (op) return readArithmetic(variant, op, data, scope, context);
  const unary = UNARY[variant];
  if (unary) return { kind: 'function', name: unary, args: [context.expr(data.this, scope)] };
  switch (variant) {
    case 'column':
      return readColumn(data, scope, context);
    case 'literal':
      return readLiteral(data);
    case 'boolean':
      return { kind: 'literal', value: data.value === true, type: 'boolean' };
    case 'null':
      return { kind: 'literal', value: null, type: 'null' };
    case 'paren':
      return context.expr(data.this, scope);
    case 'star':
      return readStar(data, scope);
    case 'neg':
      return negated(context.expr(data.this, scope));
    case 'cast':
      return readCast(data, scope, context);
    case 'case':
      return readCase(data, scope, context);
    case 'if_func':
      return {
        kind: 'case',
        // biome-ignore lint/suspicious/noThenProperty: the plan's own word for a branch; never awaited.
        whens: [{ when: context.predicate(data.condition, scope), then: context.expr(data.true_value, scope) }],
        otherwise: data.false_value ? context.expr(data.false_value, scope) : null,
      };
    case 'coalesce':
      return { kind: 'function', name: 'coalesce', args: expressions(data.expressions, scope, context) };
    case 'concat':
      return concatenation(context.expr(data.left, scope), context.expr(data.right, scope));
    case 'trim':
      onlyFields(data, 'trim', ['this', 'position']);
      if (data.position !== 'Both') return refuse('a one-sided trim');
      return { kind: 'function', name: 'trim', args: [context.expr(data.this, scope)] };
    case 'substring': {
      const parts = [data.this, data.start, data.length].filter((part) => part !== null && part !== undefined);
      return { kind: 'function', name: 'substring', args: parts.map((part) => context.expr(part, scope)) };
    }
    case 'extract':
      return readExtract(data, scope, context);
    case 'subquery':
    case 'select':
    case 'union':
    case 'intersect':
    case 'except':
      return { kind: 'scalar-plan', plan: context.query(value, scope) };
    case 'window_function':
      return readWindow(data, scope, context);
    case 'within_group':
      return readMedian(data, scope, context);
    case 'function':
    case 'aggregate_function':
      return readFunction(data, scope, context);
    default:
      return readPartVariant(variant, data, scope, context) ?? refuse(variant.replaceAll('_', ' '));
  }
}

const expressions = (value: TreeValue | undefined, scope: NameScope, context: ReadContext): readonly Expr[] =>
  treeList(value).map((part) => context.expr(part, scope));

function readLiteral(data: TreeObject): LiteralExpr {
  const text = String(data.value ?? '');
  switch (data.literal_type) {
    case 'number':
      return numberLiteral(text);
    case 'string':
      return { kind: 'literal', value: text, type: 'text' };
    case 'date':
      return { kind: 'literal', value: text, type: 'date' };
    case 'timestamp':
    case 'datetime':
      return { kind: 'literal', value: text, type: text.length > 10 ? 'timestamp' : 'date' };
    case 'escape_string':
      return { kind: 'literal', value: unescaped(text), type: 'text' };
    default:
      return refuse(`a ${String(data.literal_type)} constant`);
  }
}

function numberLiteral(text: string): LiteralExpr {
  const number = Number(text);
  if (Number.isNaN(number)) return refuse('a number in this notation', text);
  if (/^\d+$/.test(text))
    return { kind: 'literal', value: Number.isSafeInteger(number) ? number : text, type: 'integer' };
  return { kind: 'literal', value: String(number) === text.replace(/\.?0+$/, '') ? number : text, type: 'decimal' };
}

/** PostgreSQL's `E'…'`, which the parser leaves escaped behind its prefix. */
function unescaped(text: string): string {
  const body = text.replace(/^[eE]:/, '');
  if (/\\[^\\']/.test(body.replaceAll('\\\\', ''))) return refuse('an escape in a string constant');
  return body.replace(/\\(.)/gs, '$1');
}

function negated(arg: Expr): Expr {
  if (arg.kind === 'literal' && (arg.type === 'integer' || arg.type === 'decimal')) {
    return { ...arg, value: typeof arg.value === 'number' ? -arg.value : `-${arg.value}` };
  }
  return { kind: 'negate', arg };
}

function readStar(data: TreeObject, scope: NameScope): Expr {
  onlyFields(data, '*', ['table']);
  const table = treeName(data.table);
  if (!table) return { kind: 'star', source: null };
  const source = resolveSource(table.name, scope);
  return source ? { kind: 'star', source: source.source.alias } : refuse('* of an unknown table', table.name);
}

function readAggregate(fn: AggregateName, data: TreeObject, scope: NameScope, context: ReadContext): Expr {
  onlyFields(data, fn, ['this', 'star', 'distinct', 'filter']);
  const filter = data.filter ? context.predicate(data.filter, scope) : null;
  if (data.star === true)
    return { kind: 'aggregate', fn, arg: { kind: 'star', source: null }, distinct: false, filter };
  const arg = context.expr(data.this, scope);
  return {
    kind: 'aggregate',
    fn,
    // The median is a fraction anyway.
    arg: fn === 'median' ? withoutDecimalCast(arg) : arg,
    distinct: data.distinct === true,
    filter,
  };
}

function readMedian(data: TreeObject, scope: NameScope, context: ReadContext): Expr {
  const call = treeData(data.this, 'aggregate_function');
  const half = treeData(treeList(call?.args)[0], 'literal')?.value;
  const key = treeList(data.order_by)[0] as TreeObject | undefined;
  if (String(call?.name).toLowerCase() !== 'percentile_cont' || Number(half) !== 0.5 || !key)
    return refuse('an ordered-set aggregate');
  return { kind: 'aggregate', fn: 'median', arg: context.expr(key.this, scope), distinct: false, filter: null };
}

function readArithmetic(
  variant: string,
  op: ArithmeticExpr['op'],
  data: TreeObject,
  scope: NameScope,
  context: ReadContext,
): Expr {
  if (variant === 'add' || variant === 'sub') {
    const dates = readDateArithmetic(variant, data, scope, context);
    if (dates) return dates;
  }
  const [first, second] = 'expression' in data ? [data.this, data.expression] : [data.left, data.right];
  const left = context.expr(first, scope);
  const right = context.expr(second, scope);
  if (op !== '/') return { kind: 'arithmetic', op, left, right: op === '%' ? withoutZeroGuard(right) : right };
  if (context.nativeDivision) return { kind: 'arithmetic', op, left, right: withoutZeroGuard(right) };
  const wholeEngine = context.dialect === 'sqlite' || context.dialect === 'postgres';
  const whole = [left, right].every((side) => typeOf(side, context.types) === 'integer');
  if (wholeEngine && whole) return { kind: 'arithmetic', op: 'div', left, right: withoutZeroGuard(right) };
  return { kind: 'arithmetic', op, left: withoutDecimalCast(left), right: withoutZeroGuard(right) };
}

/** `/` of a plan divides as decimals by itself. */
function withoutDecimalCast(expr: Expr): Expr {
  return expr.kind === 'cast' && (expr.to === 'float' || expr.to === 'decimal') ? expr.arg : expr;
}

/** `/` and `%` of a plan give NULL for a zero divisor by themselves. */
function withoutZeroGuard(expr: Expr): Expr {
  if (expr.kind !== 'function' || expr.name !== 'nullif') return expr;
  const [value, zero] = expr.args;
  return value && zero?.kind === 'literal' && Number(zero.value) === 0 && zero.type !== 'text' ? value : expr;
}

function concatenation(left: Expr, right: Expr): Expr {
  const parts = left.kind === 'function' && left.name === 'concat' ? left.args : [left];
  return { kind: 'function', name: 'concat', args: [...parts, right] };
}

const CAST_TARGETS: readonly (readonly [RegExp, CastExpr['to']])[] = [
  [/^(?:int|integer|big_?int|small_?int|tiny_?int|signed|signed integer|unsigned)$/, 'integer'],
  [/^(?:decimal|numeric)$/, 'decimal'],
  [/^(?:float|double|real)$/, 'float'],
  [/^(?:text|var_?char|char|string)$/, 'text'],
  [/^date$/, 'date'],
  [/^(?:timestamp|datetime)$/, 'timestamp'],
];

function readCast(data: TreeObject, scope: NameScope, context: ReadContext): Expr {
  onlyFields(data, 'a cast', ['this', 'to']);
  const to = (data.to ?? {}) as TreeObject;
  const spelled = String(to.data_type === 'custom' ? to.name : to.data_type).toLowerCase();
  const target = CAST_TARGETS.find(([pattern]) => pattern.test(spelled))?.[1];
  if (!target) return refuse('a cast', spelled);
  const arg = context.expr(data.this, scope);
  if (arg.kind === 'date-part' && target === 'integer') return arg;
  if (arg.kind === 'date-diff' && target === 'integer') return arg;
  if (target === 'integer' && (arg.kind === 'cast' ? arg.to === target : arg.kind === 'arithmetic' && arg.op === 'div'))
    return arg;
  if (arg.kind === 'date-trunc' && (target === 'date') === (arg.grain !== 'hour') && target !== 'text') return arg;
  return { kind: 'cast', arg, to: target };
}

function readCase(data: TreeObject, scope: NameScope, context: ReadContext): Expr {
  const operand = data.operand ? context.expr(data.operand, scope) : null;
  const whens = treeList(data.whens).map((pair) => {
    const [when, then] = treeList(pair);
    return {
      when: operand
        ? ({ kind: 'comparison', op: '=', left: operand, right: context.expr(when, scope) } as const)
        : context.predicate(when, scope),
      // biome-ignore lint/suspicious/noThenProperty: the plan's own word for a branch; never awaited.
      then: context.expr(then, scope),
    };
  });
  return { kind: 'case', whens, otherwise: data.else_ ? context.expr(data.else_, scope) : null };
}

function readFunction(data: TreeObject, scope: NameScope, context: ReadContext): Expr {
  const name = String(data.name ?? '').toLowerCase();
  const args = treeList(data.args);
  onlyFields(data, `${name}()`, ['args']);
  const date = readDateFunction(name, args, scope, context);
  if (date) return date;
  if (name === 'div' && args.length === 2) {
    return {
      kind: 'arithmetic',
      op: 'div',
      left: context.expr(args[0], scope),
      right: withoutZeroGuard(context.expr(args[1], scope)),
    };
  }
  if (name === 'trunc' ? args.length === 1 : name === 'truncate' && treeData(args[1], 'literal')?.value === '0') {
    const cut = context.expr(args[0], scope);
    return cut.kind === 'arithmetic' && cut.op === '/'
      ? { ...cut, op: 'div' }
      : { kind: 'cast', to: 'integer', arg: cut };
  }
  if (name === 'left' && args.length === 2) {
    const start: Expr = { kind: 'literal', value: 1, type: 'integer' };
    return {
      kind: 'function',
      name: 'substring',
      args: [context.expr(args[0], scope), start, context.expr(args[1], scope)],
    };
  }
  const known = NAMED[name];
  if (!known || (known === 'concat' && context.dialect !== 'mysql')) return refuse(`the function ${name}`);
  const operands = args.map((arg) => context.expr(arg, scope));
  const [value, digits] = operands;
  // PostgreSQL rounds to digits only what is cast to numeric; a plan need not say so.
  if (known === 'round' && context.dialect === 'postgres' && value && digits) {
    return { kind: 'function', name: 'round', args: [withoutDecimalCast(value), digits] };
  }
  return { kind: 'function', name: known, args: operands };
}
