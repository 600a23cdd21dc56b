import { detectLanguage, hasHan } from '../text/language.ts';
import { fromIso, toIso } from './calendar.ts';
import { CHINESE_RANGE, CHINESE_RULES } from './chinese-rules.ts';
import { ENGLISH_RANGE, ENGLISH_RULES } from './english-rules.ts';
import type { Period, PeriodOptions, Span } from './period.ts';
import type { Rule, RuleContext } from './rules.ts';

interface Found extends Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds the periods that a question names, in order, without overlaps. `today` is `YYYY-MM-DD`; both ends of
 * a period are inclusive, an open side ("since 2020", "before May") is null.
 */
export function parsePeriods(question: string, today: string, options: PeriodOptions = {}): Period[] {
  const context: RuleContext = {
    today: fromIso(today),
    fiscalStart: options.fiscalYearStartMonth ?? 1,
    weekStart: options.weekStart ?? 1,
  };
  const chinese = hasHan(question);
  const first = chinese ? CHINESE_RULES : ENGLISH_RULES;
  const second = chinese ? ENGLISH_RULES : [];
  const single = scan(question, context, [...first, ...second]);
  const language = options.language ?? detectLanguage(question);
  const merged =
    chinese || language === 'zh'
      ? openChinese(question, joinRanges(question, single, true), context)
      : joinRanges(question, single, false);
  return openEnglish(question, merged, context).map((found) => toPeriod(question, found));
}

function scan(text: string, context: RuleContext, rules: readonly Rule[]): Found[] {
  const found: Found[] = [];
  for (const [pattern, resolve] of rules) {
    for (const match of text.matchAll(pattern)) {
      const from = match.index;
      const to = from + match[0].length;
      if (match[0].trim() === '' || found.some((other) => from < other.to && other.from < to)) continue;
      const span = resolve(match, context);
      if (span !== null) found.push({ ...span, from, to });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

/** "from A to B", "between A and B", "从A到B": two neighbours become one range. */
function joinRanges(text: string, found: readonly Found[], chinese: boolean): Found[] {
  const result: Found[] = [];
  for (let i = 0; i < found.length; i += 1) {
    const left = found[i]!;
    const right = found[i + 1];
    if (right !== undefined && isRange(text, left, right, chinese)) {
      const before = (chinese ? CHINESE_RANGE.before : ENGLISH_RANGE.before).exec(text.slice(0, left.from));
      const after = chinese ? CHINESE_RANGE.after.exec(text.slice(right.to)) : null;
      result.push({
        start: left.start,
        end: right.end,
        grain: right.grain,
        kind: 'range',
        confidence: Math.min(left.confidence ?? 0.95, right.confidence ?? 0.95),
        from: before === null ? left.from : before.index,
        to: right.to + (after?.[0].length ?? 0),
      });
      i += 1;
    } else result.push(left);
  }
  return result;
}

function isRange(text: string, left: Found, right: Found, chinese: boolean): boolean {
  if (left.start === null || right.end === null || left.start > right.end) return false;
  const gap = text.slice(left.to, right.from);
  if (chinese && CHINESE_RANGE.between.test(gap)) {
    if (!/[与和]/.test(gap)) return true;
    return CHINESE_RANGE.before.test(text.slice(0, left.from)) && CHINESE_RANGE.after.test(text.slice(right.to));
  }
  if (!ENGLISH_RANGE.between.test(gap)) return false;
  return !/^\s*,?\s*and/i.test(gap) || /between\s+(?:the\s+)?$/i.test(text.slice(0, left.from));
}

/** 2020年以来, 2020年至今, 5月之前. */
function openChinese(text: string, found: readonly Found[], context: RuleContext): Found[] {
  return found.map((span) => {
    if (span.kind === 'range') return span;
    const rest = text.slice(span.to);
    const since = CHINESE_RANGE.since.exec(rest);
    if (since !== null && span.start !== null) {
      const exclusive = /后/.test(since[0]) && !/及/.test(since[0]);
      const toToday = /今|现在|目前|以来/.test(since[0]);
      const before = /(?:从|自)(?:从)?\s*$/.exec(text.slice(0, span.from));
      return {
        ...span,
        start: exclusive && span.end !== null ? span.end + 1 : span.start,
        end: toToday ? context.today : null,
        kind: 'range',
        from: before === null ? span.from : before.index,
        to: span.to + since[0].length,
      };
    }
    const until = CHINESE_RANGE.untilAfter.exec(rest);
    if (until !== null && span.start !== null) {
      const inclusive = /及/.test(until[0]);
      return {
        ...span,
        start: null,
        end: inclusive ? span.end : span.start - 1,
        kind: 'range',
        to: span.to + until[0].length,
      };
    }
    return span;
  });
}

/** since 2020, after May, before 2023, until last month. */
function openEnglish(text: string, found: readonly Found[], context: RuleContext): Found[] {
  return found.map((span) => {
    if (span.kind === 'range') return span;
    const head = text.slice(0, span.from);
    const since = ENGLISH_RANGE.since.exec(head);
    if (since !== null && span.start !== null) {
      const toToday = /since/i.test(since[0]) && span.start <= context.today;
      return { ...span, end: toToday ? context.today : null, kind: 'range', from: since.index };
    }
    const after = ENGLISH_RANGE.after2.exec(head);
    if (after !== null && span.end !== null)
      return { ...span, start: span.end + 1, end: null, kind: 'range', from: after.index };
    const until = ENGLISH_RANGE.until.exec(head);
    if (until !== null) return { ...span, start: null, kind: 'range', from: until.index };
    const before = ENGLISH_RANGE.untilBefore.exec(head);
    if (before !== null && span.start !== null)
      return { ...span, start: null, end: span.start - 1, kind: 'range', from: before.index };
    const later = /^\s*(?:or|and) (?:later|after|onwards?)\b|^\s*onwards?\b/i.exec(text.slice(span.to));
    if (later !== null) return { ...span, end: null, kind: 'range', to: span.to + later[0].length };
    return span;
  });
}

function toPeriod(text: string, found: Found): Period {
  const raw = text.slice(found.from, found.to);
  const lead = raw.length - raw.trimStart().length;
  return {
    originalText: raw.trim(),
    offset: found.from + lead,
    start: found.start === null ? null : toIso(found.start),
    end: found.end === null ? null : toIso(found.end),
    grain: found.grain,
    kind: found.kind,
    confidence: found.confidence ?? 0.95,
  };
}
