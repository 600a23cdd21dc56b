import type { NumberSpan } from './number-span.ts';

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ORDINALS = 'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1e3,
  k: 1e3,
  million: 1e6,
  mn: 1e6,
  m: 1e6,
  billion: 1e9,
  bn: 1e9,
  b: 1e9,
  trillion: 1e12,
  dozen: 12,
};

const VALUES = new Map<string, number>([
  ...SMALL.map((word, i) => [word, i] as const),
  ...TENS.map((word, i) => [word, (i + 2) * 10] as const),
]);

const WORD = `(?:${[...SMALL, ...TENS].sort((a, b) => b.length - a.length).join('|')})`;
const SCALE_WORD = '(?:hundred|thousand|million|billion|trillion|dozen)';
const IN_WORDS = new RegExp(
  `\\b(?:${WORD}|a(?= (?:hundred|thousand|million|billion|dozen)))(?:[\\s-]+(?:and\\s+)?(?:${WORD}|${SCALE_WORD}))*\\b`,
  'gi',
);
const WITH_SCALE =
  /(?<![\w.])(\d+(?:,\d{3})*(?:\.\d+)?)\s?(hundred|thousand|million|billion|trillion|dozen|mn|bn|k|m|b)\b/gi;
const PERCENT = /(?<![\w.])(\d+(?:,\d{3})*(?:\.\d+)?)\s?(?:%|percent(?:age)?\b|per cent\b|pct\b)/gi;
const ORDINAL = new RegExp(`\\b(?:(\\d+)(?:st|nd|rd|th)|(${ORDINALS.slice(2).join('|')}))\\b`, 'gi');
const PLAIN =
  /(?<![\p{Script=Latin}\d_.])(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?![\p{Script=Latin}\d_]|\.\d)/giu;
const HALF = /\b(?:a |one )?half\b/gi;
const QUARTER_FRACTION = /\b(?:a|one|three)[ -](?:third|fifth|tenth)s?\b/gi;

/** "one hundred and five", "two thousand", "a dozen" → value; null when the words do not form a number. */
export function parseEnglishNumeral(text: string): number | null {
  let total = 0;
  let section = 0;
  let seen = false;
  for (const word of text.toLowerCase().split(/[\s-]+/)) {
    if (word === 'and' || word === '') continue;
    if (word === 'a') {
      section = 1;
      continue;
    }
    const value = VALUES.get(word);
    if (value !== undefined) {
      if (seen && section % 10 !== 0 && value < 100 && section > 0 && section < 20) return null;
      section += value;
    } else if (Object.hasOwn(SCALES, word)) {
      const scale = SCALES[word]!;
      if (scale === 100 || scale === 12) section = (section || 1) * scale;
      else {
        total += (section || 1) * scale;
        section = 0;
      }
    } else return null;
    seen = true;
  }
  return seen ? total + section : null;
}

/** Numbers in English words or digits, leftmost-longest, without overlaps. */
export function englishNumbers(text: string): NumberSpan[] {
  const spans: NumberSpan[] = [];
  const add = (match: RegExpMatchArray, value: number | null, kind: NumberSpan['kind']): void => {
    const start = match.index ?? 0;
    const end = start + match[0].length;
    if (value === null || !Number.isFinite(value)) return;
    if (!spans.some((span) => start < span.end && span.start < end))
      spans.push({ text: match[0], start, end, value, kind });
  };
  const digits = (raw: string): number => Number(raw.replaceAll(',', ''));
  for (const m of text.matchAll(PERCENT)) add(m, Number((digits(m[1]!) / 100).toPrecision(15)), 'percent');
  for (const m of text.matchAll(WITH_SCALE))
    add(m, Number((digits(m[1]!) * SCALES[m[2]!.toLowerCase()]!).toPrecision(15)), 'cardinal');
  for (const m of text.matchAll(ORDINAL))
    add(m, m[1] ? Number(m[1]) : ORDINALS.indexOf(m[2]!.toLowerCase()), 'ordinal');
  for (const m of text.matchAll(HALF)) add(m, 0.5, 'fraction');
  for (const m of text.matchAll(QUARTER_FRACTION)) {
    const [count, part] = m[0].toLowerCase().split(/[ -]/) as [string, string];
    const size = part.startsWith('third') ? 3 : part.startsWith('fifth') ? 5 : 10;
    add(m, (count === 'three' ? 3 : 1) / size, 'fraction');
  }
  for (const m of text.matchAll(IN_WORDS)) add(m, parseEnglishNumeral(m[0]), 'cardinal');
  for (const m of text.matchAll(PLAIN)) add(m, digits(m[1]!), 'cardinal');
  return spans;
}
