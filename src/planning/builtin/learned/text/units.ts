/**
 * Questions, names and cell values as sequences of units: stems for words, single characters for Chinese, digits as
 * they are. The same splitting everywhere makes phrases comparable across languages and writing styles.
 */
import { stem } from './stem.ts';

export interface Unit {
  /** Stem, character or number; what is compared. */
  readonly text: string;
  /** The written form in lower case. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  /** Written with a capital letter. */
  readonly capital: boolean;
  readonly chinese: boolean;
  /** Index of the quotation it stands in, -1 outside. */
  readonly quote: number;
  /** A comma or other punctuation mark stood before it. */
  readonly afterComma: boolean;
  /** A percent sign follows. */
  readonly percent?: boolean;
}

/** The second alternative takes a number off an abbreviated unit of measure behind it: 11kg, 2.0T. */
const TOKEN =
  /[\p{Script=Han}]|\d+(?:\.\d+)?(?=(?:[kKmM]?[gGmMwWlL]|[cC][mM]|[kKmMgGtT][bB]|[kKmMgG]?[hH][zZ]|mAh|[tTvVkK])(?![A-Za-z0-9_]))|\d+(?:,\d{3})*(?:\.\d+)?(?![\dA-Za-z_]|\.\d)|(?:(?!\p{Script=Han})[\p{L}\p{N}_])+(?:[’']s\b)?|["“”‘’'`]|[,;，；、:：]|\S/gu;
const OPENING = new Set(['"', '“', '”', '‘', '’', "'", '`']);
const HAN = /\p{Script=Han}/u;

/** Splits a text into units; punctuation only leaves marks on the unit after it. */
export function splitUnits(text: string): Unit[] {
  const units: Unit[] = [];
  let quote = -1;
  let quotes = 0;
  let comma = false;
  for (const match of text.matchAll(TOKEN)) {
    const token = match[0];
    const start = match.index;
    if (OPENING.has(token)) {
      const next = text[start + 1];
      const before = text[start - 1];
      if (quote >= 0) quote = -1;
      else if (next !== undefined && (before === undefined || !/[\p{L}\p{N}]/u.test(before))) quote = quotes++;
      continue;
    }
    if (!/[\p{L}\p{N}]/u.test(token)) {
      if (/[,;，；、:：]/u.test(token)) comma = true;
      const last = units[units.length - 1];
      if (/[%％]/u.test(token) && last?.end === start) units[units.length - 1] = { ...last, percent: true };
      continue;
    }
    const chinese = HAN.test(token);
    const written = token.replace(/[’']s$/u, '');
    for (const part of chinese ? [written] : written.split('_')) {
      if (part === '') continue;
      const raw = part.toLowerCase();
      const number = /^\d/.test(raw) && /^[\d.,]+$/.test(raw);
      units.push({
        text: chinese ? raw : number ? raw.replaceAll(',', '') : stem(raw),
        raw,
        start,
        end: start + token.length,
        capital: /^\p{Lu}/u.test(part),
        chinese,
        quote,
        afterComma: comma,
      });
      comma = false;
    }
  }
  return units;
}

/** Key under which a phrase is looked up: its units' texts. */
export function phraseKey(units: readonly { readonly text: string }[], from = 0, to = units.length): string {
  let key = '';
  for (let i = from; i < to; i++) key += i === from ? units[i]!.text : ` ${units[i]!.text}`;
  return key;
}
