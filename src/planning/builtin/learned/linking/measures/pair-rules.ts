/** Differences and sums of two columns whose names belong together, and arithmetic that is spelled out. */
import type { Arithmetic } from '../../query/query.ts';
import { COUNTER, type Figure } from './figures.ts';
import type { Measure, MeasureText } from './measure-text.ts';
import { commonEnd, digits, literally, longestShared, unlike } from './overlap.ts';

const greater = (a: Figure, b: Figure): boolean => a.middle === null || b.middle === null || a.middle >= b.middle;

/** 冬夏温差, 最高价与最低价的差. */
export function* differences(text: MeasureText): Generator<Measure> {
  for (const m of text.places(/差额|差价|差值|之差|差距|温差|差异|差(?![别评不])/gu)) {
    const end = m.index + m[0].length;
    const from = Math.max(0, m.index - 14);
    const window = digits(text.text.slice(from, end));
    for (const [a, b, before, after, shared] of siblings(text.figures)) {
      const [p, q] = [digits(before), digits(after)];
      const x = evidence(window, p, q);
      const y = evidence(window, q, p);
      const extremes =
        /^最[高大]$/u.test(p) && /^最[低小]$/u.test(q) && shared.length > 0 && window.includes(shared[0]!);
      if ((x < 0 || y < 0) && !extremes) continue;
      const first = extremes || (a.middle !== b.middle ? greater(a, b) : x < y);
      const start = from + (extremes ? Math.max(0, window.indexOf(shared[0]!)) : Math.min(x, y));
      yield { op: '-', left: (first ? a : b).id, right: (first ? b : a).id, start, end };
    }
  }
}

/** 成人和儿童票数, 三月与四月的总客流, a total of the only two columns that end alike. */
export function* sums(text: MeasureText): Generator<Measure> {
  const totals = /总|加起来|之和|一共|合计|共/u.test(text.text);
  const plain = digits(text.text);
  for (const [a, b, p, q, shared] of siblings(text.figures)) {
    if (/排名|名次$/u.test(shared)) continue;
    const [one, two] = [digits(p), digits(q)];
    const x = [one, unlike(one, two)];
    const y = [two, unlike(two, one)];
    let found: { start: number; end: number } | null = null;
    for (const l of x)
      for (const r of y) {
        if (l === '' || r === '' || found !== null) continue;
        const at = new RegExp(
          `${literally(l)}(?:${literally(shared)})?([与和、及加\\-~至]|以及)?${literally(r)}.{0,4}?${literally(shared.replace(COUNTER, '') || shared)}`,
          'u',
        ).exec(plain);
        if (at === null || (at[1] !== undefined && !totals)) continue;
        const end = at.index + at[0].length;
        if (!/^.{0,3}(差|占|比)/u.test(plain.slice(end))) found = { start: at.index, end };
      }
    if (found !== null) yield { op: '+', left: a.id, right: b.id, ...found };
  }
  for (let i = 0; i < text.figures.length; i++)
    for (let j = i + 1; j < text.figures.length; j++) {
      const [a, b] = [text.figures[i]!, text.figures[j]!];
      const found = a.counts && b.counts ? together(text, a, b) : null;
      if (found !== null) yield { op: '+', left: a.id, right: b.id, ...found };
    }
}

/** What exactly two names have in common, without what tells them apart, as a total. */
function together(text: MeasureText, a: Figure, b: Figure): { start: number; end: number } | null {
  const core = longestShared(a.stem, b.stem);
  if (core.length < 2 || COUNTER.test(core) || /占比|比例|率|排名|价|平均|最/u.test(a.label + b.label)) return null;
  if (text.figures.filter((f) => f.label.includes(core)).length !== 2 || text.has(core)) return null;
  if (text.text.includes(a.stem) || text.text.includes(b.stem)) return null;
  for (const key of [core, core.slice(-2)]) {
    const at = text.text.indexOf(key);
    if (at < 0 || text.isNamed(at, at + key.length)) continue;
    const lead = text.text.slice(0, at);
    const own = (f: Figure): boolean => {
      const before = f.label.slice(0, f.label.indexOf(core));
      return before !== '' && lead.endsWith(before.slice(-1));
    };
    if (own(a) || own(b)) continue;
    const after = /^.{0,2}?(总数量?|总量|总额|数量|总和|次数|数)/u.exec(text.text.slice(at + key.length));
    if (after === null && !/(总|一共|共|全部|多少|几).{0,4}$/u.test(lead)) continue;
    return { start: at, end: at + key.length + (after?.[0].length ?? 0) };
  }
  return null;
}

/** X与Y的差, X占Y的比例, X乘以Y: two names with what is made of them. */
export function* explicit(text: MeasureText): Generator<Measure> {
  for (const a of text.figures)
    for (const b of text.figures) {
      if (a.id === b.id) continue;
      const [x, first] = mention(text.text, a, 0);
      const [y, second] = x < 0 ? [-1, ''] : mention(text.text, b, x + first.length);
      if (x < 0 || y < 0) continue;
      const made = operation(text.text.slice(x + first.length, y), text.text.slice(y + second.length));
      if (made !== null) yield { op: made.op, left: a.id, right: b.id, start: x, end: y + second.length + made.length };
    }
}

/** Where a figure is named, by its whole name or by what it counts. */
function mention(text: string, figure: Figure, from: number): [place: number, name: string] {
  for (const name of [figure.label, figure.stem]) {
    const at = name.length < 2 ? -1 : text.indexOf(name, from);
    if (at >= 0) return [at, name];
  }
  return [-1, ''];
}

function operation(between: string, rest: string): { op: Arithmetic; length: number } | null {
  const joined = /^(和|与|跟|同|及|以及)$/u.test(between);
  const tail = (pattern: RegExp): number | null => pattern.exec(rest)?.[0].length ?? null;
  const difference = joined ? tail(/^(之|的|相)?差(额|值|距|异)?/u) : /^(减去?|减掉)$/u.test(between) ? 0 : null;
  if (difference !== null) return { op: '-', length: difference };
  const more = /^比$/u.test(between) ? tail(/^的?(多|高|大|长|贵|重)(了|出)?(?=多少|的|几|超过|不)/u) : null;
  if (more !== null) return { op: '-', length: more };
  const sum = joined
    ? tail(/^(之和|的?总和|的和|的?合计|总共|一共|加起来|相加)/u)
    : /^加上?$/u.test(between)
      ? 0
      : null;
  if (sum !== null) return { op: '+', length: sum };
  const product = joined ? tail(/^(之积|的?乘积|的积)/u) : /^乘以?$/u.test(between) ? 0 : null;
  if (product !== null) return { op: '*', length: product };
  const ratio = joined
    ? tail(/^(之比|的?比值|的比例|的比(?!较))/u)
    : /^(除以|占|占了|占总?)$/u.test(between)
      ? (tail(/^(的)?(比例|比重|百分比|比率|多少)/u) ?? (between === '除以' ? 0 : null))
      : /^是$/u.test(between)
        ? tail(/^的?(多少|几)倍/u)
        : null;
  return ratio === null ? null : { op: '/', length: ratio };
}

/** Pairs of figures whose names end alike, with their different beginnings. */
function* siblings(figures: readonly Figure[]): Generator<[Figure, Figure, string, string, string]> {
  for (let i = 0; i < figures.length; i++)
    for (let j = i + 1; j < figures.length; j++) {
      const [a, b] = [figures[i]!, figures[j]!];
      const k = commonEnd(a.label, b.label);
      const [p, q] = [a.label.slice(0, a.label.length - k), b.label.slice(0, b.label.length - k)];
      if (k === 0 || p === '' || q === '' || p.length > 6 || q.length > 6) continue;
      const swapped = /^最[低小]/u.test(p) && /^最[高大]/u.test(q);
      yield swapped ? [b, a, q, p, b.label.slice(b.label.length - k)] : [a, b, p, q, a.label.slice(a.label.length - k)];
    }
}

/** Where the window holds a character of the first beginning that the second one lacks; -1 for nowhere. */
function evidence(window: string, p: string, q: string): number {
  if (/^\d+$/.test(p)) return new RegExp(`(?<!\\d)${p}(?!\\d)`, 'u').exec(window)?.index ?? -1;
  let first = -1;
  for (const c of p) {
    if (q.includes(c)) continue;
    const at = window.indexOf(c);
    if (at >= 0 && (first < 0 || at < first)) first = at;
  }
  return first;
}
