/** How Chinese questions say things: comparisons, numbers, requests, with many alternatives each. */
import type { Random } from '../../src/planning/builtin/learned/model/random.ts';
import type { Agg, Condition, Literal, Op, Term } from '../../src/planning/builtin/learned/query/query.ts';
import type { IndexedColumn, SchemaIndex } from '../../src/planning/builtin/learned/schema/schema-index.ts';
import { bareName, countedThing, plainName } from './synthetic-asks.ts';

/** A column as a term; one made of two columns as their arithmetic. */
export function columnTerm(c: IndexedColumn | null, agg: Agg = ''): Term {
  if (c?.measure === undefined) return { agg, distinct: false, col: c ? c.id : -1 };
  const { op, left, right } = c.measure;
  return agg === ''
    ? { agg, distinct: false, col: left, arith: { op, right: { agg: '', distinct: false, col: right } } }
    : { agg, distinct: false, col: left, within: { op, right } };
}

export class Phrases {
  readonly random: Random;
  readonly schema: SchemaIndex;

  constructor(random: Random, schema: SchemaIndex) {
    this.random = random;
    this.schema = schema;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)]!;
  }

  chance(p: number): boolean {
    return this.random() < p;
  }

  /** One of the alternatives of a text with `[a|b|c]` groups. */
  say(template: string): string {
    let text = template;
    for (let i = 0; i < 6 && text.includes('['); i++)
      text = text.replace(/\[([^[\]]*)\]/g, (_, inner: string) => this.pick(inner.split('|')));
    return text;
  }

  /** A column as people say it: mostly its name, at times a shorter form. */
  column(c: IndexedColumn): string {
    const name = plainName(c);
    if (c.measure) return name;
    if (this.chance(0.3)) {
      const bare = bareName(c);
      if (bare !== name) return bare;
    }
    if (name.length > 3 && this.chance(0.12)) {
      const short = name.replace(/(数量|时间|日期|名称|金额|人数|次数)$/u, (m) => (this.chance(0.5) ? m[0]! : ''));
      return short.length >= 2 ? short : name;
    }
    if (name.length >= 4 && c.kind === 'text' && this.chance(0.25)) {
      const head = name.slice(-2);
      if (this.isOnlyHead(head)) return head;
    }
    if (/名$|名称$|姓名$/u.test(name) && this.chance(0.1)) return this.pick(['名字', '名称']);
    return name;
  }

  /** No other name of the schema ends in these characters. */
  private isOnlyHead(head: string): boolean {
    const names = [...this.schema.columns.map(plainName), ...this.schema.tables.map((t) => t.name)];
    return names.filter((name) => name.endsWith(head)).length === 1;
  }

  table(t: number): string {
    return this.schema.tables[t]!.name.replace(/[(（].*$/u, '');
  }

  /** A table's rows as people call them: at times by a part of the name only. */
  noun(t: number): string {
    const name = this.table(t);
    if (name.length < 4 || !this.chance(0.2)) return name;
    return this.chance(0.6) ? name.slice(-2) : name.slice(0, -2);
  }

  unit(name: string): string {
    if (/年龄/.test(name)) return '岁';
    if (/身高|宽度/.test(name)) return this.pick(['厘米', 'cm', '']);
    if (/体重|重量/.test(name)) return this.pick(['公斤', '千克', '']);
    if (/价|费|额|收入|工资|薪|奖金|票房|成本|市值|利润/.test(name)) return this.pick(['元', '', '元']);
    if (/人数|人口|人员/.test(name)) return this.pick(['人', '']);
    if (/次数|届数/.test(name)) return '次';
    if (/时长|片长/.test(name)) return this.pick(['分钟', '']);
    if (/面积/.test(name)) return this.pick(['平方公里', '平方米', '']);
    if (/数量$|数$/.test(name)) return this.pick(['个', '', '']);
    return '';
  }

  number(value: number, c: IndexedColumn | null): string {
    if (c && value > 0 && value < 1 && /率|比|占|份额|折扣|增长/.test(c.name))
      return `${Math.round(value * 10000) / 100}%`;
    if (value >= 1e8 && value % 1e6 === 0) return `${value / 1e8}亿`;
    if (value >= 1e4 && value % 100 === 0) return `${value / 1e4}万`;
    if (value < 10 && Number.isInteger(value) && value > 0 && this.chance(0.25))
      return ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九'][value]!;
    return String(value);
  }

  /** 大于 5, 至少 5, 在 1990 年以后, … and the operator meant. */
  comparison(c: IndexedColumn, value: number | string): { text: string; op: Op } {
    const name = c.name;
    const dated =
      c.kind === 'date' ||
      (c.kind === 'text' && typeof value === 'string' && value.includes('-')) ||
      /年份|年$|时间|日期/.test(name);
    const op = this.pick<Op>(['>', '<', '>=', '<=', '>', '<', '>=', '<=', '=', '!=']);
    if (dated && /时长|持续/.test(name) === false) {
      const year = typeof value === 'string' ? (value.includes('-') ? spokenDay(value, this) : value) : `${value}年`;
      const said: Partial<Record<Op, string>> = {
        '>': `[在|][${year}][之后|以后|后]|晚于${year}|在${year}之后|${year}之后|迟于${year}`,
        '<': `在${year}[之前|以前|前]|早于${year}|${year}之前|先于${year}|不到${year}`,
        '>=': `在${year}及[之后|以后|其后]|不早于${year}|${year}及之后|从${year}起|${year}及以后|${year}或之后`,
        '<=': `在${year}及[之前|以前|其前]|不晚于${year}|${year}及之前|截至${year}|${year}及以前|${year}或之前`,
        '=': `为${year}|是${year}|在${year}|等于${year}`,
        '!=': `不是${year}|不为${year}|不在${year}|不等于${year}`,
      };
      return { op, text: this.say(this.pick(splitTop(said[op]!))) };
    }
    const v = typeof value === 'string' ? value : `${this.number(value, c)}${this.unit(name)}`;
    const said: Partial<Record<Op, string>> = {
      '>': `大于${v}|超过${v}|多于${v}|高于${v}|比${v}多|比${v}高|超${v}|在${v}以上|不止${v}|超出${v}|多过${v}|高过${v}|${v}以上`,
      '<': `小于${v}|低于${v}|少于${v}|不到${v}|不足${v}|比${v}少|在${v}以下|未达到${v}|不够${v}|未满${v}|少过${v}|${v}以下`,
      '>=': `不低于${v}|不少于${v}|不小于${v}|至少${v}|至少为${v}|大于等于${v}|大于或等于${v}|达到${v}|最少${v}|起码${v}|最低${v}|在${v}及以上|不下于${v}`,
      '<=': `不超过${v}|不高于${v}|不大于${v}|不多于${v}|至多${v}|最多${v}|小于等于${v}|最多为${v}|不超${v}|最高${v}|在${v}及以下|不多过${v}|在${v}以内`,
      '=': `为${v}|是${v}|等于${v}|正好是${v}|正好${v}|恰好为${v}|刚好${v}`,
      '!=': `不是${v}|不等于${v}|不为${v}|并非${v}|非${v}`,
    };
    return { op, text: this.pick(said[op]!.split('|')) };
  }

  /** A cell that is a number with its unit, when the column is kept like that. */
  private measuredCell(c: IndexedColumn): { readonly value: number; readonly text: string } | null {
    const cells = c.values.filter((v) => typeof v === 'string' && MEASURED.test(v));
    if (cells.length < c.values.length * 0.6 || cells.length === 0) return null;
    const text = String(this.pick(cells));
    return { value: measuredNumber(text), text };
  }

  /** A number, said as it is or with its unit, and how it compares. */
  measure(c: IndexedColumn): { readonly text: string; readonly op: Op; readonly value: Literal } | null {
    const cell = this.measuredCell(c);
    if (cell === null) {
      const value = this.threshold(c);
      return value === null ? null : { ...this.comparison(c, value), value };
    }
    const said = this.comparison(c, cell.text);
    const exact = said.op === '=' || said.op === '!=';
    return { ...said, value: exact && c.kind === 'text' ? cell.text : cell.value };
  }

  /** Numbers in cells of text: 1987年. */
  isMeasured(c: IndexedColumn): boolean {
    return c.kind === 'text' && (this.measuredCell(c) !== null || this.dayCell(c) !== null);
  }

  /** A day spelt out in a cell of text, as ISO text. */
  private dayCell(c: IndexedColumn): string | null {
    const m = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/u.exec(String(this.pick(c.values) ?? ''));
    return m && `${m[1]}-${m[2]!.padStart(2, '0')}-${m[3]!.padStart(2, '0')}`;
  }

  /** A value of a number column that splits its rows well. */
  threshold(c: IndexedColumn): number | string | null {
    const cell = this.measuredCell(c);
    if (cell !== null) return cell.value;
    const day = c.kind === 'text' ? this.dayCell(c) : null;
    if (day !== null) return day;
    if (c.kind === 'date') {
      const v = this.pick(c.values);
      if (this.chance(0.3) && /^\d{4}-\d\d-\d\d$/.test(String(v))) return String(v);
      const year = Number(String(v).slice(0, 4));
      return Number.isInteger(year) ? year : null;
    }
    const numbers = c.values
      .map(Number)
      .filter((n) => Number.isFinite(n))
      .sort((a, b) => a - b);
    if (numbers.length < 2) return null;
    const v = numbers[Math.floor(numbers.length * (0.15 + 0.7 * this.random()))]!;
    if (Number.isInteger(v) && Math.abs(v) >= 100 && !/年/.test(c.name) && this.chance(0.6)) {
      const size = 10 ** (Math.floor(Math.log10(Math.abs(v))) - (this.chance(0.5) ? 0 : 1));
      return Math.round(v / size) * size;
    }
    return v;
  }

  /** A condition on a column, how it is said after its table, and before it (`云州的`, or null). */
  condition(c: IndexedColumn): { condition: Condition; text: string; short: string | null } | null {
    const left = columnTerm(c);
    const make = (op: Op, value: Literal): Condition => ({ left, op, values: [value], sub: null });
    const name = this.column(c);
    if (/^是否/.test(c.name) && c.values.length <= 2) {
      const value = String(this.pick(c.values));
      const about = c.name.slice(2);
      const no = /^(否|无|n|f|0)/iu.test(value);
      const text = no
        ? this.pick([`不${about}`, `没有${about}`, `未${about}`, `没${about}`])
        : this.pick([about, about, `是${about}`, `已${about}`]);
      return { condition: make('=', value), text, short: text };
    }
    if (c.kind === 'number' || c.kind === 'date' || this.isMeasured(c)) {
      const measured = this.measure(c);
      if (measured === null) return null;
      const { op, text, value } = measured;
      const counted = countedThing(c);
      const verbal =
        counted !== null && op !== '!=' && op !== '=' && typeof value === 'number' && this.chance(0.3)
          ? this.pick([
              `拥有${text}的${counted}`,
              `${counted}${text}`,
              `有${text}的${counted}`,
              `${counted}的数量${text}`,
            ])
          : `${name}${this.chance(0.08) ? '的值' : ''}${text}`;
      return { condition: make(op, value), text: verbal, short: null };
    }
    const value = this.pick(c.values.slice(0, 60));
    if (value === undefined || String(value).length > 16 || String(value).length < 1) return null;
    const v = this.chance(0.2) && /[a-z]/i.test(String(value)) ? `“${value}”` : String(value);
    if (this.chance(0.2)) {
      const short = this.chance(0.5)
        ? this.pick([
            `非${v}`,
            `除了${v}以外`,
            `${v}以外`,
            `除${v}之外`,
            `不在${v}`,
            `不属于${v}`,
            `不是${v}`,
            `除去${v}`,
          ])
        : null;
      const text = this.pick([
        `${name}不是${v}`,
        `${name}不为${v}`,
        `${name}不等于${v}`,
        `${name}不在${v}`,
        `${name}非${v}`,
        `不属于${v}`,
      ]);
      return { condition: make('!=', value as Literal), text, short };
    }
    const text = this.pick([
      `${name}为${v}`,
      `${name}是${v}`,
      `${name}为${v}`,
      `${name}属于${v}`,
      `${name}在${v}`,
      `${name}等于${v}`,
    ]);
    return {
      condition: make('=', value as Literal),
      text,
      short: this.pick([v, `属于${v}`, `来自${v}`, `在${v}`, v, `位于${v}`]),
    };
  }
}

/** Splits alternatives at bars outside brackets. */
function splitTop(text: string): string[] {
  const out = [''];
  let depth = 0;
  for (const ch of text) {
    if (ch === '[') depth++;
    else if (ch === ']') depth--;
    if (ch === '|' && depth === 0) out.push('');
    else out[out.length - 1] += ch;
  }
  return out;
}

const MEASURED = /^\d+(?:\.\d+)?\s*[^\d\s.:\-/~]{1,5}$/u;

/** What a cell like 35万人 or 12% means as a number. */
function measuredNumber(text: string): number {
  const n = Number.parseFloat(text);
  if (/[%％]$/u.test(text)) return n / 100;
  return n * (text.includes('亿') ? 1e8 : text.includes('万') ? 1e4 : 1);
}

/** 2005-03-08 as people write it. */
function spokenDay(day: string, phrases: Phrases): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return phrases.pick([
    `${year}年${month}月${date}日`,
    `${year}年${month}月${date}号`,
    `${year}.${month}.${date}`,
    day,
    `${year}年${month}月${date}日`,
  ]);
}
