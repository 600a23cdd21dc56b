/** What the periods of a follow-up mean after the period of the answer before. */
import type { Expr } from '../../../sql/index.ts';
import type { Comparison, Dated } from '../grammar/comparison.ts';
import type { Frame, PeriodFilter } from '../grammar/frame.ts';
import type { GenerateRequest } from '../grammar/generate.ts';
import { periodOf, type Span } from '../grammar/shift-periods.ts';
import type { Unit } from '../grammar/units.ts';
import { addMonths, fromIso, toIso } from '../periods/calendar.ts';
import { parsePeriods } from '../periods/parse-periods.ts';

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
