import { plural } from './names.ts';
import type { Phrases, SentenceParts } from './phrases.ts';

const MEASURES = {
  count: 'number of',
  sum: 'total',
  avg: 'average',
  min: 'lowest',
  max: 'highest',
  median: 'median',
  stddev: 'standard deviation of',
} as const;

const DIRECTIONS = {
  high: 'highest first',
  low: 'lowest first',
  many: 'highest first',
  few: 'lowest first',
  new: 'latest first',
  old: 'earliest first',
  az: 'from A to Z',
  za: 'from Z to A',
} as const;

const SUPERLATIVES = {
  high: 'highest',
  low: 'lowest',
  many: 'highest',
  few: 'lowest',
  new: 'latest',
  old: 'earliest',
  az: 'first',
  za: 'last',
} as const;

function list(items: readonly string[], word: 'and' | 'or'): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

function sentence(parts: SentenceParts): string {
  const items = list(parts.items, 'and');
  const subject =
    parts.shape === 'all-columns'
      ? `all columns of ${parts.table}`
      : parts.shape === 'rows'
        ? `${parts.distinct ? 'distinct ' : ''}${items} of ${parts.table}`
        : items;
  const clauses = [
    parts.groups.length > 0 ? `for each ${list(parts.groups, 'and')}` : '',
    parts.period ?? '',
    parts.filters.length > 0 ? `where ${list(parts.filters, 'and')}` : '',
    parts.having.length > 0 ? `only where ${list(parts.having, 'and')}` : '',
    parts.order ?? '',
    parts.order === null && parts.limit !== null ? `first ${parts.limit} ${parts.limit === 1 ? 'row' : 'rows'}` : '',
    parts.offset ? `skipping ${parts.offset}` : '',
  ].filter((clause) => clause !== '');
  return [subject, ...clauses].join(', ');
}

/** English wording. */
export const english: Phrases = {
  comma: ', ',
  and: ' and ',
  or: ' or ',
  list,
  quoted: (text) => `“${text}”`,
  everything: 'all columns',
  today: 'today',
  rows: (table) => `rows of ${table}`,
  aggregate: (fn, arg, distinct) => `${MEASURES[fn]} ${distinct ? `different ${plural(arg)}` : arg}`,
  countOf: (table) => `number of ${table}`,
  onlyWhere: (measure, condition) => `${measure} where ${condition}`,
  comparison: {
    '=': (left, right) => `${left} is ${right}`,
    '!=': (left, right) => `${left} is not ${right}`,
    '<': (left, right) => `${left} is below ${right}`,
    '<=': (left, right) => `${left} is at most ${right}`,
    '>': (left, right) => `${left} is above ${right}`,
    '>=': (left, right) => `${left} is at least ${right}`,
  },
  dateComparison: {
    '=': (left, right) => `${left} is ${right}`,
    '!=': (left, right) => `${left} is not ${right}`,
    '<': (left, right) => `${left} is before ${right}`,
    '<=': (left, right) => `${left} is ${right} or earlier`,
    '>': (left, right) => `${left} is after ${right}`,
    '>=': (left, right) => `${left} is ${right} or later`,
  },
  between: (arg, low, high, negated) => `${arg} is ${negated ? 'not ' : ''}between ${low} and ${high}`,
  oneOf: (arg, values, negated) => `${arg} is ${negated ? 'none of' : 'one of'} ${values}`,
  among: (arg, plan, negated) => `${arg} is ${negated ? 'not ' : ''}among (${plan})`,
  exists: (plan, negated) => `there is ${negated ? 'none' : 'at least one'} of (${plan})`,
  empty: (arg, negated) => `${arg} is ${negated ? 'known' : 'missing'}`,
  like(arg, how, text, negated) {
    const verbs = negated
      ? { contains: 'does not contain', starts: 'does not start with', ends: 'does not end with', like: 'is not like' }
      : { contains: 'contains', starts: 'starts with', ends: 'ends with', like: 'is like' };
    return `${arg} ${verbs[how]} “${text}”`;
  },
  not: (condition) => `not (${condition})`,
  either: (conditions) => `either ${list(conditions, 'or')}`,
  period(column, from, to) {
    const when = from !== to ? `from ${from} to ${to}` : from.length === 10 ? `on ${from}` : `in ${from}`;
    return column === null ? when : `${when} (${column})`;
  },
  grain: (grain, arg) => (grain === 'day' ? arg : `${grain} of ${arg}`),
  part: (part, arg) => `${part} of ${arg}`,
  shifted: (arg, amount, unit) =>
    `${Math.abs(amount)} ${unit}${Math.abs(amount) === 1 ? '' : 's'} ${amount < 0 ? 'before' : 'after'} ${arg}`,
  difference: (unit, from, to) => `${unit}s from ${from} to ${to}`,
  depends: 'a value that depends on conditions',
  window(fn, partition, order, running) {
    const within = partition === '' ? '' : ` within each ${partition}`;
    const along = order === '' ? '' : ` ${running ? 'running along' : 'by'} ${order}`;
    return `${fn}${along}${within}`;
  },
  ranking: (name) => (name === 'row_number' ? 'position' : 'rank'),
  previous: (arg) => `previous ${arg}`,
  combined(op, left, right) {
    if (op === 'intersect') return `both in (${left}) and in (${right})`;
    if (op === 'except') return `(${left}) without (${right})`;
    return `(${left}) together with (${right})`;
  },
  sentence,
  order: (key, direction) => `by ${key}, ${DIRECTIONS[direction]}`,
  top: (limit, key, direction) =>
    limit === 1
      ? `the one with the ${SUPERLATIVES[direction]} ${key}`
      : `the ${limit} with the ${SUPERLATIVES[direction]} ${key}`,
};
