/** Random queries over a Chinese schema, each with a question that asks for it. */
import type { Random } from '../../src/planning/builtin/learned/model/random.ts';
import {
  type Agg,
  type Condition,
  EMPTY_QUERY,
  type Op,
  type Query,
  type SetOp,
  type Term,
} from '../../src/planning/builtin/learned/query/query.ts';
import type {
  IndexedColumn,
  IndexedTable,
  SchemaIndex,
} from '../../src/planning/builtin/learned/schema/schema-index.ts';
import {
  askFor,
  bareName,
  countedThing,
  derivedName,
  orderWords,
  plainName,
  superlativesOf,
} from './synthetic-asks.ts';
import { measuresOf } from './synthetic-measures.ts';
import { columnTerm, Phrases } from './synthetic-phrases.ts';

export interface Synthetic {
  readonly question: string;
  readonly query: Query;
}

const term = columnTerm;
const COUNT = term(null, 'count');

/** How a figure is said to lie beyond or below another. */
const COMPARED = {
  '>': ['大于', '高于', '超过'],
  '<': ['小于', '低于', '少于'],
  '>=': ['大于等于', '不低于', '不小于'],
  '<=': ['小于等于', '不超过', '不高于'],
} as const;

interface Thing {
  readonly table: IndexedTable;
  /** What its rows are called in the question at hand. */
  noun: string;
  readonly name: IndexedColumn;
  /** Its figures in the question at hand; at times one made of two columns is among them. */
  numbers: readonly IndexedColumn[];
  readonly columns: readonly IndexedColumn[];
  readonly classes: readonly IndexedColumn[];
  readonly others: readonly IndexedColumn[];
  /** Foreign key column and the table it leads to. */
  readonly parents: readonly { readonly key: IndexedColumn; readonly to: Thing }[];
}

export class QuestionMaker {
  private readonly p: Phrases;
  private readonly things: Thing[];
  private readonly templates: (() => Synthetic | null)[];

  constructor(schema: SchemaIndex, random: Random) {
    this.p = new Phrases(random, schema);
    this.things = thingsOf(schema, this.p);
    const weighted: [number, () => Synthetic | null][] = [
      [14, () => this.filtered()],
      [4, () => this.counted()],
      [6, () => this.aggregated()],
      [9, () => this.extreme()],
      [7, () => this.ordered()],
      [10, () => this.grouped()],
      [8, () => this.groupedExtreme()],
      [8, () => this.having()],
      [7, () => this.nested()],
      [4, () => this.excluded()],
      [4, () => this.both()],
      [7, () => this.topBoth()],
      [14, () => this.joined()],
      [13, () => this.joinedGroup()],
      [4, () => this.presence()],
      [6, () => this.arithmetic()],
      [6, () => this.listed()],
      [17, () => this.owners()],
      [9, () => this.compared()],
      [9, () => this.bridged()],
      [12, () => this.placed()],
    ];
    this.templates = weighted.flatMap(([n, make]) => Array.from({ length: n }, () => make));
  }

  get usable(): boolean {
    return this.things.length > 0;
  }

  make(): Synthetic | null {
    for (const thing of this.things) {
      thing.noun = this.p.noun(thing.table.id);
      const made = this.p.chance(0.2) ? measuresOf(thing.columns, this.p) : [];
      thing.numbers = [...made, ...made, ...thing.columns];
    }
    const made = this.p.pick(this.templates)();
    if (made === null || made.query.select.length === 0) return null;
    return { ...made, question: made.question.replace(/，，+/g, '，') };
  }

  private thing(): Thing {
    return this.p.pick(this.things);
  }

  /** What one of the rows is called; undefined where rows have no name of their own. */
  private nameOf(thing: Thing): IndexedColumn['values'][number] | undefined {
    return thing.name.foreign || thing.name.idLike ? undefined : this.p.pick(thing.name.values);
  }

  private ask(): string {
    return this.p.pick(['', '', '给出', '列出', '找出', '查询', '请问', '找到', '显示', '请给出', '告诉我', '查找']);
  }

  private conditions(
    t: Thing,
    most = 2,
  ): { list: Condition[]; any: boolean; text: string; short: string | null } | null {
    const pool = [...t.numbers, ...t.classes, ...t.others];
    const n = most > 1 && this.p.chance(0.35) ? 2 : 1;
    const made: { condition: Condition; text: string; short: string | null }[] = [];
    const used = new Set<number>();
    for (let i = 0; i < n; i++) {
      const c = this.p.pick(pool);
      if (!c || used.has(c.id)) continue;
      used.add(c.id);
      const one = this.p.condition(c);
      if (one) made.push(one);
    }
    if (made.length === 0) return null;
    if (made.length === 1)
      return { list: [made[0]!.condition], any: false, text: made[0]!.text, short: made[0]!.short };
    const any = this.p.chance(0.35);
    const text = made
      .map((m) => m.text)
      .join(any ? this.p.pick(['或者', '或']) : this.p.pick(['且', '并且', '，', '，同时', '而且', '，并且']));
    return { list: made.map((m) => m.condition), any, text, short: null };
  }

  private extras(t: Thing, most = 2, filtered: readonly Condition[] = []): IndexedColumn[] {
    const again = filtered.filter((c) => c.op !== '=').map((c) => c.left.col);
    if (again.length > 0 && this.p.chance(0.25)) {
      const shown = [...t.others, ...t.classes, ...t.columns].filter((c) => again.includes(c.id) && c !== t.name);
      if (shown.length > 0) return [this.p.pick(shown), ...(this.p.chance(0.3) ? this.extras(t, 1) : [])].slice(0, 2);
    }
    const pool = [...t.others, ...t.classes, ...t.numbers];
    const out: IndexedColumn[] = [];
    const n = this.p.chance(0.5) ? 1 : Math.min(most, 2);
    for (let i = 0; i < n; i++) {
      const c = this.p.pick(pool);
      if (c && !out.includes(c) && c !== t.name) out.push(c);
    }
    return out;
  }

  private readonly pickOne = <T>(list: readonly T[]): T => this.p.pick(list);

  private listing(columns: readonly IndexedColumn[], of: string): string {
    if (this.p.chance(0.3))
      return (
        this.p.pick(['', '它们', '其', `这些${of}`, '分别']) +
        columns.map((c) => askFor(c, this.pickOne)).join(this.p.pick(['，', '？', '，以及']))
      );
    const names = columns.map((c) => this.p.column(c));
    const joiner = this.p.pick(['和', '以及', '、', '，', '与', '和']);
    const body =
      names.length > 1 ? `${names.slice(0, -1).join('，')}${joiner}${names[names.length - 1]}` : (names[0] ?? '');
    return this.p.pick([`${body}`, `${of}的${body}`, `其${body}`, `它们的${body}`, `对应的${body}`]);
  }

  private filtered(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const c = this.conditions(t);
    if (!c) return null;
    const base: Query = { ...EMPTY_QUERY, where: c.list, any: c.any };
    const that = c.short && p.chance(0.6) ? `${c.short}的` : `${c.text}的`;
    const r = p.random();
    if (r < 0.35) {
      const question = p.pick([
        `${that}${t.noun}有哪些`,
        `${that}${t.noun}都有哪些`,
        `哪些${t.noun}${c.text}`,
        `哪些${t.noun}的${c.text}`,
        `有哪些${t.noun}${c.text}？`,
        `${this.ask()}${that}${t.noun}`,
        `${this.ask()}${that}${t.noun}的${p.column(t.name)}`,
        `${that}是哪些${t.noun}`,
        `${c.text}时，有哪些${t.noun}`,
        `当${c.text}时，${this.ask()}${t.noun}`,
        `${that}${t.noun}叫什么`,
      ]);
      return { question, query: { ...base, select: [term(t.name)] } };
    }
    const extra = this.extras(t, 2, c.list);
    if (extra.length === 0) return null;
    const names = this.listing(extra, t.noun);
    const asks = extra.map((e) => askFor(e, this.pickOne)).join(p.pick(['，', '？', '，', '，以及']));
    const leading = extra.find((e) => t.classes.includes(e));
    if (r < 0.45 && leading !== undefined) {
      const bare = p.pick([bareName(leading), plainName(leading)]);
      const question = p.pick([
        `哪些${bare}的哪些${t.noun}${c.text}`,
        `${that}${t.noun}有哪些，${p.pick(['都', '分别', ''])}${askFor(leading, this.pickOne)}`,
        `哪个${bare}的哪个${t.noun}${c.text}`,
        `${that}是哪些${t.noun}，${askFor(leading, this.pickOne)}`,
      ]);
      return { question, query: { ...base, select: [term(t.name), term(leading)] } };
    }
    if (r < 0.75) {
      const question = p.pick([
        `${that}${t.noun}有哪些？${asks}？`,
        `哪些${t.noun}${c.text}？${asks}？`,
        `哪些${t.noun}的${c.text}，${p.pick(['', '它们', '分别', `这些${t.noun}`])}${asks}`,
        `${that}${t.noun}是哪些，${p.pick(['还有', '', '以及', '并说明'])}${asks}`,
        `${that}${t.noun}有哪些，${p.pick(['并给出', '以及', '给出', '同时给出', '，'])}${names}`,
        `哪些${t.noun}${c.text}，${p.pick(['以及', '并给出', '它们的', ''])}${names}${p.pick(['', '是什么', '是多少', '分别是什么'])}`,
        `${this.ask()}${that}${t.noun}的${p.column(t.name)}和${extra.map((e) => p.column(e)).join('，')}`,
        `${this.ask()}${that}${t.noun}以及${names}`,
        `${this.ask()}${that}${t.noun}和${names}`,
        `${c.text}的有哪些${t.noun}，${names}是什么`,
      ]);
      return { question, query: { ...base, select: [term(t.name), ...extra.map((e) => term(e))] } };
    }
    const v = this.nameOf(t);
    const named = v !== undefined && String(v).length < 14 && p.chance(0.6);
    const where: Condition[] = named ? [{ left: term(t.name), op: '=', values: [v as string], sub: null }] : c.list;
    const who = named ? String(v) : `${that}${t.noun}`;
    const question = p.pick([
      `${who}的${extra.map((e) => p.column(e)).join(p.pick(['和', '以及', '，', '与']))}${p.pick(['是什么', '是多少', '分别是什么', '', '分别是多少', '各是多少'])}`,
      `${this.ask()}${who}的${extra.map((e) => p.column(e)).join(p.pick(['和', '以及', '，', '与']))}`,
    ]);
    return {
      question,
      query: { ...EMPTY_QUERY, where, any: named ? false : c.any, select: extra.map((e) => term(e)) },
    };
  }

  /** Rows of a table as they are, without a condition. */
  private listed(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const extra = this.extras(t, 3);
    if (extra.length === 0) return null;
    const names = extra.map((e) => p.column(e)).join(p.pick(['和', '以及', '、', '，']));
    const asks = extra.map((e) => askFor(e, this.pickOne)).join(p.pick(['，', '，以及']));
    const named = p.chance(0.6) && !t.name.foreign;
    const question = named
      ? p.pick([
          `有哪些${t.noun}，${p.pick(['它们', '分别', ''])}${asks}`,
          `${this.ask()}${p.pick(['每个', '每一个', '各'])}${t.noun}${p.pick(['及其', '以及它的', '和'])}${names}`,
          `${this.ask()}所有${t.noun}的${p.column(t.name)}${p.pick(['和', '以及', '、'])}${names}`,
          `都有哪些${t.noun}，${names}${p.pick(['是什么', '分别是什么', '是多少', ''])}`,
        ])
      : p.pick([
          `${p.pick(['给出', '列出', '查询', '找到'])}所有${t.noun}的${names}`,
          `${p.pick(['给出', '找出', '查询'])}${t.noun}的${names}`,
          `所有${t.noun}的${names}${p.pick(['是什么', '分别是多少', '各是多少', ''])}`,
        ]);
    return {
      question,
      query: { ...EMPTY_QUERY, select: [...(named ? [term(t.name)] : []), ...extra.map((e) => term(e))] },
    };
  }

  private counted(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const c = p.chance(0.75) ? this.conditions(t) : null;
    const that = c ? (c.short && p.chance(0.6) ? `${c.short}的` : `${c.text}的`) : '';
    const question = p.pick([
      `${that}${t.noun}有多少${p.pick(['个', '', '家', '种'])}`,
      `有多少${p.pick(['个', ''])}${that}${t.noun}`,
      `有几个${that}${t.noun}`,
      `${that}${t.noun}一共有${p.pick(['多少', '几个', '多少个'])}`,
      `${that}${t.noun}的${p.pick(['数量', '个数', '总数'])}${p.pick(['是多少', '', '有多少'])}`,
      `多少${t.noun}${c ? c.text : '在册'}`,
      `统计${that}${t.noun}的数量`,
    ]);
    return { question, query: { ...EMPTY_QUERY, where: c?.list ?? [], any: c?.any ?? false, select: [COUNT] } };
  }

  private aggregate(m: IndexedColumn): { agg: Agg; text: string } {
    const { p } = this;
    const name = p.column(m);
    const agg = p.pick<Agg>(['avg', 'max', 'min', 'sum', 'avg', 'max', 'min']);
    const high = p.pick(['最高', '最大', '最多', '最大']);
    const low = p.pick(['最低', '最小', '最少', '最小']);
    const said: Record<string, string[]> = {
      avg: [`平均${name}`, `${name}的平均值`, `${name}平均`, `平均的${name}`, `${name}均值`],
      max: [`${high}${name}`, `${name}的最大值`, `${high}的${name}`, `${name}${high}`],
      min: [`${low}${name}`, `${name}的最小值`, `${low}的${name}`, `${name}${low}`],
      sum: [`总${name}`, `${name}的总和`, `${name}总和`, `${name}总数`, `${name}一共`, `${name}之和`],
    };
    return { agg, text: p.pick(said[agg]!) };
  }

  /** An aggregate by its name or as a question: 平均有多少座位, 票价最贵多少. */
  private said(m: IndexedColumn, a: { readonly agg: Agg; readonly text: string }): string {
    const { p } = this;
    const counted = countedThing(m);
    const thing = counted ?? p.column(m);
    if (p.chance(0.5)) return a.text;
    const most =
      superlativesOf(m, a.agg === 'max') ?? (a.agg === 'max' ? ['最多', '最高', '最大'] : ['最少', '最低', '最小']);
    switch (a.agg) {
      case 'avg':
        return p.pick([`平均有多少${thing}`, `平均${p.column(m)}是多少`, `${p.column(m)}平均多少`]);
      case 'sum':
        return p.pick([
          `一共有多少${thing}`,
          `总共有多少${thing}`,
          `总的${p.column(m)}是多少`,
          `${p.column(m)}加起来有多少`,
          `${p.column(m)}总共多少`,
        ]);
      default:
        if (this.onlySuperlative(m) && p.chance(0.4))
          return p.pick([
            `${p.pick(most)}是多少`,
            `${p.pick(most)}多少`,
            `${p.pick(most)}的有多少`,
            `${p.pick(most)}是多少`,
          ]);
        return p.pick([
          `${p.pick(most)}有多少${thing}`,
          `${p.column(m)}${p.pick(most)}是多少`,
          `${p.pick(most)}的${p.column(m)}是多少`,
          `${p.column(m)}${p.pick(most)}的有多少`,
        ]);
    }
  }

  /** No other figure of the table is called the heaviest, the dearest, … */
  private onlySuperlative(m: IndexedColumn): boolean {
    const own = superlativesOf(m, true);
    const thing = this.things.find((t) => t.table.id === m.table);
    if (own === null || own[0] === '最高' || thing === undefined) return false;
    return thing.columns.every((c) => c === m || superlativesOf(c, true)?.[0] !== own[0]);
  }

  private aggregated(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const m = p.pick(t.numbers.filter((n) => n.kind === 'number'));
    if (!m) return null;
    const c = p.chance(0.5) ? this.conditions(t) : null;
    const that = c ? (c.short && p.chance(0.6) ? `${c.short}的` : `${c.text}的`) : '';
    const a = this.aggregate(m);
    const list = [term(m, a.agg)];
    const texts = [this.said(m, a)];
    const counted = p.chance(0.18);
    if (counted) {
      list.unshift(COUNT);
      texts.unshift(p.pick(['一共有多少个', '共有多少', '总共有多少', '有多少个', '数量是多少', '有几个']));
    }
    const more = p.chance(0.45) ? (p.chance(0.4) ? 2 : 1) : 0;
    for (let i = 0; i < more; i++) {
      const other = p.pick(t.numbers.filter((n) => n.kind === 'number'));
      if (!other) break;
      const b = this.aggregate(other);
      if (list.some((one) => one.agg === b.agg && one.col === other.id)) continue;
      list.push(term(other, b.agg));
      texts.push(this.said(other, b));
    }
    const text = texts.join(p.pick(['，', '和', '，以及', '以及', '，']));
    if (counted)
      return {
        question: p.pick([
          `${p.pick(['一共有多少', '共有多少', '总共有多少个', '有多少'])}${that}${t.noun}，${p.pick(['它们的', '', '其', '这些'])}${texts.slice(1).join('，')}`,
          `${that}${t.noun}${text}`,
          `所有${that}${t.noun}中，${text}`,
          `在${that}${t.noun}中，${text}`,
        ]),
        query: { ...EMPTY_QUERY, where: c?.list ?? [], any: c?.any ?? false, select: list },
      };
    const question = p.pick([
      `所有${that}${t.noun}中，${text}`,
      `在${that}${t.noun}中，${text}`,
      `${that}${t.noun}${text}`,
      `${that}${t.noun}的${text}${p.pick(['是多少', '有多少', '', '分别是多少'])}`,
      `${this.ask()}${that}${t.noun}的${text}`,
      `${this.ask()}${that}${t.noun}${text}`,
      `${that}${t.noun}，${text}是多少`,
    ]);
    return { question, query: { ...EMPTY_QUERY, where: c?.list ?? [], any: c?.any ?? false, select: list } };
  }

  /** 最高的, 前三的, … with direction and how many. */
  private superlative(m: IndexedColumn): { text: (noun: string) => string; descending: boolean; limit: number } {
    const { p } = this;
    const descending = p.chance(0.62);
    const dated = m.kind === 'date' || /时间|日期|年份/.test(m.name);
    const limit = p.chance(0.45) ? 1 : p.pick([2, 3, 3, 3, 5, 5, 4, 10]);
    const name = p.column(m);
    const k = p.pick([String(limit), ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十'][limit]!]);
    const adjectives = dated ? null : superlativesOf(m, descending);
    const most = dated
      ? descending
        ? p.pick(['最晚', '最近', '最新'])
        : p.pick(['最早', '最久远', '最先'])
      : adjectives !== null && p.chance(0.5)
        ? p.pick(adjectives)
        : descending
          ? p.pick(['最高', '最大', '最多', '最大', '最多'])
          : p.pick(['最低', '最小', '最少', '最少']);
    const way = descending
      ? p.pick(['降序', '从大到小', '从高到低', '从多到少', '由高到低'])
      : p.pick(['升序', '从小到大', '从低到高', '从少到多', '由低到高']);
    const text = (noun: string): string => {
      if (limit === 1)
        return p.pick([
          `${name}${most}的是哪一个${noun}`,
          `${name}排名${descending ? '第一' : '最后'}的${noun}`,
          `${name}${most}的${noun}`,
          `${name}${most}的是哪个${noun}`,
          `哪个${noun}的${name}${most}`,
          `${most}${name}的${noun}`,
          `${name}${most}的一个${noun}`,
        ]);
      const forms = [
        `${name}${most}的${k}个${noun}`,
        `${name}${most}的前${k}个${noun}`,
        `${name}${most}的${k}${p.pick(['个', '家', '位', '种'])}${noun}`,
        `哪${k}个${noun}的${name}${most}`,
        `按${name}${way}排列前${k}的${noun}`,
        `按${name}${way}排列，前${k}个${noun}`,
      ];
      if (!dated || descending)
        forms.push(
          ...(descending
            ? [
                `${name}排名前${k}的${noun}`,
                `${name}前${k}${p.pick(['名', '', '个'])}的${noun}`,
                `${name}排名最高的${k}个${noun}`,
              ]
            : [
                `${name}排名后${k}的${noun}`,
                `${name}倒数${k}${p.pick(['名', '', '个'])}的${noun}`,
                `${name}排名最后的${k}个${noun}`,
                `${name}排名最低的${k}个${noun}`,
              ]),
        );
      return p.pick(forms);
    };
    return { text, descending, limit };
  }

  private extreme(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const m = p.pick(t.numbers);
    if (!m) return null;
    const s = this.superlative(m);
    const c = p.chance(0.4) ? this.conditions(t, 1) : null;
    const extra = p.chance(0.5) ? this.extras(t, 2, c?.list) : [];
    const lead = c
      ? p.pick([
          `${c.text}的${t.noun}中，`,
          `在${c.text}的${t.noun}中，`,
          c.short ? `${c.short}的${t.noun}中，` : `${c.text}时，`,
        ])
      : '';
    let question = `${p.chance(0.5) ? this.ask() : ''}${lead}${s.text(t.noun)}${p.pick(['', '有哪些', '是什么', '是哪些', ''])}`;
    if (extra.length > 0)
      question += p.pick(['，给出', '，并给出', '以及', '，以及', '和', '，']) + this.listing(extra, t.noun);
    return {
      question,
      query: {
        ...EMPTY_QUERY,
        select: [term(t.name), ...extra.map((e) => term(e))],
        where: c?.list ?? [],
        any: c?.any ?? false,
        order: [term(m)],
        descending: s.descending,
        limit: s.limit,
      },
    };
  }

  private ordered(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const m = p.pick(t.numbers);
    if (!m) return null;
    const descending = p.chance(0.5);
    const dated = m.kind === 'date';
    const way = p.chance(0.35)
      ? p.pick(orderWords(m, descending))
      : descending
        ? p.pick(['降序', '从大到小', dated ? '从晚到早' : '从高到低', '从多到少', '由高到低', '倒序', '递减'])
        : p.pick(['升序', '从小到大', dated ? '从早到晚' : '从低到高', '从少到多', '由低到高', '正序', '递增']);
    const c = p.chance(0.45) ? this.conditions(t) : null;
    const that = c ? `${c.text}的` : '';
    const extra = p.chance(0.6) ? this.extras(t, 2, c?.list) : [];
    const names = extra.length > 0 ? this.listing(extra, t.noun) : '';
    const name = p.column(m);
    const limit = p.chance(0.3) ? p.pick([1, 3, 3, 5, 10, 2]) : null;
    const first = limit === null ? '' : p.pick([`前${limit}${p.pick(['个', '', '名'])}`, `排名前${limit}的`]);
    const by = p.pick([
      `按${name}${way}排列`,
      `按照${name}${way}排序`,
      `根据${name}${way}`,
      `按${name}${way}`,
      `按${name}的${way}排列`,
    ]);
    const question = p.pick([
      `${that}${t.noun}${by}，给出${first}${t.noun}${names ? `和${names}` : ''}`,
      `${by}，${that}${first}${t.noun}有哪些${names ? `，${names}` : ''}`,
      ...(limit === null ? [] : [`${by}给出${that}${first}${t.noun}${names ? `以及${names}` : ''}`]),
      ...(limit !== null
        ? []
        : [
            `${that}${t.noun}${by}${p.pick(['，', '，都', '，分别'])}有哪些${names ? `，${p.pick(['并给出', '以及', ''])}${names}` : ''}`,
            `${by}，${this.ask()}${that}${t.noun}${names ? `以及${names}` : ''}`,
            `${this.ask()}${that}${t.noun}${names ? `和${names}` : ''}，${by}`,
            `${by}，${p.pick(['都有哪些', '有哪些', '列出所有'])}${that}${t.noun}${names ? `，${names}` : ''}`,
            `${p.pick(['将', '把'])}${that}${t.noun}${by}${names ? `，给出${names}` : ''}`,
          ]),
    ]);
    return {
      question,
      query: {
        ...EMPTY_QUERY,
        select: [term(t.name), ...extra.map((e) => term(e))],
        where: c?.list ?? [],
        any: c?.any ?? false,
        order: [term(m)],
        descending,
        limit,
      },
    };
  }

  private each(c: IndexedColumn): string {
    const name = this.p.column(c);
    return this.p.pick([`每个${name}`, `各${name}`, `各个${name}`, `不同${name}`, `每种${name}`, `每一个${name}`]);
  }

  private grouped(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const g = p.pick(t.classes);
    if (!g) return null;
    const c = p.chance(0.4) ? this.conditions(t) : null;
    const m = p.pick(t.numbers.filter((n) => n.kind === 'number'));
    const pair = g.values.map(String).filter((v) => v.length <= 4 && !/^[是否]$/u.test(v));
    const each =
      pair.length >= 2 && g.distinct <= 4 && p.chance(0.3)
        ? p.pick([`${pair[0]}和${pair[1]}的`, `分别给出${pair[0]}与${pair[1]}的`, `${pair[0]}、${pair[1]}各自的`])
        : this.each(g);
    const name = p.column(g);
    const that = c ? `${c.text}的` : '';
    const head = c && p.chance(0.5) ? `${c.text}时，` : '';
    const inner = head === '' ? that : '';
    const counts = !m || p.chance(0.4);
    const items: Term[] = [];
    let text: string;
    if (counts) {
      items.push(COUNT);
      text = p.pick([
        `${each}${inner}${t.noun}的数量`,
        `${each}有多少${inner}${t.noun}`,
        `${each}有多少个${inner}${t.noun}`,
        `${each}${inner}${t.noun}有几个`,
        `${each}的${inner}${t.noun}数量是多少`,
        `统计${each}的${inner}${t.noun}数`,
        `按${name}统计${inner}${t.noun}的数量`,
        `${each}分别有多少${inner}${t.noun}`,
        `${each}${inner}${t.noun}各有多少`,
      ]);
    } else {
      const a = this.aggregate(m!);
      items.push(term(m!, a.agg));
      const said = this.said(m!, a);
      text = p.pick([
        `${each}的${inner}${t.noun}中，${said}`,
        `${each}${inner}${t.noun}${said}`,
        `${each}的${inner}${t.noun}的${a.text}`,
        `${each}${inner}${t.noun}${a.text}是多少`,
        `${each}中${inner}${t.noun}的${a.text}`,
        `${each}的${a.text}`,
        `${each}${p.pick(['包含', '拥有', '对应', '下', '旗下', '所有', '内', ''])}的${p.pick(['所有', '', '所有'])}${inner}${t.noun}中，${said}`,
        `${each}${p.pick(['包含', '拥有', '对应', '下', ''])}的${inner}${t.noun}，${said}`,
        `在${each}的${inner}${t.noun}中，${said}`,
      ]);
    }
    const other = p.pick(t.numbers.filter((n) => n.kind === 'number'));
    if (p.chance(0.42) && other && other !== m) {
      const b = this.aggregate(other);
      items.push(term(other, b.agg));
      text += p.pick(['和', '以及', '，', '，以及']) + this.said(other, b);
    }
    const sorted = p.chance(0.15);
    const descending = p.chance(0.6);
    if (sorted)
      text += `，按${counts ? '数量' : ''}${descending ? p.pick(['从多到少', '降序', '从高到低']) : p.pick(['从少到多', '升序', '从低到高'])}排列`;
    return {
      question: `${head}${this.ask()}${text}`,
      query: {
        ...EMPTY_QUERY,
        select: [term(g), ...items],
        where: c?.list ?? [],
        any: c?.any ?? false,
        group: [g.id],
        order: sorted ? [items[0]!] : [],
        descending: sorted && descending,
      },
    };
  }

  private groupedExtreme(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const g = p.pick(t.classes);
    if (!g) return null;
    const m = p.pick(t.numbers.filter((n) => n.kind === 'number'));
    const byCount = !m || p.chance(0.6);
    const descending = p.chance(0.65);
    const limit = p.chance(0.55) ? 1 : p.pick([2, 3, 3, 5]);
    const name = p.column(g);
    const k = p.pick([String(limit), ['', '一', '两', '三', '四', '五'][limit]!]);
    const c = p.chance(0.35) ? this.conditions(t) : null;
    const lead =
      c && p.chance(0.5) ? p.pick([`${c.text}时，`, `${c.text}的${t.noun}中，`, `在${c.text}的${t.noun}中，`]) : '';
    const inner = c && lead === '' ? `${c.text}的` : '';
    let key: Term;
    let text: string;
    if (byCount) {
      key = COUNT;
      const most = descending ? p.pick(['最多', '数量最多', '最多']) : p.pick(['最少', '数量最少']);
      text =
        limit === 1
          ? p.pick([
              `${inner}${t.noun}${most}的${name}`,
              `哪个${name}的${inner}${t.noun}${most}`,
              `哪个${name}有${most}的${inner}${t.noun}`,
              `${inner}${t.noun}${most}的是哪个${name}`,
              `哪种${name}拥有的${inner}${t.noun}${most}`,
            ])
          : p.pick([
              `${inner}${t.noun}${most}的${k}个${name}`,
              `哪${k}个${name}的${inner}${t.noun}${most}`,
              `${inner}${t.noun}数量排名${descending ? '前' : '后'}${k}的${name}`,
              `拥有${inner}${t.noun}${most}的${k}个${name}`,
            ]);
    } else {
      const agg = p.pick<Agg>(['avg', 'sum', 'avg']);
      key = term(m!, agg);
      const what =
        agg === 'avg'
          ? p.pick([`平均${p.column(m!)}`, `${p.column(m!)}平均值`])
          : p.pick([`总${p.column(m!)}`, `${p.column(m!)}总和`, `${p.column(m!)}加起来`]);
      const most = descending ? p.pick(['最高', '最大', '最多']) : p.pick(['最低', '最小', '最少']);
      text =
        limit === 1
          ? p.pick([
              `${inner}${t.noun}${what}${most}的${name}`,
              `哪个${name}的${inner}${t.noun}${what}${most}`,
              `${inner}${t.noun}${what}${most}的是哪个${name}`,
            ])
          : p.pick([
              `${inner}${t.noun}${what}${most}的${k}个${name}`,
              `哪${k}个${name}的${inner}${t.noun}${what}${most}`,
              `${inner}${t.noun}${what}${descending ? '排名前' : '排名后'}${k}的${name}`,
            ]);
    }
    const select: Term[] = [term(g)];
    const shown = p.chance(0.25) ? m : p.pick(t.numbers.filter((n) => n.kind === 'number'));
    if (p.chance(0.4) && shown) {
      const a = this.aggregate(shown);
      select.push(term(shown, a.agg));
      text +=
        p.pick(['，给出', '，并给出', '，以及', '以及', '，', '？']) +
        p.pick(['', `${t.noun}的`, '其', '它们的', `这些${t.noun}`]) +
        this.said(shown, a);
    } else if (byCount && p.chance(0.1)) {
      select.push(COUNT);
      text += p.pick(['，有多少个', '，数量是多少', '，并给出数量']);
    }
    return {
      question: `${lead}${p.chance(0.5) ? this.ask() : ''}${text}`,
      query: {
        ...EMPTY_QUERY,
        select,
        where: c?.list ?? [],
        any: c?.any ?? false,
        group: [g.id],
        order: [key],
        descending,
        limit,
      },
    };
  }

  private countComparison(): { op: Op; n: number; text: string } {
    const { p } = this;
    const n = p.pick([1, 2, 2, 3, 3, 4, 5, 6, 10]);
    const k = p.chance(0.35) && n < 10 ? ['', '一', '两', '三', '四', '五', '六'][n]! : String(n);
    const u = p.pick(['个', '个', '家', '种', '位', '次']);
    const op = p.pick<Op>(['>', '>=', '<', '<=', '=', '>', '>=']);
    const said: Partial<Record<Op, string[]>> = {
      '>': [`超过${k}${u}`, `多于${k}${u}`, `大于${k}${u}`, `${k}${u}以上`, `不止${k}${u}`],
      '>=': [`不少于${k}${u}`, `至少${k}${u}`, `不低于${k}${u}`, `大于等于${k}${u}`, `至少有${k}${u}`],
      '<': [`少于${k}${u}`, `不到${k}${u}`, `小于${k}${u}`, `不足${k}${u}`],
      '<=': [`不超过${k}${u}`, `不多于${k}${u}`, `最多${k}${u}`, `至多${k}${u}`, `小于等于${k}${u}`],
      '=': [`正好${k}${u}`, `等于${k}${u}`, `恰好${k}${u}`, `有${k}${u}`, `为${k}${u}`],
    };
    return { op, n, text: p.pick(said[op]!) };
  }

  private having(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const g = p.pick(t.classes);
    if (!g) return null;
    const name = p.column(g);
    const c = p.chance(0.35) ? this.conditions(t) : null;
    const inner = c ? `${c.text}的` : '';
    const head =
      c && p.chance(0.5) ? p.pick([`${c.text}时，`, `${c.text}的${t.noun}中，`, `在${c.text}的${t.noun}中，`]) : '';
    const that = head === '' ? inner : '';
    const m = p.pick(t.numbers.filter((n) => n.kind === 'number'));
    let condition: Condition;
    let text: string;
    if (!m || p.chance(0.65)) {
      const k = this.countComparison();
      condition = { left: COUNT, op: k.op, values: [k.n], sub: null };
      text = p.pick([
        `${that}${t.noun}${k.text}的${name}`,
        `哪些${name}的${that}${t.noun}${k.text}`,
        `${that}${t.noun}数量${k.text}的${name}有哪些`,
        `拥有${that}${t.noun}${k.text}的${name}`,
        `哪些${name}有${k.text}${that}${t.noun}`,
        `哪些${name}的${that}${t.noun}数${k.text}`,
        `${that}${t.noun}${k.text}的有哪些${name}`,
        `${k.text}${that}${t.noun}的${name}有哪些`,
      ]);
    } else if (p.chance(0.4)) {
      const agg = p.pick<Agg>(['avg', 'avg', 'sum', 'max', 'min']);
      const op = p.pick<Op>(['>', '<', '>=', '<=']);
      const sub: Query = { ...EMPTY_QUERY, select: [term(m, 'avg')] };
      condition = { left: term(m, agg), op, values: [], sub };
      const what = p.pick(
        {
          avg: [`平均${p.column(m)}`, `${p.column(m)}平均值`],
          sum: [`总${p.column(m)}`, `${p.column(m)}总和`],
          max: [`最高${p.column(m)}`, `${p.column(m)}最大值`],
          min: [`最低${p.column(m)}`, `${p.column(m)}最小值`],
        }[agg as 'avg'],
      );
      const word = p.pick(COMPARED[op as '>']);
      text = p.pick([
        `哪些${name}的${that}${t.noun}${what}${word}所有${t.noun}的平均${p.column(m)}`,
        `${that}${t.noun}${what}${word}所有${t.noun}${p.column(m)}平均值的${name}有哪些`,
        `哪些${name}${what}${word}${t.noun}的平均水平`,
      ]);
    } else {
      const agg = p.pick<Agg>(['avg', 'sum', 'max', 'min', 'avg']);
      const raw = p.threshold(m);
      if (typeof raw !== 'number') return null;
      const value = raw < 1 ? raw : Math.round(raw);
      const cmp = p.comparison(m, value);
      if (cmp.op === '!=') return null;
      condition = { left: term(m, agg), op: cmp.op, values: [value], sub: null };
      const what = {
        avg: `平均${p.column(m)}`,
        sum: `总${p.column(m)}`,
        max: `最高${p.column(m)}`,
        min: `最低${p.column(m)}`,
      }[agg as 'avg']!;
      text = p.pick([
        `${that}${t.noun}${what}${cmp.text}的${name}`,
        `哪些${name}的${that}${t.noun}的${what}${cmp.text}`,
        `哪些${name}${what}${cmp.text}`,
      ]);
    }
    const select: Term[] = [term(g)];
    const other = p.pick(t.numbers.filter((n) => n.kind === 'number'));
    if (p.chance(0.45) && other) {
      const a = this.aggregate(other);
      select.push(term(other, a.agg));
      text +=
        p.pick(['，给出', '，并给出', '，以及', '以及', '，', '？', '，以及给出']) +
        p.pick(['', `${t.noun}的`, '这些', '其', '它们', `这些${t.noun}的`]) +
        this.said(other, a);
    }
    return {
      question: `${head}${text}`,
      query: { ...EMPTY_QUERY, select, where: c?.list ?? [], any: c?.any ?? false, group: [g.id], having: [condition] },
    };
  }

  private nested(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const m = p.pick(t.numbers.filter((n) => n.kind === 'number'));
    if (!m) return null;
    const higher = p.chance(0.6);
    const op = higher ? p.pick<Op>(['>', '>', '>=']) : p.pick<Op>(['<', '<', '<=']);
    const words: Record<string, string[]> = {
      '>': ['高于', '大于', '超过', '多于'],
      '>=': ['不低于', '不小于', '大于等于', '不少于'],
      '<': ['低于', '小于', '少于'],
      '<=': ['不高于', '不超过', '小于等于', '不大于'],
    };
    const w = p.pick(words[op]!);
    const name = p.column(m);
    const extra = p.chance(0.4) ? this.extras(t) : [];
    const tail =
      extra.length > 0
        ? p.pick(['，并给出', '，以及', '，给出']) + this.listing(extra, t.noun)
        : p.pick(['有哪些', '', '是哪些']);
    const select = [term(t.name), ...extra.map((e) => term(e))];
    if (p.chance(0.08)) {
      const best = p.chance(0.6);
      const which = p.pick(best ? ['最大', '最高', '最多'] : ['最小', '最低', '最少']);
      const not = p.pick([`${name}不是${which}的`, `${name}不为${which}的`, `${name}并非${which}的`]);
      return {
        question: p.pick([
          `${not}${t.noun}${tail}`,
          `哪些${t.noun}的${not.slice(0, -1)}${tail === '有哪些' || tail === '是哪些' ? '' : tail}`,
        ]),
        query: {
          ...EMPTY_QUERY,
          select,
          where: [
            {
              left: term(m),
              op: best ? '<' : '>',
              values: [],
              sub: { ...EMPTY_QUERY, select: [term(m, best ? 'max' : 'min')] },
            },
          ],
        },
      };
    }
    const r = p.random();
    let sub: Query;
    let text: string;
    if (r < 0.5) {
      sub = { ...EMPTY_QUERY, select: [term(m, 'avg')] };
      text = p.pick([
        `${name}${w}平均${name}的${t.noun}`,
        `${name}${w}平均值的${t.noun}`,
        `${name}${w}所有${t.noun}${name}的平均值的${t.noun}`,
        `哪些${t.noun}的${name}${w}平均水平`,
        `${name}${w}${t.noun}平均${name}的${t.noun}`,
      ]);
    } else if (r < 0.75) {
      const v = this.nameOf(t);
      if (v === undefined || String(v).length > 14) return null;
      sub = {
        ...EMPTY_QUERY,
        select: [term(m)],
        where: [{ left: term(t.name), op: '=', values: [v as string], sub: null }],
      };
      text = p.pick([
        `${name}比${v}${higher ? p.pick(['高', '多', '大']) : p.pick(['低', '少', '小'])}的${t.noun}`,
        `${name}${w}${v}的${t.noun}`,
        `哪些${t.noun}的${name}比${v}${higher ? '高' : '低'}`,
      ]);
      const strict: Op = text.includes('比') ? (higher ? '>' : '<') : op;
      return {
        question: text + tail,
        query: { ...EMPTY_QUERY, select, where: [{ left: term(m), op: strict, values: [], sub }] },
      };
    } else {
      const g = p.pick(t.classes);
      const c = g && p.condition(g);
      if (c?.condition.op !== '=') return null;
      const agg = p.pick<Agg>(['max', 'min', 'avg']);
      const best = { max: ['最高', '最大', '最多'], min: ['最低', '最小', '最少'], avg: ['平均'] }[agg as 'max']!;
      sub = { ...EMPTY_QUERY, select: [term(m, agg)], where: [c.condition] };
      const who = c.short ?? c.text;
      text =
        agg === 'avg'
          ? `${name}${w}${who}的${t.noun}平均${name}的${t.noun}`
          : p.pick([
              `${name}${w}${who}的${t.noun}${p.pick(best)}${name}的${t.noun}`,
              `哪些${t.noun}的${name}${w}${who}的${t.noun}的${p.pick(best)}${name}`,
            ]);
    }
    return {
      question: text + tail,
      query: { ...EMPTY_QUERY, select, where: [{ left: term(m), op, values: [], sub }] },
    };
  }

  private excluded(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const g = p.pick(t.classes);
    if (!g) return null;
    const name = p.column(g);
    const negative = p.chance(0.65);
    const op: Op = negative ? 'not in' : 'in';
    let sub: Query;
    let which: string;
    if (p.chance(0.6)) {
      const descending = p.chance(0.6);
      const limit = p.pick([1, 2, 2, 3]);
      const k = ['', '一', '两', '三'][limit]!;
      sub = { ...EMPTY_QUERY, select: [term(g)], group: [g.id], order: [COUNT], descending, limit };
      which = `${t.noun}${descending ? '最多' : '最少'}的${limit === 1 ? '' : `${p.pick([k, String(limit)])}个`}${name}`;
    } else {
      const k = this.countComparison();
      sub = {
        ...EMPTY_QUERY,
        select: [term(g)],
        group: [g.id],
        having: [{ left: COUNT, op: k.op, values: [k.n], sub: null }],
      };
      which = `${t.noun}${k.text}的${name}`;
    }
    const question = negative
      ? p.pick([
          `除了${which}之外，其他${name}的${t.noun}有哪些`,
          `不属于${which}的${t.noun}有哪些`,
          `除${which}外，给出其他${name}的${t.noun}`,
          `不在${which}的${t.noun}`,
          `给出不属于${which}的${t.noun}`,
        ])
      : p.pick([
          `属于${which}的${t.noun}有哪些`,
          `${which}有哪些${t.noun}`,
          `给出${which}的${t.noun}`,
          `在${which}中，有哪些${t.noun}`,
        ]);
    return {
      question,
      query: { ...EMPTY_QUERY, select: [term(t.name)], where: [{ left: term(g), op, values: [], sub }] },
    };
  }

  /** 既有…又有…, 有…但没有…, …或者… of a class column. */
  private both(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const g = p.pick(t.classes);
    const a = this.conditions(t, 1);
    const b = this.conditions(t, 1);
    if (!g || !a || !b || a.list[0]!.left.col === g.id || b.list[0]!.left.col === g.id || a.text === b.text)
      return null;
    const op = p.pick<SetOp>(['intersect', 'except', 'intersect']);
    const name = p.column(g);
    const question =
      op === 'intersect'
        ? p.pick([
            `哪些${name}既有${a.text}的${t.noun}，又有${b.text}的${t.noun}`,
            `同时有${a.text}的${t.noun}和${b.text}的${t.noun}的${name}`,
            `哪些${name}有${a.text}的${t.noun}，也有${b.text}的${t.noun}`,
          ])
        : p.pick([
            `哪些${name}有${a.text}的${t.noun}，但没有${b.text}的${t.noun}`,
            `有${a.text}的${t.noun}而没有${b.text}的${t.noun}的${name}有哪些`,
          ]);
    const side = (c: Condition[]): Query => ({ ...EMPTY_QUERY, select: [term(g)], where: c });
    return { question, query: { ...side(a.list), set: { op, right: side(b.list) } } };
  }

  /** Two rankings of the same things, together, or one or the other, or one with a condition. */
  private topBoth(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const m1 = p.pick(t.numbers);
    const m2 = p.pick(t.numbers);
    if (!m1 || !m2 || m1 === m2) return null;
    const op = p.pick<SetOp>(['intersect', 'union', 'except', 'intersect', 'union']);
    const side = (m: IndexedColumn): { query: Query; text: string } => {
      const descending = p.chance(0.6);
      const limit = p.pick([3, 5, 3, 2, 4, 10]);
      const name = p.column(m);
      const text = descending
        ? p.pick([
            `${name}排名前${limit}`,
            `${name}前${limit}`,
            `${name}最${m.kind === 'date' ? '晚' : p.pick(['高', '多', '大'])}的${limit}个`,
            `${name}降序排名前${limit}`,
            `${name}从高到低前${limit}`,
          ])
        : p.pick([
            `${name}排名后${limit}`,
            `${name}倒数前${limit}`,
            `${name}倒数${limit}名`,
            `${name}最${m.kind === 'date' ? '早' : p.pick(['低', '少', '小'])}的${limit}个`,
            `${name}升序排名前${limit}`,
          ]);
      return { query: { ...EMPTY_QUERY, select: [term(t.name)], order: [term(m)], descending, limit }, text };
    };
    let a = side(m1);
    let b = side(m2);
    if (p.chance(0.4)) {
      const c = this.conditions(t, 1);
      if (c) b = { query: { ...EMPTY_QUERY, select: [term(t.name)], where: c.list }, text: c.text };
    }
    const join = {
      intersect: ['，同时', '且', '并且', '，而且'],
      union: ['或者', '或', '，或者'],
      except: ['，但不是', '但不属于', '，但不在', '，不包括'],
    }[op as 'union']!;
    if (p.chance(0.25)) [a, b] = [b, a];
    const without = p.pick(['但不包括', '但是不包含', '但是排除', '不要', '，但去掉', '，其中不包括', '，但不含']);
    const whole = p.pick([
      `${p.pick(['给出', '找到', '列出', ''])}${a.text}的${t.noun}，${without}${b.text}的${t.noun}`,
      `${p.pick(['给出', '找到', '列出', ''])}${a.text}的${t.noun}，${without}${b.text}的`,
    ]);
    if (op === 'except' && p.chance(0.6))
      return { question: whole, query: { ...a.query, set: { op, right: b.query } } };
    const question = p.pick([
      `${a.text}的${t.noun}${p.pick(op === 'union' ? ['或者', '或', '和'] : op === 'intersect' ? ['，同时又是', '，也是'] : ['，但不是'])}${b.text}的${t.noun}有哪些`,
      `${a.text}${p.pick(join)}${b.text}的${t.noun}有哪些`,
      `哪些${t.noun}的${a.text}${p.pick(join)}${b.text}`,
      `给出${a.text}${p.pick(join)}${b.text}的${t.noun}`,
    ]);
    return { question, query: { ...a.query, set: { op, right: b.query } } };
  }

  private joined(): Synthetic | null {
    const { p } = this;
    const t = p.pick(this.things.filter((x) => x.parents.length > 0));
    if (!t) return null;
    const { to } = p.pick(t.parents);
    const onParent = p.chance(0.6);
    const c = this.conditions(onParent ? to : t, 2);
    if (!c) return null;
    const mine = this.extras(t);
    const select: Term[] = [];
    let text: string;
    const r = p.random();
    const whose = onParent ? `${c.text}的${to.noun}` : `${to.noun}`;
    const that = onParent ? '' : `${c.text}的`;
    if (r < 0.35 && onParent) {
      select.push(...mine.map((e) => term(e)));
      const names = mine.map((e) => p.column(e)).join(p.pick(['和', '，', '以及']));
      const v = p.chance(0.4) ? this.nameOf(to) : undefined;
      if (v !== undefined && String(v).length < 14) {
        text = p.pick([
          `${v}的${t.noun}的${names}`,
          `${v}的${names}${p.pick(['是多少', '是什么', '分别是多少'])}`,
          `${v}的${t.noun}有哪些${names}`,
        ]);
        return {
          question: text,
          query: {
            ...EMPTY_QUERY,
            select,
            where: [{ left: term(to.name), op: '=', values: [v as string], sub: null }],
          },
        };
      }
      text = p.pick([`${this.ask()}${whose}的${t.noun}的${names}`, `${whose}对应的${t.noun}${names}是什么`]);
    } else {
      const parts: IndexedColumn[] = p.chance(0.65) ? this.extras(to, 2) : [];
      if (p.chance(0.3) && !t.name.foreign && !mine.includes(t.name)) mine.unshift(t.name);
      select.push(term(to.name), ...parts.map((e) => term(e)), ...mine.map((e) => term(e)));
      const mineNames = mine.map((e) => p.column(e)).join(p.pick(['和', '，', '以及']));
      const theirs = parts.map((e) => p.column(e)).join('和');
      const both = [theirs, mineNames].filter((x) => x !== '').join(p.pick(['，', '以及', '和', '，以及']));
      text = p.pick([
        `在${to.noun}的${t.noun}中，${this.ask()}${c.text}的${to.noun}，以及${both}`,
        `${that}${t.noun}中，当${onParent ? `${to.noun}的` : ''}${c.text}时，给出${to.noun}及${both}`,
        `${this.ask()}${whose}${that === '' ? '' : `中${that}`}${t.noun}，${p.pick(['对应的', ''])}${to.noun}和${both}`,
        `在各${to.noun}的${t.noun}中，${c.text}的${onParent ? to.noun : t.noun}有哪些，给出${to.noun}，${both}`,
        `哪些${to.noun}${onParent ? c.text : `的${t.noun}${c.text}`}，${p.pick(['并给出', '以及'])}${both}`,
      ]);
      if (t.name !== t.parents[0]?.key && p.chance(0.3) && !mine.includes(t.name)) {
        select.splice(0, select.length, term(t.name), term(to.name));
        text = p.pick([`${this.ask()}${whose}的${t.noun}及其${to.noun}`, `${whose}有哪些${t.noun}，${to.noun}是什么`]);
        if (!onParent) return null;
      }
    }
    const sorted = p.chance(0.15) ? p.pick(t.numbers) : undefined;
    const descending = p.chance(0.5);
    if (sorted)
      text += `，按${p.column(sorted)}${descending ? p.pick(['降序', '从大到小', '从高到低']) : p.pick(['升序', '从小到大', '从低到高'])}排列`;
    return {
      question: text,
      query: {
        ...EMPTY_QUERY,
        select,
        where: c.list,
        any: c.any,
        order: sorted ? [term(sorted)] : [],
        descending: sorted !== undefined && descending,
      },
    };
  }

  private joinedGroup(): Synthetic | null {
    const { p } = this;
    const t = p.pick(this.things.filter((x) => x.parents.length > 0));
    if (!t) return null;
    const { key, to } = p.pick(t.parents);
    const m = p.pick(t.numbers.filter((n) => n.kind === 'number'));
    const parts = p.chance(0.4) ? this.extras(to, 1) : [];
    const select: Term[] = [term(to.name), ...parts.map((e) => term(e))];
    const theirs = parts.map((e) => p.column(e)).join('和');
    const and =
      theirs === ''
        ? ''
        : `${p.pick(['，', '以及', '，给出', '和', '？并给出', '？', '，并给出'])}${p.pick(['其', '', '所属的', '它的', `这些${to.noun}的`])}${theirs}`;
    const onParent = p.chance(0.55);
    const c = p.chance(0.4) ? this.conditions(onParent ? to : t, onParent ? 2 : 1) : null;
    const lead = c
      ? onParent
        ? p.pick([
            `当${c.text}时，`,
            `${c.text}的${to.noun}中，`,
            `在${c.text}的${to.noun}中，`,
            `${c.text}的${to.noun}中，`,
          ])
        : p.pick([`当${c.text}时，`, `${c.text}时，`, `在${c.text}的情况下，`])
      : p.pick(['', '', `在各${to.noun}的${t.noun}中，`, `在${t.noun}中，`]);
    const f = p.chance(0.25) ? m : p.pick(t.numbers.filter((n) => n.kind === 'number'));
    const a = f ? this.aggregate(f) : null;
    const r = p.random();
    const query: Query = { ...EMPTY_QUERY, where: c?.list ?? [], any: c?.any ?? false, group: [key.id], select };
    const total = a && f && p.chance(0.6);
    const item = total ? term(f!, a!.agg) : COUNT;
    const what = total
      ? p.pick([
          `${t.noun}的${a!.text}`,
          a!.text,
          `其${t.noun}${a!.text}`,
          this.said(f!, a!),
          `${t.noun}${this.said(f!, a!)}`,
        ])
      : p.pick([`有多少${t.noun}`, `${t.noun}的数量`, `有几个${t.noun}`, `${t.noun}数量`]);
    const asks = parts.map((e) => askFor(e, this.pickOne)).join('，');
    if (r < 0.25 && total) {
      const own = p.chance(0.6) ? this.conditions(to, 1) : null;
      const opening = own === null ? p.pick(['', `在各${to.noun}的${t.noun}中，`, `在${to.noun}的${t.noun}中，`]) : '';
      const owner = own === null ? p.pick([`每个${to.noun}`, to.noun, `各${to.noun}`]) : `${own.text}的${to.noun}`;
      const which = own === null ? '' : own.text;
      const middle =
        theirs === ''
          ? ''
          : p.pick([`及其${theirs}`, `和${theirs}`, `，其${theirs}`, `，${asks}`, `，它${asks}`, `，给出${theirs}`]);
      const tail =
        p.pick(['，并给出', '，以及', '，给出', '，以及给出', '，']) + p.pick(['', '对应的', '对应', '其']) + what;
      return {
        question: p.pick([
          `${opening}${p.pick(['给出', '找出', '找到', '列出'])}${owner}${middle}${tail}`,
          own === null ? `${opening}都有哪些${to.noun}${middle}${tail}` : `哪些${to.noun}的${which}${middle}${tail}`,
          own === null ? `${opening}${owner}${middle}${tail}` : `${owner}有哪些${middle}${tail}`,
        ]),
        query: { ...query, where: own?.list ?? [], any: own?.any ?? false, select: [...select, item] },
      };
    }
    if (r < 0.35 && m) {
      const agg = p.pick<Agg>(['avg', 'sum', 'avg', 'max', 'min']);
      const raw = p.threshold(m);
      if (typeof raw !== 'number') return null;
      const value = raw < 1 ? raw : Math.round(raw);
      const cmp = p.comparison(m, value);
      if (cmp.op === '!=') return null;
      const figure = p.pick(
        {
          avg: [`平均${p.column(m)}`, `${p.column(m)}的平均值`],
          sum: [`总${p.column(m)}`, `${p.column(m)}的总和`],
          max: [`最大${p.column(m)}`, `${p.column(m)}的最大值`],
          min: [`最小${p.column(m)}`, `${p.column(m)}的最小值`],
        }[agg as 'avg'],
      );
      const list = total ? [...select, item] : select;
      const tail = total ? p.pick(['，以及', '，并给出', '，给出', '以及']) + what : '';
      return {
        question: `${lead}${p.pick([
          `${t.noun}的${figure}${cmp.text}的${to.noun}${p.pick(['有哪些', '是哪些', ''])}${and}${tail}`,
          `哪些${to.noun}的${t.noun}${figure}${cmp.text}${and}${tail}`,
          `当${t.noun}的${figure}${cmp.text}时，给出${to.noun}${and}${tail}`,
        ])}`,
        query: { ...query, select: list, having: [{ left: term(m, agg), op: cmp.op, values: [value], sub: null }] },
      };
    }
    if (r < 0.5) {
      const question = `${lead}${p.pick([`每个${to.noun}${what}`, `各${to.noun}的${what}`, `给出每个${to.noun}${and}，以及${what}`, `各个${to.noun}${and}，${what}是多少`])}`;
      const named = question.includes(theirs) ? select : [term(to.name)];
      return { question, query: { ...query, select: [...named, item] } };
    }
    if (r < 0.7) {
      const k = this.countComparison();
      const list = total ? [...select, item] : select;
      const tail = total ? p.pick(['，以及', '，并给出', '和']) + what : '';
      return {
        question: `${lead}${p.pick([`${p.pick(['有', '拥有', ''])}${t.noun}${k.text}的${to.noun}${p.pick(['有哪些', '是哪些', ''])}${and}${tail}`, `哪些${to.noun}的${t.noun}${k.text}${and}${tail}`, `给出${t.noun}数量${k.text}的${to.noun}${and}${tail}`])}`,
        query: { ...query, select: list, having: [{ left: COUNT, op: k.op, values: [k.n], sub: null }] },
      };
    }
    const descending = p.chance(0.65);
    const limit = p.chance(0.5) ? 1 : p.pick([2, 3, 3, 5]);
    const number = limit === 1 ? '' : `${p.pick([String(limit), ['', '一', '两', '三', '四', '五'][limit]!])}个`;
    const sortByTotal = m !== undefined && p.chance(0.5);
    const measure = p.pick<Agg>(['sum', 'avg', 'avg']);
    const by = sortByTotal
      ? measure === 'avg'
        ? p.pick([`${t.noun}平均${p.column(m!)}`, `${t.noun}的${p.column(m!)}平均值`, `平均${p.column(m!)}`])
        : p.pick([`${t.noun}总${p.column(m!)}`, `${p.column(m!)}总和`])
      : p.pick([`${t.noun}`, `${t.noun}数量`, `拥有的${t.noun}`]);
    const most = descending ? '最多' : '最少';
    const list = total ? [...select, item] : select;
    const tail = total ? p.pick(['，以及', '，并给出', '，给出']) + what : '';
    if (!sortByTotal && limit > 1 && p.chance(0.35)) {
      const rank = descending ? p.pick([`前${limit}`, `前${limit}名`]) : p.pick([`后${limit}`, `最后${limit}名`]);
      const asked = [
        p.pick([to.noun, `${to.noun}的${p.column(to.name)}`]),
        ...parts.map((e) => p.pick([p.column(e), `${to.noun}的${p.column(e)}`])),
      ].join(p.pick(['和', '以及', '，']));
      return {
        question: p.pick([
          `${lead}${t.noun}的数量排名${rank}时，给出${asked}${tail}`,
          `${lead}${t.noun}数量排名${rank}的${to.noun}${and}${tail}`,
          `${lead}按${t.noun}数量${descending ? '从多到少' : '从少到多'}${rank}的${to.noun}，给出${asked}${tail}`,
        ]),
        query: { ...query, select: list, order: [COUNT], descending, limit },
      };
    }
    return {
      question: `${lead}${p.pick([`${by}${most}的${number}${to.noun}${p.pick(['有哪些', '是哪个', ''])}${and}${tail}`, `哪${number === '' ? '个' : number}${to.noun}的${by}${most}${and}${tail}`])}`,
      query: { ...query, select: list, order: [sortByTotal ? term(m!, measure) : COUNT], descending, limit },
    };
  }

  /** What things belong to, with an attribute of that and a figure over the things: name, city, and total of each. */
  private owners(): Synthetic | null {
    const { p } = this;
    const t = p.pick(this.things.filter((x) => x.parents.length > 0));
    if (!t) return null;
    const { key, to } = p.pick(t.parents);
    const attribute = p.chance(0.78) ? p.pick(this.extras(to, 1)) : undefined;
    const m = p.pick(t.numbers.filter((n) => n.kind === 'number'));
    const a = m === undefined || p.chance(0.12) ? null : this.aggregate(m);
    const item = a === null ? COUNT : term(m!, a.agg);
    const counted = p.pick([`有多少${t.noun}`, `${t.noun}的数量`, `${t.noun}数量是多少`, `有几个${t.noun}`]);
    const named = a === null ? `${t.noun}的数量` : `${t.noun}的${a.text}`;
    const figure =
      a === null
        ? counted
        : p.pick([this.said(m!, a), `${t.noun}${this.said(m!, a)}`, `其${t.noun}${this.said(m!, a)}`, named, a.text]);
    const name = attribute && p.column(attribute);
    const asks = attribute && `${p.pick(['它们', '它们都', '它', '分别', '', '都'])}${askFor(attribute, this.pickOne)}`;
    const said =
      name === undefined
        ? ''
        : p.pick([`，${asks}`, `，${asks}`, `及其${name}`, `和${name}`, `，其${name}`, `，给出${name}`]);
    const and = p.pick(['，以及', '，并给出', '，', '，以及给出', '以及']);
    const select: Term[] = [term(to.name), ...(attribute ? [term(attribute)] : []), item];
    const base: Query = { ...EMPTY_QUERY, group: [key.id], select };
    const context = p.pick([
      `在各${to.noun}的${t.noun}中，`,
      `在${to.noun}的${t.noun}${p.pick(['情况', '记录', '统计', '信息', ''])}中，`,
      `在各${t.noun}中，`,
      `在${t.noun}中，`,
      '',
    ]);
    const r = p.random();
    if (r < 0.42) {
      const question = p.pick([
        `${context}${p.pick(['都有哪些', '有哪些'])}${to.noun}${asks === undefined ? '' : `，${asks}`}${and}${figure}`,
        `${context}给出每${p.pick(['个', '一个', '种', '家', '一位'])}${to.noun}${p.pick([said, name === undefined ? '' : `，其${name}`])}${and}${figure}`,
        `各${t.noun}都属于哪些${to.noun}${asks === undefined ? '' : `，${asks}`}${and}${figure}`,
        `${context}给出${to.noun}的${p.column(to.name)}${name === undefined ? '' : `，${to.noun}的${name}`}${p.pick(['，以及', '以及', '，'])}${named}`,
        `${p.pick(['每个', '各个', '各'])}${to.noun}${said}${and}${figure}`,
      ]);
      return { question, query: base };
    }
    const c = this.conditions(to, p.chance(0.2) ? 2 : 1);
    if (r < 0.78) {
      if (c === null) return null;
      const question = p.pick([
        `哪些${to.noun}${p.pick(['的', ''])}${c.text}${asks === undefined ? '' : `，${asks}`}${and}${figure}`,
        `${p.pick(['给出', '找到', '找出'])}${c.text}的${to.noun}${said}${p.pick(['，并给出', '，以及'])}${p.pick(['对应的', '', '对应'])}${named}`,
        `${p.pick(['给出', '找到'])}${to.noun}的${c.text}的${to.noun}${name === undefined ? '' : `的${name}`}并给出${named}`,
        `当${to.noun}的${c.text}时，给出${to.noun}的${p.column(to.name)}${name === undefined ? '' : `、${name}`}${p.pick(['，以及', '以及'])}${named}`,
        `${c.text}的${to.noun}有哪些${asks === undefined ? '' : `，${asks}`}${and}${figure}`,
      ]);
      return { question, query: { ...base, where: c.list, any: c.any } };
    }
    const k = this.countComparison();
    const having: Condition[] = [{ left: COUNT, op: k.op, values: [k.n], sub: null }];
    if (r < 0.9)
      return {
        question: p.pick([
          `${p.pick(['有', '', '拥有'])}${k.text}${t.noun}的${to.noun}有哪些${said}`,
          `${context}${t.noun}${k.text}的${to.noun}有哪些${asks === undefined ? '' : `，${asks}`}`,
          `${context}哪些${to.noun}的${t.noun}${k.text}${asks === undefined ? '' : `，${asks}`}`,
          `${context}给出${t.noun}${k.text}的${to.noun}${name === undefined ? '' : `及其${name}`}`,
        ]),
        query: { ...base, select: select.slice(0, -1), having },
      };
    const whose = c !== null && p.chance(0.6) ? c : null;
    return {
      question: `${whose === null ? context : p.pick([`当${to.noun}的${whose.text}时，`, `${whose.text}的${to.noun}中，`])}${p.pick(
        [
          `给出${t.noun}数量${k.text}的那些${to.noun}的${p.column(to.name)}${name === undefined ? '' : `、${name}`}以及${named}`,
          `哪些${to.noun}的${t.noun}${k.text}${said}${and}${figure}`,
          `给出${t.noun}${k.text}的${to.noun}${said}${and}${named}`,
        ],
      )}`,
      query: { ...base, where: whose?.list ?? [], any: whose?.any ?? false, having },
    };
  }

  /** Two parents of one link table: who took part in what, with the link's own columns. */
  private bridged(): Synthetic | null {
    const { p } = this;
    const t = p.pick(this.things.filter((x) => x.parents.length > 1));
    if (!t) return null;
    const one = p.pick(t.parents).to;
    const other = p.pick(t.parents.filter((x) => x.to !== one))?.to;
    if (!other) return null;
    const mine = p.chance(0.75) ? this.extras(t, 2).filter((c) => !c.foreign) : [];
    const theirs = p.chance(0.35) ? this.extras(p.chance(0.5) ? one : other, 1) : [];
    const columns = [...mine, ...theirs];
    const side = p.pick([t, t, one, other]);
    const c = p.chance(0.55) ? this.conditions(side, 1) : null;
    const names = columns.map((e) => p.column(e)).join(p.pick(['和', '，', '以及']));
    const asks = columns.map((e) => askFor(e, this.pickOne)).join('，');
    const tail =
      columns.length === 0
        ? ''
        : p.pick([`，以及${names}`, `，给出${names}`, `和${names}`, `，${asks}`, `，对应的${t.noun}的${names}`]);
    const when =
      c === null
        ? ''
        : p.pick([
            `当${t === side ? '' : `${side.noun}的`}${c.text}时，`,
            `${side.noun}的${c.text}时，`,
            `在${side.noun}${c.text}的情况下，`,
          ]);
    const m = p.pick(t.numbers);
    const ranked = c === null && m && p.chance(0.4);
    const descending = p.chance(0.55);
    const limit = ranked && p.chance(0.6) ? p.pick([1, 3, 3, 5]) : null;
    const most = m
      ? p.pick(superlativesOf(m, descending) ?? (descending ? ['最多', '最高', '最大'] : ['最少', '最低', '最小']))
      : '';
    const lead = ranked
      ? limit === null
        ? p.pick([
            `按${p.column(m)}${p.pick(orderWords(m, descending))}排列，`,
            `按${t.noun}的${p.column(m)}${descending ? '降序' : '升序'}，`,
          ])
        : p.pick([
            `${t.noun}的${p.column(m)}${most}的${limit}个，`,
            `${p.column(m)}${descending ? '排名前' : '倒数'}${limit}的，`,
            `在${t.noun}的${p.column(m)}${most}的${limit}条中，`,
          ])
      : p.pick(['', '', `在${t.noun}中，`, `在各${one.noun}的${t.noun}中，`]);
    return {
      question: `${lead}${when}${p.pick([
        `${this.ask()}${one.noun}和对应的${other.noun}`,
        `${this.ask()}每个${one.noun}及其${other.noun}`,
        `哪些${one.noun}对应哪些${other.noun}`,
        `给出${one.noun}，${other.noun}`,
        `给出${one.noun}的${p.column(one.name)}，${other.noun}的${p.column(other.name)}`,
      ])}${tail}`,
      query: {
        ...EMPTY_QUERY,
        select: [term(one.name), term(other.name), ...columns.map((e) => term(e))],
        where: c?.list ?? [],
        extra: columns.some((e) => e.table === t.table.id) || (c !== null && side === t) || ranked ? [] : [t.table.id],
        order: ranked ? [term(m)] : [],
        descending: Boolean(ranked) && descending,
        limit,
      },
    };
  }

  /** Rows with what they belong to, every column said with its table. */
  private placed(): Synthetic | null {
    const { p } = this;
    const t = p.pick(this.things.filter((x) => x.parents.length > 0));
    if (!t) return null;
    const { to } = p.pick(t.parents);
    const mine = this.extras(t, 2).filter((c) => !c.foreign);
    const theirs = p.chance(0.6) ? this.extras(to, 1) : [];
    const whole = p.chance(0.5);
    const of = (owner: Thing, column: IndexedColumn): string =>
      whole ? `${owner.noun}的${p.column(column)}` : p.column(column);
    const naming = p.chance(0.6) && !t.name.foreign;
    const parts = [
      ...(naming ? [p.pick([t.noun, `${t.noun}的${p.column(t.name)}`])] : []),
      ...mine.map((e) => of(t, e)),
      p.pick([`对应的${to.noun}`, `${to.noun}的${p.column(to.name)}`, `所属的${to.noun}`, to.noun]),
      ...theirs.map((e) => of(to, e)),
    ];
    const select = [
      ...(naming ? [term(t.name)] : []),
      ...mine.map((e) => term(e)),
      term(to.name),
      ...theirs.map((e) => term(e)),
    ];
    const m = p.pick(t.numbers.filter((n) => n.kind === 'number'));
    const list = parts
      .join(p.pick(whole ? ['，', '、', '，', ''] : ['，', '、', '，']))
      .replace(/[，、]([^，、]*)$/u, (_, last: string) => `${p.pick(['以及', '和', '，', '，以及'])}${last}`);
    const lead = p.pick(['', `在各${to.noun}的${t.noun}中，`, `在${to.noun}的${t.noun}中，`, '']);
    const r = p.random();
    if (m && r < 0.25) {
      const agg = p.pick<Agg>(['avg', 'avg', 'max', 'min']);
      const op = p.pick<Op>(['>', '<', '>=', '<=']);
      const word = p.pick(COMPARED[op as '>']);
      const value = p.pick({ avg: ['的平均值', '的均值'], max: ['的最大值'], min: ['的最小值'] }[agg as 'avg']);
      const sub: Query = { ...EMPTY_QUERY, select: [term(m, agg)] };
      return {
        question: `${lead}当${t.noun}的${p.column(m)}${word}所有${t.noun}的${p.column(m)}${value}时，给出${list}`,
        query: { ...EMPTY_QUERY, select, where: [{ left: term(m), op, values: [], sub }] },
      };
    }
    if (m && r < 0.55) {
      const s = this.superlative(m);
      const descending = s.descending;
      const limited = p.chance(0.5);
      const way = p.pick(orderWords(m, descending));
      const own = p.chance(0.4) && limited && naming ? this.conditions(t, 1) : null;
      if (own !== null) {
        const most = p.pick(
          superlativesOf(m, descending) ?? (descending ? ['最多', '最高', '最大'] : ['最少', '最低', '最小']),
        );
        const k = p.pick([String(s.limit), ['', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十'][s.limit]!]);
        const rest = [
          ...mine.map((e) => of(t, e)),
          p.pick([to.noun, `${to.noun}的${p.column(to.name)}`]),
          ...theirs.map((e) => of(to, e)),
        ];
        return {
          question: p.pick([
            `哪些${t.noun}的${own.text}，给出${p.column(m)}${most}的${k}个${t.noun}，以及${p.pick(['它们所属的', '对应的', '它们的', ''])}${rest.join(p.pick(['和', '，', '以及']))}`,
            `当${t.noun}的${own.text}时，按${t.noun}的${p.column(m)}${descending ? '排名最高的' : '排名最低的'}给出前${s.limit}名对应的${t.noun}的${p.column(t.name)}、${rest.join(p.pick(['、', '以及', '，']))}`,
            `${own.text}的${t.noun}中，${p.column(m)}${most}的${k}个是哪些，${p.pick(['并给出', '以及'])}${rest.join(p.pick(['和', '，', '以及']))}`,
          ]),
          query: {
            ...EMPTY_QUERY,
            select,
            where: own.list,
            any: own.any,
            order: [term(m)],
            descending,
            limit: s.limit,
          },
        };
      }
      return {
        question: limited
          ? p.pick([
              `${lead}${t.noun}的${p.column(m)}${descending ? '最高' : '最低'}的${s.limit}个，给出${list}`,
              `${lead}按${p.column(m)}${way}排列前${s.limit}的${t.noun}，给出${list}`,
            ])
          : p.pick([
              `${lead}按${t.noun}的${p.column(m)}${way}，给出${list}`,
              `${lead}给出${list}，按${p.column(m)}${way}排列`,
            ]),
        query: { ...EMPTY_QUERY, select, order: [term(m)], descending, limit: limited ? s.limit : null },
      };
    }
    if (r < 0.65 && naming) {
      const belongs = p.pick([
        `属于哪个${to.noun}`,
        `分别属于哪个${to.noun}`,
        `${to.noun}是哪个`,
        `是哪个${to.noun}的`,
        `都属于哪些${to.noun}`,
      ]);
      const asks = [
        ...mine.map((e) => askFor(e, this.pickOne)),
        belongs,
        ...theirs.map((e) => `${p.pick([to.noun, `该${to.noun}`, `这些${to.noun}`])}${askFor(e, this.pickOne)}`),
      ];
      return {
        question: `${p.pick(['有哪些', '都有哪些', '一共有哪些'])}${t.noun}，${p.pick(['', '它们', '分别'])}${asks.slice(0, -1).join('，')}${asks.length > 1 ? p.pick(['，', '，以及']) : ''}${asks.at(-1)}`,
        query: { ...EMPTY_QUERY, select },
      };
    }
    if (r < 0.75 && naming) {
      const what = [t.noun, ...mine.map((e) => p.column(e)), to.noun, ...theirs.map((e) => p.column(e))];
      const each = p.pick(['每一个', '每个', '每一种', '每一位', '每一家']);
      return {
        question: `${lead}给出${each}${what[0]}，${p.pick(['其', '其所属的', '它的', ''])}${what.slice(1, -1).join(p.pick(['和', '，', '，']))}${what.length > 2 ? p.pick(['以及', '，以及', '，并给出', '和']) : ''}${what.at(-1)}`,
        query: { ...EMPTY_QUERY, select },
      };
    }
    const side = p.chance(0.6) ? t : to;
    const c = r < 0.9 ? this.conditions(side, p.chance(0.3) ? 2 : 1) : null;
    const when =
      c === null
        ? ''
        : p.pick([`当${side.noun}的${c.text}时，`, `在${side.noun}的${c.text}时，`, `${side.noun}的${c.text}，`]);
    return {
      question: `${lead}${when}${p.pick(['给出', '列出', '请问', '有哪些'])}${list}`,
      query: { ...EMPTY_QUERY, select, where: c?.list ?? [], any: c?.any ?? false },
    };
  }

  /** Which parents have children at all, or none. */
  private presence(): Synthetic | null {
    const { p } = this;
    const t = p.pick(this.things.filter((x) => x.parents.length > 0));
    if (!t) return null;
    const { key, to } = p.pick(t.parents);
    const negative = p.chance(0.6);
    const target = to.table.primary[0];
    if (target === undefined) return null;
    const verb = p.pick(['有', '拥有', '参加', '出现在']);
    const question = negative
      ? p.pick([
          `哪些${to.noun}没有${t.noun}`,
          `没有${verb === '有' ? '' : verb}${t.noun}的${to.noun}有哪些`,
          `从未${verb}${t.noun}的${to.noun}`,
        ])
      : p.pick([`哪些${to.noun}${verb}${t.noun}`, `${verb}${t.noun}的${to.noun}有哪些`]);
    const sub: Query = { ...EMPTY_QUERY, select: [term(key)] };
    const extra = p.chance(0.4) ? this.extras(to, 2) : [];
    const tail = extra.length > 0 ? p.pick(['，并给出', '，给出', '，以及', '？']) + this.listing(extra, to.noun) : '';
    return {
      question: question + tail,
      query: {
        ...EMPTY_QUERY,
        select: [term(to.name), ...extra.map((e) => term(e))],
        where: [{ left: { agg: '', distinct: false, col: target }, op: negative ? 'not in' : 'in', values: [], sub }],
      },
    };
  }

  private arithmetic(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const numbers = t.columns.filter((n) => n.kind === 'number' && !/年份|月份|排名|名次$/.test(n.name));
    const a = p.pick(numbers);
    const b = p.pick(numbers);
    if (!a || !b || a === b) return null;
    const x = p.column(a);
    const y = p.column(b);
    const op = p.pick<'+' | '-' | '*' | '/'>(['-', '/', '+', '-', '/', '/', '*']);
    let what = p.pick(
      {
        '-': [`${x}与${y}的差`, `${x}和${y}之差`, `${x}比${y}多多少`, `${x}减去${y}`, `${x}与${y}的差值`, `${x}${y}差`],
        '/': [
          `${x}与${y}的比`,
          `${x}占${y}的比例`,
          `${x}是${y}的多少倍`,
          `${x}除以${y}`,
          `${x}和${y}的比值`,
          `平均每${y}的${x}`,
          `${x}占${y}的百分比`,
          `单位${y}的${x}`,
        ],
        '+': [`${x}与${y}的和`, `${x}和${y}之和`, `${x}加${y}一共`, `${x}和${y}的总和`, `${x}和${y}总共`],
        '*': [`${x}乘以${y}`, `${x}与${y}的乘积`, `${x}和${y}之积`],
      }[op],
    );
    const named = p.chance(0.45) ? derivedName(a, b, op, this.pickOne) : null;
    if (named !== null) what = named;
    const expr: Term = { ...term(a), arith: { op, right: term(b) } };
    const c = p.chance(0.3) ? this.conditions(t, 1) : null;
    const that = c ? `${c.text}的` : '';
    const base: Query = { ...EMPTY_QUERY, where: c?.list ?? [], any: c?.any ?? false };
    const r = p.random();
    if (r < 0.2) {
      const agg = p.pick<Agg>(['avg', 'sum', 'max', 'min']);
      const text = p.pick(
        {
          avg: [`平均${what}`, `${what}的平均值`],
          sum: [`${what}的总和`, `总${what}`],
          max: [`最大${what}`, `${what}的最大值`, `最高的${what}`],
          min: [`最小${what}`, `${what}的最小值`, `最低的${what}`],
        }[agg as 'avg'],
      );
      const inside: Term = { agg, distinct: false, col: a.id, within: { op, right: b.id } };
      const select = [inside];
      let tail = '';
      const other = p.pick(numbers);
      if (p.chance(0.3) && other && other !== a) {
        const o = this.aggregate(other);
        select.push(term(other, o.agg));
        tail = p.pick(['，', '以及', '和']) + this.said(other, o);
      }
      return {
        question: p.pick([
          `${that}${t.noun}的${text}是多少${tail}`,
          `${this.ask()}${that}${t.noun}的${text}${tail}`,
          `所有${that}${t.noun}中${text}${tail}`,
        ]),
        query: { ...base, select },
      };
    }
    if (r < 0.45) {
      const s = this.superlative(a);
      const most = s.descending ? p.pick(['最高', '最大', '最多']) : p.pick(['最低', '最小', '最少']);
      const k = s.limit === 1 ? '' : `${s.limit}个`;
      return {
        question: p.pick([
          `${that}${t.noun}中，${what}${most}的${k}${t.noun}`,
          `${what}${most}的${k}${that}${t.noun}${p.pick(['是哪个', '有哪些', ''])}`,
          `哪${k === '' ? '个' : k}${t.noun}的${what}${most}`,
        ]),
        query: {
          ...base,
          where: base.where,
          select: [term(t.name)],
          order: [expr],
          descending: s.descending,
          limit: s.limit,
        },
      };
    }
    if (r < 0.55) {
      const descending = p.chance(0.5);
      const way = p.pick(
        descending ? ['从高到低', '降序', '从大到小', '由多到少'] : ['从低到高', '升序', '从小到大', '由少到多'],
      );
      return {
        question: p.pick([
          `按${what}${way}${this.ask()}${that}${t.noun}`,
          `按${what}${way}排列，${p.pick(['有哪些', '给出'])}${that}${t.noun}`,
        ]),
        query: { ...base, select: [term(t.name)], order: [expr], descending },
      };
    }
    const column = p.pick([...t.classes, ...t.others]);
    if (r < 0.68 && column)
      return {
        question: p.pick([
          `${this.ask()}${that}${t.noun}的${p.column(column)}以及${what}`,
          `${this.ask()}各${t.noun}的${p.column(column)}和${what}`,
          `${that}${t.noun}的${p.column(column)}和${what}分别是多少`,
        ]),
        query: { ...base, select: [term(column), expr] },
      };
    if (r < 0.85)
      return {
        question: p.pick([
          `${that}${t.noun}有哪些，并给出它们的${what}`,
          `哪些${t.noun}${c ? c.text : '在册'}，${what}是多少`,
          `${this.ask()}${that}${t.noun}以及${what}`,
          `${this.ask()}每个${that}${t.noun}的${what}`,
          `各${that}${t.noun}的${what}${p.pick(['是多少', '', '各是多少'])}`,
          `${that}${t.noun}的${p.column(t.name)}和${what}`,
        ]),
        query: { ...base, select: [term(t.name), expr] },
      };
    const v = this.nameOf(t);
    if (v === undefined || String(v).length > 14) return null;
    return {
      question: p.pick([`${v}的${what}${p.pick(['是多少', '', '有多少'])}`, `${this.ask()}${v}的${what}`]),
      query: {
        ...EMPTY_QUERY,
        where: [{ left: term(t.name), op: '=', values: [v as string], sub: null }],
        select: [expr],
      },
    };
  }

  /** Two things' values against each other, and a part against the whole. */
  private compared(): Synthetic | null {
    const { p } = this;
    const t = this.thing();
    const m = p.pick(t.numbers.filter((n) => n.kind === 'number' && !/年份|月份/.test(n.name)));
    if (!m) return null;
    const name = p.column(m);
    const one = (): { where: Condition[]; text: string; group: boolean } | null => {
      if (p.chance(0.7)) {
        const v = this.nameOf(t);
        if (v === undefined || String(v).length > 14) return null;
        return {
          where: [{ left: term(t.name), op: '=', values: [v as string], sub: null }],
          text: String(v),
          group: false,
        };
      }
      const g = p.pick(t.classes);
      const c = g && p.condition(g);
      return c && c.condition.op === '=' && c.short
        ? { where: [c.condition], text: `${c.short}的${t.noun}`, group: true }
        : null;
    };
    const a = one();
    const b = one();
    if (!a || !b || a.text === b.text || a.group !== b.group) return null;
    const agg: Agg = a.group ? p.pick<Agg>(['sum', 'avg', 'max']) : '';
    const said = agg === 'sum' ? `总${name}` : agg === 'avg' ? `平均${name}` : agg === 'max' ? `最高${name}` : name;
    const select = [term(m, agg)];
    if (p.chance(0.2)) {
      const total: Query = { ...EMPTY_QUERY, select: [term(m, 'sum')] };
      const part: Query = { ...EMPTY_QUERY, select: [term(m, a.group ? 'sum' : '')], where: a.where };
      return {
        question: p.pick([
          `${a.text}的${name}占总${name}的比例是多少`,
          `${a.text}的${name}占所有${t.noun}${name}的百分之多少`,
          `${a.text}${name}占全部${t.noun}总${name}的多少`,
          `${a.text}的${name}在所有${t.noun}中占比多少`,
        ]),
        query: { ...part, set: { op: '/', right: total } },
      };
    }
    const op: SetOp = p.chance(0.6) ? '-' : '/';
    const adjective = /年份|时间/u.test(m.name) ? null : (superlativesOf(m, true)?.map((w) => w.slice(1)) ?? null);
    const question =
      op === '-'
        ? p.pick([
            ...(adjective === null
              ? []
              : [
                  `${a.text}比${b.text}${p.pick(adjective)}${p.pick(['多少', '了多少', '几'])}${/价|费|额/u.test(m.name) ? '元' : ''}`,
                  `${a.text}的${said}比${b.text}${p.pick(['的', ''])}${p.pick(adjective)}${p.pick(['多少', '了多少', '出多少'])}`,
                ]),
            `${a.text}的${said}比${b.text}${p.pick(['多', '高', '大', '少', '低'])}多少`,
            `${a.text}比${b.text}的${said}${p.pick(['多', '高', '大'])}多少`,
            `${a.text}和${b.text}的${said}${p.pick(['相差多少', '差多少', '之差是多少', '差距是多少'])}`,
            `${a.text}与${b.text}的${said}的差是多少`,
            `${a.text}比${b.text}${p.pick(['多', '高', '大'])}多少${said}`,
            ...(countedThing(m) === null
              ? []
              : [
                  `${a.text}比${b.text}多${p.pick(['了', ''])}${p.pick(['多少', '几个', '几家', '几次', '多少个'])}${countedThing(m)}`,
                  `${a.text}的${countedThing(m)}比${b.text}${p.pick(['多', '多了'])}${p.pick(['多少', '几个', '多少个'])}`,
                  `${a.text}${p.pick(['拥有', '有'])}的${countedThing(m)}比${b.text}多几${p.pick(['个', '家', '次'])}`,
                ]),
          ])
        : p.pick([
            `${a.text}的${said}是${b.text}的多少倍`,
            `${a.text}的${said}是${b.text}${said}的几倍`,
            `${a.text}和${b.text}的${said}之比是多少`,
            `${a.text}的${said}占${b.text}的比例`,
            `${a.text}${said}是${b.text}的几倍`,
          ]);
    const swap = op === '-' && /[少低]多少/.test(question);
    const left: Query = { ...EMPTY_QUERY, select, where: swap ? b.where : a.where };
    return {
      question,
      query: { ...left, set: { op, right: { ...EMPTY_QUERY, select, where: swap ? a.where : b.where } } },
    };
  }
}

/** Tables with something to call their rows by; numbers, classes and other attributes told apart. */
function thingsOf(schema: SchemaIndex, p: Phrases): Thing[] {
  const things = new Map<number, Thing & { parents: { key: IndexedColumn; to: Thing }[] }>();
  for (const table of schema.tables) {
    const columns = table.columns.map((c) => schema.columns[c]!);
    const plain = columns.filter((c) => !c.primary && !c.foreign && !c.idLike && c.values.length > 0);
    const naming = columns.find((c) => c.naming && c.values.length > 0);
    const name = naming ?? columns.find((c) => c.foreign && c.values.length > 0) ?? plain[0];
    if (!name) continue;
    const numbers = plain.filter(
      (c) => (c.kind === 'number' || c.kind === 'date' || p.isMeasured(c)) && c.values.length > 1,
    );
    const classes = plain.filter(
      (c) => !numbers.includes(c) && c !== naming && c.distinct < Math.max(4, table.rows * 0.8),
    );
    const others = plain.filter((c) => c !== name && !numbers.includes(c) && !classes.includes(c));
    if (plain.length === 0) continue;
    things.set(table.id, {
      table,
      noun: p.table(table.id),
      name,
      numbers,
      columns: numbers,
      classes,
      others,
      parents: [],
    });
  }
  for (const t of things.values())
    for (const id of t.table.columns) {
      const key = schema.columns[id]!;
      if (!key.foreign) continue;
      for (const o of schema.linked[id]!) {
        const to = things.get(schema.columns[o]!.table);
        if (to && to !== t && schema.columns[o]!.primary) t.parents.push({ key, to });
      }
    }
  return [...things.values()];
}
