/**
 * The small SQL that semantic models and metrics are written in (`expr` and `filter`), read straight into the plan
 * language: arithmetic, comparisons, CASE, a few functions, and MetricFlow's `{{ Dimension('order__status') }}`.
 */
import type { ComparisonOp, DateGrain, Expr, FunctionExpr, Predicate } from '../../sql/index.ts';
import { ExpressionError, type Token, tokenize } from './expression-tokens.ts';

export { ExpressionError } from './expression-tokens.ts';

/** What names in an expression stand for. Each throws {@link ExpressionError} for a name it does not know. */
export interface NameResolver {
  /** A plain name: a column, or in a derived metric the alias of an input. */
  name(name: string): Expr;
  /** `{{ Dimension('a__b') }}`, `{{ TimeDimension('a__b', 'month') }}` or `{{ Entity('a') }}`. */
  template(kind: 'Dimension' | 'TimeDimension' | 'Entity', name: string, grain: DateGrain | null): Expr;
}

/** Reads a value. Throws {@link ExpressionError}. */
export function parseExpression(text: string, resolver: NameResolver): Expr {
  const parser = new Parser(text, resolver);
  const expr = parser.expression();
  parser.end();
  return expr;
}

/** Reads a condition; a plain boolean column counts as one. Throws {@link ExpressionError}. */
export function parsePredicate(text: string, resolver: NameResolver): Predicate {
  const parser = new Parser(text, resolver);
  const predicate = parser.predicate();
  parser.end();
  return predicate;
}

export const DATE_GRAINS: readonly DateGrain[] = ['year', 'quarter', 'month', 'week', 'day', 'hour'];
const FUNCTIONS: readonly FunctionExpr['name'][] = [
  'coalesce',
  'nullif',
  'abs',
  'round',
  'lower',
  'upper',
  'length',
  'concat',
  'trim',
  'substring',
];
const COMPARISONS: Readonly<Record<string, ComparisonOp>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};
const CAST_TYPES: Readonly<Record<string, Extract<Expr, { kind: 'cast' }>['to']>> = {
  int: 'integer',
  integer: 'integer',
  bigint: 'integer',
  decimal: 'decimal',
  numeric: 'decimal',
  float: 'float',
  double: 'float',
  text: 'text',
  varchar: 'text',
  date: 'date',
  timestamp: 'timestamp',
};

class Parser {
  private readonly tokens: readonly Token[];
  private readonly resolver: NameResolver;
  private at = 0;

  constructor(text: string, resolver: NameResolver) {
    this.tokens = tokenize(text);
    this.resolver = resolver;
    if (this.tokens.length === 0) throw new ExpressionError('the expression is empty');
  }

  end(): void {
    const rest = this.tokens[this.at];
    if (rest !== undefined) throw new ExpressionError(`unexpected "${rest.text}"`);
  }

  predicate(): Predicate {
    return this.sequence('or', () => this.sequence('and', () => this.negation()));
  }

  expression(): Expr {
    let left = this.term();
    for (let op = this.symbol('+', '-'); op !== null; op = this.symbol('+', '-')) {
      left = { kind: 'arithmetic', op, left, right: this.term() };
    }
    return left;
  }

  private sequence(kind: 'and' | 'or', part: () => Predicate): Predicate {
    const args = [part()];
    while (this.word(kind)) args.push(part());
    return args.length === 1 ? args[0]! : { kind, args };
  }

  private negation(): Predicate {
    if (this.word('not')) return { kind: 'not', arg: this.negation() };
    const start = this.at;
    if (this.symbol('(') !== null) {
      try {
        const inner = this.predicate();
        this.expect(')');
        const next = this.tokens[this.at];
        const continues = next?.kind === 'symbol' && next.text !== ')' && next.text !== ',';
        if (!continues && !this.peekWord('in', 'like', 'between', 'is', 'not')) return inner;
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
      }
      this.at = start;
    }
    return this.comparison();
  }

  private comparison(): Predicate {
    const left = this.expression();
    const op = this.symbol('=', '!=', '<>', '<=', '>=', '<', '>');
    if (op !== null) return { kind: 'comparison', op: COMPARISONS[op]!, left, right: this.expression() };
    if (this.word('is')) {
      const negated = this.word('not');
      if (this.word('null')) return { kind: 'is-null', arg: left, negated };
      const value = this.word('true') ? true : this.word('false') ? false : null;
      if (value === null) throw new ExpressionError('IS must be followed by NULL, TRUE or FALSE');
      return { kind: 'comparison', op: '=', left, right: booleanLiteral(value !== negated) };
    }
    const negated = this.word('not');
    if (this.word('in')) {
      this.expect('(');
      const values = this.list();
      return { kind: 'in', arg: left, values, negated };
    }
    if (this.word('between')) {
      const low = this.expression();
      if (!this.word('and')) throw new ExpressionError('BETWEEN needs AND');
      return { kind: 'between', arg: left, low, high: this.expression(), negated };
    }
    const caseInsensitive = this.peekWord('ilike');
    if (this.word('like') || this.word('ilike')) {
      const pattern = this.tokens[this.at++];
      if (pattern?.kind !== 'string') throw new ExpressionError('LIKE needs a text in single quotes');
      return { kind: 'like', arg: left, pattern: pattern.text, negated, caseInsensitive };
    }
    if (negated) throw new ExpressionError('NOT must be followed by IN, BETWEEN or LIKE here');
    return { kind: 'comparison', op: '=', left, right: booleanLiteral(true) };
  }

  private term(): Expr {
    let left = this.factor();
    for (let op = this.symbol('*', '/', '%'); op !== null; op = this.symbol('*', '/', '%')) {
      left = { kind: 'arithmetic', op, left, right: this.factor() };
    }
    return left;
  }

  private factor(): Expr {
    if (this.symbol('-') !== null) return { kind: 'negate', arg: this.factor() };
    let value = this.atom();
    while (this.symbol('::') !== null) value = { kind: 'cast', arg: value, to: this.castType() };
    return value;
  }

  private atom(): Expr {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new ExpressionError('the expression ends too early');
    switch (token.kind) {
      case 'number':
        return { kind: 'literal', value: numeric(token.text), type: token.text.includes('.') ? 'decimal' : 'integer' };
      case 'string':
        return { kind: 'literal', value: token.text, type: 'text' };
      case 'template':
        return this.template(token.text);
      case 'quoted':
        return this.resolver.name(token.text);
      case 'name':
        return this.named(token.text);
      case 'symbol':
        break;
    }
    if (token.text !== '(') throw new ExpressionError(`unexpected "${token.text}"`);
    const inner = this.expression();
    this.expect(')');
    return inner;
  }

  private named(name: string): Expr {
    const word = name.toLowerCase();
    const next = this.tokens[this.at];
    if (word === 'case') return this.caseExpression();
    if (word === 'null') return { kind: 'literal', value: null, type: 'null' };
    if (word === 'true' || word === 'false') return booleanLiteral(word === 'true');
    if ((word === 'date' || word === 'timestamp') && next?.kind === 'string') {
      this.at++;
      return { kind: 'literal', value: next.text, type: word };
    }
    if (next?.kind !== 'symbol' || next.text !== '(') return this.resolver.name(name);
    this.at++;
    if (word === 'cast') {
      const arg = this.expression();
      if (!this.word('as')) throw new ExpressionError('CAST needs AS');
      const to = this.castType();
      this.expect(')');
      return { kind: 'cast', arg, to };
    }
    if (word === 'date_trunc') {
      const grain = this.tokens[this.at++];
      this.expect(',');
      const arg = this.expression();
      this.expect(')');
      return { kind: 'date-trunc', grain: toGrain(grain?.text ?? ''), arg };
    }
    const known = FUNCTIONS.find((candidate) => candidate === word);
    if (known === undefined)
      throw new ExpressionError(
        `function ${name}() is not supported; known: ${FUNCTIONS.join(', ')}, cast, date_trunc`,
      );
    return { kind: 'function', name: known, args: this.list() };
  }

  private caseExpression(): Expr {
    const whens: { when: Predicate; then: Expr }[] = [];
    while (this.word('when')) {
      const when = this.predicate();
      if (!this.word('then')) throw new ExpressionError('CASE WHEN needs THEN');
      // biome-ignore lint/suspicious/noThenProperty: a branch of the plan's CASE
      whens.push({ when, then: this.expression() });
    }
    if (whens.length === 0) throw new ExpressionError('CASE must be followed by WHEN');
    const otherwise = this.word('else') ? this.expression() : null;
    if (!this.word('end')) throw new ExpressionError('CASE needs END');
    return { kind: 'case', whens, otherwise };
  }

  private template(text: string): Expr {
    const match =
      /^\{\{\s*(Dimension|TimeDimension|Entity)\(\s*['"]([^'"]+)['"]\s*(?:,\s*['"](\w+)['"]\s*)?\)(?:\.grain\(\s*['"](\w+)['"]\s*\))?\s*\}\}$/.exec(
        text,
      );
    if (match === null) {
      throw new ExpressionError(
        `cannot read ${text}; write {{ Dimension('entity__dimension') }}, {{ TimeDimension('entity__dimension', 'month') }} or {{ Entity('entity') }}`,
      );
    }
    const grain = match[3] ?? match[4];
    return this.resolver.template(match[1] as 'Dimension', match[2]!, grain === undefined ? null : toGrain(grain));
  }

  private castType(): Extract<Expr, { kind: 'cast' }>['to'] {
    const token = this.tokens[this.at++];
    const type = CAST_TYPES[token?.text.toLowerCase() ?? ''];
    if (type === undefined)
      throw new ExpressionError(`cannot cast to "${token?.text ?? ''}"; known: ${Object.keys(CAST_TYPES).join(', ')}`);
    return type;
  }

  /** The rest of a list in parentheses whose opening is read already. */
  private list(): Expr[] {
    const items = [this.expression()];
    while (this.symbol(',') !== null) items.push(this.expression());
    this.expect(')');
    return items;
  }

  private symbol<T extends string>(...texts: readonly T[]): T | null {
    const token = this.tokens[this.at];
    const found = token?.kind === 'symbol' ? texts.find((text) => text === token.text) : undefined;
    if (found === undefined) return null;
    this.at++;
    return found;
  }

  private expect(text: string): void {
    if (this.symbol(text) === null)
      throw new ExpressionError(`"${text}" expected, found "${this.tokens[this.at]?.text ?? 'the end'}"`);
  }

  private peekWord(...words: readonly string[]): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'name' && words.includes(token.text.toLowerCase());
  }

  private word(word: string): boolean {
    const found = this.peekWord(word);
    if (found) this.at++;
    return found;
  }
}

function toGrain(text: string): DateGrain {
  const grain = DATE_GRAINS.find((candidate) => candidate === text.toLowerCase());
  if (grain === undefined) throw new ExpressionError(`unknown grain "${text}"; known: ${DATE_GRAINS.join(', ')}`);
  return grain;
}

/** Exact decimals stay text. */
const numeric = (text: string): number | string =>
  Number.isSafeInteger(Number(text)) && !text.includes('.') ? Number(text) : text;
const booleanLiteral = (value: boolean): Expr => ({ kind: 'literal', value, type: 'boolean' });
