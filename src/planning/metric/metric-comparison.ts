/** "net revenue year over year", 退款率环比: a metric beside the same metric of an earlier period. */
import { compileMetrics, type MetricQuery, type SemanticLayer } from '../../knowledge/index.ts';
import type { Expr, Plan, SelectPlan } from '../../sql/index.ts';
import { joinedWithEarlier } from '../builtin/grammar/comparison.ts';
import { earlierSpan, STEPS } from '../builtin/grammar/shift-periods.ts';
import { CUES } from '../builtin/lexicon/cues.ts';

export type Base = 'year' | 'previous';

export interface ComparedQuestion {
  readonly base: Base;
  /** The question without the words that ask for a comparison. */
  readonly rest: string;
}

const baseOf = (phrase: string): Base | null =>
  CUES.get(phrase.toLowerCase())?.flatMap((cue) => (cue.kind === 'growth' ? [cue.base] : []))[0] ?? null;

/** True for words that ask for a comparison without saying of what: 同比, "growth". */
export const isComparison = (phrase: string): boolean => baseOf(phrase) !== null;

const PHRASES = [...CUES.keys()].filter(isComparison).sort((a, b) => b.length - a.length);

/** Takes the comparison out of a question; null when it asks for none. */
export function readComparison(question: string): ComparedQuestion | null {
  for (const phrase of PHRASES) {
    const pattern = /\p{Script=Han}/u.test(phrase) ? phrase : `(?<![\\w-])${phrase}(?![\\w-])`;
    const found = new RegExp(pattern, 'i').exec(question);
    if (found === null) continue;
    const rest = `${question.slice(0, found.index)} ${question.slice(found.index + phrase.length)}`.replace(
      /[,，]\s*$/,
      '',
    );
    return { base: baseOf(phrase)!, rest: rest.trim() };
  }
  return null;
}

/** One metric with its earlier value and the change; month by month when no period is named. Null when it has no such plan. */
export function compileComparison(
  layer: SemanticLayer,
  metric: string,
  asked: MetricQuery,
  base: Base,
  today: string,
): { readonly plan: Plan; readonly query: MetricQuery } | null {
  if (asked.having !== undefined || asked.orderBy !== undefined || asked.limit != null) return null;
  const period = asked.period ?? null;
  const query: MetricQuery = period === null && asked.grain == null ? { ...asked, grain: 'month' } : asked;
  const grain = query.grain ?? null;
  const step = grain === null ? null : base === 'year' && grain !== 'week' ? STEPS.year : STEPS[grain];
  if (grain !== null && (step === null || (base === 'year' && grain === 'week'))) return null;
  const span = period === null ? null : { start: period.from, end: period.to };
  let before: MetricQuery = query;
  if (span !== null) {
    const moved = earlierSpan(span, base, today);
    // Month by month within a period, "one before" is a month earlier, not a period.
    if (grain !== null && base === 'previous') return null;
    before = { ...query, period: { from: moved.start, to: moved.end } };
  }
  const now = compileMetrics(layer, [metric], query);
  const then = compileMetrics(layer, [metric], before);
  if (!now.ok || !then.ok || now.value.kind !== 'select' || then.value.kind !== 'select') return null;
  const names = namesOf(now.value);
  if (names === null || !names.includes(metric)) return null;
  const keys = names.filter((name) => name !== metric);
  const later = (name: string, expr: Expr): Expr =>
    step !== null && name === grain ? { kind: 'date-add', arg: expr, ...step } : expr;
  const plain = (plan: SelectPlan): SelectPlan => ({ ...plan, orderBy: [] });
  const plan = joinedWithEarlier({
    present: plain(now.value),
    past: plain(then.value),
    shown: names,
    measure: metric,
    keys,
    moved: later,
    limit: null,
  });
  return { plan, query };
}

function namesOf(plan: SelectPlan): readonly string[] | null {
  const names = plan.items.map(({ expr, alias }) => alias ?? (expr.kind === 'column' ? expr.column : null));
  return names.some((name) => name === null) ? null : names.filter((name) => name !== null);
}
