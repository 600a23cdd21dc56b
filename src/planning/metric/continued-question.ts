/**
 * A follow-up on the answer of a metric ("今年退款率" → "按地区", "同比"), as one question: such an answer is no single select
 * that could be edited, but its question and the follow-up's words together name the whole metric query.
 */
import type { MetricReading } from '../../knowledge/index.ts';
import { asksForSomething } from '../builtin/follow-up/cues/follow-up-cues.ts';
import { parsePeriods } from '../builtin/periods/parse-periods.ts';
import type { PlanRequest } from '../planner.ts';
import { readComparison } from './metric-comparison.ts';

const EDIT_WORDS =
  /^(?:and|but|or|now|then|only|just|what about|how about|for|show|split|broken down)\b|^(?:那么?|再|然后|只看|只|仅看|换成|改成|改为|看)|(?:instead|呢)?[?？。.!！]*$/gi;

/** The question that the conversation has come to; null when it is not about a metric, or the follow-up is a question of its own. */
export function continuedQuestion(
  request: PlanRequest,
  readMetric: (text: string) => MetricReading | null,
): string | null {
  if (request.previous.length === 0 || asksForSomething(request.question.replace(EDIT_WORDS, ''))) return null;
  const start = request.previous.findLastIndex((turn) => readMetric(turn.question) !== null);
  if (start < 0) return null;
  const first = request.previous[start]!.question;
  const metrics = readMetric(first)!.metrics.join();
  let whole = first;
  for (const next of [...request.previous.slice(start + 1).map((turn) => turn.question), request.question]) {
    whole = joined(whole, next, request.today);
    const base = readMetric(readComparison(whole)?.rest ?? whole);
    if (base === null || base.metrics.join() !== metrics || saysTwice(base)) return null;
  }
  return whole;
}

/** What the follow-up says of the period or the comparison stands in the place of what was said before. */
function joined(before: string, next: string, today: string): string {
  let kept = before;
  if (parsePeriods(next, today).length > 0)
    for (const period of parsePeriods(before, today)) kept = kept.replace(period.originalText, ' ');
  if (readComparison(next) !== null) kept = readComparison(kept)?.rest ?? kept;
  return `${kept} ${next.trim().replace(EDIT_WORDS, '').trim()}`.replace(/\s+/g, ' ').trim();
}

/** Two values of one dimension: one was said in the place of the other, and which is not told. */
function saysTwice({ query }: MetricReading): boolean {
  const filters = query.filters ?? [];
  return filters.some(
    (filter, i) =>
      filter.values.length > 1 || filters.slice(i + 1).some((other) => other.dimension === filter.dimension),
  );
}
