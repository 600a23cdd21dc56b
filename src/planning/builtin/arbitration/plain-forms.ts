/**
 * Plain questions, as people put them to their own tables and exercises do not. The parser learned from exercises: what the rules
 * read of such a question has no rival but the habit of those, so their own confidence counts.
 */
import type { GeneratedCandidate } from '../grammar/candidate.ts';
import type { PlanShape } from './plan-shape.ts';
import { startOf } from './wording.ts';

const BARE_LISTS: readonly RegExp[] = [
  /^(show|list|display|see|view)( me)?( all)?( of)?( the| our)? \w+( \w+)?[.!]?$/,
  /^(请)?(帮我)?(给我)?(显示|展示|列出|查看|查询|看看|看下|看一下)(一下)?(所有|全部)?的?[^的，,]{2,6}(数据|记录|列表)?[。.]?$/u,
  /^(所有|全部)?的?[^的，,]{2,6}(有哪些|列表)[？?。.]?$/u,
];
const BREAKDOWN = /^(the )?([a-z]+ ){1,5}(by|per) [a-z]+( [a-z]+)?( as an? [a-z]+ chart)?[.?]?$/;
const NARROWING = /^(only|just) [a-z0-9 ]{1,20}[.]?$|^只看.{1,8}$/u;
const COUNT = /^how many [a-z]+( [a-z]+)?\??$/;

const lower = (question: string): string => question.toLowerCase().trim();

/** Just names a thing to be listed ("show all patients"). */
export const isBareList = (question: string): boolean => BARE_LISTS.some((words) => words.test(lower(question)));

/** An analyst's shorthand for a breakdown ("customers by city", "total amount of deliveries by month"), not a sentence. */
export const isBreakdown = (question: string): boolean =>
  BREAKDOWN.test(lower(question)) && startOf(question) === undefined;

/** Narrows the answer before ("only app", 只看华东). */
export const isNarrowing = (question: string): boolean => NARROWING.test(lower(question));

/** Asks for the number of all things of a kind ("how many products"). */
export const isPlainCount = (question: string): boolean => COUNT.test(lower(question));

/** Whole rows of what the question just names, or "the first 5 rows" (grammar/first-rows.ts). */
export const listsAll = (question: string, composedBest: GeneratedCandidate, { traits }: PlanShape): boolean =>
  traits.star === 1 && traits.grouped === 0 && (isBareList(question) || composedBest.features.firstRows === 1);

/** `composedBest`, the first plan of the rules, is what a plain question asks for. */
export function isPlain(question: string, composedBest: GeneratedCandidate, shape: PlanShape): boolean {
  const { traits } = shape;
  const all = traits.conditions === 0 && traits.grouped === 0 && traits.tables === 1;
  return (
    (all && listsAll(question, composedBest, shape)) ||
    (all && traits.counts === 1 && isPlainCount(question)) ||
    (traits.grouped === 1 && isBreakdown(question)) ||
    (composedBest.generator === 'follow-up' && isNarrowing(question))
  );
}
