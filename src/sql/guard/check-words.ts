/**
 * Reads the tokens once more, on their own: every word before a bracket must be an allowed function, a keyword, a type or a
 * name with a column list; every other word must be a name of the tree or a known keyword. So no call can hide in a
 * node that the tree names differently, and nothing that the tree left out gets through.
 */

import { nearestNames } from '../analyse/index.ts';
import type { ParsedStatement, Token, TreeValue } from '../parse/index.ts';
import { isTreeObject } from '../parse/index.ts';
import { ALLOWED_FUNCTIONS } from './functions/allowed-functions.ts';
import type { GuardFailure } from './guard-failure.ts';
import { BRACKET_WORDS, OTHER_WORDS, TYPE_WORDS } from './known-words.ts';

/** The first word that is not accounted for, or null. */
export function checkWords(parsed: ParsedStatement): GuardFailure | null {
  const names = nameStarts(parsed);
  for (let index = 0; index < parsed.tokens.length; index += 1) {
    const token = parsed.tokens[index] as Token;
    if (token.kind !== 'word' && token.kind !== 'quoted') continue;
    const failure =
      parsed.tokens[index + 1]?.text === '('
        ? checkBeforeBracket(parsed, index, names)
        : checkPlainWord(parsed, index, names);
    if (failure !== null) return failure;
  }
  return null;
}

function checkBeforeBracket(parsed: ParsedStatement, index: number, names: ReadonlySet<number>): GuardFailure | null {
  const token = parsed.tokens[index] as Token;
  const word = token.value.toLowerCase();
  const afterDot = parsed.tokens[index - 1]?.text === '.';
  if (token.kind === 'word' && !afterDot && BRACKET_WORDS.has(word)) return null;
  if (!afterDot && names.has(token.start) && isNameList(parsed.tokens, index + 1)) return null;
  if (token.kind === 'word' && !afterDot && TYPE_WORDS.has(word)) return null;
  const { dialect } = parsed;
  if (afterDot && dialect !== 'duckdb' && !(dialect === 'postgres' && isPgCatalog(parsed.tokens, index))) {
    return notAllowed(token, `${parsed.tokens[index - 2]?.value ?? ''}.${token.value}`, []);
  }
  const allowed = ALLOWED_FUNCTIONS[dialect];
  if (allowed.has(word)) return null;
  return notAllowed(token, token.value, nearestNames(word, allowed));
}

const isPgCatalog = (tokens: readonly Token[], index: number): boolean => tokens[index - 2]?.value === 'pg_catalog';

/** `(a, b)`: the column list of an alias or a CTE, which can hold nothing but names. */
function isNameList(tokens: readonly Token[], open: number): boolean {
  for (let i = open + 1; ; i += 2) {
    const name = tokens[i];
    if (name === undefined || (name.kind !== 'word' && name.kind !== 'quoted')) return false;
    const next = tokens[i + 1]?.text;
    if (next === ')') return true;
    if (next !== ',') return false;
  }
}

function checkPlainWord(parsed: ParsedStatement, index: number, names: ReadonlySet<number>): GuardFailure | null {
  const token = parsed.tokens[index] as Token;
  if (names.has(token.start)) return null;
  const word = token.value.toLowerCase();
  const before = parsed.tokens[index - 1]?.text.toLowerCase();
  if (token.kind === 'word') {
    if (BRACKET_WORDS.has(word) || OTHER_WORDS.has(word) || TYPE_WORDS.has(word)) return null;
    if (/^_[a-z0-9]+$/.test(word) && parsed.dialect === 'mysql') return null;
  }
  if (before === 'collate' || before === 'charset') return null;
  if (parsed.tokens[index + 1]?.text === '.' && word === 'pg_catalog') return null;
  return {
    code: 'sql-unparsable',
    message: `"${token.value}" at character ${token.start + 1} was not understood; write the query more plainly or quote the name.`,
    name: token.value,
    nearest: [],
    position: token.start,
  };
}

/** Where the names of the tree begin. */
function nameStarts(parsed: ParsedStatement): ReadonlySet<number> {
  const starts = new Set<number>();
  const walk = (value: TreeValue | undefined): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item);
    } else if (isTreeObject(value)) {
      const span = value.span;
      if (typeof value.name === 'string' && isTreeObject(span) && typeof span.start === 'number')
        starts.add(span.start);
      for (const key in value) {
        const child = value[key];
        if (key !== 'span' && typeof child === 'object') walk(child);
      }
    }
  };
  walk(parsed.tree.data);
  return starts;
}

const notAllowed = (token: Token, name: string, nearest: readonly string[]): GuardFailure => ({
  code: 'function-not-allowed',
  message: `The function "${name}" is not allowed${nearest.length > 0 ? `; similar ones are ${nearest.join(', ')}` : ''}.`,
  name,
  nearest,
  position: token.start,
});
