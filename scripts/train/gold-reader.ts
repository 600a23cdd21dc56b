/** Reads the SQL of the training sets into the learned planner's query form; null for what the form cannot express. */
import {
  type Agg,
  type Arithmetic,
  type Condition,
  EMPTY_QUERY,
  type Literal,
  type Op,
  type Query,
  type SetOp,
  type Term,
  usedTables,
} from '../../src/planning/builtin/learned/query/query.ts';
import { joinTree } from '../../src/planning/builtin/learned/schema/join-graph.ts';
import type { SchemaIndex } from '../../src/planning/builtin/learned/schema/schema-index.ts';

type Token = { readonly text: string; readonly kind: 'word' | 'string' | 'number' | 'symbol' };

const TOKEN =
  /\s*(?:("(?:[^"]|"")*"|'(?:[^']|'')*'|`[^`]*`)|(-?\d+(?:\.\d+)?(?![\p{L}_]))|([\p{L}\p{N}_][\p{L}\p{N}_#/（）()·-]*?(?=[^\p{L}\p{N}_]|$))|(<>|!=|<=|>=|[=<>(),.*+\-/;]))/uy;

class Refused extends Error {}

function tokenise(sql: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const text = sql.trimEnd();
  while (TOKEN.lastIndex < text.length) {
    const m = TOKEN.exec(text);
    if (m === null) throw new Refused(`cannot read ${text.slice(0, 40)}`);
    if (m[1]) tokens.push({ text: m[1].slice(1, -1), kind: m[1].startsWith('`') ? 'word' : 'string' });
    else if (m[2]) tokens.push({ text: m[2], kind: 'number' });
    else if (m[3]) tokens.push({ text: m[3], kind: 'word' });
    else if (m[4] && m[4] !== ';') tokens.push({ text: m[4] === '<>' ? '!=' : m[4], kind: 'symbol' });
  }
  return tokens;
}

const AGGREGATES = new Set(['count', 'sum', 'avg', 'min', 'max']);

/** Null, with the reason in `refusals` when given, for SQL outside the query form. */
export function readGold(sql: string, schema: SchemaIndex, refusals?: Map<string, number>): Query | null {
  try {
    const reader = new Reader(tokenise(sql), schema);
    return reader.whole();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refusals?.set(error.message, (refusals.get(error.message) ?? 0) + 1);
    return null;
  }
}

class Reader {
  private at = 0;
  private aliases: Map<string, number>[] = [];
  private readonly tokens: readonly Token[];
  private readonly schema: SchemaIndex;

  constructor(tokens: readonly Token[], schema: SchemaIndex) {
    this.tokens = tokens;
    this.schema = schema;
  }

  whole(): Query {
    const query = this.query();
    if (this.at < this.tokens.length) throw new Refused(`rest: ${this.peek()}`);
    return query;
  }

  private peek(offset = 0): string {
    const t = this.tokens[this.at + offset];
    return t === undefined ? '' : t.kind === 'string' ? '\u0000' : t.text.toLowerCase();
  }

  private take(text: string): boolean {
    if (this.peek() !== text) return false;
    this.at++;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) throw new Refused(`expected ${text}`);
  }

  private query(): Query {
    const left = this.select();
    const op = this.peek();
    if (op !== 'union' && op !== 'intersect' && op !== 'except') return left;
    this.at++;
    this.take('all');
    const right = this.query();
    if (right.set) throw new Refused('chain of set operations');
    return { ...left, set: { op: op as SetOp, right } };
  }

  /** FROM is read before the select list, so that aliases are known. */
  private select(): Query {
    this.expect('select');
    const distinct = this.take('distinct');
    const start = this.at;
    for (let depth = 0; this.at < this.tokens.length; this.at++) {
      const t = this.peek();
      if (t === '(') depth++;
      else if (t === ')') depth--;
      else if (t === 'from' && depth === 0) break;
    }
    this.expect('from');
    const { tables } = this.from();
    const afterFrom = this.at;
    this.at = start;
    const select: Term[] = [];
    do select.push(this.term());
    while (this.take(','));
    if (this.peek() !== 'from') throw new Refused('select expression');
    this.at = afterFrom;
    let query: Query = { ...EMPTY_QUERY, distinct, select };
    if (this.take('where')) query = { ...query, ...this.conditions() };
    if (this.take('group')) {
      this.expect('by');
      const group: number[] = [];
      do group.push(this.column());
      while (this.take(','));
      query = { ...query, group };
      if (this.take('having')) {
        const { where, any } = this.conditions();
        if (where.length !== 1 || any) throw new Refused('several having conditions');
        if (where[0]!.sub === null && !COMPARISONS.has(where[0]!.op)) throw new Refused('having condition');
        query = { ...query, having: where };
      }
    }
    if (this.take('order')) {
      this.expect('by');
      const order: Term[] = [];
      let descending = false;
      do {
        order.push(this.term());
        if (this.take('desc')) descending = true;
        else this.take('asc');
      } while (this.take(','));
      query = { ...query, order, descending };
    }
    if (this.take('limit')) {
      query = { ...query, limit: Number(this.tokens[this.at++]?.text) };
      if (!Number.isInteger(query.limit)) throw new Refused('limit');
    }
    this.aliases.pop();
    return this.normalise({ ...query, extra: this.extraTables(query, tables) });
  }

  private from(): { tables: number[] } {
    const tables: number[] = [];
    const scope = new Map<string, number>();
    this.aliases.push(scope);
    const byName = new Map(this.schema.tables.map((t) => [t.name.toLowerCase(), t.id]));
    do {
      if (this.peek() === '(') throw new Refused('sub-query in FROM');
      const name = this.tokens[this.at++]?.text.toLowerCase() ?? '';
      const id = byName.get(name);
      if (id === undefined) throw new Refused('unknown table');
      if (tables.includes(id)) throw new Refused('self join');
      tables.push(id);
      scope.set(name, id);
      if (this.take('as')) scope.set(this.tokens[this.at++]!.text.toLowerCase(), id);
      else if (/^[\p{L}_]/u.test(this.peek()) && !KEYWORDS.has(this.peek()))
        scope.set(this.tokens[this.at++]!.text.toLowerCase(), id);
      while (this.take('on') || this.take('and')) {
        this.column();
        this.expect('=');
        this.column();
      }
    } while (this.take(',') || this.join());
    while (this.take('on') || this.take('and')) {
      this.column();
      this.expect('=');
      this.column();
    }
    return { tables };
  }

  private join(): boolean {
    if (this.take('inner')) this.peek();
    if (this.peek() === 'left') throw new Refused('outer join');
    return this.take('join');
  }

  private column(): number {
    const t = this.tokens[this.at++];
    if (t === undefined) throw new Refused('end');
    if (this.peek() === '.') {
      this.at++;
      const table = this.lookup(t.text.toLowerCase());
      const name = this.tokens[this.at++]?.text.toLowerCase();
      const found = this.schema.tables[table]!.columns.find((c) => this.schema.columns[c]!.name.toLowerCase() === name);
      if (found === undefined) throw new Refused('unknown column');
      return found;
    }
    for (const scope of [...this.aliases].reverse())
      for (const table of new Set(scope.values()))
        for (const c of this.schema.tables[table]!.columns)
          if (this.schema.columns[c]!.name.toLowerCase() === t.text.toLowerCase()) return c;
    throw new Refused('unknown column');
  }

  private lookup(alias: string): number {
    for (const scope of [...this.aliases].reverse()) {
      const id = scope.get(alias);
      if (id !== undefined) return id;
    }
    throw new Refused('unknown alias');
  }

  private term(): Term {
    const left = this.factor();
    const op = this.peek();
    if (isArithmetic(op)) {
      this.at++;
      return { ...left, arith: { op, right: this.factor() } };
    }
    return left;
  }

  private factor(): Term {
    const head = this.peek();
    if (head === '(') throw new Refused('parenthesised expression');
    if (head === '*') {
      this.at++;
      return { agg: '', distinct: false, col: -1 };
    }
    if (AGGREGATES.has(head) && this.peek(1) === '(') {
      this.at += 2;
      const distinct = this.take('distinct');
      const inner = this.peek() === '*' ? -1 : null;
      if (inner === -1) this.at++;
      const col = inner ?? this.column();
      const agg = head as Agg;
      const op = this.peek();
      if (isArithmetic(op) && col >= 0 && agg !== 'count') {
        this.at++;
        const right = this.column();
        this.expect(')');
        return { agg, distinct: false, col, within: { op, right } };
      }
      this.expect(')');
      return agg === 'count' && !distinct
        ? { agg, distinct: false, col: -1 }
        : { agg, distinct: agg === 'count' && distinct, col };
    }
    if (this.tokens[this.at]?.kind === 'number' || this.tokens[this.at]?.kind === 'string')
      throw new Refused('constant');
    if (this.peek(1) === '.' && this.peek(2) === '*') {
      this.at += 3;
      return { agg: '', distinct: false, col: -1 };
    }
    return { agg: '', distinct: false, col: this.column() };
  }

  private conditions(): { where: Condition[]; any: boolean } {
    const where: Condition[] = [];
    let connective = '';
    for (;;) {
      const parens = this.peek() === '(' && this.peek(1) !== 'select' ? this.at++ : -1;
      where.push(this.condition());
      if (parens >= 0) {
        if (!this.take(')')) throw new Refused('nested conditions');
      }
      const next = this.peek();
      if (next !== 'and' && next !== 'or') break;
      if (connective !== '' && connective !== next) throw new Refused('mixed and/or');
      connective = next;
      this.at++;
    }
    return { where, any: connective === 'or' };
  }

  private condition(): Condition {
    const left = this.term();
    if (left.arith) throw new Refused('condition on an expression');
    const negated = this.take('not');
    if (this.take('is')) {
      const not = this.take('not');
      this.expect('null');
      return { left, op: not ? 'not null' : 'null', values: [], sub: null };
    }
    if (this.take('between')) {
      const low = this.literal();
      this.expect('and');
      return { left, op: 'between', values: [low, this.literal()], sub: null };
    }
    if (this.take('in')) {
      this.expect('(');
      if (this.peek() !== 'select') throw new Refused('list of values');
      const sub = this.query();
      this.expect(')');
      return { left, op: negated ? 'not in' : 'in', values: [], sub };
    }
    if (this.take('like')) return { left, op: negated ? 'not like' : 'like', values: [this.literal()], sub: null };
    const op = this.peek();
    if (!COMPARISONS.has(op)) throw new Refused(`operator ${op}`);
    this.at++;
    if (this.peek() === '(') {
      this.at++;
      const sub = this.query();
      this.expect(')');
      return { left, op: op as Op, values: [], sub };
    }
    return { left, op: op as Op, values: [this.literal()], sub: null };
  }

  private literal(): Literal {
    const t = this.tokens[this.at++];
    if (t?.kind === 'number') return Number(t.text);
    if (t?.kind === 'string') return t.text.trim() === t.text ? t.text : t.text.trim();
    throw new Refused('comparison of columns');
  }

  /** Tables of FROM that the joins of the used columns would not bring in by themselves. */
  private extraTables(query: Query, tables: readonly number[]): number[] {
    const used = usedTables(query, (c) => this.schema.columns[c]!.table);
    const extra: number[] = [];
    for (const t of [...tables].reverse()) {
      if (used.includes(t)) continue;
      const rest = [...used, ...tables.filter((x) => x !== t && !extra.includes(x) && !used.includes(x))];
      const tree = joinTree(this.schema.graph, used.length > 0 ? [...used, ...extra] : extra);
      if (tree?.tables.includes(t)) continue;
      if (rest.length > 0 && used.length > 0) {
        const without = joinTree(this.schema.graph, [...used, ...tables.filter((x) => x !== t && !used.includes(x))]);
        if (without?.tables.includes(t)) continue;
      }
      extra.push(t);
    }
    return extra;
  }

  /** `count(distinct)`-free grouping by the only selected column, and other spellings of the same thing. */
  private normalise(query: Query): Query {
    if (query.extra.length > 2) throw new Refused('many extra tables');
    return query;
  }
}

const isArithmetic = (text: string): text is Arithmetic => ['+', '-', '*', '/'].includes(text);

const COMPARISONS = new Set(['=', '!=', '<', '<=', '>', '>=']);
const KEYWORDS = new Set([
  'where',
  'group',
  'order',
  'limit',
  'join',
  'inner',
  'left',
  'on',
  'and',
  'union',
  'intersect',
  'except',
  'having',
  'as',
]);
