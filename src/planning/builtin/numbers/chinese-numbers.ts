import type { NumberSpan } from './number-span.ts';

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  俩: 2,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 拾: 10, 佰: 100, 仟: 1000 };
const BIG: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8, 萬: 1e4, 億: 1e8 };

/** Value of a Chinese numeral (两千三百, 一百零五, 二〇二四, 三万五); null when it is none. */
export function parseChineseNumeral(text: string): number | null {
  if (text.length === 0) return null;
  if (/^[零〇一二三四五六七八九]{2,}$/.test(text)) return Number([...text].map((c) => DIGITS[c]).join(''));
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  let lastUnit = 1;
  for (const char of text) {
    if (Object.hasOwn(DIGITS, char)) {
      digit = DIGITS[char]!;
      if (digit === 0) lastUnit = 10;
    } else if (Object.hasOwn(UNITS, char)) {
      lastUnit = UNITS[char]!;
      section += (digit ?? 1) * lastUnit;
      digit = null;
    } else if (Object.hasOwn(BIG, char)) {
      lastUnit = BIG[char]!;
      total = (total + section + (digit ?? 0)) * lastUnit;
      section = 0;
      digit = null;
    } else return null;
  }
  return total + section + (digit === null ? 0 : lastUnit > 10 ? digit * (lastUnit / 10) : digit);
}

const NUMERAL = '[零〇一二两三四五六七八九十百千万亿]';
const RULES: readonly (readonly [
  RegExp,
  (m: RegExpMatchArray) => { value: number; kind: NumberSpan['kind'] } | null,
])[] = [
  [/百分之(\d+(?:\.\d+)?)/g, (m) => ({ value: Number(m[1]) / 100, kind: 'percent' })],
  [new RegExp(`百分之(${NUMERAL}+)`, 'g'), (m) => asPercent(parseChineseNumeral(m[1]!))],
  [
    /([一二两三四五六七八九十])分之([一二两三四五六七八九十])/g,
    (m) => ({ value: (parseChineseNumeral(m[2]!) ?? 0) / (parseChineseNumeral(m[1]!) || 1), kind: 'fraction' }),
  ],
  [
    /([一二两三四五六七八九])成(?:([一二三四五六七八九])|(半))?(?![为员功交绩果本立])/g,
    (m) => ({ value: DIGITS[m[1]!]! / 10 + (m[2] ? DIGITS[m[2]]! / 100 : m[3] ? 0.05 : 0), kind: 'percent' }),
  ],
  [/一半/g, () => ({ value: 0.5, kind: 'fraction' })],
  [/第(\d+)(?!季|周|天)/g, (m) => ({ value: Number(m[1]), kind: 'ordinal' })],
  [new RegExp(`第(${NUMERAL}+)(?!季)`, 'g'), (m) => cardinal(parseChineseNumeral(m[1]!), 'ordinal')],
  [
    /(\d+(?:,\d{3})*(?:\.\d+)?)\s*(万亿|千万|百万|十万|亿|万|千|百)(?=[^\d]|$)/g,
    (m) => ({ value: round(Number(m[1]!.replaceAll(',', '')) * multiplier(m[2]!)), kind: 'cardinal' }),
  ],
  [
    new RegExp(
      `${NUMERAL}*[十百千万亿]${NUMERAL}*点[零〇一二三四五六七八九]+(?:[万亿])?|[零一二三四五六七八九]点[零〇一二三四五六七八九]+[万亿]?`,
      'g',
    ),
    (m) => cardinal(decimal(m[0]), 'cardinal'),
  ],
  [new RegExp(`${NUMERAL}+`, 'g'), (m) => cardinal(parseChineseNumeral(m[0]), 'cardinal')],
];

function round(value: number): number {
  return Number(value.toPrecision(15));
}

function multiplier(unit: string): number {
  return [...unit].reduce((value, char) => value * (UNITS[char] ?? BIG[char] ?? 1), 1);
}

function cardinal(value: number | null, kind: NumberSpan['kind']): { value: number; kind: NumberSpan['kind'] } | null {
  return value === null ? null : { value, kind };
}

function asPercent(value: number | null): { value: number; kind: NumberSpan['kind'] } | null {
  return value === null ? null : { value: value / 100, kind: 'percent' };
}

function decimal(text: string): number | null {
  const big = /[万亿]$/.exec(text)?.[0];
  const [whole, fraction] = text.replace(/[万亿]$/, '').split('点');
  const integer = parseChineseNumeral(whole ?? '');
  if (integer === null) return null;
  const digits = [...(fraction ?? '')].map((c) => DIGITS[c] ?? 0).join('');
  return round(Number(`${integer}.${digits}`) * (big === undefined ? 1 : BIG[big]!));
}

/** A lone 一 / 两 / 十 … inside a word (一些, 统一, 千克) is not a number; units and measure words make it one. */
const LONE = /^[一二两三四五六七八九十百千万亿]$/;
const AFTER_LONE =
  /^(?:个|位|名|条|行|家|种|部|张|本|首|项|款|件|人|次|天|周|月|年|日|季|元|块|单|笔|门|台|辆|类|间|所|座|场|岁|分|届|倍|以上|以下)/;

/** Numbers in Chinese characters or with Chinese units, leftmost-longest, without overlaps. */
export function chineseNumbers(text: string): NumberSpan[] {
  const spans: NumberSpan[] = [];
  if (!/[\u4e00-\u9fff〇]/.test(text)) return spans;
  for (const [pattern, value] of RULES) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (spans.some((span) => start < span.end && span.start < end)) continue;
      if (LONE.test(match[0]) && !AFTER_LONE.test(text.slice(end))) {
        if (!/[前后第]$/.test(text.slice(0, start))) continue;
      }
      if (LONE.test(match[0]) && /[统同单唯之专]$/.test(text.slice(0, start))) continue;
      const result = value(match);
      if (result !== null && Number.isFinite(result.value)) spans.push({ text: match[0], start, end, ...result });
    }
  }
  return spans;
}
