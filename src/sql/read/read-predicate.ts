import { type TreeObject, type TreeValue, treeData, treeList, treeNode } from '../parse/index.ts';
import type { ComparisonOp, Expr, LiteralExpr, Predicate } from '../plan/plan.ts';
import { typeOf } from '../plan/plan-types.ts';
import { type NameScope, onlyFields, type ReadContext } from './read-context.ts';
import { stringOf } from './read-dates.ts';
import { refuse } from './read-failure.ts';

const COMPARISONS: Readonly<Record<string, ComparisonOp>> = {
  eq: '=',
  neq: '!=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
};

/** Reads a condition. */
export function readPredicate(value: TreeValue | undefined, scope: NameScope, context: ReadContext): Predicate {
  const node = treeNode(value);
  if (!node) return refuse('this condition');
  const { variant, data } = node;
  const op = COMPARISONS[variant];
  if (op) {
    const left = context.expr(data.left, scope);
    const right = context.expr(data.right, scope);
    return { kind: 'comparison', op, left: typedLike(left, right, context), right: typedLike(right, left, context) };
  }
  switch (variant) {
    case 'and':
    case 'or': {
      const sides = [context.predicate(data.left, scope), context.predicate(data.right, scope)];
      return { kind: variant, args: sides.flatMap((side) => (side.kind === variant ? side.args : [side])) };
    }
    case 'not':
      return negated(context.predicate(data.this, scope));
    case 'paren':
      return context.predicate(data.this, scope);
    case 'between': {
      const arg = context.expr(data.this, scope);
      const [low, high] = [data.low, data.high].map((side) => typedLike(context.expr(side, scope), arg, context));
      if (!low || !high) return refuse('an open range');
      return { kind: 'between', arg, low, high, negated: data.not === true };
    }
    case 'in':
      return membership(data, scope, context);
    case 'exists':
      return { kind: 'exists', plan: context.query(data.this, scope), negated: data.not === true };
    case 'is_null':
      return { kind: 'is-null', arg: context.expr(data.this, scope), negated: data.not === true };
    case 'like':
    case 'i_like':
      return like(variant, data, scope, context);
    case 'glob':
      return glob(data, scope, context);
    case 'is':
      if (treeNode(data.right)?.variant === 'null') {
        return { kind: 'is-null', arg: context.expr(data.left, scope), negated: false };
      }
      return refuse('IS between values');
    case 'boolean':
      return { kind: data.value === true ? 'and' : 'or', args: [] };
    default:
      return truth(context.expr(value, scope), context);
  }
}

/** A value used as a condition. */
function truth(expr: Expr, context: ReadContext): Predicate {
  const boolean = typeOf(expr, context.types) === 'boolean';
  const right: LiteralExpr = boolean
    ? { kind: 'literal', value: true, type: 'boolean' }
    : { kind: 'literal', value: 0, type: 'integer' };
  return { kind: 'comparison', op: boolean ? '=' : '!=', left: expr, right };
}

function negated(predicate: Predicate): Predicate {
  switch (predicate.kind) {
    case 'between':
    case 'in':
    case 'in-plan':
    case 'like':
    case 'is-null':
    case 'exists':
      return { ...predicate, negated: !predicate.negated };
    default:
      return { kind: 'not', arg: predicate };
  }
}

function membership(data: TreeObject, scope: NameScope, context: ReadContext): Predicate {
  onlyFields(data, 'IN', ['this', 'expressions', 'query', 'not']);
  const arg = context.expr(data.this, scope);
  const isNegated = data.not === true;
  const list = treeList(data.expressions);
  const only = list.length === 1 ? treeNode(list[0]) : null;
  const query =
    data.query ?? (only && ['select', 'union', 'intersect', 'except'].includes(only.variant) ? list[0] : null);
  if (query) return { kind: 'in-plan', arg, plan: context.query(query, scope), negated: isNegated };
  const values = list.map((value) => typedLike(context.expr(value, scope), arg, context));
  return { kind: 'in', arg, values, negated: isNegated };
}

function like(variant: string, data: TreeObject, scope: NameScope, context: ReadContext): Predicate {
  onlyFields(data, 'LIKE', ['left', 'right', 'escape']);
  const collated = treeData(data.right, 'collation');
  const binary = String(collated?.collation ?? '').endsWith('_bin');
  if (collated && !binary) return refuse('a collation');
  const pattern = patternText(collated ? collated.this : data.right, scope, context);
  const arg = context.expr(data.left, scope);
  if (arg.kind === 'date-part' || arg.kind === 'date-trunc') return refuse('LIKE on a part of a date');
  const escapesByDefault = context.dialect === 'postgres' || context.dialect === 'mysql';
  const escapeWith = data.escape ? stringOf(data.escape) : escapesByDefault ? '\\' : '';
  if (escapeWith === null) return refuse('a computed escape character');
  const insensitive = variant === 'i_like' || context.dialect === 'sqlite' || context.dialect === 'mysql';
  return {
    kind: 'like',
    arg,
    pattern: withBackslash(pattern, escapeWith),
    negated: false,
    caseInsensitive: insensitive && !binary,
  };
}

function patternText(value: TreeValue | undefined, scope: NameScope, context: ReadContext): string {
  const pattern = context.expr(value, scope);
  if (pattern.kind === 'literal' && (pattern.type === 'text' || pattern.type === 'integer'))
    return String(pattern.value);
  return refuse('LIKE with a computed pattern');
}

/** A pattern whose escape character is `marker` (none when empty), with `\` instead. */
function withBackslash(pattern: string, marker: string): string {
  if (marker === '\\') return pattern;
  let out = '';
  const characters = [...pattern];
  for (let i = 0; i < characters.length; i += 1) {
    const character = characters[i] ?? '';
    if (marker !== '' && character === marker && i + 1 < characters.length) {
      i += 1;
      out += `\\${characters[i]}`;
    } else {
      out += character === '\\' ? '\\\\' : character;
    }
  }
  return out;
}

/** SQLite's case-sensitive pattern match. */
function glob(data: TreeObject, scope: NameScope, context: ReadContext): Predicate {
  const text = patternText(data.right, scope, context).replace(/\[([*?[])\]/g, '\\$1');
  if (/(?<!\\)\[/.test(text)) return refuse('a character class');
  const pattern = text.replace(/\\([*?[])|([%_\\])|(\*)|(\?)/g, (_all, kept, special, many) =>
    kept ? kept : special ? `\\${special}` : many ? '%' : '_',
  );
  return { kind: 'like', arg: context.expr(data.left, scope), pattern, negated: false, caseInsensitive: false };
}

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** A constant typed like what it is compared with, as the engine itself would convert it. */
function typedLike(value: Expr, other: Expr, context: ReadContext): Expr {
  if (value.kind === 'literal' && value.type === 'integer' && typeOf(other, context.types) === 'boolean') {
    return { kind: 'literal', value: value.value !== 0, type: 'boolean' };
  }
  if (value.kind !== 'literal' || value.type !== 'text' || typeof value.value !== 'string') return value;
  const text = value.value;
  const as = (type: LiteralExpr['type'], to: LiteralExpr['value']): Expr => ({ kind: 'literal', value: to, type });
  if (other.kind === 'date-part') return /^\d+$/.test(text) ? as('integer', Number(text)) : value;
  if (other.kind === 'date-trunc' && /^\d{4}-\d{2}$/.test(text)) return as('date', `${text}-01`);
  const type = typeOf(other, context.types);
  if (type === 'date' || type === 'timestamp') {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return as('date', text);
    if (/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return as('timestamp', text);
  }
  const number = type === 'integer' || type === 'decimal' || type === 'float';
  if (number && other.kind === 'column' && NUMBER.test(text)) {
    return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text))
      ? as('integer', Number(text))
      : as('decimal', text);
  }
  return value;
}
