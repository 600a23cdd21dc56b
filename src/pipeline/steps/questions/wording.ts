/** How questions are worded. Each form has one meaning; several wordings of it are told apart by a number. */
import type { Language } from '../../../planning/index.ts';

export interface Counted {
  readonly label: string;
  /** Rows that happen are counted as records. */
  readonly isEvent: boolean;
}

export type AggregateWord = 'sum' | 'avg' | 'max' | 'min';

export interface Wording {
  readonly value: (fn: AggregateWord, measure: string) => string;
  readonly month: (year: number, month: number) => string;
  readonly year: (year: number) => string;
  readonly rows: (of: Counted) => string;
  readonly howMany: (of: Counted, variant: number) => string;
  readonly howManyWhere: (of: Counted, dimension: string, value: string) => string;
  readonly countBy: (of: Counted, dimension: string, variant: number) => string;
  readonly mostCounted: (of: Counted, dimension: string, top: number) => string;
  readonly overall: (of: Counted, value: string, variant: number) => string;
  readonly extremes: (of: Counted, measure: string) => string;
  readonly valueBy: (value: string, dimension: string, variant: number) => string;
  readonly valueWhere: (value: string, dimension: string, filter: string) => string;
  readonly top: (value: string, dimension: string, top: number, variant: number) => string;
  readonly bottom: (value: string, dimension: string, top: number) => string;
  readonly share: (value: string, dimension: string) => string;
  readonly shareOf: (value: string, dimension: string, filter: string) => string;
  readonly trend: (value: string, grain: 'month' | 'day', dateLabel: string) => string;
  readonly inPeriod: (value: string, period: string) => string;
  readonly countInPeriod: (of: Counted, period: string) => string;
  readonly topInPeriod: (value: string, dimension: string, period: string, top: number) => string;
  readonly comparePeriods: (value: string, first: string, second: string) => string;
  readonly compareValues: (value: string, dimension: string, first: string, second: string) => string;
  readonly trendBy: (value: string, dimension: string, period: string) => string;
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
  readonly list: (of: Counted, name: string, dimension: string, value: string) => string;
  readonly newest: (dateLabel: string, of: Counted) => string;
  readonly ratio: (above: string, below: string, dimension: string) => string;
}

const zhRows = ({ label, isEvent }: Counted): string => (isEvent ? `${label.replace(/记录$/, '')}记录` : label);
const zhUnit = ({ isEvent }: Counted): string => (isEvent ? '条' : '个');

const zh: Wording = {
  value: (fn, measure) => {
    if (fn === 'sum') return /^总|合计|总[额量数计]/.test(measure) ? measure : `${measure}合计`;
    return `${{ avg: '平均', max: '最大', min: '最小' }[fn]}${measure}`;
  },
  month: (year, month) => `${year}年${month}月`,
  year: (year) => `${year}年`,
  rows: zhRows,
  howMany: (of, variant) =>
    variant % 2 === 0 ? `一共有多少${zhUnit(of)}${zhRows(of)}？` : `${zhRows(of)}的总数是多少？`,
  howManyWhere: (of, dimension, value) => `${dimension}为“${value}”的${zhRows(of)}有多少${zhUnit(of)}？`,
  countBy: (of, dimension, variant) =>
    variant % 2 === 0 ? `按${dimension}统计${zhRows(of)}数量` : `各${dimension}分别有多少${zhUnit(of)}${zhRows(of)}？`,
  mostCounted: (of, dimension, top) => `${zhRows(of)}数量最多的${top}个${dimension}是哪些？`,
  overall: (of, value, variant) =>
    variant % 2 === 0 ? `所有${zhRows(of)}的${value}是多少？` : `统计${zhRows(of)}的${value}`,
  extremes: (of, measure) => `${zhRows(of)}中${measure}的最大值和最小值分别是多少？`,
  valueBy: (value, dimension, variant) =>
    variant % 2 === 0 ? `各${dimension}的${value}分别是多少？` : `按${dimension}统计${value}`,
  valueWhere: (value, dimension, filter) => `${dimension}为“${filter}”的${value}是多少？`,
  top: (value, dimension, top, variant) =>
    variant % 2 === 0 ? `${value}最高的${top}个${dimension}是哪些？` : `按${value}从高到低列出前${top}个${dimension}`,
  bottom: (value, dimension, top) => `${value}最低的${top}个${dimension}是哪些？`,
  share: (value, dimension) => `各${dimension}的${value}占总体的百分比是多少？`,
  shareOf: (value, dimension, filter) => `${dimension}为“${filter}”的${value}占总体的百分比是多少？`,
  trend: (value, grain, dateLabel) => `按${dateLabel}统计每${grain === 'month' ? '月' : '日'}的${value}`,
  inPeriod: (value, period) => `${period}的${value}是多少？`,
  countInPeriod: (of, period) => `${period}有多少${zhUnit(of)}${zhRows(of)}？`,
  topInPeriod: (value, dimension, period, top) => `${period}${value}最高的${top}个${dimension}是哪些？`,
  comparePeriods: (value, first, second) => `对比${first}与${second}的${value}`,
  compareValues: (value, dimension, first, second) => `${dimension}为“${first}”与“${second}”的${value}分别是多少？`,
  trendBy: (value, dimension, period) => `${period}各${dimension}每月的${value}是多少？`,
  byTwo: (value, first, second) => `按${first}和${second}统计${value}`,
  having: (value, dimension, threshold) => `${value}超过${threshold}的${dimension}有哪些？`,
  havingCount: (of, dimension, threshold) => `哪些${dimension}的${zhRows(of)}数量不少于${threshold}${zhUnit(of)}？`,
  aboveAverage: (of, measure) => `${measure}高于平均值的${zhRows(of)}有多少${zhUnit(of)}？`,
  groupsAboveAverage: (value, dimension) => `${value}高于各${dimension}平均水平的${dimension}有哪些？`,
  dailyAverage: (value) => `平均每天的${value}是多少？`,
  bestDay: (value) => `${value}最高的是哪一天？`,
  absent: (parent, of) => `哪些${parent}没有${zhRows(of)}？`,
  absentInPeriod: (parent, of, period) => `${period}哪些${parent}没有${zhRows(of)}？`,
  distinct: (dimension, of) => `${zhRows(of)}涉及多少个不同的${dimension}？`,
  distinctBy: (of, dimension) => `${zhRows(of)}的${dimension}有哪几种取值？`,
  linked: (one, other) => `每个${one}关联了多少个${other}？`,
  mostLinked: (one, other, top) => `关联${other}最多的${top}个${one}是哪些？`,
  list: (of, name, dimension, value) => `列出${dimension}为“${value}”的${zhRows(of)}的${name}`,
  newest: (dateLabel, of) => `${zhRows(of)}中最早和最近的${dateLabel}分别是什么时候？`,
  ratio: (above, below, dimension) => `各${dimension}的${above}与${below}之比是多少？`,
};

const plural = (noun: string): string =>
  /(?:s|data|info)$/i.test(noun)
    ? noun
    : /[^aeiou]y$/i.test(noun)
      ? `${noun.slice(0, -1)}ies`
      : /(?:ch|sh|x|z)$/i.test(noun)
        ? `${noun}es`
        : `${noun}s`;
const enRows = ({ label, isEvent }: Counted): string =>
  isEvent ? `${label.replace(/s$/, '')} records` : plural(label);
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const one = (noun: string): string => `${/^(?!uni|use|eu|one)[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
const AGGREGATES = { sum: 'total', avg: 'average', max: 'highest', min: 'lowest' } as const;

const en: Wording = {
  value: (fn, measure) => (fn === 'sum' && /^total\b/i.test(measure) ? measure : `${AGGREGATES[fn]} ${measure}`),
  month: (year, month) => `${MONTHS[month - 1]} ${year}`,
  year: (year) => String(year),
  rows: enRows,
  howMany: (of, variant) =>
    variant % 2 === 0 ? `How many ${enRows(of)} are there?` : `What is the number of ${enRows(of)}?`,
  howManyWhere: (of, dimension, value) => `How many ${enRows(of)} have the ${dimension} "${value}"?`,
  countBy: (of, dimension, variant) =>
    variant % 2 === 0
      ? `Number of ${enRows(of)} by ${dimension}`
      : `How many ${enRows(of)} does each ${dimension} have?`,
  mostCounted: (of, dimension, top) => `Which ${top} ${plural(dimension)} have the most ${enRows(of)}?`,
  overall: (of, value, variant) =>
    variant % 2 === 0 ? `What is the ${value} of all ${enRows(of)}?` : `Show the ${value} over all ${enRows(of)}`,
  extremes: (of, measure) => `What are the highest and the lowest ${measure} among the ${enRows(of)}?`,
  valueBy: (value, dimension, variant) =>
    variant % 2 === 0 ? `What is the ${value} for each ${dimension}?` : `Show ${value} by ${dimension}`,
  valueWhere: (value, dimension, filter) => `What is the ${value} for the ${dimension} "${filter}"?`,
  top: (value, dimension, top, variant) =>
    variant % 2 === 0
      ? `Which ${top} ${plural(dimension)} have the highest ${value}?`
      : `List the top ${top} ${plural(dimension)} by ${value}`,
  bottom: (value, dimension, top) => `Which ${top} ${plural(dimension)} have the lowest ${value}?`,
  share: (value, dimension) => `What percentage of the ${value} comes from each ${dimension}?`,
  shareOf: (value, dimension, filter) => `What percentage of the ${value} comes from the ${dimension} "${filter}"?`,
  trend: (value, grain, dateLabel) => `Show ${value} per ${grain} of the ${dateLabel}`,
  inPeriod: (value, period) => `What was the ${value} in ${period}?`,
  countInPeriod: (of, period) => `How many ${enRows(of)} were there in ${period}?`,
  topInPeriod: (value, dimension, period, top) =>
    `Which ${top} ${plural(dimension)} had the highest ${value} in ${period}?`,
  comparePeriods: (value, first, second) => `Compare the ${value} of ${first} and ${second}`,
  compareValues: (value, dimension, first, second) =>
    `What is the ${value} for the ${dimension} "${first}" and for "${second}"?`,
  trendBy: (value, dimension, period) => `What was the ${value} of each ${dimension} per month in ${period}?`,
  byTwo: (value, first, second) => `Show ${value} by ${first} and ${second}`,
  having: (value, dimension, threshold) => `Which ${plural(dimension)} have ${one(value)} above ${threshold}?`,
  havingCount: (of, dimension, threshold) => `Which ${plural(dimension)} have at least ${threshold} ${enRows(of)}?`,
  aboveAverage: (of, measure) => `How many ${enRows(of)} have ${one(measure)} above the average?`,
  groupsAboveAverage: (value, dimension) =>
    `Which ${plural(dimension)} have ${one(value)} above the average over the ${plural(dimension)}?`,
  dailyAverage: (value) => `What is the ${value} of an average day?`,
  bestDay: (value) => `Which day had the highest ${value}?`,
  absent: (parent, of) => `Which ${plural(parent)} have no ${enRows(of)}?`,
  absentInPeriod: (parent, of, period) => `Which ${plural(parent)} had no ${enRows(of)} in ${period}?`,
  distinct: (dimension, of) => `How many different ${plural(dimension)} do the ${enRows(of)} have?`,
  distinctBy: (of, dimension) => `Which values of ${dimension} occur among the ${enRows(of)}?`,
  linked: (one, other) => `How many ${plural(other)} is each ${one} linked to?`,
  mostLinked: (one, other, top) => `Which ${top} ${plural(one)} are linked to the most ${plural(other)}?`,
  list: (of, name, dimension, value) => `List the ${name} of the ${enRows(of)} with the ${dimension} "${value}"`,
  newest: (dateLabel, of) => `What are the earliest and the latest ${dateLabel} of the ${enRows(of)}?`,
  ratio: (above, below, dimension) => `What is the ratio of ${above} to ${below} for each ${dimension}?`,
};

export const WORDINGS: Readonly<Record<Language, Wording>> = { zh, en };
