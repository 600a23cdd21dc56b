/**
 * English follow-ups: the difference between a query and the one before it, said as people say it when the rest is understood.
 * Null where the difference is not one that a short phrase can ask for.
 */
import type { Random } from '../../src/planning/builtin/learned/model/random.ts';
import {
  type Condition,
  type Query,
  queryKey,
  type Term,
  usedTables,
} from '../../src/planning/builtin/learned/query/query.ts';
import type { SchemaIndex } from '../../src/planning/builtin/learned/schema/schema-index.ts';
import { splitIdentifier } from '../../src/planning/builtin/text/identifier.ts';
import {
  AGGREGATES,
  AMOUNTS,
  CONDITIONS,
  COUNT_SUPERLATIVE,
  DIRECTIONS,
  KIND,
  OPENINGS,
  PERSON,
  PHRASES,
  type PhraseKind,
  type PhraseList,
  PLACE,
  PLAIN_SUPERLATIVE,
  POINTERS,
  POSSESSIVES,
  SUPERLATIVES,
  YEAR,
} from './follow-up-phrases.ts';

const termKey = (t: Term): string => JSON.stringify(t);
const conditionKey = (c: Condition): string =>
  `${termKey(c.left)}${c.op}${c.values.join('~').toLowerCase()}${c.sub ? queryKey(c.sub) : ''}`;
const same = <T>(a: readonly T[], b: readonly T[], key: (one: T) => string): boolean =>
  a.length === b.length && a.every((one, i) => key(one) === key(b[i]!));
const minus = <T>(a: readonly T[], b: readonly T[], key: (one: T) => string): T[] => {
  const known = new Set(b.map(key));
  return a.filter((one) => !known.has(key(one)));
};

const plural = (word: string): string =>
  /(s|news|staff|people|information|data)$/.test(word)
    ? word
    : /[^aeiou]y$/.test(word)
      ? `${word.slice(0, -1)}ies`
      : /(x|ch|sh)$/.test(word)
        ? `${word}es`
        : word === 'person'
          ? 'people'
          : `${word}s`;
const singular = (word: string): string =>
  word === 'people'
    ? 'person'
    : /ies$/.test(word)
      ? `${word.slice(0, -3)}y`
      : /(ss|us|is)$/.test(word)
        ? word
        : /(xes|ches|shes|sses)$/.test(word)
          ? word.slice(0, -2)
          : word.replace(/s$/, '');

export class FollowUpMaker {
  private readonly schema: SchemaIndex;
  private readonly random: Random;

  constructor(schema: SchemaIndex, random: Random) {
    this.schema = schema;
    this.random = random;
  }

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)]!;
  }

  private chance(p: number): boolean {
    return this.random() < p;
  }

  /** The question that turns `before` into `after`. */
  make(before: Query, after: Query): string | null {
    if (queryKey(before) === queryKey(after)) return null;
    const made = this.phrase(before, after);
    if (made === null) return null;
    const { kind, slots } = made;
    const thing = this.thing(before, after);
    const one = before.limit === 1 && before.order.length > 0;
    const person = PERSON.test(thing);
    const number = one && person ? 'onePerson' : one ? 'one' : 'many';
    const things = this.words(thing, true);
    const filled: Record<string, string> = {
      thing: this.words(thing, false),
      things,
      ...slots,
      them: this.pick(POINTERS[number]),
      their: this.pick(POSSESSIVES[number]),
    };
    let text: string = this.pick(PHRASES[kind] as PhraseList);
    // Pointers hold slots themselves.
    for (let i = 0; i < 3; i++) text = text.replace(/\{(\w+)\}/g, (_, name: string) => filled[name] ?? '');
    text = text
      .replace(/\s+/g, ' ')
      .replace(/\s([?.,])/g, '$1')
      .trim();
    if (person && one) text = text.replace(/^Which one/, 'Who').replace(/^Which has/, 'Who has');
    if (person && this.chance(0.3)) text = text.replace(/^Which (of them|ones?|of these) /, 'Who ');
    if (this.chance(0.12)) text = this.pick(OPENINGS) + text.charAt(0).toLowerCase() + text.slice(1);
    if (this.chance(0.15)) text = text.replace(/[?.]$/, '');
    if (this.chance(0.1)) text = text.toLowerCase();
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  private phrase(p: Query, c: Query): { kind: PhraseKind; slots: Record<string, string> } | null {
    const put = (
      kind: PhraseKind,
      slots: Record<string, string> = {},
    ): { kind: PhraseKind; slots: Record<string, string> } => ({ kind, slots });
    if (c.set !== null && p.set === null) return this.setPhrase(p, c);
    if (
      queryKey({ ...c, set: null }) !== queryKey({ ...c }) &&
      p.set !== null &&
      c.set !== null &&
      queryKey(p.set.right) !== queryKey(c.set.right)
    )
      return null;
    const sameSelect = same(p.select, c.select, termKey);
    const added = minus(c.where, p.where, conditionKey);
    const dropped = minus(p.where, c.where, conditionKey);
    const sameWhere = added.length === 0 && dropped.length === 0;
    const sameGroup = same(p.group, c.group, String);
    const sameHaving = same(p.having, c.having, conditionKey);
    const sameOrder =
      same(p.order, c.order, termKey) && (p.descending === c.descending || c.order.length === 0) && p.limit === c.limit;
    const counts = c.select.length === 1 && c.select[0]!.agg === 'count' && c.select[0]!.col < 0;
    const aggregates = c.select.length > 0 && c.select.every((t) => t.agg !== '' && t.agg !== 'count' && !t.arith);
    if (c.select.some((t) => t.arith)) return null;
    const columns = (): Record<string, string> => {
      const known = this.tables(p);
      return {
        columns: this.columns(c.select, known),
        new: this.columns(minus(c.select, p.select, termKey), known),
        dropped: this.columns(minus(p.select, c.select, termKey), known),
      };
    };
    if (c.having.length > 0 && !sameHaving) {
      const h = c.having[0]!;
      if (!sameWhere || h.sub || c.group.length === 0) return null;
      const amount = this.fill(this.pick(AMOUNTS[h.op] ?? ['{v}']), { v: this.number(h.values[0]!) });
      const slots = { ...this.groupSlots(c), amount };
      return h.left.agg === 'count'
        ? put('having', slots)
        : put('havingOther', { ...slots, term: `${this.aggregate(h.left)}`, comparison: amount });
    }
    if (c.order.length > 0 && !sameOrder) {
      if (!sameWhere && !(added.length === 0)) return null;
      const key = c.order[0]!;
      const flipped = same(p.order, c.order, termKey) && p.descending !== c.descending && p.limit === c.limit;
      if (c.limit !== null) {
        const counted = key.agg === 'count';
        const slots: Record<string, string> = {
          ...this.groupSlots(c),
          ...columns(),
          ...this.superlative(key, c.descending),
          n: this.number(c.limit),
        };
        if (flipped && c.limit === 1) return put('flipTop', slots);
        if (c.limit > 1) return put('topMany', slots);
        if (counted) return sameSelect || this.selectsGroup(c) ? put('topCount', slots) : null;
        const known = [...p.select, ...p.order].some((t) => t.col === key.col);
        const alone = slots.alone === 'yes';
        if (sameSelect || this.selectsName(c))
          return put(known || alone ? this.pick(['topSame', 'top']) : 'top', slots);
        return put('topSelect', slots);
      }
      if (!sameSelect && minus(c.select, p.select, termKey).length > 0) return null;
      const text = key.col >= 0 && key.agg === '' && this.schema.columns[key.col]!.kind === 'text';
      const way = text ? DIRECTIONS.alphabetical : DIRECTIONS.ways;
      const slots = {
        key: this.orderKey(key, c),
        way: this.pick(c.descending ? way.down : way.up),
        direction: this.pick(c.descending ? DIRECTIONS.down : DIRECTIONS.up),
      };
      if (flipped) return put('flip', slots);
      const known = p.select.length === 1 && p.select.some((t) => termKey(t) === termKey(key));
      return put(known && this.chance(0.5) ? 'orderSame' : 'order', slots);
    }
    if (c.group.length > 0 && (!sameGroup || p.group.length === 0)) {
      if (added.length > 0 || c.having.length > 0) return null;
      const extra = c.select.filter((t) => t.agg !== '');
      if (extra.length !== 1) return null;
      return extra[0]!.agg === 'count'
        ? put('groupCount', this.groupSlots(c))
        : put('groupAggregate', { ...this.groupSlots(c), aggregate: this.aggregate(extra[0]!) });
    }
    if (!sameGroup || (!sameOrder && p.limit === null)) {
      if (c.group.length > 0 || c.where.length > p.where.length) return null;
    }
    if (added.length === 0 && dropped.length > 0)
      return sameSelect ? put('unfiltered', { filtered: this.column(dropped[0]!.left.col, true) }) : null;
    if (added.length > 0) {
      const grown = dropped.length === 0;
      if (c.any && !p.any && added.length === 1 && p.where.length === 1)
        return this.conditionSlots(added, false, (slots) => put('either', slots));
      if (added.length > 2 || added.some((one) => one.sub))
        return added.length === 1 && grown ? this.subPhrase(p, c, added[0]!) : null;
      const swapped =
        !grown && dropped.length === added.length && added.every((one, i) => one.left.col === dropped[i]!.left.col);
      return this.conditionSlots(added, c.any, (slots) => {
        const all = { ...columns(), ...slots };
        if (swapped && added[0]!.op === '!=' && dropped[0]!.op === '=' && sameSelect && this.chance(0.5))
          return put('opposite');
        if (sameSelect) {
          if (swapped) return put(counts ? 'replaceCount' : 'replace', all);
          return grown
            ? put(counts ? 'filterCount' : aggregates ? 'aggregateFilter' : 'filter', {
                ...all,
                aggregate: aggregates ? c.select.map((t) => this.aggregate(t)).join(' and ') : '',
              })
            : put(counts ? 'countAfresh' : 'selectFilter', all);
        }
        if (counts) return put(grown ? this.pick(['filterCount', 'countAfresh']) : 'countAfresh', all);
        if (aggregates)
          return put('aggregateFilter', { ...all, aggregate: c.select.map((t) => this.aggregate(t)).join(' and ') });
        if (c.group.length > 0 || c.select.some((t) => t.agg !== '')) return null;
        if (this.selectsName(c) && this.chance(0.6)) return put('filter', all);
        return put('selectFilter', all);
      });
    }
    // The same rows: other columns of them, or of what belongs to them.
    if (sameSelect) return p.distinct !== c.distinct && c.distinct ? put('distinct', columns()) : null;
    const before = this.tables(p);
    const foreign = this.tables({ ...c, where: [], group: [], having: [], order: [], extra: [] }).filter(
      (t) => !before.includes(t),
    );
    const others =
      foreign.length > 0 && foreign.every((t) => !this.parentOf(t, before)) ? this.tableName(foreign[0]!) : null;
    if (counts) {
      const news = this.tables(c).filter((t) => !before.includes(t));
      if (news.length > 0) return put('relatedCount', { others: this.words(this.tableName(news[0]!), true) });
      return put('count');
    }
    if (c.select.length === 1 && c.select[0]!.agg === 'count') return put('countColumn', columns());
    const fresh = minus(c.select, p.select, termKey);
    if (c.group.length > 0 && fresh.length > 0) {
      if (fresh.some((t) => t.agg === 'count')) return put('groupCount', this.groupSlots(c));
      if (fresh.length === 1 && fresh[0]!.agg !== '')
        return put('groupAggregate', { ...this.groupSlots(c), aggregate: this.aggregate(fresh[0]!) });
    }
    if (aggregates) {
      const samePlace = p.select.length === 1 && c.select.length === 1 && p.select[0]!.col === c.select[0]!.col;
      if (samePlace && p.select[0]!.agg !== '')
        return put('otherAggregate', { only: this.pick(AGGREGATES[c.select[0]!.agg]!).replace(/ of$/, '') });
      return put('aggregate', { aggregate: this.aggregateList(c.select) });
    }
    if (c.select.some((t) => t.agg !== '')) return null;
    if (fresh.length === 0) return put('fewer', columns());
    if (c.select.some((t) => t.col < 0)) return this.tables(c).every((t) => before.includes(t)) ? put('whole') : null;
    if (minus(p.select, c.select, termKey).length === 0) return put('extend', columns());
    if (others !== null) return put('related', { ...columns(), others: this.words(others, true) });
    if (this.selectsName(c) && this.chance(0.35)) return put(p.limit === 1 ? 'selectOneName' : 'selectName');
    return put('select', columns());
  }

  private setPhrase(p: Query, c: Query): { kind: PhraseKind; slots: Record<string, string> } | null {
    const { op, right } = c.set!;
    if (queryKey({ ...c, set: null }) !== queryKey(p) && !this.selectsName(c)) return null;
    if (right.group.length > 0 || right.order.length > 0) return null;
    if (op === 'except' && right.where.length === 0) {
      const others = this.tables(right).filter((t) => !this.tables({ ...c, set: null }).includes(t));
      const other = others[0] ?? this.tables(right)[0]!;
      return { kind: 'exceptAll', slots: { others: this.words(this.tableName(other), true) } };
    }
    const fresh = minus(right.where, c.where, conditionKey);
    if (fresh.length !== 1 || fresh[0]!.sub) return null;
    const kind = op === 'except' ? 'except' : op === 'intersect' ? 'also' : op === 'union' ? 'either' : null;
    return kind && this.conditionSlots(fresh, false, (slots) => ({ kind, slots }));
  }

  private subPhrase(p: Query, c: Query, one: Condition): { kind: PhraseKind; slots: Record<string, string> } | null {
    if (one.sub === null) return null;
    const { sub } = one;
    const known = new Set([...this.tables(c)]);
    if ((one.op === 'not in' || one.op === 'in') && sub.where.length === 0 && sub.group.length === 0) {
      const other = this.tables(sub).find((t) => !known.has(t));
      if (other === undefined) return null;
      const name = this.tableName(other);
      return {
        kind: one.op === 'in' ? 'havingAny' : 'exceptAll',
        slots: { others: this.words(name, true), other: this.words(name, false) },
      };
    }
    if (one.op === 'not in' && sub.where.length === 1 && !sub.where[0]!.sub)
      return this.conditionSlots(sub.where, false, (slots) => ({ kind: 'except', slots }));
    const [term] = sub.select;
    if (term === undefined || one.left.col < 0) return null;
    const key = this.column(one.left.col, false);
    if (term.agg === 'avg' && p.where.length === 0)
      return {
        kind: 'average',
        slots: {
          key,
          side: this.pick(
            one.op.startsWith('>')
              ? ['above', 'higher than', 'over', 'greater than']
              : ['below', 'lower than', 'under', 'less than'],
          ),
        },
      };
    if (one.op === '=' && (term.agg === 'max' || term.agg === 'min'))
      return { kind: 'extreme', slots: { key, ...this.superlative({ ...term, agg: '' }, term.agg === 'max') } };
    return null;
  }

  private conditionSlots<T>(
    conditions: readonly Condition[],
    any: boolean,
    then: (slots: Record<string, string>) => T | null,
  ): T | null {
    const both =
      any &&
      conditions.length === 2 &&
      conditions.every((one) => one.op === '=' && one.left.col === conditions[0]!.left.col);
    const said = both ? [this.sayEither(conditions)] : conditions.map((one) => this.say(one));
    if (said.includes(null)) return null;
    const link = any ? ' or ' : ' and ';
    return then({
      modifier: said.map((one) => one!.modifier).join(link),
      predicate: said.map((one) => one!.predicate).join(link),
      value: said.map((one) => one!.value).join(link),
    });
  }

  private sayEither(conditions: readonly Condition[]): { modifier: string; predicate: string; value: string } {
    const [a, b] = conditions.map((one) => this.value(one.values[0]!));
    const slots = { c: this.column(conditions[0]!.left.col, false), v: a!, w: b! };
    const words = CONDITIONS.either!;
    return {
      modifier: this.fill(this.pick(words.modifier), slots),
      predicate: this.fill(this.pick(words.predicate), slots),
      value: `${a} or ${b}`,
    };
  }

  private say(one: Condition): { modifier: string; predicate: string; value: string } | null {
    if (one.left.col < 0 || one.left.agg !== '' || one.left.arith || one.sub) return null;
    const column = this.schema.columns[one.left.col]!;
    const name = this.columnName(one.left.col).toLowerCase();
    const raw = one.values[0] ?? '';
    const age = /\bage\b/.test(name);
    const dated = column.kind === 'date' || YEAR.test(name);
    let key: string = one.op;
    if (one.op === '=')
      key =
        column.naming && this.chance(0.7)
          ? 'name'
          : dated
            ? 'year'
            : PLACE.test(name)
              ? 'place'
              : KIND.test(name) && column.kind === 'text'
                ? 'kind'
                : '=';
    else if (one.op === '>' || one.op === '<') key = age ? `age${one.op}` : dated ? `date${one.op}` : one.op;
    else if (one.op === 'like') key = /^[^%].*%$/.test(String(raw)) ? 'like-start' : 'like';
    const words = CONDITIONS[key === 'kind' && this.chance(0.3) ? '=' : key];
    if (words === undefined) return null;
    const v = this.value(one.op.includes('like') ? String(raw).replaceAll('%', '') : raw);
    const slots = {
      c: this.column(one.left.col, false),
      v,
      w: one.values.length > 1 ? this.value(one.values[1]!) : '',
    };
    return {
      modifier: this.fill(this.pick(words.modifier), slots),
      predicate: this.fill(this.pick(words.predicate), slots),
      value: one.op === '=' ? v : this.fill(this.pick(words.modifier), slots),
    };
  }

  private fill(text: string, slots: Readonly<Record<string, string>>): string {
    return text.replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? '');
  }

  private value(v: string | number): string {
    if (typeof v === 'number') return String(v);
    return this.chance(0.12) ? `"${v}"` : this.chance(0.08) ? v.toLowerCase() : v;
  }

  private number(n: string | number): string {
    const words = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
    return typeof n === 'number' && words[n] && this.chance(0.5) ? words[n] : String(n);
  }

  private superlative(t: Term, most: boolean): Record<string, string> {
    if (t.agg === 'count') {
      const common = COUNT_SUPERLATIVE[most ? 'common' : 'rare'];
      return {
        most: this.pick(COUNT_SUPERLATIVE[most ? 'most' : 'least']),
        common: this.pick(common),
        key: '',
        alone: 'no',
      };
    }
    const name = t.col < 0 ? '' : this.columnName(t.col);
    const known = SUPERLATIVES.find((one) => one.name.test(name));
    if (known && t.agg === '' && this.chance(0.55))
      return {
        most: this.pick(most ? known.most : known.least),
        key: this.chance(0.5) ? '' : this.column(t.col, false),
        alone: 'yes',
      };
    return {
      most: this.pick(PLAIN_SUPERLATIVE[most ? 'most' : 'least']),
      key: t.agg === '' ? this.column(t.col, false) : this.aggregate(t),
      alone: 'no',
    };
  }

  private orderKey(t: Term, c: Query): string {
    if (t.agg === 'count')
      return this.pick([
        'the number of {x}',
        'the count',
        'how many {x} they have',
        'number of {x}',
        'the number',
      ]).replace('{x}', this.groupSlots(c).counted!);
    return t.agg === ''
      ? `${this.pick(['', 'the ', 'their '])}${this.column(t.col, false)}`
      : `the ${this.aggregate(t)}`;
  }

  private aggregate(t: Term): string {
    if (t.col < 0) return 'number';
    const word = this.pick(AGGREGATES[t.agg] ?? ['']);
    const name = this.column(t.col, t.agg === 'count');
    return `${word} ${name}`;
  }

  private aggregateList(terms: readonly Term[]): string {
    const single = terms.every((t) => t.col === terms[0]!.col);
    if (!single || terms.length === 1) return this.join(terms.map((t) => this.aggregate(t)));
    return `${this.join(terms.map((t) => this.pick(AGGREGATES[t.agg]!).replace(/ of$/, '')))} ${this.column(terms[0]!.col, false)}`;
  }

  private groupSlots(c: Query): Record<string, string> {
    const g = c.group[0];
    if (g === undefined) return { group: '', groups: '', counted: this.words(this.thing(c, c), true) };
    const column = this.schema.columns[g]!;
    // A key stands for its thing: "for each customer".
    const owner = column.idLike ? this.schema.linked[g]!.find((o) => this.schema.columns[o]!.primary) : undefined;
    const named = column.idLike || column.naming;
    const home = owner === undefined ? column.table : this.schema.columns[owner]!.table;
    const group = named && this.chance(0.75) ? this.tableName(home) : this.columnName(g);
    const counted = this.tables(c).filter((t) => t !== home || !named);
    return {
      group: this.words(group, false),
      groups: this.words(group, true),
      counted: this.words(this.tableName(this.countedTable(counted, c)), true),
      things: this.words(this.tableName(this.countedTable(counted, c)), true),
    };
  }

  private countedTable(tables: readonly number[], c: Query): number {
    return tables.find((t) => this.schema.tables[t]!.bridge === false) ?? tables[0] ?? this.tables(c)[0] ?? 0;
  }

  private tables(q: Query): number[] {
    return usedTables(q, (c) => this.schema.columns[c]!.table);
  }

  private parentOf(table: number, children: readonly number[]): boolean {
    return this.schema.graph.byTable[table]!.some((e) => e.toTable === table && children.includes(e.fromTable));
  }

  private selectsName(c: Query): boolean {
    return (
      c.select.length > 0 &&
      c.select.every(
        (t) =>
          t.agg === '' &&
          t.col >= 0 &&
          (this.schema.columns[t.col]!.naming || /name|title/.test(this.columnName(t.col))),
      )
    );
  }

  private selectsGroup(c: Query): boolean {
    return c.select.every(
      (t) => t.agg !== '' || (t.col >= 0 && (c.group.includes(t.col) || this.schema.columns[t.col]!.naming)),
    );
  }

  /** What the rows before were: their table. */
  private thing(before: Query, after: Query): string {
    const selected = before.select.find((t) => t.col >= 0)?.col ?? after.select.find((t) => t.col >= 0)?.col;
    const table =
      selected === undefined
        ? (this.tables(before)[0] ?? this.tables(after)[0] ?? 0)
        : this.schema.columns[selected]!.table;
    return this.tableName(table);
  }

  private tableName(table: number): string {
    const words = splitIdentifier(this.schema.tables[table]!.name).filter(
      (word) => !/^(ref|tbl|tb|t|the)$/.test(word) && !/^\d+$/.test(word),
    );
    return words.length === 0
      ? 'record'
      : words.map((word, i) => (i === words.length - 1 ? singular(word) : word)).join(' ');
  }

  private columnName(col: number): string {
    const column = this.schema.columns[col]!;
    return splitIdentifier(column.name).join(' ') || column.name;
  }

  /** The column's name as people say it: often without its table's words. */
  private column(col: number, many: boolean): string {
    if (col < 0) return 'information';
    const table = new Set(
      this.tableName(this.schema.columns[col]!.table)
        .split(' ')
        .flatMap((w) => [w, plural(w)]),
    );
    const all = this.columnName(col).split(' ');
    const short = all.filter((word) => !table.has(word));
    const words = short.length > 0 && short.length < all.length && this.chance(0.7) ? short : all;
    return this.words(
      words.join(' ').replace(/ (code|details)$/, (m) => (this.chance(0.5) ? '' : m)),
      many,
    );
  }

  private columns(terms: readonly Term[], known: readonly number[]): string {
    const names = terms.map((t) => {
      if (t.agg !== '') return t.col < 0 ? 'number' : this.aggregate(t);
      const many = this.chance(0.4);
      const column = this.schema.columns[t.col];
      // A name of something not spoken of yet says of what.
      if (column && !known.includes(column.table) && (column.naming || column.idLike)) {
        const table = this.tableName(column.table);
        const full = this.columnName(t.col);
        return this.words(
          full.includes(table) ? full : column.naming && this.chance(0.4) ? table : `${table} ${full}`,
          many,
        );
      }
      return this.column(t.col, many);
    });
    return this.join(names);
  }

  private join(names: readonly string[]): string {
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
  }

  private words(name: string, many: boolean): string {
    const words = name.split(' ');
    if (!many) return words.join(' ');
    return [...words.slice(0, -1), plural(words[words.length - 1]!)].join(' ');
  }
}
