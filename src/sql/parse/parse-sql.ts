/** SQL text → one statement's tree, read in the datasource's dialect and cross-checked against our own tokens. */
import { fail, type Outcome, ok } from '../../kernel/index.ts';
import type { DialectName } from '../dialects/dialect-name.ts';
import type { ParseFailure } from './parse-failure.ts';
import { loadParser, polyglotParser, postgresParser } from './parsers.ts';
import { useUtf16Spans } from './spans.ts';
import { type Token, tokenizeSql } from './tokens.ts';
import { type TreeNode, type TreeObject, type TreeValue, treeNode } from './tree.ts';

export interface ParsedStatement {
  readonly dialect: DialectName;
  /** The statement with comments blanked and trailing semicolons cut. Every offset refers to this text. */
  readonly sql: string;
  readonly tokens: readonly Token[];
  /** The statement's expression; see README.md for its shape. */
  readonly tree: TreeNode;
  /** Postgres only: the same statement as PostgreSQL's own parser reads it, the `stmt` of its single raw statement. */
  readonly postgresTree: TreeObject | null;
}

/** Limits that keep the parsers away from stack overflow; honest analytics stay far below. */
const MAX_LENGTH = 100_000;
const MAX_TOKENS = 6_000;
const MAX_DEPTH = 60;
const MAX_CHAIN = 1_500;

const POLYGLOT_DIALECT = { duckdb: 'duckdb', sqlite: 'sqlite', postgres: 'postgresql', mysql: 'mysql' } as const;

/**
 * Parses exactly one statement of any form; whether it may run is the guard's decision.
 *
 * @example
 * const parsed = await parseSql('SELECT name FROM users', 'sqlite');
 * if (parsed.ok) parsed.value.tree.variant; // 'select'
 */
export async function parseSql(sql: string, dialect: DialectName): Promise<Outcome<ParsedStatement, ParseFailure>> {
  await loadParser(dialect);
  return parseSqlSync(sql, dialect);
}

/** Like {@link parseSql}; the caller has awaited `loadParser(dialect)` before. */
export function parseSqlSync(sql: string, dialect: DialectName): Outcome<ParsedStatement, ParseFailure> {
  if (sql.length > MAX_LENGTH) return tooComplex(`is longer than ${MAX_LENGTH} characters`);
  if (!sql.isWellFormed()) return unparsable('The SQL has a broken Unicode character (a lone surrogate).', null);
  const tokenized = tokenizeSql(sql, dialect);
  if (!tokenized.ok) return tokenized;
  const { sql: text, tokens } = tokenized.value;
  const complexity = measureComplexity(tokens);
  if (complexity !== null) return tooComplex(complexity);
  const readable = dialect === 'duckdb' ? plainDivision(text, tokens) : text;
  const tree = readTree(readable, dialect);
  if (!tree.ok) return tree;
  const quotesDiffer = compareQuotes(readable, tokens, dialect);
  if (quotesDiffer !== null) return quotesDiffer;
  if (dialect !== 'postgres') return ok({ dialect, sql: text, tokens, tree: tree.value, postgresTree: null });
  const postgresTree = readPostgresTree(text);
  if (!postgresTree.ok) return postgresTree;
  return ok({ dialect, sql: text, tokens, tree: tree.value, postgresTree: postgresTree.value });
}

/** DuckDB's `//` divides integers; the parser only knows `/`, which binds alike. The tree shows a `div` there. */
function plainDivision(text: string, tokens: readonly Token[]): string {
  let readable = text;
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (token.text === '/' && before?.text === '/' && before.end === token.start) {
      readable = `${readable.slice(0, token.start)} ${readable.slice(token.end)}`;
    }
  });
  return readable;
}

function readTree(text: string, dialect: DialectName): Outcome<TreeNode, ParseFailure> {
  const result = polyglotParser().parse(text, POLYGLOT_DIALECT[dialect] as never);
  if (!result.success) {
    return unparsable(
      `The SQL could not be read as one ${dialect} query: ${shorten(result.error ?? 'syntax error')}.`,
      null,
    );
  }
  const statements = result.ast as unknown as readonly TreeValue[];
  if (statements.length > 1) {
    return fail({
      code: 'sql-multiple-statements',
      message: 'There is more than one statement; send exactly one query.',
      position: null,
    });
  }
  useUtf16Spans(text, statements);
  const node = treeNode(statements[0]);
  if (node === null) return unparsable('The SQL could not be read as a statement.', null);
  return ok(node);
}

function readPostgresTree(text: string): Outcome<TreeObject, ParseFailure> {
  try {
    const result = postgresParser().parseSync(text) as { stmts?: readonly { stmt?: unknown }[] };
    const statements = result.stmts ?? [];
    if (statements.length === 1) return ok(statements[0]?.stmt as TreeObject);
    return fail({
      code: 'sql-multiple-statements',
      message: 'There is not exactly one statement; send exactly one query.',
      position: null,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return unparsable(`The SQL could not be read as one postgres query: ${shorten(reason)}.`, null);
  }
}

/** Every quoted text must begin and end where our tokens say, or the tree describes another statement. */
function compareQuotes(
  text: string,
  tokens: readonly Token[],
  dialect: DialectName,
): Outcome<never, ParseFailure> | null {
  const ours = tokens.filter((token) => token.kind === 'string' || token.kind === 'quoted');
  if (ours.length === 0) return null;
  const result = polyglotParser().tokenize(text, POLYGLOT_DIALECT[dialect] as never);
  const theirs = useUtf16Spans(text, (result.tokens ?? []) as unknown as TreeValue[]) as unknown as {
    span: { start: number; end: number };
    token_type: string;
  }[];
  const starts = new Set(tokens.filter((token) => token.kind !== 'word').map((token) => token.start));
  const boundaries = new Map(theirs.map((token) => [token.span.start, token.span.end]));
  for (const token of ours) {
    const end = boundaries.get(token.start);
    if (end !== token.end && !endsWithPart(boundaries, token)) {
      return unparsable(`The quoting at character ${token.start + 1} is ambiguous; write it plainly.`, token.start);
    }
  }
  for (const token of theirs) {
    if (/STRING|QUOTED/.test(token.token_type) && !starts.has(token.span.start) && !insidePrefixed(ours, token.span)) {
      return unparsable(
        `The quoting at character ${token.span.start + 1} is ambiguous; write it plainly.`,
        token.span.start,
      );
    }
  }
  return null;
}

/** A prefixed literal (`x'00'`, `_utf8'…'`) may come as two tokens: the prefix, then the text. */
function endsWithPart(boundaries: ReadonlyMap<number, number>, token: Token): boolean {
  const quote = token.text.indexOf("'");
  return quote > 0 && boundaries.get(token.start + quote) === token.end;
}

function insidePrefixed(ours: readonly Token[], span: { start: number; end: number }): boolean {
  return ours.some((token) => token.text.indexOf("'") > 0 && token.start < span.start && token.end === span.end);
}

function measureComplexity(tokens: readonly Token[]): string | null {
  if (tokens.length > MAX_TOKENS) return `has more than ${MAX_TOKENS} words and signs`;
  let depth = 0;
  let chain = 0;
  for (const token of tokens) {
    if (token.kind === 'punct') {
      if (/[([{]/.test(token.text)) depth += 1;
      else if (/[)\]}]/.test(token.text)) depth -= 1;
      else if (/[-+*/%|&^<>=~!]/.test(token.text)) chain += 1;
    } else if (token.kind === 'word' && /^(?:and|or|not|case|union|intersect|except|join)$/i.test(token.text))
      chain += 1;
    if (depth > MAX_DEPTH) return `nests brackets deeper than ${MAX_DEPTH}`;
    if (chain > MAX_CHAIN) return `has more than ${MAX_CHAIN} operators`;
  }
  return null;
}

const shorten = (message: string): string =>
  message
    .replace(/\s+/g, ' ')
    .slice(0, 200)
    .replace(/[.\s]+$/, '');

const unparsable = (message: string, position: number | null) =>
  fail<ParseFailure>({ code: 'sql-unparsable', message, position });

const tooComplex = (what: string) =>
  fail<ParseFailure>({
    code: 'sql-too-complex',
    message: `The SQL ${what}; ask for less in one query.`,
    position: null,
  });
