import { stem } from './stemmer.ts';

export type TokenKind = 'word' | 'number' | 'han' | 'punctuation';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Lower-cased stem of a word; the character itself for Chinese. */
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

const LETTER = String.raw`(?:(?!\p{Script=Han})[\p{L}\p{M}])`;
const TOKEN = new RegExp(
  String.raw`(\p{Script=Han})|(\d+(?:[.,]\d+)*)|(${LETTER}+(?:'${LETTER}+|'(?=\s|$))?)|([^\s])`,
  'gu',
);

/**
 * Splits a normalised question: English words (with stems), numbers, single Chinese characters, punctuation.
 * Identifiers are split as people read them: `unit_price`, `OrderDate`.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const raw = match[0];
    const start = match.index;
    if (match[1] !== undefined) tokens.push({ kind: 'han', text: raw, stem: raw, start, end: start + raw.length });
    else if (match[2] !== undefined)
      tokens.push({ kind: 'number', text: raw, stem: raw, start, end: start + raw.length });
    else if (match[4] !== undefined)
      tokens.push({ kind: 'punctuation', text: raw, stem: raw, start, end: start + raw.length });
    else pushWords(raw, start, tokens);
  }
  return tokens;
}

/** camelCase inside one word becomes several tokens; possessive endings are dropped. */
function pushWords(raw: string, start: number, tokens: Token[]): void {
  const clean = raw.replace(/'s?$/i, '');
  if (clean.length === 0) return;
  const parts = /[a-z][A-Z]/.test(clean) && !/^[A-Z][a-z]+$/.test(clean) ? clean.split(/(?<=[a-z])(?=[A-Z])/) : [clean];
  let at = start;
  for (const part of parts) {
    tokens.push({ kind: 'word', text: part, stem: stem(part), start: at, end: at + part.length });
    at += part.length;
  }
  const last = tokens.at(-1);
  if (last !== undefined && parts.length === 1 && raw.length > clean.length) {
    tokens[tokens.length - 1] = { ...last, end: start + raw.length };
  }
}
