import type { DatabaseSchema, DateGrain, Scalar } from '../../sql/index.ts';
import { type MetricDimension, metricDimensions, namesOf } from './metric-measures.ts';
import type { DayPeriod, MetricFilter, MetricQuery } from './metric-query.ts';
import { type Phrase, QuestionText } from './phrase-scan.ts';
import { readThresholds } from './read-threshold.ts';
import { findTable } from './schema-names.ts';
import type { SemanticLayer } from './semantic-layer.ts';

/** A question read as metrics with groups, filters and an order. */
export interface MetricReading {
  readonly metrics: readonly string[];
  readonly query: MetricQuery;
  readonly mappings: readonly { readonly phrase: string; readonly meaning: string }[];
  /** Words that were not understood; a careful caller answers only when there are none. */
  readonly unread: readonly string[];
}

/** A period that the question may name, read by the caller, and the words that name it. */
export interface NamedPeriod {
  readonly phrase: string;
  readonly period: DayPeriod;
}

export interface MetricQuestionContext {
  /** For the values of dimensions; null when filters need not be found. */
  readonly schema: DatabaseSchema | null;
  readonly periods: readonly NamedPeriod[];
}

/**
 * Reads a question by the names and synonyms of metrics, their dimensions and the dimensions' values. Null when no
 * metric is named.
 */
export function readMetricQuestion(
  question: string,
  layer: SemanticLayer,
  context: MetricQuestionContext,
): MetricReading | null {
  const text = new QuestionText(question);
  const mappings: { phrase: string; meaning: string }[] = [];
  const note = (phrase: string, meaning: string): void => {
    mappings.push({ phrase, meaning });
  };
  const named = text.takeAll(
    layer.metrics.flatMap((metric) => phrases([metric.name, ...namesOf(metric)], metric.name)),
  );
  const metrics = [...new Set(named.map((hit) => hit.meaning))];
  if (metrics.length === 0) return null;
  for (const hit of named) note(hit.phrase, `metric ${hit.meaning}`);
  const periods = readPeriods(
    text,
    named.map((hit) => hit.phrase),
    context.periods,
  );
  const [period] = periods;
  if (period !== undefined) note(period.phrase, `${period.period.from} to ${period.period.to}`);

  const dimensions = commonDimensions(layer, metrics);
  const filters = readFilters(text, dimensions, context.schema, note);
  const grain = readGrain(text, note);
  const thresholds = readThresholds(text);
  const ranking = readRanking(text);
  const tableOf = new Map(dimensions.map((dimension) => [dimension.name, dimension.table.name]));
  const filtered = new Set(filters.map((filter) => tableOf.get(filter.dimension)));
  const grouped = text
    .takeAll(dimensions.flatMap((dimension) => phrases(wordsOf(dimension), dimension.name)))
    .filter((hit) => !filtered.has(tableOf.get(hit.meaning)) || isGrouping(text.before(hit.start)));
  const groups = [...new Set(grouped.map((hit) => hit.meaning))];
  for (const hit of grouped) note(hit.phrase, `grouped by ${hit.meaning}`);
  const used = new Set([...filtered, ...groups.map((name) => tableOf.get(name))]);
  text.takeAll(
    layer.models
      .filter((model) => used.has(model.table.name))
      .flatMap((model) => phrases([model.name, ...namesOf(model)], model)),
  );
  const ranks = ranking !== null && (groups.length > 0 || grain !== null);
  const gates = metrics.length === 1 && (groups.length > 0 || grain !== null);
  if (gates) for (const { phrase, op, value } of thresholds) note(phrase, `${metrics[0]} ${op} ${value}`);
  if (ranks) note(ranking.phrase, ranking.descending ? 'highest first' : 'lowest first');
  return {
    metrics,
    query: {
      dimensions: groups,
      grain,
      filters,
      period: period?.period ?? null,
      ...(gates && thresholds.length > 0 ? { having: thresholds.map(({ op, value }) => ({ op, value })) } : {}),
      ...(ranks ? { orderBy: { by: 'value' as const, descending: ranking.descending }, limit: ranking.limit } : {}),
    },
    mappings,
    unread: [
      ...(gates ? [] : thresholds.map((threshold) => threshold.phrase)),

      ...periods.slice(1).map((other) => other.phrase),
      ...(ranking !== null && !ranks ? [ranking.phrase] : []),
      ...unreadWords(text),
    ],
  };
}

const phrases = <T>(names: readonly string[], meaning: T): Phrase<T>[] => names.map((text) => ({ text, meaning }));

/** A metric's own name wins over a period that its words seem to name, unless the whole period is in it ("本月累计销售额"). */
function readPeriods(
  text: QuestionText,
  metricPhrases: readonly string[],
  periods: readonly NamedPeriod[],
): NamedPeriod[] {
  return periods.filter(
    ({ phrase }) =>
      metricPhrases.some((metric) => metric.includes(phrase)) ||
      text.takeAll([{ text: phrase, meaning: null }]).length > 0,
  );
}

function commonDimensions(layer: SemanticLayer, metrics: readonly string[]): MetricDimension[] {
  const [first = [], ...others] = metrics.map((metric) => metricDimensions(layer, metric));
  return first.filter((dimension) => others.every((list) => list.some((other) => other.name === dimension.name)));
}

/** `product__product_name` is also a "product". */
function wordsOf(dimension: MetricDimension): string[] {
  const plain = dimension.name.split('__').at(-1)!;
  return [plain, ...dimension.synonyms, ...(plain.endsWith('_name') ? [plain.slice(0, -'_name'.length)] : [])];
}

function readFilters(
  text: QuestionText,
  dimensions: readonly MetricDimension[],
  schema: DatabaseSchema | null,
  note: (phrase: string, meaning: string) => void,
): MetricFilter[] {
  if (schema === null) return [];
  const known = dimensions
    .filter((dimension) => dimension.type === 'categorical')
    .flatMap((dimension) =>
      valuesOf(dimension, schema).map((value) => ({ text: value, meaning: { dimension: dimension.name, value } })),
    );
  const found = new Map<string, Set<Scalar>>();
  for (const hit of text.takeAll(known)) {
    found.set(hit.meaning.dimension, (found.get(hit.meaning.dimension) ?? new Set()).add(hit.meaning.value));
    note(hit.phrase, `${hit.meaning.dimension} = ${hit.meaning.value}`);
  }
  return [...found].map(([dimension, values]) =>
    values.size === 1
      ? { dimension, op: '=' as const, values: [...values] }
      : { dimension, op: 'in' as const, values: [...values] },
  );
}

function valuesOf(dimension: MetricDimension, schema: DatabaseSchema): string[] {
  const column = findTable(schema, dimension.table)?.columns.find(
    (candidate) => candidate.name.toLowerCase() === dimension.expr.toLowerCase(),
  );
  return (column?.values?.list ?? []).filter(
    (value): value is string => typeof value === 'string' && value.trim().length > 1 && !/^\d+$/.test(value),
  );
}

const GRAINS: readonly (readonly [DateGrain, RegExp])[] = [
  ['day', /\b(?:daily|(?:by|per|each|every) day|day by day)\b|每日|每天|按日|按天|逐日|各日/giu],
  ['week', /\b(?:weekly|(?:by|per|each|every) week)\b|每周|按周|逐周|各周/giu],
  ['month', /\b(?:monthly|(?:by|per|each|every) month|month by month)\b|每个?月|按月份?|逐月|各月份?|月度/giu],
  ['quarter', /\b(?:quarterly|(?:by|per|each|every) quarter)\b|每个?季度?|按季度?|逐季|各季度?|季度/giu],
  ['year', /\b(?:yearly|annually|annual|(?:by|per|each|every) year)\b|每年|按年份?|逐年|各年份?|年度/giu],
];

function readGrain(text: QuestionText, note: (phrase: string, meaning: string) => void): DateGrain | null {
  let finest: DateGrain | null = null;
  for (const [grain, pattern] of GRAINS) {
    for (const hit of text.take(pattern)) {
      finest ??= grain;
      note(hit.phrase, `per ${grain}`);
    }
  }
  return finest;
}

interface Ranking {
  readonly phrase: string;
  readonly descending: boolean;
  readonly limit: number | null;
}

const HIGHEST = /\b(?:highest|most|best|largest|biggest|top)\b|最高|最多|最大|最好|最快|最强|排名|排行|前(?=\s*\d)/giu;
const LOWEST = /\b(?:lowest|least|fewest|worst|smallest|bottom)\b|最低|最少|最小|最差|最慢|最弱/giu;

function readRanking(text: QuestionText): Ranking | null {
  const highest = text.take(HIGHEST);
  const lowest = text.take(LOWEST);
  const cue = [...highest, ...lowest].sort((a, b) => a.start - b.start)[0];
  if (cue === undefined) return null;
  const number = text.take(/(\d+)\s*(?:个|名|位|大|种|款|家|项)?/gu)[0];
  const one = text.take(/\bwhich\b|\bwhat\b|哪一?个|哪一?种|哪一?家|哪位|哪里/giu)[0];
  const single =
    one !== undefined ||
    (cue.phrase.startsWith('最') &&
      text.after(cue.start + cue.phrase.length, 1) === '的' &&
      !text.after(0).includes('哪些'));
  const limit = number !== undefined ? Number(number.groups[0]) : single ? 1 : null;
  return { phrase: cue.phrase, descending: highest.includes(cue), limit };
}

const isGrouping = (before: string): boolean =>
  /(?:\b(?:by|per|each|every|for)\s+(?:each\s+)?|[按各每分]个?)$/u.test(before);

const FUNCTION_WORDS = new Set(
  `a an the of for in on by per each every and or with to from is are was were be do does did has have had what which who how much many
  show give list tell me us our we you please find get calculate compute total overall all values value number report across between at during
  i want need see compare trend over time average its their there this that`.split(/\s+/),
);
const FUNCTION_CHARACTERS =
  /请问|请|帮我|给我|查询|查看|查一下|看看|看一下|显示|列出|统计|计算|分析|对比|比较|趋势|变化|走势|情况|怎么样|如何|多少|几个|是|的|有|了|呢|吗|和|与|及|在|为|按|各个?|每个?|分别|分|从|到|我们|我|一下|总共|一共|总|全部|所有|哪些|哪个|什么|个|中|里|排名|地区(?=$)/gu;

const unreadWords = (text: QuestionText): string[] =>
  text.unread
    .map((word) => word.replace(FUNCTION_CHARACTERS, ''))
    .filter((word) => word !== '' && !FUNCTION_WORDS.has(word.toLowerCase()));
