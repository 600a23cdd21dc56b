import { assertNever } from '../../kernel/index.ts';
import { type TreeObject, type TreeValue, treeData, treeList, treeNode } from '../parse/index.ts';
import type { DateAddExpr, DateGrain, DatePartExpr, Expr } from '../plan/plan.ts';
import { typeOf } from '../plan/plan-types.ts';
import type { NameScope, ReadContext } from './read-context.ts';
import { refuse } from './read-failure.ts';

const GRAINS: readonly string[] = ['year', 'quarter', 'month', 'week', 'day', 'hour'] satisfies DateGrain[];
const isGrain = (text: string): text is DateGrain => GRAINS.includes(text);

const PARTS: Readonly<Record<string, DatePartExpr['part']>> = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  week: 'week',
  day: 'day',
  day_of_month: 'day',
  dayofmonth: 'day',
  hour: 'hour',
  isodow: 'weekday',
};

type Formatted = { readonly part: DatePartExpr['part'] } | { readonly grain: DateGrain };

/** Output formats that are a date part or a period; `%` forms of strftime and DATE_FORMAT, letters of TO_CHAR. */
const FORMATS: Readonly<Record<string, Formatted>> = {
  '%Y': { part: 'year' },
  '%m': { part: 'month' },
  '%d': { part: 'day' },
  '%H': { part: 'hour' },
  '%Y-%m': { grain: 'month' },
  '%Y-%m-%d': { grain: 'day' },
  '%Y-01-01': { grain: 'year' },
  '%Y-%m-01': { grain: 'month' },
  '%Y-%m-%d %H:00:00': { grain: 'hour' },
  YYYY: { part: 'year' },
  MM: { part: 'month' },
  DD: { part: 'day' },
  HH24: { part: 'hour' },
  'YYYY-MM': { grain: 'month' },
  'YYYY-MM-DD': { grain: 'day' },
};

const trunc = (grain: DateGrain, arg: Expr): Expr => ({ kind: 'date-trunc', grain, arg });
const datePart = (part: DatePartExpr['part'], arg: Expr): Expr => ({ kind: 'date-part', part, arg });

/** The text of a string literal, else null. */
export function stringOf(value: TreeValue | undefined): string | null {
  const literal = treeData(value, 'literal');
  return literal?.literal_type === 'string' && typeof literal.value === 'string' ? literal.value : null;
}

function formatted(format: string | null, arg: Expr): Expr {
  const meaning = format === null ? undefined : FORMATS[format];
  if (!meaning) return refuse('a date format', format ?? 'not a constant');
  return 'part' in meaning ? datePart(meaning.part, arg) : trunc(meaning.grain, arg);
}

function unit(value: TreeValue | undefined): string {
  const text = stringOf(value) ?? String((treeData(value, 'column')?.name as TreeObject | undefined)?.name ?? '');
  return text.toLowerCase().replace(/s$/, '');
}

/** The current date as a constant, when the caller said what day it is. */
function today(context: ReadContext): Expr {
  if (context.today === null) return refuse('the current date', 'write the date as a constant');
  return { kind: 'literal', value: context.today, type: 'date' };
}

/** `extract(part FROM x)`. */
export function readExtract(data: TreeObject, scope: NameScope, context: ReadContext): Expr {
  const field =
    typeof data.field === 'string' ? data.field : String((data.field as TreeObject | null | undefined)?.Custom ?? '');
  const part = PARTS[field.toLowerCase()];
  return part ? datePart(part, context.expr(data.this, scope)) : refuse('a date part', field);
}

/** A function with a variant of its own: `year(x)`, `month(x)`, …; null when it is none of dates. */
export function readPartVariant(
  variant: string,
  data: TreeObject,
  scope: NameScope,
  context: ReadContext,
): Expr | null {
  const part = PARTS[variant];
  return part && 'this' in data ? datePart(part, context.expr(data.this, scope)) : null;
}

/** A date function by name; null when it is none. */
export function readDateFunction(
  name: string,
  args: readonly TreeValue[],
  scope: NameScope,
  context: ReadContext,
): Expr | null {
  const arg = (index: number): Expr => context.expr(args[index], scope);
  switch (name) {
    case 'strftime':
      if (args.length !== 2) return refuse('strftime with modifiers');
      return context.dialect === 'sqlite'
        ? formatted(stringOf(args[0]), timeValue(args[1], scope, context))
        : formatted(stringOf(args[1]), arg(0));
    case 'date_format':
    case 'to_char':
      return args.length === 2 ? formatted(stringOf(args[1]), arg(0)) : refuse(name);
    case 'date_trunc': {
      const grain = unit(args[0]);
      return isGrain(grain) ? trunc(grain, arg(1)) : refuse('a period', grain);
    }
    case 'date_part': {
      const part = PARTS[unit(args[0])];
      return part ? datePart(part, arg(1)) : refuse('a date part', unit(args[0]));
    }
    case 'isodow':
      return datePart('weekday', arg(0));
    case 'weekday':
      if (context.dialect !== 'mysql') return refuse('a weekday that starts on Sunday');
      return {
        kind: 'arithmetic',
        op: '-',
        left: datePart('weekday', arg(0)),
        right: { kind: 'literal', value: 1, type: 'integer' },
      };
    case 'week':
      if (context.dialect === 'mysql' && treeData(args[1], 'literal')?.value !== '3')
        return refuse('a week that is not ISO');
      return datePart('week', arg(0));
    case 'date':
      return context.dialect === 'sqlite' ? sqliteDate(args, scope, context) : trunc('day', arg(0));
    case 'datetime':
      if (args.length === 1) return { kind: 'cast', to: 'timestamp', arg: timeValue(args[0], scope, context) };
      return sqliteDate(args, scope, context);
    case 'date_diff':
    case 'datediff':
      return readDateDiff(args, scope, context);
    case 'date_add':
    case 'date_sub':
      return shift(arg(0), args[1], name === 'date_sub' ? -1 : 1);
    case 'current_date':
    case 'curdate':
    case 'today':
      return today(context);
    default:
      return null;
  }
}

/** SQLite's `'now'` where a date is asked. */
function timeValue(value: TreeValue | undefined, scope: NameScope, context: ReadContext): Expr {
  return stringOf(value)?.toLowerCase() === 'now' ? today(context) : context.expr(value, scope);
}

function sqliteDate(args: readonly TreeValue[], scope: NameScope, context: ReadContext): Expr {
  let expr = timeValue(args[0], scope, context);
  if (args.length === 1) return trunc('day', expr);
  for (const modifier of args.slice(1)) {
    const text = stringOf(modifier)?.toLowerCase() ?? '';
    const start = /^start of (year|month|day)$/.exec(text);
    const move = /^([+-]?\d+) (year|month|day|hour)s?$/.exec(text);
    if (start?.[1] && isGrain(start[1])) expr = trunc(start[1], expr);
    else if (move) expr = { kind: 'date-add', arg: expr, amount: Number(move[1]), unit: addUnit(move[2] ?? '') };
    else if (text !== 'floor') return refuse('a date modifier', text);
  }
  return expr;
}

function addUnit(text: string): DateAddExpr['unit'] {
  if (text === 'year' || text === 'month' || text === 'day' || text === 'hour') return text;
  return refuse('an interval unit', text);
}

function readDateDiff(args: readonly TreeValue[], scope: NameScope, context: ReadContext): Expr {
  if (context.dialect === 'mysql' && args.length === 2) {
    return { kind: 'date-diff', unit: 'day', from: context.expr(args[1], scope), to: context.expr(args[0], scope) };
  }
  const what = unit(args[0]);
  if (args.length !== 3 || (what !== 'year' && what !== 'month' && what !== 'day'))
    return refuse('a date difference', what);
  return { kind: 'date-diff', unit: what, from: context.expr(args[1], scope), to: context.expr(args[2], scope) };
}

/** A constant that can only be meant as a date. */
function dated(expr: Expr): Expr {
  const isDate = expr.kind === 'literal' && expr.type === 'text' && /^\d{4}-\d{2}-\d{2}$/.test(String(expr.value));
  return isDate ? { ...expr, type: 'date' } : expr;
}

/** `moved` by an interval node. */
function shift(moved: Expr, interval: TreeValue | undefined, sign: 1 | -1): Expr {
  const arg = dated(moved);
  const data = treeData(interval, 'interval');
  const size = stringOf(data?.this) ?? String(treeData(data?.this, 'literal')?.value ?? '');
  const named = (data?.unit as TreeObject | null | undefined)?.unit;
  const [, amount, inside] = /^\s*([+-]?\d+)\s*([a-z]*?)s?\s*$/i.exec(size) ?? [];
  const what = (inside || String(named ?? '')).toLowerCase();
  if (!data || amount === undefined) return refuse('an interval');
  if (what === 'week') return { kind: 'date-add', arg, amount: sign * 7 * Number(amount), unit: 'day' };
  if (what === 'quarter') return { kind: 'date-add', arg, amount: sign * 3 * Number(amount), unit: 'month' };
  return { kind: 'date-add', arg, amount: sign * Number(amount), unit: addUnit(what) };
}

const YEAR_FIRST = /^\d{4}-\d{2}-\d{2}(?:[ T]|$)/;

/** Additions and subtractions that are about dates; null when they are about numbers. */
export function readDateArithmetic(
  op: 'add' | 'sub',
  data: TreeObject,
  scope: NameScope,
  context: ReadContext,
): Expr | null {
  if (treeData(data.right, 'interval')) return shift(context.expr(data.left, scope), data.right, op === 'sub' ? -1 : 1);
  if (op === 'add') return null;
  const [one, other] = [julianDay(data.left), julianDay(data.right)];
  if (one && other) {
    return {
      kind: 'date-diff',
      unit: 'day',
      from: timeValue(other, scope, context),
      to: timeValue(one, scope, context),
    };
  }
  const left = context.expr(data.left, scope);
  const right = context.expr(data.right, scope);
  const dated = (expr: Expr): boolean => {
    const type = typeOf(expr, context.types);
    return type === 'date' || type === 'timestamp';
  };
  if (left.kind === 'date-part' && right.kind === 'date-part' && left.part === 'year' && right.part === 'year') {
    return { kind: 'date-diff', unit: 'year', from: right.arg, to: left.arg };
  }
  switch (context.dialect) {
    case 'sqlite':
      return yearDifference(left, right, context);
    case 'duckdb':
    case 'postgres':
      return dated(left) && dated(right) ? { kind: 'date-diff', unit: 'day', from: right, to: left } : null;
    case 'mysql':
      return dated(left) && dated(right) ? refuse('subtracting dates as numbers', 'use DATEDIFF') : null;
    default:
      return assertNever(context.dialect);
  }
}

function julianDay(value: TreeValue | undefined): TreeValue | undefined {
  const node = treeNode(value);
  if (node?.variant !== 'function' || String(node.data.name).toLowerCase() !== 'julianday') return undefined;
  const args = treeList(node.data.args);
  return args.length === 1 ? args[0] : undefined;
}

/** In SQLite `'2021-01-01' - born` subtracts the leading numbers of both texts: the years. */
function yearDifference(left: Expr, right: Expr, context: ReadContext): Expr | null {
  const constantYear = (expr: Expr): string | null =>
    expr.kind === 'literal' && typeof expr.value === 'string' && YEAR_FIRST.test(expr.value)
      ? expr.value.slice(0, 10)
      : null;
  const textual = (expr: Expr): boolean => ['date', 'timestamp', 'text'].includes(typeOf(expr, context.types) ?? '');
  const [leftYear, rightYear] = [constantYear(left), constantYear(right)];
  const dated = (expr: Expr): boolean => ['date', 'timestamp'].includes(typeOf(expr, context.types) ?? '');
  if (!leftYear && !rightYear) {
    return dated(left) && dated(right) ? { kind: 'date-diff', unit: 'year', from: right, to: left } : null;
  }
  if (textual(left) && textual(right)) {
    const constant = (year: string | null, expr: Expr): Expr =>
      year ? { kind: 'literal', value: year, type: 'date' } : expr;
    return { kind: 'date-diff', unit: 'year', from: constant(rightYear, right), to: constant(leftYear, left) };
  }
  const number = (year: string | null, expr: Expr): Expr =>
    year ? { kind: 'literal', value: Number(year.slice(0, 4)), type: 'integer' } : expr;
  return { kind: 'arithmetic', op: '-', left: number(leftYear, left), right: number(rightYear, right) };
}
