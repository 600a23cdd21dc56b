/** How questions are worded. Each form has one meaning; several wordings of it are told apart by a number. */
import type { Language } from '../../../planning/index.ts';
import { isPlural, plural, withArticle } from './english-nouns.ts';

export interface Counted {
  readonly label: string;
  /** Rows that happen are counted as records. */
  readonly isEvent: boolean;
}

export type AggregateWord = 'sum' | 'avg' | 'max' | 'min';

export interface Wording {
  readonly value: (fn: AggregateWord, measure: string) => string;
  readonly month: (year: number, month: number) => string;
  readonly howMany: (of: Counted, variant: number) => string;
  readonly howManyWhere: (of: Counted, dimension: string, value: string, ofThing: boolean) => string;
  readonly countBy: (of: Counted, dimension: string, variant: number) => string;
  readonly mostCounted: (of: Counted, dimension: string, top: number) => string;
  readonly overall: (of: Counted, value: string, variant: number) => string;
  readonly extremes: (of: Counted, measure: string) => string;
  readonly valueBy: (value: string, dimension: string, variant: number) => string;
  readonly valueWhere: (value: string, dimension: string, filter: string) => string;
  readonly top: (value: string, dimension: string, top: number, variant: number) => string;
  readonly bottom: (value: string, dimension: string, top: number) => string;
  readonly share: (value: string, dimension: string) => string;
  readonly trend: (value: string, dateLabel: string) => string;
  readonly inPeriod: (value: string, period: string) => string;
  readonly countInPeriod: (of: Counted, period: string) => string;
  /** Of things, whose date says something about them. */
  readonly countDated: (of: Counted, dateLabel: string, period: string) => string;
  readonly topInPeriod: (value: string, dimension: string, period: string, top: number) => string;
  readonly comparePeriods: (value: string, first: string, second: string) => string;
  readonly compareValues: (value: string, dimension: string, first: string, second: string) => string;
  readonly byTwo: (value: string, first: string, second: string) => string;
  readonly having: (value: string, dimension: string, threshold: string) => string;
  readonly havingCount: (of: Counted, dimension: string, threshold: number) => string;
  readonly aboveAverage: (of: Counted, measure: string) => string;
  readonly groupsAboveAverage: (value: string, dimension: string) => string;
  readonly dailyAverage: (value: string) => string;
  readonly bestDay: (value: string) => string;
  readonly absent: (parent: string, of: Counted) => string;
  readonly absentInPeriod: (parent: string, of: Counted, period: string) => string;
  readonly distinct: (dimension: string, of: Counted) => string;
  readonly distinctBy: (of: Counted, dimension: string) => string;
  readonly linked: (one: string, other: string) => string;
  readonly mostLinked: (one: string, other: string, top: number) => string;
  readonly list: (of: Counted, dimension: string, value: string, ofThing: boolean) => string;
  readonly newest: (dateLabel: string, of: Counted) => string;
  readonly ratio: (above: string, below: string, dimension: string) => string;
}

/** What is counted one by one; of everything else that happens there are records. */
const ZH_COUNTED = /(?:单|单据|票|券|合同|项目|商品|产品|活动|会议|课程|客户|用户|员工|航班|比赛|明细|账户|事件)$/;
const zhIsRecord = ({ label, isEvent }: Counted): boolean => isEvent && !ZH_COUNTED.test(label);
const zhRows = (of: Counted): string => (zhIsRecord(of) ? `${of.label.replace(/记录$/, '')}记录` : of.label);
const zhUnit = (of: Counted): string => (zhIsRecord(of) ? '条' : '个');
/** `服务区` beside `服务区档口` → `档口`: what was just said is not said again. */
const zhShort = (text: string, said: string): string =>
  text.startsWith(said) && text.length >= said.length + 2 ? text.slice(said.length) : text;
const zhMost = (value: string): string => (/[数量]$/.test(value) ? '最多' : '最高');
const zhLeast = (value: string): string => (/[数量]$/.test(value) ? '最少' : '最低');

function zhTotal(measure: string): string {
  if (/^总|合计|总[额量数计金]/.test(measure)) return measure;
  if (/.数量$/.test(measure)) return measure.replace(/数量$/, '总数');
  if (/[人天次件笔台张]数$/.test(measure)) return measure.replace(/(.)数$/, '总$1数');
  if (/数$/.test(measure)) return measure.replace(/数$/, '总数');
  if (/金额$/.test(measure)) return measure.replace(/金额$/, '总金额');
  if (/...量$/.test(measure)) return measure.replace(/量$/, '总量');
  return measure.length <= 4 ? `总${measure}` : `${measure}合计`;
}

const zh: Wording = {
  value: (fn, measure) => {
    if (fn === 'sum') return zhTotal(measure);
    if (fn === 'avg') return measure.startsWith('平均') ? measure : `平均${measure}`;
    return `${fn === 'max' ? '最大' : '最小'}${measure}`;
  },
  month: (year, month) => `${year}年${month}月`,
  howMany: (of, variant) =>
    variant % 2 === 0 ? `一共有多少${zhUnit(of)}${zhRows(of)}？` : `${zhRows(of)}的总数是多少？`,
  howManyWhere: (of, dimension, value) =>
    `${dimension}为“${value}”的${zhShort(zhRows(of), dimension)}有多少${zhUnit(of)}？`,
  countBy: (of, dimension, variant) =>
    variant % 2 === 0
      ? `按${dimension}统计${zhShort(zhRows(of), dimension)}数量`
      : `各${dimension}分别有多少${zhUnit(of)}${zhShort(zhRows(of), dimension)}？`,
  mostCounted: (of, dimension, top) => `${zhShort(zhRows(of), dimension)}数量最多的${top}个${dimension}是哪些？`,
  overall: (of, value, variant) =>
    variant % 2 === 0 ? `所有${zhRows(of)}的${value}是多少？` : `统计${zhRows(of)}的${value}`,
  extremes: (of, measure) => `${zhRows(of)}中${measure}的最大值和最小值分别是多少？`,
  valueBy: (value, dimension, variant) =>
    variant % 2 === 0 ? `各${dimension}的${value}分别是多少？` : `按${dimension}统计${value}`,
  valueWhere: (value, dimension, filter) => `${dimension}为“${filter}”的${value}是多少？`,
  top: (value, dimension, top, variant) =>
    variant % 2 === 0
      ? `${value}${zhMost(value)}的${top}个${dimension}是哪些？`
      : `按${value}从高到低列出前${top}个${dimension}`,
  bottom: (value, dimension, top) => `${value}${zhLeast(value)}的${top}个${dimension}是哪些？`,
  share: (value, dimension) => `各${dimension}的${value}占总体的百分比是多少？`,
  trend: (value, dateLabel) => `按${dateLabel}统计每月的${value}`,
  inPeriod: (value, period) => `${period}的${value}是多少？`,
  countInPeriod: (of, period) => `${period}有多少${zhUnit(of)}${zhRows(of)}？`,
  countDated: (of, dateLabel, period) => `${dateLabel}在${period}的${zhRows(of)}有多少${zhUnit(of)}？`,
  topInPeriod: (value, dimension, period, top) => `${period}${value}${zhMost(value)}的${top}个${dimension}是哪些？`,
  comparePeriods: (value, first, second) => `对比${first}与${second}的${value}`,
  compareValues: (value, dimension, first, second) => `${dimension}为“${first}”与“${second}”的${value}分别是多少？`,
  byTwo: (value, first, second) => `按${first}和${second}统计${value}`,
  having: (value, dimension, threshold) => `${value}超过${threshold}的${dimension}有哪些？`,
  havingCount: (of, dimension, threshold) =>
    `哪些${dimension}的${zhShort(zhRows(of), dimension)}数量不少于${threshold}${zhUnit(of)}？`,
  aboveAverage: (of, measure) => `${measure}高于平均值的${zhRows(of)}有多少${zhUnit(of)}？`,
  groupsAboveAverage: (value, dimension) => `${value}高于各${dimension}平均水平的${dimension}有哪些？`,
  dailyAverage: (value) => `平均每天的${value}是多少？`,
  bestDay: (value) => `${value}${zhMost(value)}的是哪一天？`,
  absent: (parent, of) => `哪些${parent}没有${zhShort(zhRows(of), parent)}？`,
  absentInPeriod: (parent, of, period) => `${period}哪些${parent}没有${zhShort(zhRows(of), parent)}？`,
  distinct: (dimension, of) => `${zhRows(of)}涉及多少个不同的${dimension}？`,
  distinctBy: (of, dimension) => `${zhRows(of)}有哪些${zhShort(dimension, of.label)}？`,
  linked: (one, other) => `每个${one}关联了多少个${other}？`,
  mostLinked: (one, other, top) => `关联${other}最多的${top}个${one}是哪些？`,
  list: (of, dimension, value) => `${dimension}为“${value}”的${zhShort(zhRows(of), dimension)}有哪些？`,
  newest: (dateLabel, of) => `${zhRows(of)}中最早和最近的${dateLabel}分别是什么时候？`,
  ratio: (above, below, dimension) => `各${dimension}的${above}与${below}之比是多少？`,
};

/** Of what is named after a measure or a time there are records. */
const EN_RECORD =
  /\b(?:day|daily|week|weekly|month|monthly|year|yearly|hour|hourly|count|total|sum|data|info|stat|statistic|summary|log|history|fact|sale|revenue|traffic|volume|weather|analytic|metric|usage|income|record)s?$/i;
const enRows = ({ label, isEvent }: Counted): string =>
  isEvent && EN_RECORD.test(label)
    ? `${label.replace(/\s*\brecords?$/i, '').replace(/(?<!ic)s$/, '')} records`.trim()
    : plural(label);
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const AGGREGATES = { sum: 'total', avg: 'average', max: 'highest', min: 'lowest' } as const;
const quantity = (measure: string): string =>
  isPlural(measure) && !/^average\b/i.test(measure) ? `number of ${measure}` : measure;

const en: Wording = {
  value: (fn, measure) => {
    const isSaid =
      (fn === 'sum' && /^total\b|\b(?:sum|total)$/i.test(measure)) || (fn === 'avg' && /^average\b/i.test(measure));
    return isSaid ? measure : `${AGGREGATES[fn]} ${quantity(measure)}`;
  },
  month: (year, month) => `${MONTHS[month - 1]} ${year}`,
  howMany: (of, variant) =>
    variant % 2 === 0 ? `How many ${enRows(of)} are there?` : `What is the number of ${enRows(of)}?`,
  howManyWhere: (of, dimension, value, ofThing) =>
    `How many ${enRows(of)} are there ${ofThing ? 'for' : 'with'} the ${dimension} "${value}"?`,
  countBy: (of, dimension, variant) =>
    variant % 2 === 0
      ? `Show the number of ${enRows(of)} by ${dimension}`
      : `How many ${enRows(of)} are there for each ${dimension}?`,
  mostCounted: (of, dimension, top) => `Which ${top} ${plural(dimension)} have the most ${enRows(of)}?`,
  overall: (of, value, variant) =>
    variant % 2 === 0 ? `What is the ${value} of all ${enRows(of)}?` : `Show the ${value} over all ${enRows(of)}`,
  extremes: (of, measure) => `What are the highest and the lowest ${quantity(measure)} among the ${enRows(of)}?`,
  valueBy: (value, dimension, variant) =>
    variant % 2 === 0 ? `What is the ${value} for each ${dimension}?` : `Show the ${value} by ${dimension}`,
  valueWhere: (value, dimension, filter) => `What is the ${value} for the ${dimension} "${filter}"?`,
  top: (value, dimension, top, variant) =>
    variant % 2 === 0
      ? `Which ${top} ${plural(dimension)} have the highest ${value}?`
      : `List the top ${top} ${plural(dimension)} by ${value}`,
  bottom: (value, dimension, top) => `Which ${top} ${plural(dimension)} have the lowest ${value}?`,
  share: (value, dimension) => `What percentage of the ${value} comes from each ${dimension}?`,
  trend: (value, dateLabel) => `Show the ${value} for each month by ${dateLabel}`,
  inPeriod: (value, period) => `What was the ${value} in ${period}?`,
  countInPeriod: (of, period) => `How many ${enRows(of)} were there in ${period}?`,
  countDated: (of, dateLabel, period) => `How many ${enRows(of)} have ${withArticle(dateLabel)} in ${period}?`,
  topInPeriod: (value, dimension, period, top) =>
    `Which ${top} ${plural(dimension)} had the highest ${value} in ${period}?`,
  comparePeriods: (value, first, second) => `Compare the ${value} in ${first} with that in ${second}`,
  compareValues: (value, dimension, first, second) =>
    `What is the ${value} for the ${dimension} "${first}" and for "${second}"?`,
  byTwo: (value, first, second) => `Show the ${value} by ${first} and ${second}`,
  having: (value, dimension, threshold) => `Which ${plural(dimension)} have ${withArticle(value)} above ${threshold}?`,
  havingCount: (of, dimension, threshold) => `Which ${plural(dimension)} have at least ${threshold} ${enRows(of)}?`,
  aboveAverage: (of, measure) => `How many ${enRows(of)} have ${withArticle(quantity(measure))} above the average?`,
  groupsAboveAverage: (value, dimension) =>
    `Which ${plural(dimension)} have ${withArticle(value)} above the average over all ${plural(dimension)}?`,
  dailyAverage: (value) => `What is the ${value} on an average day?`,
  bestDay: (value) => `Which day had the highest ${value}?`,
  absent: (parent, of) => `Which ${plural(parent)} have no ${enRows(of)}?`,
  absentInPeriod: (parent, of, period) => `Which ${plural(parent)} had no ${enRows(of)} in ${period}?`,
  distinct: (dimension, of) => `How many different ${plural(dimension)} do the ${enRows(of)} have?`,
  distinctBy: (of, dimension) => `Which ${plural(dimension)} occur among the ${enRows(of)}?`,
  linked: (one, other) => `How many ${plural(other)} is each ${one} linked to?`,
  mostLinked: (one, other, top) => `Which ${top} ${plural(one)} are linked to the most ${plural(other)}?`,
  list: (of, dimension, value, ofThing) =>
    `Which ${enRows(of)} ${ofThing ? 'belong to' : 'have'} the ${dimension} "${value}"?`,
  newest: (dateLabel, of) => `What are the earliest and the latest ${dateLabel} of the ${enRows(of)}?`,
  ratio: (above, below, dimension) => `What is the ratio of the ${above} to the ${below} for each ${dimension}?`,
};

export const WORDINGS: Readonly<Record<Language, Wording>> = { zh, en };
