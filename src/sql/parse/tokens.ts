/**
 * Our own reading of SQL text into tokens, by each engine's lexical rules. It is the ground on which the parser's tree
 * is checked: the guard trusts a position, a quote or a call only when both readings agree.
 */
import { fail, type Outcome, ok } from '../../kernel/index.ts';
import type { DialectName } from '../dialects/dialect-name.ts';
import type { ParseFailure } from './parse-failure.ts';

export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'punct';

export interface Token {
  readonly kind: TokenKind;
  /** Exactly as written, quotes included. */
  readonly text: string;
  /** `quoted`: the name without quotes; `word` and `punct`: the text; `string`: the text between the quotes. */
  readonly value: string;
  /** Offsets in UTF-16 units, as `String.slice` takes them. */
  readonly start: number;
  readonly end: number;
}

export interface TokenizedSql {
  /** The text with every comment blanked by spaces and trailing semicolons cut; offsets equal those of the input. */
  readonly sql: string;
  readonly tokens: readonly Token[];
}

const WORD_START = /[A-Za-z_\p{L}\p{So}\p{Nl}\p{Nd}]/u;
const WORD = /[A-Za-z0-9_$\p{L}\p{N}\p{M}\p{So}\p{Sk}\u200d]*/uy;
const NUMBER = /(?:0[xX][0-9A-Fa-f]+|(?:\d[\d_]*(?:\.\d[\d_]*|\.(?!\.))?|\.\d+)(?:[eE][+-]?\d+)?)/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const SPACE = /[ \t\n\r\f\v]/;
const PREFIXED_STRING: Record<DialectName, RegExp> = {
  duckdb: /^[exb]$/i,
  postgres: /^[exbn]$/i,
  sqlite: /^x$/i,
  mysql: /^(?:[xbn]|_[a-z0-9]+)$/i,
};

/** Splits text into tokens; refuses what the engines may read differently from one another or from us. */
export function tokenizeSql(text: string, dialect: DialectName): Outcome<TokenizedSql, ParseFailure> {
  return new Tokenizer(text, dialect).run();
}

class LexicalError extends Error {
  readonly failure: ParseFailure;
  constructor(failure: ParseFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

class Tokenizer {
  private readonly text: string;
  private readonly dialect: DialectName;
  private readonly tokens: Token[] = [];
  private readonly blanks: [number, number][] = [];
  private at = 0;

  constructor(text: string, dialect: DialectName) {
    this.text = text;
    this.dialect = dialect;
  }

  run(): Outcome<TokenizedSql, ParseFailure> {
    try {
      while (this.at < this.text.length) this.step();
      return this.finish();
    } catch (error) {
      if (error instanceof LexicalError) return fail(error.failure);
      throw error;
    }
  }

  private finish(): Outcome<TokenizedSql, ParseFailure> {
    let cut = this.text.length;
    while (this.tokens.at(-1)?.text === ';') cut = (this.tokens.pop() as Token).start;
    const stray = this.tokens.find((token) => token.text === ';' && token.kind === 'punct');
    if (stray !== undefined) {
      return fail({
        code: 'sql-multiple-statements',
        message: 'There is more than one statement; send exactly one query.',
        position: stray.start,
      });
    }
    if (this.tokens.length === 0) {
      return fail({ code: 'sql-unparsable', message: 'The SQL text is empty; send one query.', position: 0 });
    }
    let sql = '';
    let from = 0;
    for (const [start, end] of this.blanks) {
      sql += this.text.slice(from, start) + this.text.slice(start, end).replace(/[^\n]/g, ' ');
      from = end;
    }
    return ok({ sql: (sql + this.text.slice(from)).slice(0, cut).trimEnd(), tokens: this.tokens });
  }

  private step(): void {
    const c = this.text[this.at] as string;
    const next = this.text[this.at + 1] ?? '';
    if (SPACE.test(c)) this.at += 1;
    else if (c === '-' && next === '-') this.lineComment();
    else if (c === '#' && this.dialect === 'mysql') this.blankToLineEnd();
    else if (c === '/' && next === '*') this.blockComment();
    else if (c === "'") this.quotedText('string', "'", this.dialect === 'mysql');
    else if (c === '"') this.quotedText(this.dialect === 'mysql' ? 'string' : 'quoted', '"', this.dialect === 'mysql');
    else if (c === '`') this.backtick();
    else if (c === '[' && this.dialect === 'sqlite') this.bracket();
    else if (c === '$') this.dollar();
    else if (/[0-9]/.test(c) || (c === '.' && /[0-9]/.test(next) && this.numberMayStartHere())) this.number();
    else this.wordOrPunct();
  }

  /** `t.1` never occurs in what we accept; `.5` after a name would be read differently by the engines. */
  private numberMayStartHere(): boolean {
    const before = this.tokens.at(-1);
    return before === undefined || before.end !== this.at || before.kind === 'punct';
  }

  private wordOrPunct(): void {
    const start = this.at;
    const point = String.fromCodePoint(this.text.codePointAt(start) as number);
    if (WORD_START.test(point)) {
      WORD.lastIndex = start;
      const word = (WORD.exec(this.text) as RegExpExecArray)[0];
      const after = this.text[start + word.length];
      if (/^u&?$/i.test(word) && (after === '&' || after === "'")) {
        const quote = this.text[start + word.length + (after === '&' ? 1 : 0)];
        if (quote === "'" || quote === '"') this.refuse(start, 'a Unicode-escaped text or name (U&)');
      }
      if (after === "'" && /^q$/i.test(word)) this.refuse(start, 'an alternative quote (q\u2019\u2026)');
      if (after === "'" && PREFIXED_STRING[this.dialect].test(word)) {
        this.at += word.length;
        this.quotedText('string', "'", this.dialect === 'mysql' || /^e$/i.test(word), start);
        return;
      }
      this.at += word.length;
      this.push('word', start, word);
      return;
    }
    if (!/[!%&()*+,\-./:;<=>?@[\]^{|}~#]/.test(point)) this.refuse(start, describeCharacter(point));
    if (isPlaceholder(this.dialect, this.text, start)) this.refuse(start, `a placeholder or variable ("${point}")`);
    this.at += 1;
    this.push('punct', start, point);
  }

  private lineComment(): void {
    const after = this.text[this.at + 2];
    if (this.dialect === 'mysql' && after !== undefined && !SPACE.test(after)) {
      this.refuse(this.at, '"--" without a following space');
    }
    this.blankToLineEnd();
  }

  private blankToLineEnd(): void {
    const newline = this.text.indexOf('\n', this.at);
    this.blank(newline === -1 ? this.text.length : newline);
  }

  private blockComment(): void {
    const start = this.at;
    if (this.dialect === 'mysql' && /^\/\*(?:!|M!)/i.test(this.text.slice(start, start + 4))) {
      throw new LexicalError({
        code: 'sql-not-read-only',
        message: `An executable comment (/*! … */) at character ${start + 1} is not allowed; remove it.`,
        position: start,
      });
    }
    const nests = this.dialect === 'postgres' || this.dialect === 'duckdb';
    let depth = 0;
    let i = start;
    do {
      if (i >= this.text.length) this.refuse(start, 'a comment that never ends');
      if (this.text.startsWith('/*', i) && (nests || depth === 0)) {
        depth += 1;
        i += 2;
      } else if (this.text.startsWith('*/', i)) {
        depth -= 1;
        i += 2;
      } else i += 1;
    } while (depth > 0);
    this.blank(i);
  }

  private blank(end: number): void {
    this.blanks.push([this.at, end]);
    this.at = end;
  }

  private quotedText(kind: 'string' | 'quoted', quote: string, backslash: boolean, start = this.at): void {
    const open = this.at + 1;
    let i = open;
    for (;;) {
      const c = this.text[i];
      if (c === undefined) this.refuse(start, `a ${quote} that is never closed`);
      if (c === '\0') this.refuse(i, 'a NUL character');
      if (c === '\\' && backslash) {
        const escaped = this.text[i + 1];
        // Under NO_BACKSLASH_ESCAPES the text would end here: both readings must be the same.
        if (this.dialect === 'mysql' && (escaped === "'" || escaped === '"')) {
          this.refuse(i, `a backslash before a quote; write ${escaped}${escaped} instead`);
        }
        i += 2;
      } else if (c === quote && this.text[i + 1] === quote) i += 2;
      else if (c === quote) break;
      else i += 1;
    }
    const value = this.text.slice(open, i).replaceAll(quote + quote, quote);
    this.at = i + 1;
    this.push(kind, start, value);
  }

  private backtick(): void {
    if (this.dialect !== 'mysql' && this.dialect !== 'sqlite') this.refuse(this.at, 'a backtick; quote names with "');
    this.quotedText('quoted', '`', false);
  }

  private bracket(): void {
    const close = this.text.indexOf(']', this.at);
    if (close === -1) this.refuse(this.at, 'a [ that is never closed');
    const start = this.at;
    this.at = close + 1;
    this.push('quoted', start, this.text.slice(start + 1, close));
  }

  private dollar(): void {
    DOLLAR_TAG.lastIndex = this.at;
    const tag = DOLLAR_TAG.exec(this.text)?.[0];
    if (tag === undefined || this.dialect === 'sqlite' || this.dialect === 'mysql') {
      this.refuse(this.at, 'a placeholder or variable ("$")');
    }
    const start = this.at;
    const close = this.text.indexOf(tag, start + tag.length);
    if (close === -1) this.refuse(start, `a ${tag} that is never closed`);
    this.at = close + tag.length;
    this.push('string', start, this.text.slice(start + tag.length, close));
  }

  private number(): void {
    NUMBER.lastIndex = this.at;
    const text = NUMBER.exec(this.text)?.[0] ?? '';
    const start = this.at;
    this.at += text.length;
    const after = String.fromCodePoint(this.text.codePointAt(this.at) ?? 32);
    if (text === '' || WORD_START.test(after) || after === '$' || after === "'") {
      this.refuse(start, 'a number that runs into letters; separate them or quote the name');
    }
    this.push('number', start, text);
  }

  private push(kind: TokenKind, start: number, value: string): void {
    this.tokens.push({ kind, text: this.text.slice(start, this.at), value, start, end: this.at });
  }

  private refuse(position: number, what: string): never {
    throw new LexicalError({
      code: 'sql-unparsable',
      message: `The SQL has ${what} at character ${position + 1}, which is not accepted.`,
      position,
    });
  }
}

function isPlaceholder(dialect: DialectName, text: string, at: number): boolean {
  const c = text[at];
  const next = text[at + 1] ?? '';
  if (c === '?') return dialect !== 'postgres';
  if (c === '@') return dialect === 'mysql' || dialect === 'sqlite';
  if (c === '#') return dialect === 'sqlite';
  if (c === ':') return dialect === 'sqlite' || (dialect === 'mysql' && next !== '');
  return c === '\\';
}

function describeCharacter(point: string): string {
  const code = point.codePointAt(0) as number;
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return /\p{C}|\p{Z}/u.test(point) ? `the invisible character ${hex}` : `the character "${point}" (${hex})`;
}
