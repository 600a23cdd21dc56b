import type { DateGrain } from '../../../sql/index.ts';
import { parseEnglishNumeral } from '../numbers/english-numbers.ts';
import { addMonths, calendarSpan, day, isoWeek, isValidDate, parts, weekday } from './calendar.ts';
import type { Span } from './period.ts';
import { calendar, fiscalYear, fullYear, type Rule, type RuleContext, rolling } from './rules.ts';

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const DAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const COUNT =
  '(\\d+|a couple of|couple of|a few|few|several|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|sixty|ninety|a|an)';
const UNIT = '(days?|weeks?|months?|quarters?|years?|fortnights?|decades?|hours?)';
const ORDINAL = '(?:st|nd|rd|th)?';
const Y = '((?:19|20)\\d\\d)';
const FLAGS = 'gi';
const rx = (source: string): RegExp => new RegExp(source, FLAGS);

const monthOf = (text: string): number =>
  MONTHS.findIndex((name) => name.startsWith(text.toLowerCase().slice(0, 3))) + 1;

function countOf(text: string | undefined): number {
  const lower = text?.toLowerCase();
  if (lower === undefined || lower === 'a' || lower === 'an') return 1;
  if (/couple/.test(lower)) return 2;
  if (/few|several/.test(lower)) return 3;
  return /^\d+$/.test(lower) ? Number(lower) : (parseEnglishNumeral(lower) ?? Number.NaN);
}

function grainOf(text: string): { grain: DateGrain; factor: number } {
  const unit = text.toLowerCase().replace(/s$/, '');
  if (unit === 'fortnight') return { grain: 'week', factor: 2 };
  if (unit === 'decade') return { grain: 'year', factor: 10 };
  return { grain: unit as DateGrain, factor: 1 };
}

function date(year: number, month: number, dayOfMonth: number, relative = false): Span | null {
  if (!isValidDate(year, month, dayOfMonth)) return null;
  const value = day(year, month, dayOfMonth);
  return { start: value, end: value, grain: 'day', kind: relative ? 'relative' : 'specific' };
}

function months(year: number, first: number, last: number, grain: DateGrain, relative = false): Span | null {
  if (first < 1 || last > 12) return null;
  return {
    start: day(year, first, 1),
    end: day(year, last + 1, 1) - 1,
    grain,
    kind: relative ? 'relative' : 'specific',
  };
}

/** A month without a year is the latest one that has begun. */
function latestYear(month: number, context: RuleContext): number {
  const now = parts(context.today);
  return month <= now.month ? now.year : now.year - 1;
}

function shiftOf(word: string): number {
  const lower = word.toLowerCase();
  if (/^(last|previous|prior|past|preceding)$/.test(lower)) return -1;
  return /^(next|coming|upcoming|following)$/.test(lower) ? 1 : 0;
}

const QUARTERS = 'first second third fourth'.split(' ');
const QUARTER = '(?:q([1-4])|(first|second|third|fourth|1st|2nd|3rd|4th) quarter|quarter ([1-4]))';

function quarterOf(m: RegExpMatchArray, at: number): number {
  const word = m[at + 1]?.toLowerCase();
  if (word !== undefined) return /^\d/.test(word) ? Number(word[0]) : QUARTERS.indexOf(word) + 1;
  return Number(m[at] ?? m[at + 2]);
}

function toDate(grain: DateGrain) {
  return (_m: RegExpMatchArray, c: RuleContext): Span => ({
    start: calendarSpan(c.today, grain, 0, c.weekStart).start,
    end: c.today,
    grain,
    kind: 'relative',
  });
}

function currentFiscalYear(c: RuleContext): number {
  const now = parts(c.today);
  return c.fiscalStart === 1 || now.month < c.fiscalStart ? now.year : now.year + 1;
}

/** English periods; earlier rules win over later ones that overlap. */
export const ENGLISH_RULES: readonly Rule[] = [
  [rx(`${Y}-(\\d{1,2})-(\\d{1,2})`), (m) => date(Number(m[1]), Number(m[2]), Number(m[3]))],
  [rx(`${Y}[/.](\\d{1,2})[/.](\\d{1,2})`), (m) => date(Number(m[1]), Number(m[2]), Number(m[3]))],
  [
    rx(`\\b(\\d{1,2})[/.-](\\d{1,2})[/.-]${Y}\\b`),
    (m) => {
      const [first, second, year] = [Number(m[1]), Number(m[2]), Number(m[3])];
      const span = first > 12 ? date(year, second, first) : date(year, first, second);
      return span === null
        ? null
        : { ...span, confidence: first <= 12 && second <= 12 && first !== second ? 0.6 : 0.9 };
    },
  ],
  [rx(`\\b${MONTH}\\s+(\\d{1,2})${ORDINAL},?\\s+${Y}\\b`), (m) => date(Number(m[3]), monthOf(m[1]!), Number(m[2]))],
  [
    rx(`\\b(?:the\\s+)?(\\d{1,2})${ORDINAL}\\s+(?:of\\s+)?${MONTH},?\\s+${Y}\\b`),
    (m) => date(Number(m[3]), monthOf(m[2]!), Number(m[1])),
  ],
  [
    rx(`\\b${MONTH}\\s*(?:-|–|to|through|until|till)\\s*${MONTH},?\\s+(?:of\\s+)?${Y}\\b`),
    (m) => {
      const span = months(Number(m[3]), monthOf(m[1]!), monthOf(m[2]!), 'month');
      return span === null ? null : { ...span, kind: 'range' };
    },
  ],
  [
    rx(`\\b${MONTH},?\\s+(?:of\\s+|in\\s+)?${Y}\\b`),
    (m) => months(Number(m[2]), monthOf(m[1]!), monthOf(m[1]!), 'month'),
  ],
  [rx(`\\b${Y}\\s+${MONTH}\\b`), (m) => months(Number(m[1]), monthOf(m[2]!), monthOf(m[2]!), 'month')],
  [
    rx(`\\b${MONTH}\\s+(?:of\\s+)?(last|this|next|previous) year\\b`),
    (m, c) => months(parts(c.today).year + shiftOf(m[2]!), monthOf(m[1]!), monthOf(m[1]!), 'month', true),
  ],
  [
    rx(`\\b${MONTH}\\s+(\\d{1,2})${ORDINAL}\\b(?!\\s*[-/])`),
    (m, c) => date(latestYear(monthOf(m[1]!), c), monthOf(m[1]!), Number(m[2]), true),
  ],
  [
    rx(`\\b(\\d{1,2})${ORDINAL}\\s+(?:of\\s+)?${MONTH}\\b`),
    (m, c) =>
      /^may$/i.test(m[2]!) && m[2] === 'may'
        ? null
        : date(latestYear(monthOf(m[2]!), c), monthOf(m[2]!), Number(m[1]), true),
  ],
  [
    rx(`\\b${QUARTER},?\\s*(?:of\\s+|in\\s+|-)?${Y}\\b`),
    (m) => months(Number(m[4]), quarterOf(m, 1) * 3 - 2, quarterOf(m, 1) * 3, 'quarter'),
  ],
  [
    rx(`\\b${Y}[\\s-]*${QUARTER}\\b`),
    (m) => months(Number(m[1]), quarterOf(m, 2) * 3 - 2, quarterOf(m, 2) * 3, 'quarter'),
  ],
  [
    rx(`\\b(?:the\\s+)?${QUARTER}\\s+(?:of\\s+)?(last|this|next|previous) year\\b`),
    (m, c) =>
      months(parts(c.today).year + shiftOf(m[4]!), quarterOf(m, 1) * 3 - 2, quarterOf(m, 1) * 3, 'quarter', true),
  ],
  [
    rx(`\\b(last|this|next|previous) year'?s?\\s+${QUARTER}\\b`),
    (m, c) =>
      months(parts(c.today).year + shiftOf(m[1]!), quarterOf(m, 2) * 3 - 2, quarterOf(m, 2) * 3, 'quarter', true),
  ],
  [
    rx(`\\b(?:h([12])|(first|second|1st|2nd) half),?\\s*(?:of\\s+)?(?:${Y}|(last|this|next) year|(?:the )?year)?\\b`),
    (m, c) => {
      const half = m[1] === '1' || /^(first|1st)$/i.test(m[2] ?? '') ? 1 : 2;
      if (m[1] === undefined && m[3] === undefined && m[4] === undefined && !/year/i.test(m[0])) return null;
      const year = m[3] !== undefined ? Number(m[3]) : parts(c.today).year + shiftOf(m[4] ?? 'this');
      return months(year, half * 6 - 5, half * 6, 'month', m[3] === undefined);
    },
  ],
  [rx(`\\b${Y}[\\s-]*h([12])\\b`), (m) => months(Number(m[1]), Number(m[2]) * 6 - 5, Number(m[2]) * 6, 'month')],
  [
    rx(`\\b(?:fy|fiscal year|financial year)\\s*'?((?:19|20)?\\d\\d)\\b`),
    (m, c) => {
      const { year, month } = fiscalYear(c, fullYear(m[1]!));
      return { start: day(year, month, 1), end: day(year + 1, month, 1) - 1, grain: 'year', kind: 'specific' };
    },
  ],
  [
    rx('\\b(this|current|last|previous|next) (?:fiscal|financial) year\\b'),
    (m, c) => {
      const { year, month } = fiscalYear(c, currentFiscalYear(c) + shiftOf(m[1]!));
      return { start: day(year, month, 1), end: day(year + 1, month, 1) - 1, grain: 'year', kind: 'relative' };
    },
  ],
  [
    rx(`\\b(?:week|wk|w)\\s?(\\d{1,2})\\s*(?:,|of|in)?\\s*${Y}\\b`),
    (m) => (Number(m[1]) > 53 ? null : { ...isoWeek(Number(m[2]), Number(m[1])), grain: 'week', kind: 'specific' }),
  ],
  [
    rx(`\\b${Y}-?w(\\d{1,2})\\b`),
    (m) => (Number(m[2]) > 53 ? null : { ...isoWeek(Number(m[1]), Number(m[2])), grain: 'week', kind: 'specific' }),
  ],
  [
    rx('\\bweek (\\d{1,2})\\b'),
    (m, c) =>
      Number(m[1]) > 53 ? null : { ...isoWeek(parts(c.today).year, Number(m[1])), grain: 'week', kind: 'relative' },
  ],
  [
    rx(
      '\\b(?:same (?:period|time|month) (?:of |in )?(?:last year|a year (?:ago|earlier)|the (?:previous|prior) year))\\b',
    ),
    (_m, c) => ({
      start: addMonths(calendarSpan(c.today, 'month', 0).start, -12),
      end: addMonths(c.today, -12),
      grain: 'month',
      kind: 'relative',
      confidence: 0.7,
    }),
  ],
  [
    rx('\\b(?:year[ -]to[ -]date|ytd|so far this year|this year so far|since the (?:start|beginning) of the year)\\b'),
    toDate('year'),
  ],
  [rx('\\b(?:month[ -]to[ -]date|mtd|so far this month|this month so far)\\b'), toDate('month')],
  [rx('\\b(?:quarter[ -]to[ -]date|qtd|so far this quarter|this quarter so far)\\b'), toDate('quarter')],
  [rx('\\b(?:week[ -]to[ -]date|wtd|so far this week|this week so far)\\b'), toDate('week')],
  [
    rx(
      `\\b(?:in |during |over |for |within )?(?:the )?(?:last|past|previous|preceding|trailing|recent|most recent) ${COUNT} ${UNIT}\\b`,
    ),
    (m, c) => {
      const { grain, factor } = grainOf(m[2]!);
      return grain === 'hour'
        ? rolling(c, 'day', Math.max(1, Math.ceil(countOf(m[1]) / 24)))
        : rolling(c, grain, countOf(m[1]) * factor);
    },
  ],
  [rx('\\b(?:in |over |during )?(?:the )?(?:last|past) half[ -](?:a[ -])?year\\b'), (_m, c) => rolling(c, 'month', 6)],
  [
    rx(
      `\\b(?:within|in) (?:the )?(?:next|coming|following) ${COUNT} ${UNIT}\\b|\\b(?:the )?(?:next|coming|following|upcoming) ${COUNT} ${UNIT}\\b`,
    ),
    (m, c) => {
      const { grain, factor } = grainOf((m[2] ?? m[4])!);
      const count = countOf(m[1] ?? m[3]) * factor;
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
    rx(`\\b${COUNT} ${UNIT} ago\\b`),
    (m, c) => {
      const { grain, factor } = grainOf(m[2]!);
      const count = countOf(m[1]) * factor;
      if (grain === 'day' || grain === 'hour')
        return { start: c.today - count, end: c.today - count, grain: 'day', kind: 'relative' };
      return { ...calendar(c, grain, -count), confidence: 0.7 };
    },
  ],
  [
    rx('\\b(?:over |in |during )?the past (day|week|month|quarter|year)\\b|\\bpast (week|month|quarter|year)\\b'),
    (m, c) => rolling(c, grainOf((m[1] ?? m[2])!).grain, 1),
  ],
  [
    rx(
      '\\b(this|current|last|previous|prior|next|coming|the previous|the current|the last) (week|month|quarter|year)\\b',
    ),
    (m, c) => calendar(c, m[2]!.toLowerCase() as DateGrain, shiftOf(m[1]!.replace(/^the /i, ''))),
  ],
  [
    rx(`\\b(last|this|next|past|on)? ?(${DAYS.join('|')})\\b`),
    (m, c) => {
      if (m[1] === undefined) return null;
      const target = DAYS.indexOf(m[2]!.toLowerCase()) + 1;
      const monday = calendarSpan(c.today, 'week', 0, 1).start;
      const word = m[1].toLowerCase();
      const value =
        word === 'next'
          ? monday + 7 + target - 1
          : word === 'this'
            ? monday + target - 1
            : c.today - ((weekday(c.today) - target + 6) % 7) - 1;
      return { start: value, end: value, grain: 'day', kind: 'relative', confidence: 0.8 };
    },
  ],
  [
    rx('\\b(?:last|this past) weekend\\b'),
    (_m, c) => {
      const monday = calendarSpan(c.today, 'week', -1, 1).start;
      return { start: monday + 5, end: monday + 6, grain: 'day', kind: 'relative' };
    },
  ],
  [
    rx('\\b(the day before yesterday|yesterday|today|tomorrow|the day after tomorrow)\\b'),
    (m, c) => {
      const shift =
        { 'the day before yesterday': -2, yesterday: -1, tomorrow: 1, 'the day after tomorrow': 2 }[
          m[1]!.toLowerCase()
        ] ?? 0;
      return { start: c.today + shift, end: c.today + shift, grain: 'day', kind: 'relative' };
    },
  ],
  [
    rx(
      `\\b(?:last|this|next|previous|in|during|of|for|on) (${MONTHS.join('|')})\\b|\\b(${MONTHS.filter((m) => m !== 'may' && m !== 'march').join('|')})\\b`,
    ),
    (m, c) => {
      const month = monthOf((m[1] ?? m[2])!);
      if (/^next/i.test(m[0]))
        return months(parts(c.today).year + (month <= parts(c.today).month ? 1 : 0), month, month, 'month', true);
      if (m[1] !== undefined && /^(may|march)$/.test(m[1])) return null;
      return { ...months(latestYear(month, c), month, month, 'month', true)!, confidence: 0.85 };
    },
  ],
  [
    rx(`\\b${QUARTER}\\b`),
    (m, c) => {
      const quarter = quarterOf(m, 1);
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
    rx(`\\b${Y}\\s*(?:-|–|to|through)\\s*${Y}\\b`),
    (m) =>
      Number(m[1]) <= Number(m[2])
        ? { start: day(Number(m[1]), 1, 1), end: day(Number(m[2]), 12, 31), grain: 'year', kind: 'range' }
        : null,
  ],
  [
    rx(`\\b(?:the )?${Y.replace('\\d\\d', '\\d')}0'?s\\b`),
    (m) => ({
      start: day(Number(`${m[1]}0`), 1, 1),
      end: day(Number(`${m[1]}9`), 12, 31),
      grain: 'year',
      kind: 'specific',
    }),
  ],
  [rx(`${Y}-(0[1-9]|1[0-2])(?![\\d-])`), (m) => months(Number(m[1]), Number(m[2]), Number(m[2]), 'month')],
  [
    rx(
      `(?<![\\d.,$€£¥#-])(?<!(?:over|above|than|under|below|least|most|exceed(?:s|ed|ing)?|equals?|top|first|last|limit|[<>=]|超过|大于|小于|高于|低于|多于|少于|不足|达到|至少|等于|超|满|不到|前)\\s*)(?<!between\\s+(?!(?:19|20)\\d\\d\\s)[\\d,.]+\\s+and\\s+)\\b(?:the year |year )?${Y}\\b(?![.,]?\\d|\\s*(?:dollars?|usd|euros?|%|units?|items?|pieces?|people|customers|orders|rows|or more|or less|元|个|单|件|人|块|万|以上|以下|条|笔))`,
    ),
    (m) => ({ ...months(Number(m[1]), 1, 12, 'year')!, confidence: 0.9 }),
  ],
];

/** Words between or around two periods that make one range of them. */
export const ENGLISH_RANGE = {
  between: /^[\s,]*(?:and|to|through|until|till|up to|-|–|—)\s*(?:the\s+)?(?:end of\s+)?$/i,
  before: /(?:between|from|in|since|during)\s+(?:the\s+)?$/i,
  after: /^$/,
  since:
    /(?:since|from|starting(?: from| in)?|on or after|as of|beginning(?: in)?)\s+(?:the\s+)?(?:start of\s+|beginning of\s+)?$/i,
  after2: /(?:after|later than|following)\s+(?:the\s+)?(?:end of\s+)?$/i,
  until: /(?:until|till|up to|through|no later than|on or before|by the end of)\s+(?:the\s+)?$/i,
  untilBefore: /(?:before|prior to|earlier than)\s+(?:the\s+)?(?:start of\s+)?$/i,
};
