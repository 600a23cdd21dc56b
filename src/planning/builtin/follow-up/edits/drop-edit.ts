import type { Expr, Predicate, SelectPlan } from '../../../../sql/index.ts';
import type { Dated } from '../../grammar/comparison.ts';
import type { GenerateRequest } from '../../grammar/generate.ts';
import { columnsOf, conjuncts, isTime, mentions, resolveOrdinal } from '../../grammar/plan-parts.ts';
import { and, literalFor } from '../../grammar/predicates.ts';
import type { ValueHit } from '../../grammar/schema-index.ts';
import { readUnits, type Unit } from '../../grammar/units.ts';
import type { DropPhrase } from '../cues/drop-phrase.ts';
import type { Layered } from '../plan/layers.ts';
import { withoutGroups } from '../plan/plan-edits.ts';
import { JoinedSources } from '../plan/previous-frame.ts';

const TIME =
  /^(?:(?:time|date|year|quarter|month|week|day|period)s?(?: range| period)?|时间范围|时间段?|日期|年份?|月份?|季度|时段|期间|周期|年度)$/i;
const COMPARISON = /^(?:comparisons?|compare|对比|比较)$/i;

/** The plans that are left when the phrase's target is dropped; several when it does not say which; none when it is not there. */
export function dropEdits(layered: Layered, phrase: DropPhrase, request: GenerateRequest): readonly Layered[] {
  const { base, layers } = layered;
  const units = phrase.target === '' ? [] : readUnits(phrase.target, request).filter((unit) => !unit.stop);
  const sources = new JoinedSources(request.index, base);
  const only = (plan: SelectPlan | null): readonly Layered[] => (plan === null ? [] : [{ base: plan, layers }]);
  const isCue = (kind: 'growth' | 'share' | 'versus'): boolean =>
    units.length > 0 && units.every((unit) => unit.cues.some((cue) => cue.kind === kind));
  if (isCue('growth') || isCue('versus') || COMPARISON.test(phrase.target))
    return layers.comparison === null ? [] : [{ base, layers: { ...layers, comparison: null } }];
  if (isCue('share')) return layers.share === null ? [] : [{ base, layers: { ...layers, share: null } }];
  if (phrase.limit && units.length === 0) return base.limit === null ? [] : only({ ...base, limit: null });
  if (phrase.order && units.length === 0) return base.limit !== null ? [] : only({ ...base, orderBy: [] });
  const dated = sources.dated(null);
  if (TIME.test(phrase.target) || (units.length > 0 && units.every((unit) => unit.period !== null)))
    return only(withoutTime(base, phrase, dated));
  if (units.length === 0)
    return phrase.group ? only(withoutLastGroup(base)) : phrase.filter ? unnamed(layered, phrase, dated, request) : [];
  const [unit] = units;
  if (units.length > 1 || unit === undefined) return [];
  const values = phrase.filter || phrase.group ? [] : unit.values.filter((hit) => hit.weight >= 0.5);
  const limited = (hit: ValueHit): boolean => {
    const expr = sources.alias(hit.table) === null ? null : sources.column(hit.table, hit.column);
    return expr !== null && conjuncts(base.where).some((one) => mentions(one, expr));
  };
  const value = values.find(limited) ?? values.find((hit) => sources.alias(hit.table) !== null) ?? values[0];
  return only(
    value === undefined
      ? withoutName(base, unit, phrase, sources)
      : withoutValue(base, value, phrase, sources, request),
  );
}

function without(plan: SelectPlan, drop: (predicate: Predicate) => boolean): SelectPlan | null {
  const kept = conjuncts(plan.where).filter((one) => !drop(one));
  return kept.length === conjuncts(plan.where).length ? null : { ...plan, where: and(kept) };
}

function withoutTime(plan: SelectPlan, phrase: DropPhrase, dated: Dated | null): SelectPlan | null {
  const limited = phrase.group || dated === null ? null : without(plan, (one) => mentions(one, dated.expr));
  if (limited !== null || phrase.filter || phrase.kind === 'all') return limited;
  const groups = plan.groupBy.map((expr) => resolveOrdinal(expr, plan));
  return groups.some(isTime) ? withoutGroups(plan, isTime) : null;
}

/** "remove the filter": the only one, the one set last, or all; one of them is guessed at only by asking. */
function unnamed(
  { base, layers }: Layered,
  phrase: DropPhrase,
  dated: Dated | null,
  request: GenerateRequest,
): readonly Layered[] {
  const own = ownConditions(request);
  const all = conjuncts(base.where).filter((one) => !own.has(shapeOf(one)));
  const isDate = (one: Predicate): boolean => dated !== null && mentions(one, dated.expr);
  const plain = all.filter((one) => !isDate(one));
  const dates = all.filter(isDate);
  const last = all.at(-1);
  const dropping = (gone: readonly Predicate[]): readonly Layered[] => {
    const plan = without(base, (one) => gone.includes(one));
    return plan === null ? [] : [{ base: plan, layers }];
  };
  if (phrase.last) return last === undefined ? [] : dropping(isDate(last) ? dates : [last]);
  if (plain.length === 0 && base.having !== null) return [{ base: { ...base, having: null }, layers }];
  if (plain.length === 0) return dropping(dates);
  if (plain.length === 1 || phrase.every) return dropping(plain);
  return [...dropping(plain), ...dropping([plain.at(-1)!])];
}

/** The conditions that belong to measures of the knowledge base: no filter of the person's. */
function ownConditions(request: GenerateRequest): ReadonlySet<string> {
  return new Set(
    request.knowledge.measures.flatMap(({ plan }) =>
      plan.kind === 'select' ? conjuncts(plan.where).map(shapeOf) : [],
    ),
  );
}

const shapeOf = (predicate: Predicate): string =>
  JSON.stringify(predicate, (name, value: unknown) => (name === 'source' ? undefined : value));

function withoutLastGroup(plan: SelectPlan): SelectPlan | null {
  const groups = plan.groupBy.map((expr) => resolveOrdinal(expr, plan));
  const last = groups.at(-1);
  if (last === undefined) return null;
  const isLast = (expr: Expr): boolean =>
    last.kind === 'column' && expr.kind === 'column' ? expr.source === last.source : isTime(last) && isTime(expr);
  return withoutGroups(plan, isLast);
}

/** Conditions on what is named, or else its groups; "filter" and "grouping" say which of the two. */
function withoutName(plan: SelectPlan, unit: Unit, phrase: DropPhrase, sources: JoinedSources): SelectPlan | null {
  for (const { target, weight } of unit.hits) {
    if (weight < 0.5) continue;
    const alias = sources.alias(target.table);
    const name = target.kind === 'column' ? sources.column(target.table, target.column) : null;
    if (alias === null) continue;
    const is = (one: { readonly source: string; readonly column: string }): boolean =>
      one.source === alias && (name === null || (name.kind === 'column' && name.column === one.column));
    const limited = phrase.group ? null : without(plan, (one) => columnsOf(one).some(is));
    if (limited !== null) return limited;
    const grouped = plan.groupBy.some((expr) => expr.kind === 'column' && is(expr));
    if (grouped && !phrase.filter && phrase.kind !== 'all')
      return withoutGroups(
        plan,
        (expr) => expr.kind === 'column' && expr.source === alias && (name === null || is(expr)),
      );
  }
  return null;
}

/** 去掉华东: the condition that asks for it goes; where there is none, it is left out. */
function withoutValue(
  plan: SelectPlan,
  hit: ValueHit,
  phrase: DropPhrase,
  sources: JoinedSources,
  request: GenerateRequest,
): SelectPlan | null {
  const expr = sources.column(hit.table, hit.column);
  if (expr === null || phrase.kind === 'all') return null;
  const { type } = request.index.tables[hit.table]!.columns[hit.column]!.column;
  const value = literalFor(hit.value, type);
  const isValue = (one: Expr): boolean => one.kind === 'literal' && one.value === value.value;
  const asks = (one: Predicate): boolean =>
    mentions(one, expr) && one.kind === 'comparison' && one.op === '=' && isValue(one.right);
  if (phrase.kind === 'drop') {
    const dropped = without(plan, asks);
    if (dropped !== null) return dropped;
    const list = conjuncts(plan.where).find(
      (one) => one.kind === 'in' && !one.negated && mentions(one, expr) && one.values.some(isValue),
    );
    if (list?.kind === 'in') {
      const values = list.values.filter((one) => !isValue(one));
      return { ...plan, where: and(conjuncts(plan.where).map((one) => (one === list ? { ...list, values } : one))) };
    }
  }
  const exclusion: Predicate = { kind: 'comparison', op: '!=', left: expr, right: value };
  return { ...sources.joined(plan), where: and([...conjuncts(plan.where).filter((one) => !asks(one)), exclusion]) };
}
