import { assertNever } from '../../kernel/index.ts';
import type { Expr, Plan, Predicate } from '../plan/plan.ts';
import { outputType, typeOf } from '../plan/plan-types.ts';
import type { ColumnType } from '../schema/database-schema.ts';
import { textLiteral } from './literals.ts';
import { BINDING, newline, type RenderContext } from './render-context.ts';
import { asText, comparable } from './render-expression.ts';

type Like = Extract<Predicate, { kind: 'like' }>;

/** Writes a predicate so that it can stand where `binding` is asked. */
export function renderPredicate(predicate: Predicate, context: RenderContext, binding: number): string {
  switch (predicate.kind) {
    case 'comparison': {
      const [left, right] = operands(predicate.left, predicate.right, context);
      return wrap(`${left} ${predicate.op === '!=' ? '<>' : predicate.op} ${right}`, BINDING.comparison, binding);
    }
    case 'between': {
      const type = conversionType(predicate.arg, context);
      const [low, high] = [predicate.low, predicate.high].map((e) => side(comparable(e, type), context));
      const text = `${side(predicate.arg, context)} ${not(predicate)}BETWEEN ${low} AND ${high}`;
      return wrap(text, BINDING.comparison, binding);
    }
    case 'in': {
      if (predicate.values.length === 0)
        return wrap(predicate.negated ? '1 = 1' : '1 = 0', BINDING.comparison, binding);
      const type = conversionType(predicate.arg, context);
      const values = predicate.values.map((value) => context.expr(comparable(value, type))).join(', ');
      return wrap(`${side(predicate.arg, context)} ${not(predicate)}IN (${values})`, BINDING.comparison, binding);
    }
    case 'in-plan':
      return wrap(membership(predicate, context), BINDING.comparison, binding);
    case 'like':
      return wrap(like(predicate, context), BINDING.comparison, binding);
    case 'is-null':
      return wrap(`${side(predicate.arg, context)} IS ${not(predicate)}NULL`, BINDING.comparison, binding);
    case 'exists':
      return wrap(`${not(predicate)}EXISTS ${context.subquery(predicate.plan)}`, BINDING.not, binding);
    case 'and':
    case 'or':
      return junction(predicate.kind, predicate.args, context, binding);
    case 'not':
      return wrap(`NOT ${context.predicate(predicate.arg, BINDING.atom)}`, BINDING.not, binding);
    default:
      return assertNever(predicate);
  }
}

const wrap = (text: string, own: number, asked: number): string => (own < asked ? `(${text})` : text);
const not = (predicate: { readonly negated: boolean }): string => (predicate.negated ? 'NOT ' : '');

/** One side of a comparison; a date part need not be cast to a whole number to be compared. */
function side(expr: Expr, context: RenderContext): string {
  if (expr.kind !== 'date-part') return context.expr(expr, BINDING.concat);
  const type = typeOf(expr.arg, context.scope);
  const operand = {
    sql: context.expr(expr.arg),
    tight: context.expr(expr.arg, BINDING.product),
    type: type === 'date' || type === 'timestamp' || type === 'text' ? type : ('unknown' as const),
  };
  return context.dialect.datePart(expr.part, operand, true);
}

/** The type that a constant beside `expr` takes: engines with loose types convert for columns only. */
function conversionType(expr: Expr, context: RenderContext): ColumnType | null {
  return context.dialect.strictTypes || expr.kind === 'column' ? typeOf(expr, context.scope) : null;
}

type InPlan = Extract<Predicate, { kind: 'in-plan' }>;

function membership(predicate: InPlan, context: RenderContext): string {
  const [one, other] = [typeOf(predicate.arg, context.scope), outputType(predicate.plan, context.scope)];
  const mixed =
    context.dialect.strictTypes &&
    (one === 'text' ? NUMBERS.includes(other) : other === 'text' && NUMBERS.includes(one));
  const arg = mixed ? asText(predicate.arg, context, BINDING.concat) : side(predicate.arg, context);
  const plan = mixed && one === 'text' ? textOutput(predicate.plan) : predicate.plan;
  const text =
    plan.limit === null || context.dialect.limitInMembership
      ? context.subquery(plan)
      : `(SELECT * FROM ${context.subquery(plan)} AS limited)`;
  return `${arg} ${not(predicate)}IN ${text}`;
}

/** The plan with its only column as text. */
function textOutput(plan: Plan): Plan {
  if (plan.kind === 'set') return { ...plan, left: textOutput(plan.left), right: textOutput(plan.right) };
  return {
    ...plan,
    items: plan.items.map((item) => ({ ...item, expr: { kind: 'cast', to: 'text', arg: item.expr } })),
  };
}

const NUMBERS: readonly (ColumnType | null)[] = ['integer', 'decimal', 'float'];

function operands(left: Expr, right: Expr, context: RenderContext): readonly [string, string] {
  const leftType = typeOf(left, context.scope);
  const rightType = typeOf(right, context.scope);
  const [one, two] = [
    comparable(left, conversionType(right, context)),
    comparable(right, conversionType(left, context)),
  ];
  const mixed = context.dialect.strictTypes && one === left && two === right;
  if (mixed && isOddDate(leftType, right)) return [asText(left, context, BINDING.concat), side(right, context)];
  if (mixed && isOddDate(rightType, left)) return [side(left, context), asText(right, context, BINDING.concat)];
  if (mixed && leftType === 'text' && NUMBERS.includes(rightType) && right.kind !== 'literal') {
    return [side(left, context), asText(right, context, BINDING.concat)];
  }
  if (mixed && rightType === 'text' && NUMBERS.includes(leftType) && left.kind !== 'literal') {
    return [asText(left, context, BINDING.concat), side(right, context)];
  }
  return [side(one, context), side(two, context)];
}

/** A text that is no date, compared with a date: strict engines refuse it, so the date is compared as text. */
function isOddDate(type: ColumnType | null, other: Expr): boolean {
  const isText = other.kind === 'literal' && other.type === 'text' && !/^\d{4}-\d{2}-\d{2}/.test(String(other.value));
  return isText && (type === 'date' || type === 'timestamp');
}

function like(predicate: Like, context: RenderContext): string {
  const { dialect } = context;
  const arg = asText(predicate.arg, context, BINDING.concat);
  if (!predicate.caseInsensitive && dialect.sensitiveLike === 'glob') {
    return `${arg} ${not(predicate)}GLOB ${textLiteral(globOf(predicate.pattern), dialect)}`;
  }
  const operator = predicate.caseInsensitive ? dialect.insensitiveLike : 'LIKE';
  const collation =
    !predicate.caseInsensitive && dialect.sensitiveLike === 'like-collate-binary' ? ' COLLATE utf8mb4_bin' : '';
  const escaping = predicate.pattern.includes('\\') && !dialect.likeEscapesByDefault ? " ESCAPE '\\'" : '';
  return `${arg} ${not(predicate)}${operator} ${textLiteral(predicate.pattern, dialect)}${collation}${escaping}`;
}

/** A LIKE pattern as a GLOB pattern, which respects case. */
function globOf(pattern: string): string {
  let glob = '';
  const characters = [...pattern];
  for (let i = 0; i < characters.length; i += 1) {
    let character = characters[i] ?? '';
    const escaped = character === '\\' && i + 1 < characters.length;
    if (escaped) {
      i += 1;
      character = characters[i] ?? '';
    }
    if (!escaped && character === '%') glob += '*';
    else if (!escaped && character === '_') glob += '?';
    else glob += /[*?[]/.test(character) ? `[${character}]` : character;
  }
  return glob;
}

function junction(kind: 'and' | 'or', args: readonly Predicate[], context: RenderContext, binding: number): string {
  if (args.length === 0) return wrap(kind === 'and' ? '1 = 1' : '1 = 0', BINDING.comparison, binding);
  const [only] = args;
  if (args.length === 1 && only) return context.predicate(only, binding);
  const own = kind === 'and' ? BINDING.and : BINDING.or;
  const parts = args.map((arg) => context.predicate(arg, own + (arg.kind === kind ? 0 : 1)));
  const wrapped = own < binding;
  const separator = wrapped || binding > BINDING.any ? ' ' : newline(context, 1);
  return wrap(parts.join(`${separator}${kind.toUpperCase()} `), own, binding);
}
