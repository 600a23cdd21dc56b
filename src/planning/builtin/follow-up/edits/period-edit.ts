/** What the periods of a follow-up mean after the period of the answer before. */
import type { Expr } from '../../../../sql/index.ts';
import type { Comparison, Dated } from '../../grammar/comparison.ts';
import type { Frame, PeriodFilter } from '../../grammar/frame.ts';
import type { GenerateRequest } from '../../grammar/generate.ts';
import { back, periodOf, type Shift, type Span, YEAR } from '../../grammar/shift-periods.ts';
import type { Unit } from '../../grammar/units.ts';
import { addMonths, fromIso, toIso } from '../../periods/calendar.ts';
import { parsePeriods } from '../../periods/parse-periods.ts';

const HALF_YEARS = /上半年|下半年/g;
/** A year, or words that count from today. */
const SAYS_YEAR =
  /\d{4}|\b\d{1,2}[-/]\d{1,2}[-/]\d{2}\b|\b(?:this|last|next|previous|past|current|ago|yesterday|today|tomorrow|since|recent|latest|first|to date|ytd|mtd)\b|[今去前明昨当本上下这近后]|最近/i;

/** "and in October?" after November 2025 is October 2025: a month without a year lies in the year spoken of. */
export function inSpokenYear(filter: PeriodFilter, span: Span | null, request: GenerateRequest): PeriodFilter {
  const { originalText, offset } = filter.period;
  if (span === null || SAYS_YEAR.test(originalText.replace(HALF_YEARS, ''))) return filter;
  const year = span.start.slice(0, 4);
  if (span.end.slice(0, 4) !== year) return filter;
  const again = parsePeriods(request.text, `${year}-12-31`, { fiscalYearStartMonth: request.fiscalYearStartMonth });
  const period = again.find((one) => one.offset === offset && one.originalText === originalText);
  return period === undefined ? filter : { ...filter, period };
}

/** "compared with last year", 和上个月相比: the period to compare with, taken out of the periods to look at. */
export function comparedPeriod(frame: Frame, units: readonly Unit[]): PeriodFilter | null {
  const versus = units.find((unit) => unit.cues.some((cue) => cue.kind === 'versus'));
  if (versus === undefined || frame.growth !== null || frame.periods.length !== 1) return null;
  frame.used.add(versus);
  return frame.periods[0]!;
}

/** The comparison with a named period, beside the period and the time groups that a plan has. */
export function comparisonWith(
  other: PeriodFilter,
  dated: Dated,
  where: Parameters<typeof periodOf>[0],
  time: Expr | undefined,
): Comparison | null {
  const { start, end, grain } = other.period;
  const span = periodOf(where, dated.expr);
  if (start === null || end === null) return null;
  if (time !== undefined) {
    if (grain === 'year') return 'year';
    return time.kind === 'date-trunc' && time.grain === grain ? 'previous' : null;
  }
  if (span === null) return null;
  const days = fromIso(span.end) - fromIso(span.start) + 1;
  if (start === toIso(addMonths(fromIso(span.start), -12))) return 'year';
  // A month "compared with last year" stands beside the same month of it.
  if (grain === 'year') return days < 360 ? 'year' : { start, end };
  const before = toIso(fromIso(span.start) - 1) === end;
  const length = fromIso(end) - fromIso(start) + 1;
  return before && Math.abs(length - days) <= 3 ? 'previous' : Math.abs(length - days) <= 3 ? { start, end } : null;
}

const EARLIER =
  /\b(?:the |one |a )?(?<unit>day|week|month|quarter|year) (?:before|earlier)(?: that)?\b|(?:再往?)?前一个?(?<zh>天|周|月|季度|年)|再(?:往前|上)一?个?(?<more>天|周|月|季度|年)/i;
const STEP: Readonly<Record<string, Shift>> = {
  day: { unit: 'day', amount: 1 },
  week: { unit: 'day', amount: 7 },
  month: { unit: 'month', amount: 1 },
  quarter: { unit: 'month', amount: 3 },
  year: YEAR,
};
const CHINESE_STEP: Readonly<Record<string, string>> = {
  天: 'day',
  周: 'week',
  月: 'month',
  季度: 'quarter',
  年: 'year',
};

/** The period that is there, a year earlier and as far into it. */
const SAME_LAST_YEAR = /去年同期|上年同期|\bsame (?:period|time)(?: of| in)? (?:last|the previous) year\b/i;

/** Takes "the month before" out of a frame: how far back the period that is there moves; null when it does not. */
export function takeEarlier(text: string, frame: Frame, units: readonly Unit[]): Shift | 'same-day' | null {
  if (SAME_LAST_YEAR.test(text) && frame.periods.length === 1) {
    frame.periods.splice(0, 1);
    return 'same-day';
  }
  const match = EARLIER.exec(text);
  const named = match?.groups?.unit?.toLowerCase() ?? CHINESE_STEP[match?.groups?.zh ?? match?.groups?.more ?? ''];
  if (match === null || named === undefined || frame.periods.length > 0) return null;
  const inside = (unit: Unit | null): boolean =>
    unit !== null && unit.start < match.index + match[0].length && unit.end > match.index;
  for (const unit of units) if (inside(unit)) frame.used.add(unit);
  for (let i = frame.dims.length - 1; i >= 0; i -= 1) {
    const dim = frame.dims[i]!;
    if (inside(dim.unit)) frame.dims.splice(i, 1);
  }
  return STEP[named]!;
}

/** The period moved back. */
export const earlierBy = (span: Span, shift: Shift): Span => ({
  start: back(span.start, shift),
  end: toIso(fromIso(back(toIso(fromIso(span.end) + 1), shift)) - 1),
});
