/**
 * Reads the tokens once more, on their own: every word before a bracket must be an allowed function, a keyword, a type or a
 * name with a column list; every other word must be a name of the tree or a known keyword. So no call can hide in a
 * node that the tree names differently, and nothing that the tree left out gets through.
 */

import { type Binding, nearestNames } from '../analyse/index.ts';
import type { DialectName } from '../dialects/dialect-name.ts';
import type { ParsedStatement, Token, TreeValue } from '../parse/index.ts';
import { isTreeObject } from '../parse/index.ts';
import { ALLOWED_FUNCTIONS } from './functions/allowed-functions.ts';
import { TABLE_FUNCTIONS } from './functions/table-functions.ts';
import type { GuardFailure } from './guard-failure.ts';
import { BRACKET_WORDS, OTHER_WORDS, TYPE_WORDS } from './known-words.ts';

/** Functions that are called without brackets and tell about the session. */
const SESSION_WORDS = /^(?:current_user|session_user|system_user|user|current_role|current_catalog|current_schema)$/;

/** The first word that is not accounted for, or null. */
export function checkWords(parsed: ParsedStatement, types: ReadonlySet<string>): GuardFailure | null {
  const names = nameStarts(parsed);
  for (let index = 0; index < parsed.tokens.length; index += 1) {
    const token = parsed.tokens[index] as Token;
    if (token.kind !== 'word' && token.kind !== 'quoted') continue;
    const forbidden = token.kind === 'word' ? checkForbidden(parsed, index) : null;
    if (forbidden !== null) return forbidden;
    const failure =
      parsed.tokens[index + 1]?.text === '('
        ? checkBeforeBracket(parsed, index, names)
        : checkPlainWord(parsed, index, names, types);
    if (failure !== null) return failure;
  }
  return null;
}

/**
 * Words that no plain query holds outside quotes, whatever the tree makes of them: they write, lock, or name a table
 * or a statement where an expression is expected.
 */
const FORBIDDEN = /^(?:into|outfile|dumpfile|returning)$/;
const FORBIDDEN_AFTER_FOR = /^(?:update|share|no|key)$/;
const FORBIDDEN_AFTER_BRACKET =
  /^(?:table|show|describe|desc|summarize|explain|pragma|insert|update|delete|merge|drop|create|alter|attach|truncate|execute)$/;

function checkForbidden({ tokens }: ParsedStatement, index: number): GuardFailure | null {
  const token = tokens[index] as Token;
  const before = tokens[index - 1]?.text.toLowerCase();
  const next = tokens[index + 1];
  const word = token.text.toLowerCase();
  if (before === '.') return null;
  const startsStatement =
    (before === undefined || before === '(') &&
    FORBIDDEN_AFTER_BRACKET.test(word) &&
    next !== undefined &&
    (next.kind === 'word' || next.kind === 'quoted' || next.kind === 'string');
  if (!FORBIDDEN.test(word) && !(before === 'for' && FORBIDDEN_AFTER_FOR.test(word)) && !startsStatement) return null;
  return {
    code: 'sql-not-read-only',
    message: `"${token.text}" at character ${token.start + 1} is not allowed in a query that only reads; quote it if it is a name.`,
    name: token.text,
    nearest: [],
    position: token.start,
  };
}

/** The first function in FROM that may not stand there, or null. */
export function checkTableFunctions(binding: Binding, dialect: DialectName): GuardFailure | null {
  const allowed = TABLE_FUNCTIONS[dialect];
  const name = binding.tableFunctions.find((called) => !allowed.has(called));
  if (name === undefined) return null;
  return {
    code: 'function-not-allowed',
    message: `The function "${name}" is not allowed in FROM.`,
    name,
    nearest: nearestNames(name, allowed),
    position: null,
  };
}

function checkBeforeBracket(parsed: ParsedStatement, index: number, names: Set<number>): GuardFailure | null {
  const token = parsed.tokens[index] as Token;
  const word = token.value.toLowerCase();
  const afterDot = parsed.tokens[index - 1]?.text === '.';
  if (token.kind === 'word' && !afterDot && BRACKET_WORDS.has(word)) return null;
  const before = parsed.tokens[index - 1];
  // After a closing bracket or AS, a word with a list of names can only be an alias; elsewhere the tree must say so.
  const aliased =
    before !== undefined && (before.text === ')' || (before.kind === 'word' && /^as$/i.test(before.text)));
  if (!afterDot && (aliased || names.has(token.start))) {
    const list = nameList(parsed.tokens, index + 1);
    for (const name of list) names.add(name.start);
    if (list.length > 0) return null;
  }
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

/** `(a, b)`: the names of a column list of an alias or a CTE; empty when it holds anything else. */
function nameList(tokens: readonly Token[], open: number): readonly Token[] {
  const names: Token[] = [];
  for (let i = open + 1; ; i += 2) {
    const name = tokens[i];
    if (name === undefined || (name.kind !== 'word' && name.kind !== 'quoted')) return [];
    names.push(name);
    const next = tokens[i + 1]?.text;
    if (next === ')') return names;
    if (next !== ',') return [];
  }
}

function checkPlainWord(
  parsed: ParsedStatement,
  index: number,
  names: Set<number>,
  types: ReadonlySet<string>,
): GuardFailure | null {
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
  if (token.kind === 'word' && SESSION_WORDS.test(word)) return notAllowed(token, token.value, []);
  if (types.has(word) && (before === ':' || before === 'as' || before === '.')) return null;
  if (before === ':' || (before === 'as' && parsed.tokens[index + 1]?.text === ')')) {
    return {
      code: 'type-not-allowed',
      message: `A cast to "${token.value}" is not allowed; cast to a plain type such as text or integer.`,
      name: token.value,
      nearest: nearestNames(word, TYPE_WORDS),
      position: token.start,
    };
  }
  return {
    code: 'sql-unparsable',
    message: `"${token.value}" at character ${token.start + 1} was not understood; write the query more plainly or quote the name.`,
    name: token.value,
    nearest: [],
    position: token.start,
  };
}

/** Where the names of the tree begin. */
function nameStarts(parsed: ParsedStatement): Set<number> {
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
