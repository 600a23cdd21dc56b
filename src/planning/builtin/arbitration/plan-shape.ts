/** What a plan consists of, so that two plans can be compared clause by clause. */
import { type Plan, type Predicate, type SelectPlan, walkPlan } from '../../../sql/index.ts';

export const CLAUSES = ['items', 'tables', 'where', 'groups', 'order', 'limit'] as const;
export type Clause = (typeof CLAUSES)[number];

export const TRAITS = [
  'set',
  'items',
  'tables',
  'conditions',
  'grouped',
  'having',
  'ordered',
  'limited',
  'first-only',
  'distinct',
  'nested',
  'aggregated',
  'counts',
  'star',
  'dated',
  'computed',
] as const;
export type Trait = (typeof TRAITS)[number];

export interface PlanShape {
  /** Equal texts for clauses that say the same, whatever the sources are called. */
  readonly clauses: Readonly<Record<Clause, string>>;
  readonly traits: Readonly<Record<Trait, number>>;
}

const DATED = new Set(['date-trunc', 'date-part', 'date-add', 'date-diff']);
/** Beyond columns, aggregates and numbers of rows. */
const COMPUTED = new Set(['arithmetic', 'case', 'window', 'scalar-plan', 'function', 'cast', 'negate']);

export function shapeOf(plan: Plan): PlanShape {
  const names = new Map<string, string>();
  const seen = { nested: -1, dated: 0, computed: 0, counts: 0, aggregated: 0, star: 0, having: 0 };
  walkPlan(plan, {
    enterPlan(one) {
      if (one.kind !== 'select') return;
      seen.nested += 1;
      if (one.having) seen.having = 1;
      for (const source of one.sources) if (source.kind === 'table') names.set(source.alias, source.table.name);
    },
    expr(one) {
      if (DATED.has(one.kind) || (one.kind === 'literal' && /^(date|timestamp)$/.test(one.type))) seen.dated = 1;
      if (COMPUTED.has(one.kind)) seen.computed = 1;
      if (one.kind === 'star') seen.star = 1;
      if (one.kind === 'aggregate') seen.aggregated = 1;
      if (one.kind === 'aggregate' && one.fn === 'count') seen.counts = 1;
    },
  });
  const text = (part: unknown): string =>
    JSON.stringify(part, (key, value: unknown) =>
      key === 'alias' ? undefined : key === 'source' && typeof value === 'string' ? (names.get(value) ?? value) : value,
    ) ?? '';
  const first = firstSelect(plan);
  const conditions = first.where === null ? [] : conjuncts(first.where);
  const isSet = plan.kind === 'set';
  return {
    clauses: {
      items: [...first.items.map((item) => text(item.expr)), String(first.distinct)].sort().join(),
      tables: [...new Set(names.values())].sort().join(),
      where: [...conditions.map(text).sort(), isSet ? text([plan.op, plan.right]) : ''].join(),
      groups: text([first.groupBy, first.having]),
      order: text(plan.orderBy),
      limit: String(plan.limit),
    },
    traits: {
      ...seen,
      set: isSet ? 1 : 0,
      items: first.items.length,
      tables: new Set(names.values()).size,
      conditions: conditions.length,
      grouped: first.groupBy.length > 0 ? 1 : 0,
      ordered: plan.orderBy.length > 0 ? 1 : 0,
      limited: plan.limit === null ? 0 : 1,
      'first-only': plan.limit === 1 ? 1 : 0,
      distinct: first.distinct ? 1 : 0,
    },
  };
}

const firstSelect = (plan: Plan): SelectPlan => (plan.kind === 'select' ? plan : firstSelect(plan.left));

const conjuncts = (predicate: Predicate): readonly Predicate[] =>
  predicate.kind === 'and' ? predicate.args.flatMap(conjuncts) : [predicate];
