/**
 * How a question is worded. Exercises name the columns they want ("the names of the …"); analysts ask in fragments
 * ("revenue by region") and expect the measure beside its group.
 */
const STARTS = [
  ['what', /^(what|哪些|什么|列出.*?的)/],
  ['find', /^(find|return|count|get|查找|找出|找到|返回)/],
  ['list', /^(list|列出|列举)/],
  ['show', /^(show|display|显示|展示|给我看)/],
  ['give', /^(give|tell|给出|告诉)/],
  ['how-many', /^(how (many|much)|有?多少|几)/],
  ['which', /^(which|哪)/],
  ['who', /^(who|谁)/],
] as const;

const WORDS = [
  ['of-the', /\b(of|for) (the|all|each|every|those|any)\b/],
  ['names-a-column', /\b(names?|ids?|titles?)\b|名称|名字|姓名|编号/],
  ['by-or-per', /\b(by|per)\b|按|每[个月年天日周季]|各/],
  ['period', /\b(19|20)\d\d\b|\b(last|this|next) |month|quarter|year|[本上这]个?(月|季度|周)|最近|季度|年/],
  ['points-back', /\b(it|its|they|them|their|those|these|that|he|his|she|her|him)\b|[它他她]|这|那|其中|上述/],
  ['asks-what-is', /是(什么|多少|谁|哪)|有(哪些|什么|多少)/],
  ['of-in-chinese', /的/],
] as const;

export const WORDING_SIGNS: readonly string[] = [
  ...STARTS.map(([name]) => `starts-${name}`),
  'starts-fragment',
  ...WORDS.map(([name]) => `says-${name}`),
  'chinese',
  'length',
];

/** The name of the word that a question starts with; undefined for a fragment. */
export const startOf = (question: string): string | undefined =>
  STARTS.find(([, words]) => words.test(question.toLowerCase().trim()))?.[0];

const HAN = /\p{Script=Han}/gu;

/** In the order of {@link WORDING_SIGNS}. */
export function wordingSigns(question: string): number[] {
  const q = question.toLowerCase().trim();
  const start = startOf(q);
  const characters = q.match(HAN)?.length ?? 0;
  return [
    ...STARTS.map(([name]) => (name === start ? 1 : 0)),
    start === undefined ? 1 : 0,
    ...WORDS.map(([, words]) => (words.test(q) ? 1 : 0)),
    characters > 0 ? 1 : 0,
    q.split(/\s+/).length + characters / 2,
  ];
}

const GROUPING = /\bper\b|每|各|^(total|average|sum|number|count|share)\b.*\bby\b/;
/** Says what the rows are about ("among the stores of each city, …") or asks for all of them ("each player, his club and …"). */
const NO_GROUPING = /^在?各[^，,]{1,16}中[，,]|每一[^，,]{1,12}[，,](其|它的|他们?的)/gu;
/** "per region": a plan without any groups has not read it. */
export const asksForGroups = (question: string): boolean =>
  GROUPING.test(question.toLowerCase().replace(NO_GROUPING, ''));
