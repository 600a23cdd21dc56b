/** Whether the words that announce a construct and the construct itself go together. */
import type { Question } from '../linking/question.ts';
import type { Condition, Query, Term } from '../query/query.ts';
import { isComputed } from '../schema/measure-columns.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Announcing words per construct; Chinese ones are looked for in the text. */
const CUES: readonly (readonly [name: string, english: ReadonlySet<string>, chinese: RegExp])[] = [
  ['average', words('average averages averaged mean avg'), /平均|均值/u],
  ['total', words('total totals sum combined altogether overall amount'), /总|合计|一共|共有|之和/u],
  [
    'maximum',
    words(
      'maximum max highest largest most greatest biggest longest oldest latest top best heaviest tallest fastest richest newest',
    ),
    /最(?!少|小|低|短|早|差|近|便宜|年轻|矮|轻|慢)|第一|排名前/u,
  ],
  [
    'minimum',
    words('minimum min lowest smallest least fewest shortest youngest earliest cheapest bottom slowest worst lightest'),
    /最(少|小|低|短|早|差|近|便宜|年轻|矮|轻|慢)|倒数/u,
  ],
  ['each', words('each every per by grouped respective individual'), /每|各|分别/u],
  [
    'sorted',
    words(
      'sorted sort order ordered ascending descending alphabetical alphabetically decreasing increasing lexicographic rank ranked',
    ),
    /排序|排列|升序|降序|从.{1,4}到|由.{1,4}到|顺序/u,
  ],
  [
    'negation',
    words(
      "not never no without except excluding don't doesn't didn't isn't aren't wasn't weren't haven't hasn't nor neither other than none",
    ),
    /不|没|未|非|除/u,
  ],
  ['both', words('both also common share shared'), /既|又|同时|共同|都/u],
  ['either', words('or either'), /或|要么/u],
  ['distinct', words('different distinct unique various'), /不同|哪些|种类|不重复|各种/u],
  ['count', words('many number count counts much times'), /多少|几|数量|个数|次数|人数|总数/u],
  ['between', words('between from within range'), /之间|到|至/u],
  [
    'contains',
    words(
      'contain contains containing include includes including start starts starting begin begins end ends ending letter substring word prefix',
    ),
    /包含|含有|开头|结尾|带有/u,
  ],
  [
    'computed',
    words('difference ratio'),
    /差(?!的)|倍|比例|占比|比值|之比|占.{1,12}(多少|几)|比.{1,14}[多高大少低](多少|几)|相加|之和|乘/u,
  ],
];

/** Two features per construct: announced but absent, present but not announced. */
export const CUE_FEATURES: readonly string[] = [
  ...CUES.flatMap(([name]) => [`cue-unused-${name}`, `cue-missing-${name}`]),
  'set-same-filter',
  'aggregates-together',
];

/** What the question announces, in the order of {@link CUES}. */
export function announced(question: Question): boolean[] {
  const raw = new Set(question.units.map((u) => u.raw));
  return CUES.map(([, english, chinese]) => {
    if (question.chinese) return chinese.test(question.text);
    for (const w of english) if (raw.has(w)) return true;
    return false;
  });
}

function constructs(q: Query, schema: SchemaIndex): boolean[] {
  const terms: Term[] = [];
  const conditions: Condition[] = [];
  let grouped = false;
  let negated = false;
  let limitedUp = false;
  let limitedDown = false;
  let sorted = false;
  const walk = (query: Query): void => {
    terms.push(...query.select, ...query.order, ...[...query.where, ...query.having].map((c) => c.left));
    conditions.push(...query.where, ...query.having);
    grouped ||= query.group.length > 0;
    if (query.order.length > 0 && query.limit !== null) {
      if (query.descending) limitedUp = true;
      else limitedDown = true;
    } else if (query.order.length > 0) sorted = true;
    for (const c of [...query.where, ...query.having]) if (c.sub) walk(c.sub);
    if (query.set) walk(query.set.right);
  };
  walk(q);
  negated =
    q.set?.op === 'except' ||
    conditions.some((c) => c.op === 'not in' || c.op === '!=' || c.op === 'not like' || c.op === 'null');
  const has = (agg: string): boolean => terms.some((t) => t.agg === agg);
  return [
    has('avg'),
    has('sum'),
    has('max') || limitedUp,
    has('min') || limitedDown,
    grouped,
    sorted,
    negated,
    q.set?.op === 'intersect',
    q.any || q.set?.op === 'union',
    q.distinct || terms.some((t) => t.distinct),
    has('count'),
    conditions.some((c) => c.op === 'between'),
    conditions.some((c) => c.op === 'like' || c.op === 'not like'),
    q.set?.op === '-' || q.set?.op === '/' || terms.some((t) => isComputed(t, schema)),
  ];
}

/** Values of {@link CUE_FEATURES}. */
export function cueAgreement(query: Query, cues: readonly boolean[], schema: SchemaIndex): number[] {
  const present = constructs(query, schema);
  const out = present.flatMap((p, i) => [cues[i] && !p ? 1 : 0, p && !cues[i] ? 1 : 0]);
  const key = (c: Condition): string => `${c.left.col}${c.op}${c.values.join('~')}`;
  const right = query.set?.right.where.map(key).sort().join('&');
  out.push(right !== undefined && right !== '' && right === query.where.map(key).sort().join('&') ? 1 : 0);
  const aggregates = new Set(query.select.filter((t) => t.agg !== '' && t.agg !== 'count').map((t) => t.agg));
  out.push(aggregates.size / 2);
  return out;
}
