/** Numbers in a question: digits, words, ordinals, Chinese numerals and scales. */
import type { Unit } from './units.ts';

export interface NumberMention {
  readonly value: number;
  readonly start: number;
  readonly end: number;
  /** Written with digits rather than as a word. */
  readonly digits: boolean;
  /** Written with a percent sign. */
  readonly percent?: boolean;
}

const WORDS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    zero: 0,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    fifteen: 15,
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    hundred: 100,
    thousand: 1000,
    once: 1,
    twice: 2,
    single: 1,
    dozen: 12,
    first: 1,
    second: 2,
    third: 3,
    fourth: 4,
    fifth: 5,
  }),
);
const SCALES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    hundred: 100,
    thousand: 1000,
    k: 1000,
    million: 1e6,
    billion: 1e9,
    十: 10,
    百: 100,
    千: 1000,
    万: 1e4,
    亿: 1e8,
  }),
);
const CHINESE_DIGITS: ReadonlyMap<string, number> = new Map(
  Object.entries({ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }),
);

/** All numbers of the question, left to right. */
export function findNumbers(units: readonly Unit[]): NumberMention[] {
  const found: NumberMention[] = [];
  for (let i = 0; i < units.length; i++) {
    const unit = units[i]!;
    if (unit.chinese) {
      const percent = percentage(units, i);
      if (percent !== null) {
        found.push(percent);
        i = percent.end - 1;
        continue;
      }
      const run = chineseNumber(units, i);
      if (run !== null) {
        // 这两年, 那三个: pointed at, no figure.
        const pointed = run.value < 10 && /^[这那]$/u.test(units[i - 1]?.raw ?? '');
        if (!pointed) found.push({ value: run.value, start: i, end: run.end, digits: false });
        i = run.end - 1;
      }
      continue;
    }
    const digits = /^\d+(\.\d+)?$/.test(unit.text);
    const plain = digits ? Number(unit.text) : WORDS.get(unit.raw);
    const ordinal = /^(\d+)(st|nd|rd|th)$/.exec(unit.raw);
    const value = shortYear(unit, units[i + 1]) ?? plain ?? (ordinal ? Number(ordinal[1]) : undefined);
    if (value === undefined || !Number.isFinite(value)) continue;
    let end = i + 1;
    let scaled = value;
    while (end < units.length) {
      const scale = SCALES.get(units[end]!.raw);
      if (scale === undefined || (unit.raw === 'hundred' && end === i)) break;
      scaled *= scale;
      end++;
    }
    const tenths = units[end - 1]!.chinese && end > i + 1 ? tenthsBehind(units, end) : null;
    if (tenths !== null) {
      scaled += (tenths * SCALES.get(units[end - 1]!.raw)!) / 10;
      end++;
    }
    found.push({ value: scaled, start: i, end, digits, ...(units[end - 1]!.percent ? { percent: true } : {}) });
    i = end - 1;
  }
  return found;
}

/** 03年 is 2003. */
const shortYear = (unit: Unit, next: Unit | undefined): number | undefined =>
  next?.raw === '年' && /^0\d$/.test(unit.raw) ? 2000 + Number(unit.raw) : undefined;

/** The 5 of 3万5: a single digit right behind a scale, with no scale of its own. */
function tenthsBehind(units: readonly Unit[], at: number): number | null {
  const unit = units[at];
  if (unit === undefined || unit.start !== units[at - 1]!.end || SCALES.has(units[at + 1]?.raw ?? '')) return null;
  const digit = /^[1-9]$/.test(unit.text) ? Number(unit.text) : (CHINESE_DIGITS.get(unit.raw) ?? 0);
  return digit > 0 ? digit : null;
}

/** 百分之三十, 三成. */
function percentage(units: readonly Unit[], start: number): NumberMention | null {
  const raw = (i: number): string => units[i]?.raw ?? '';
  if (raw(start) === '百' && raw(start + 1) === '分' && raw(start + 2) === '之') {
    const digits = /^\d+(\.\d+)?$/.test(raw(start + 3)) ? { value: Number(raw(start + 3)), end: start + 4 } : null;
    const run = digits ?? chineseNumber(units, start + 3);
    return run && { value: run.value, start, end: run.end, digits: digits !== null, percent: true };
  }
  const tenths = CHINESE_DIGITS.get(raw(start));
  if (tenths === undefined || tenths < 1 || raw(start + 1) !== '成' || /[立员为交功本分]/u.test(raw(start + 2)))
    return null;
  return { value: tenths * 10, start, end: start + 2, digits: false, percent: true };
}

function chineseNumber(units: readonly Unit[], start: number): { value: number; end: number } | null {
  let end = start;
  let total = 0;
  let section = 0;
  let digit = -1;
  let digitRun = '';
  for (; end < units.length; end++) {
    const c = units[end]!.raw;
    const d = CHINESE_DIGITS.get(c);
    if (d !== undefined) {
      digit = d;
      digitRun += String(d);
      continue;
    }
    const scale = units[end]!.chinese ? SCALES.get(c) : undefined;
    if (scale === undefined || (end === start && scale !== 10)) break;
    digitRun = '';
    if (scale >= 1e4) {
      total = (total + section + Math.max(digit, 0)) * scale;
      section = 0;
    } else section += (digit < 0 ? 1 : digit) * scale;
    digit = -1;
  }
  if (end === start) return null;
  // 六千五 is 6,500: a digit right behind a scale counts tenths of it.
  const last = units[end - 1]!.raw;
  const scale = SCALES.get(units[end - 2]?.raw ?? '') ?? 0;
  if (digitRun.length === 1 && end - 2 > start && scale >= 100 && !'零〇'.includes(last))
    return { value: total + section + (digit * scale) / 10, end };
  if (digitRun.length > 1 && total + section === 0) return { value: Number(digitRun), end };
  return { value: total + section + Math.max(digit, 0), end };
}
