/**
 * What decides between the generators: how sure each is, whether they agree, how the question is worded, and what the
 * plans look like. Academic wording names the columns it wants ("the names of the …"); analysts ask in fragments
 * ("revenue by region") and expect the measure beside its group. The size of the data tells much about which it is.
 */
import { type DatabaseSchema, type Plan, planKey } from '../../../sql/index.ts';
import type { GeneratedCandidate } from '../grammar/candidate.ts';
import { coveredShare } from './related.ts';

/** The two groups that compete: composed by rules (grammar, follow-up edits), and learned. Both best first. */
export interface Contest {
  readonly question: string;
  readonly schema: DatabaseSchema;
  readonly hasPrevious: boolean;
  readonly composed: readonly GeneratedCandidate[];
  readonly learned: readonly GeneratedCandidate[];
}

export interface ContestFacts {
  readonly composedKey: string | null;
  readonly learnedKeys: readonly string[];
  readonly agree: boolean;
  /**
   * Only the composed plan reads the question's form: it has the groups that were asked for and the learned one has none, or
   * asks in an analyst's shorthand by something that only the composed plan groups by, or just names a thing to be listed
   * ("show all patients") and the composed plan shows it whole.
   */
  readonly onlyComposedFits: boolean;
  readonly chinese: boolean;
  readonly features: Readonly<Record<GateFeature, number>>;
}

export const GATE_FEATURES = [
  'bias',
  'composed-logit',
  'learned-logit',
  'learned-margin',
  'composed-margin',
  'starts-what',
  'starts-find',
  'starts-list',
  'starts-show',
  'starts-give',
  'starts-how-many',
  'starts-which',
  'starts-who',
  'starts-fragment',
  'of-the',
  'names-a-column',
  'by-or-per',
  'period-words',
  'composed-in-learned',
  'beyond-learned',
  'more-items',
  'item-difference',
  'table-difference',
  'star',
  'length',
  'data-size',
  'large-data',
  'previous',
  'composed-covered',
  'learned-covered',
  'learned-ungrouped',
  'large-composed-logit',
  'large-learned-logit',
] as const;
export type GateFeature = (typeof GATE_FEATURES)[number];

const SURE = 0.9;
const UNSURE = 0.65;
const LARGE_ROWS = 2_000;
/** Of a side that proposes nothing. */
const UNKNOWN_LOGIT = -4;
const STARTS: readonly (readonly [GateFeature, RegExp])[] = [
  ['starts-what', /^(what|哪些|什么|列出.*?的)/],
  ['starts-find', /^(find|return|count|get|查找|找出|找到|返回)/],
  ['starts-list', /^(list|列出|列举)/],
  ['starts-show', /^(show|display|显示|展示|给我看)/],
  ['starts-give', /^(give|tell|给出|告诉)/],
  ['starts-how-many', /^(how (many|much)|有?多少|几)/],
  ['starts-which', /^(which|哪)/],
  ['starts-who', /^(who|谁)/],
];
const GROUPING = /\bper\b|每|各|^(total|average|sum|number|count|share)\b.*\bby\b/;
/** Says what the rows are about ("among the stores of each city, …") or asks for all of them ("each player, his club and …"). */
const NO_GROUPING = /^在?各[^，,]{1,16}中[，,]|每一[^，,]{1,12}[，,](其|它的|他们?的)/gu;
const HAN = /\p{Script=Han}/u;
/** "List each player's name" asks for no figure, "each region's sales" does. */
const MEASURED =
  /多少|几|总|共|平均|均价|数量|人数|次数|[数量额价率]$|[额量价率数](是|为|和|、|，|按)|最|占|统计|合计|收入|利润|销售|成本|费用/u;
/** A Chinese question as analysts jot it down: one short clause. */
const SHORT = /^[^，,；;]{1,15}[？?。]?$/u;
const BARE_LIST = /^(show|list|display|see|view)( me)?( all)?( of)?( the| our)? \w+( \w+)?[.!]?$/;
/** Nodes that the learned parser's plans do not have. */
const BEYOND = /"kind":"(date-trunc|date-part|window|date-add)"|"type":"(date|timestamp)"/;

const bounded = (p: number): number => Math.min(1 - 1e-3, Math.max(1e-3, p));
export const logit = (p: number): number => Math.log(bounded(p) / (1 - bounded(p)));

/** Everything that the gate and the joint confidence look at. */
export function contestFacts(contest: Contest): ContestFacts {
  const [composed, composedNext] = contest.composed;
  const [learned, learnedNext] = contest.learned;
  const composedKey = composed ? planKey(composed.plan) : null;
  const learnedKeys = contest.learned.map((one) => planKey(one.plan));
  const q = contest.question.toLowerCase().trim();
  const start = STARTS.find(([, words]) => words.test(q))?.[0];
  const rows = contest.schema.tables.reduce((sum, table) => sum + (table.rowCount ?? 0), 0);
  const json = composed ? JSON.stringify(composed.plan) : '';
  const items = (one: GeneratedCandidate | undefined): number => (one ? itemCount(one.plan) : 0);
  const difference =
    composed && learned && items(composed) > 0 && items(learned) > 0 ? items(composed) - items(learned) : 0;
  const flag = (on: boolean): number => (on ? 1 : 0);
  const clip = (value: number): number => Math.max(-2, Math.min(2, value));
  const composedLogit = composed ? logit(composed.confidence) : UNKNOWN_LOGIT;
  const learnedLogit = learned ? logit(learned.confidence) : UNKNOWN_LOGIT;
  const large = flag(rows > LARGE_ROWS);
  const features: Record<GateFeature, number> = {
    bias: 1,
    'composed-logit': composedLogit,
    'learned-logit': learnedLogit,
    'learned-margin': learned ? learned.confidence - (learnedNext?.confidence ?? 0) : 0,
    'composed-margin': composed ? composed.confidence - (composedNext?.confidence ?? 0) : 0,
    'starts-what': flag(start === 'starts-what'),
    'starts-find': flag(start === 'starts-find'),
    'starts-list': flag(start === 'starts-list'),
    'starts-show': flag(start === 'starts-show'),
    'starts-give': flag(start === 'starts-give'),
    'starts-how-many': flag(start === 'starts-how-many'),
    'starts-which': flag(start === 'starts-which'),
    'starts-who': flag(start === 'starts-who'),
    'starts-fragment': flag(start === undefined),
    'of-the': flag(/\b(of|for) (the|all|each|every|those|any)\b/.test(q)),
    'names-a-column': flag(/\b(names?|ids?|titles?)\b|名称|名字|姓名|编号/.test(q)),
    'by-or-per': flag(/\b(by|per)\b|按|每[个月年天日周季]|各/.test(q)),
    'period-words': flag(
      /\b(19|20)\d\d\b|\b(last|this|next) |month|quarter|year|[本上去今]年|[本上]月|最近|季度|年/.test(q),
    ),
    'composed-in-learned': flag(composedKey !== null && learnedKeys.includes(composedKey)),
    'beyond-learned': flag(BEYOND.test(json)),
    'more-items': flag(difference > 0),
    'item-difference': clip(difference),
    'table-difference': composed && learned ? clip(tableCount(composed.plan) - tableCount(learned.plan)) : 0,
    star: flag(json.includes('"kind":"star"')),
    length: Math.min(30, q.split(/\s+/).length + (q.match(/\p{Script=Han}/gu)?.length ?? 0) / 2) / 10,
    'data-size': Math.log10(1 + rows) - 3,
    'large-data': large,
    previous: flag(contest.hasPrevious),
    'composed-covered': composed ? coveredShare(contest.question, composed.mappings) : 0,
    'learned-covered': learned ? coveredShare(contest.question, learned.mappings) : 0,
    // "per region" asks for groups; a plan without any has not read it.
    'learned-ungrouped': flag(
      GROUPING.test(q.replace(NO_GROUPING, '')) && learned !== undefined && !isGrouped(learned.plan),
    ),
    // How much either side's word counts depends on whether there is much data.
    'large-composed-logit': large * composedLogit,
    'large-learned-logit': large * learnedLogit,
  };
  const groupsOnlyComposed =
    features['learned-ungrouped'] === 1 &&
    composed !== undefined &&
    composed.confidence >= UNSURE &&
    composed.confidence > (learned?.confidence ?? 0) &&
    (!HAN.test(q) || MEASURED.test(q)) &&
    isGrouped(composed.plan);
  // "total cost of visits by city" in an analyst's shorthand: a sure reading by the city beats an unsure one by something else.
  const shorthand =
    start === undefined &&
    (!HAN.test(q) || SHORT.test(q)) &&
    features['by-or-per'] === 1 &&
    composed !== undefined &&
    learned !== undefined &&
    composed.confidence >= SURE &&
    learned.confidence < UNSURE &&
    isGrouped(composed.plan) &&
    groupsOf(composed.plan) !== groupsOf(learned.plan);
  const bareList = features.star === 1 && BARE_LIST.test(q) && composed !== undefined && !isGrouped(composed.plan);
  return {
    onlyComposedFits: groupsOnlyComposed || shorthand || bareList,
    chinese: HAN.test(q),
    composedKey,
    learnedKeys,
    agree: composed !== undefined && learned !== undefined && looseKey(composed.plan) === looseKey(learned.plan),
    features,
  };
}

/** Equal for plans that give the same rows in another order or under other names. */
const looseKey = (plan: Plan): string =>
  planKey(
    plan.kind === 'select' && plan.limit === null
      ? { ...plan, orderBy: [], items: plan.items.map((item) => ({ ...item, alias: null })) }
      : plan,
  );
/** Names of the columns that a plan groups by. */
const groupsOf = (plan: Plan): string =>
  plan.kind === 'select'
    ? plan.groupBy.map((one) => [...JSON.stringify(one).matchAll(/"column":"([^"]*)"/g)].map((m) => m[1]).join()).join()
    : groupsOf(plan.left);
const isGrouped = (plan: Plan): boolean => JSON.stringify(plan).includes('"groupBy":[{');
const itemCount = (plan: Plan): number => (plan.kind === 'select' ? plan.items.length : itemCount(plan.left));
const tableCount = (plan: Plan): number => JSON.stringify(plan).split('"kind":"table"').length - 1;
