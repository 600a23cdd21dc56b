import type { DateGrain } from '../../../sql/index.ts';
import { parseChineseNumeral } from '../numbers/chinese-numbers.ts';
import { addMonths, calendarSpan, day, isoWeek, isValidDate, parts, rollingStart } from './calendar.ts';
import type { Day, Span } from './period.ts';
import { calendar, fiscalYear, fullYear, type Rule, type RuleContext, rolling } from './rules.ts';

const N = '(\\d+|[零〇一二两三四五六七八九十百]+)';
const YEAR =
  '(今年|去年|前年|大前年|明年|本年度?|上一?年度?|(?:19|20)\\d\\d年?|[一二]〇?[零〇一二三四五六七八九]{3}年|\\d\\d年)';

const number = (text: string): number =>
  /^\d+$/.test(text) ? Number(text) : (parseChineseNumeral(text) ?? Number.NaN);

function yearOf(text: string | undefined, context: RuleContext): number | null {
  const current = parts(context.today).year;
  if (text === undefined) return null;
  if (/^(今年|本年)/.test(text)) return current;
  if (/^(去年|上一?年)/.test(text)) return current - 1;
  if (text === '前年') return current - 2;
  if (text === '大前年') return current - 3;
  if (text === '明年') return current + 1;
  const digits = text.replace(/年$/, '');
  if (/^\d+$/.test(digits)) return fullYear(digits);
  return parseChineseNumeral(digits);
}

const isRelative = (text: string | undefined): boolean => text === undefined || /[今去前明本上]/.test(text);

const GRAINS: Readonly<Record<string, DateGrain>> = {
  天: 'day',
  日: 'day',
  周: 'week',
  星期: 'week',
  礼拜: 'week',
  月: 'month',
  季: 'quarter',
  季度: 'quarter',
  年: 'year',
  年度: 'year',
};
const UNIT = '(天|日|周|星期|礼拜|个?月|个?季度?|年)';
const grainOf = (text: string): DateGrain => GRAINS[text.replace(/^个/, '')] ?? 'day';

function weekdayOf(text: string): number {
  const index = '一二三四五六'.indexOf(text);
  return index >= 0 ? index + 1 : 7;
}

function date(year: number, month: number, dayOfMonth: number, relative: boolean): Span | null {
  if (!isValidDate(year, month, dayOfMonth)) return null;
  const value = day(year, month, dayOfMonth);
  return { start: value, end: value, grain: 'day', kind: relative ? 'relative' : 'specific' };
}

function months(year: number, first: number, last: number, grain: DateGrain, relative: boolean): Span | null {
  if (first < 1 || last > 12 || first > last) return null;
  return {
    start: day(year, first, 1),
    end: day(year, last + 1, 1) - 1,
    grain,
    kind: relative ? 'relative' : 'specific',
  };
}

/** A month without a year is the latest one that has begun. */
function bareMonthYear(month: number, context: RuleContext): number {
  const now = parts(context.today);
  return month <= now.month ? now.year : now.year - 1;
}

function shiftYear(span: Span, years: number): Span {
  const move = (value: Day | null): Day | null => (value === null ? null : addMonths(value, 12 * years));
  return { ...span, start: move(span.start), end: move(span.end), kind: 'relative' };
}

const QUARTER = '(?:第?([1-4一二三四])季度?|[qQ]([1-4]))';
const quarterOf = (a: string | undefined, b: string | undefined): number => number(a ?? b ?? '1');

/** Chinese periods; earlier rules win over later ones that overlap. */
export const CHINESE_RULES: readonly Rule[] = [
  [
    new RegExp(`${YEAR}?的?同期`, 'g'),
    (m, c) => {
      const year = yearOf(m[1], c);
      const back = year === null ? 1 : parts(c.today).year - year;
      if (m[0] === '同期' || back < 1) return null;
      const monthStart = calendarSpan(c.today, 'month', 0).start;
      return {
        ...shiftYear({ start: monthStart, end: c.today, grain: 'month', kind: 'relative' }, -back),
        confidence: 0.7,
      };
    },
  ],
  [
    new RegExp(`${YEAR}\\s?(?:的?)${QUARTER}`, 'g'),
    (m, c) => {
      const year = yearOf(m[1], c);
      const quarter = quarterOf(m[2], m[3]);
      return year === null ? null : months(year, quarter * 3 - 2, quarter * 3, 'quarter', isRelative(m[1]));
    },
  ],
  [
    /[qQ]([1-4])\s*((?:19|20)\d\d)年?/g,
    (m) => months(Number(m[2]), Number(m[1]) * 3 - 2, Number(m[1]) * 3, 'quarter', false),
  ],
  [
    new RegExp(`${YEAR}?\\s?(?:的)?(上半年|下半年|前半年|后半年|前三季度|前两季度|前二季度)`, 'g'),
    (m, c) => {
      const year = yearOf(m[1], c) ?? parts(c.today).year;
      const part = m[2]!;
      const [first, last] = part === '前三季度' ? [1, 9] : /[下后]半/.test(part) ? [7, 12] : [1, 6];
      return months(year, first, last, part.includes('季') ? 'quarter' : 'month', isRelative(m[1]));
    },
  ],
  [
    new RegExp(`${YEAR}\\s?(?:的)?(初|底|末|年底|年末|年初)`, 'g'),
    (m, c) => {
      const year = yearOf(m[1], c);
      if (year === null) return null;
      const month = m[2]!.includes('初') ? 1 : 12;
      return { ...months(year, month, month, 'month', isRelative(m[1]))!, confidence: 0.6 };
    },
  ],
  [
    new RegExp(
      `(?:${YEAR}\\s?的?)?(\\d{1,2}|[一二三四五六七八九十]{1,2})月份?\\s?(\\d{1,2}|[一二三四五六七八九十]{1,3})[日号]`,
      'g',
    ),
    (m, c) => {
      const year = yearOf(m[1], c);
      const month = number(m[2]!);
      const result = date(year ?? bareMonthYear(month, c), month, number(m[3]!), isRelative(m[1]));
      return result;
    },
  ],
  [
    new RegExp(
      `(?:${YEAR}\\s?的?)?(\\d{1,2}|[一二三四五六七八九十]{1,2})月?\\s?[到至~-]\\s?(\\d{1,2}|[一二三四五六七八九十]{1,2})月份?`,
      'g',
    ),
    (m, c) => {
      const last = number(m[3]!);
      const span = months(yearOf(m[1], c) ?? bareMonthYear(last, c), number(m[2]!), last, 'month', isRelative(m[1]));
      return span === null ? null : { ...span, kind: 'range' };
    },
  ],
  [
    new RegExp(`${YEAR}\\s?的?(\\d{1,2}|[一二三四五六七八九十]{1,2})月份?`, 'g'),
    (m, c) => {
      const year = yearOf(m[1], c);
      const month = number(m[2]!);
      return year === null ? null : months(year, month, month, 'month', isRelative(m[1]));
    },
  ],
  [
    /(?<![\d个几])(\d{1,2}|(?<![一二两三四五六七八九十])[一二三四五六七八九十]{1,2})月份?(?![底初末以内])/g,
    (m, c) => {
      const month = number(m[1]!);
      const span = months(bareMonthYear(month, c), month, month, 'month', true);
      return span === null ? null : { ...span, confidence: 0.85 };
    },
  ],
  [/((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?/g, (m) => date(Number(m[1]), Number(m[2]), Number(m[3]), false)],
  [/((?:19|20)\d\d)[-/.](\d{1,2})(?![\d])/g, (m) => months(Number(m[1]), Number(m[2]), Number(m[2]), 'month', false)],
  [
    new RegExp(`${YEAR}?\\s?第${N}周`, 'g'),
    (m, c) => {
      const week = number(m[2]!);
      if (week < 1 || week > 53) return null;
      return {
        ...isoWeek(yearOf(m[1], c) ?? parts(c.today).year, week),
        grain: 'week',
        kind: isRelative(m[1]) ? 'relative' : 'specific',
      };
    },
  ],
  [
    new RegExp(`(?<!第)${QUARTER}(?!度?[占的]?比)`, 'g'),
    (m, c) => {
      const quarter = quarterOf(m[1], m[2]);
      const now = parts(c.today);
      const year = quarter <= Math.ceil(now.month / 3) ? now.year : now.year - 1;
      return months(year, quarter * 3 - 2, quarter * 3, 'quarter', true);
    },
  ],
  [
    /第([一二三四])季度/g,
    (m, c) => {
      const quarter = number(m[1]!);
      const now = parts(c.today);
      return months(
        quarter <= Math.ceil(now.month / 3) ? now.year : now.year - 1,
        quarter * 3 - 2,
        quarter * 3,
        'quarter',
        true,
      );
    },
  ],
  [
    /(?:最近|近|过去|前|这|最近的|过去的|最后)的?半年(?:内|里|以来|来)?|半年(?:之|以)?内/g,
    (_m, c) => rolling(c, 'month', 6),
  ],
  [
    new RegExp(`(?:最近|近|过去|此前|最近的|过去的|最后)的?${N}?${UNIT}(?:之?内|里|以来|来|间)?`, 'g'),
    (m, c) =>
      m[1] === undefined && !/^个/.test(m[2]!) && m[2] !== '周' && m[2] !== '年'
        ? null
        : rolling(c, grainOf(m[2]!), m[1] === undefined ? 1 : number(m[1])),
  ],
  [/(?:最近|近)几(天|周|个月|年)/g, (m, c) => ({ ...rolling(c, grainOf(m[1]!), 3)!, confidence: 0.5 })],
  [new RegExp(`(?<![\\d前第])${N}${UNIT}(?:之|以)?内`, 'g'), (m, c) => rolling(c, grainOf(m[2]!), number(m[1]!))],
  [
    new RegExp(`(?<!排名|排行|第)前${N}(天|周|个月|个季度|年)(?!的?[的]?产品)`, 'g'),
    (m, c) => {
      const grain = grainOf(m[2]!);
      const end = calendarSpan(c.today, grain, -1, c.weekStart).end;
      const start = calendarSpan(c.today, grain, -number(m[1]!), c.weekStart).start;
      return Number.isNaN(number(m[1]!)) ? null : { start, end, grain, kind: 'relative', confidence: 0.8 };
    },
  ],
  [
    new RegExp(`(?:未来|接下来|今后|后)(?:的)?${N}${UNIT}`, 'g'),
    (m, c) => {
      const grain = grainOf(m[2]!);
      const count = number(m[1]!);
      const end =
        grain === 'day'
          ? c.today + count
          : grain === 'week'
            ? c.today + count * 7
            : addMonths(c.today, count * (grain === 'month' ? 1 : grain === 'quarter' ? 3 : 12));
      return { start: c.today + 1, end, grain, kind: 'relative' };
    },
  ],
  [
    new RegExp(`${N}(天|周|个月|年)(?:之|以)?前(?:的(?:那天)?)?`, 'g'),
    (m, c) => {
      const count = number(m[1]!);
      const grain = grainOf(m[2]!);
      if (!(count <= 500)) return null;
      if (grain === 'day' && count < 400)
        return { start: c.today - count, end: c.today - count, grain: 'day', kind: 'relative', confidence: 0.7 };
      return { start: null, end: rollingStart(c.today, grain, count) - 1, grain, kind: 'range', confidence: 0.5 };
    },
  ],
  [
    /(上上|上|这|本|下)(?:一?个?)(?:周|星期|礼拜)([一二三四五六日天末])/g,
    (m, c) => {
      const shift = m[1] === '上上' ? -2 : m[1] === '上' ? -1 : m[1] === '下' ? 1 : 0;
      const monday = calendarSpan(c.today, 'week', shift, 1).start;
      if (m[2] === '末') return { start: monday + 5, end: monday + 6, grain: 'day', kind: 'relative' };
      const value = monday + weekdayOf(m[2]!) - 1;
      return { start: value, end: value, grain: 'day', kind: 'relative' };
    },
  ],
  [
    /(上上|上|这|本|当|下下|下)(?:一|1)?个?(周|星期|礼拜|月|季度|季|年度|年)份?(?!度?[龄级初以])/g,
    (m, c) => {
      const shift = { 上上: -2, 上: -1, 下: 1, 下下: 2 }[m[1]!] ?? 0;
      return calendar(c, grainOf(m[2]!), shift);
    },
  ],
  [
    /(?:年初至今|今年以来|年初以来|本年累计|年累计)/g,
    (_m, c) => ({ start: day(parts(c.today).year, 1, 1), end: c.today, grain: 'year', kind: 'relative' }),
  ],
  [
    /(?:月初至今|本月以来|本月累计|月累计)/g,
    (_m, c) => ({ start: calendarSpan(c.today, 'month', 0).start, end: c.today, grain: 'month', kind: 'relative' }),
  ],
  [
    /(?:季初至今|本季度?以来|本季度?累计)/g,
    (_m, c) => ({ start: calendarSpan(c.today, 'quarter', 0).start, end: c.today, grain: 'quarter', kind: 'relative' }),
  ],
  [
    /(?:本周以来|本周累计)/g,
    (_m, c) => ({
      start: calendarSpan(c.today, 'week', 0, c.weekStart).start,
      end: c.today,
      grain: 'week',
      kind: 'relative',
    }),
  ],
  [
    /(大前天|前天|昨天|昨日|今天|今日|当天|当日|明天|明日|后天)/g,
    (m, c) => {
      const shift = { 大前天: -3, 前天: -2, 昨天: -1, 昨日: -1, 明天: 1, 明日: 1, 后天: 2 }[m[1]!] ?? 0;
      return { start: c.today + shift, end: c.today + shift, grain: 'day', kind: 'relative' };
    },
  ],
  [
    /(今年|去年|前年|大前年|明年|后年|往年)(?!度?同期)度?/g,
    (m, c) => {
      const shift = { 去年: -1, 前年: -2, 大前年: -3, 明年: 1, 后年: 2 }[m[1]!] ?? (m[1] === '今年' ? 0 : null);
      return shift === null ? null : calendar(c, 'year', shift);
    },
  ],
  [
    /(本周末|这周末|周末)/g,
    (_m, c) => ({
      start: calendarSpan(c.today, 'week', 0, 1).start + 5,
      end: calendarSpan(c.today, 'week', 0, 1).end,
      grain: 'day',
      kind: 'relative',
      confidence: 0.6,
    }),
  ],
  [
    /((?:19|20)\d\d)\s?财年|财年\s?((?:19|20)\d\d)|((?:19|20)\d\d)年?财务?年度/g,
    (m, c) => {
      const { year, month } = fiscalYear(c, Number(m[1] ?? m[2] ?? m[3]));
      return { start: day(year, month, 1), end: day(year + 1, month, 1) - 1, grain: 'year', kind: 'specific' };
    },
  ],
  [
    /(本|上|上一?个?|下|今|去|这个?)(?:一|个)?财年/g,
    (m, c) => {
      const now = parts(c.today);
      const current = c.fiscalStart === 1 || now.month < c.fiscalStart ? now.year : now.year + 1;
      const { year, month } = fiscalYear(c, current + (/[上去]/.test(m[1]!) ? -1 : m[1] === '下' ? 1 : 0));
      return { start: day(year, month, 1), end: day(year + 1, month, 1) - 1, grain: 'year', kind: 'relative' };
    },
  ],
  [
    /(?<!\d)((?:19|20)\d\d)\s*(?:年度?)?\s*[-到至~]\s*((?:19|20)\d\d)\s*年?(?:间|之间|期间)?/g,
    (m) =>
      Number(m[1]) <= Number(m[2])
        ? { start: day(Number(m[1]), 1, 1), end: day(Number(m[2]), 12, 31), grain: 'year', kind: 'range' }
        : null,
  ],
  [
    /((?:19|20)\d)0年代|(?<!\d)([5-9])0年代/g,
    (m) => {
      const start = m[1] === undefined ? 1900 + Number(m[2]) * 10 : Number(m[1]) * 10;
      return { start: day(start, 1, 1), end: day(start + 9, 12, 31), grain: 'year', kind: 'specific' };
    },
  ],
  [/(?<![\d.])((?:19|20)\d\d)年度?/g, (m) => months(Number(m[1]), 1, 12, 'year', false)],
  [/([一二][零〇一二三四五六七八九]{3})年度?/g, (m) => months(parseChineseNumeral(m[1]!) ?? 0, 1, 12, 'year', false)],
  [
    /(?<![\d])(\d\d)年(?![内以里前后来间])/g,
    (m) => ({ ...months(fullYear(m[1]!), 1, 12, 'year', false)!, confidence: 0.7 }),
  ],
];

/** Words between or around two periods that make one range of them. */
export const CHINESE_RANGE = {
  between: /^(?:\s|的|,|，)*(?:到|至|~|-|—|－|与|和)(?:\s)*$/,
  before: /(?:从|自|由|在|介于)\s*$/,
  after: /^\s*(?:之?间|期间|为止|止)/,
  since: /^(?:以来|至今|到今天|到现在|到目前|起至今|之?后|以后|起|开始|及以后|及之后|及其?之?后)/,
  untilAfter: /^(?:以前|之前|前|及以前|及之前)/,
};
