import type { DateGrain } from '../../../sql/index.ts';

/** A word that asks for one row per day, week, month, …. */
export interface GrainMention {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly grain: DateGrain;
}

const ENGLISH: readonly (readonly [DateGrain, RegExp])[] = [
  [
    'year',
    /\b(?:yearly|annual|annually|year[ -](?:by|over|on)[ -]year(?= (?:trend|sales|revenue))|(?:by|per|each|every|for each|grouped by|over the|which|what) years?)\b/gi,
  ],
  ['quarter', /\b(?:quarterly|(?:by|per|each|every|for each|grouped by|which|what) quarters?)\b/gi],
  [
    'month',
    /\b(?:monthly|month by month|(?:by|per|each|every|for each|grouped by|which|what) (?:calendar )?months?)\b/gi,
  ],
  ['week', /\b(?:weekly|(?:by|per|each|every|for each|grouped by|which|what) weeks?)\b/gi],
  ['day', /\b(?:daily|day by day|(?:by|per|each|every|for each|grouped by|which|what) (?:days?|date))\b/gi],
  ['hour', /\b(?:hourly|(?:by|per|each|every|for each|grouped by) hours?)\b/gi],
];

const CHINESE: readonly (readonly [DateGrain, RegExp])[] = [
  [
    'year',
    /(?:按照?年度?份?|各年度?份?|每一?年|逐年|历年|哪一?年|哪个年份|年度(?=[^\d]*(?:趋势|走势|变化|统计|汇总))|分年度?)(?:份)?/g,
  ],
  [
    'quarter',
    /(?:按照?季度?|各季度?|每个?季度?|逐季度?|分季度?|哪个季度?|季度(?=[^\d]*(?:趋势|走势|变化|统计|汇总)))/g,
  ],
  ['month', /(?:按照?月份?|各个?月份?|每个?月份?|逐月|月度|分月份?|哪个?月份?|哪一个月|哪几个月)/g],
  ['week', /(?:按照?周|各周|每一?周|逐周|每个?星期|周度|哪一?周)/g],
  ['day', /(?:按照?(?:天|日期?)|每一?[天日]|逐日|逐天|哪一?天|日均(?!每)|各日期?|分日)/g],
  ['hour', /(?:按照?小时|每个?小时|各小时|分时)/g],
];

/** The time grains that a question asks to group by, in order. */
export function parseGrains(text: string): GrainMention[] {
  const found: GrainMention[] = [];
  for (const [grain, pattern] of [...ENGLISH, ...CHINESE]) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (!found.some((other) => start < other.end && other.start < end))
        found.push({ text: match[0], start, end, grain });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}
