/** A part by its whole, people by area, visitors per day. */
import type { Figure } from './figures.ts';
import type { Measure, MeasureText } from './measure-text.ts';
import { commonEnd, commonStart, literally, longestCommon } from './overlap.ts';

/** 获奖率, 儿童票数占总票数的比例: a part by its whole. */
export function* ratios(text: MeasureText): Generator<Measure> {
  for (const m of text.places(/占比|比例|比率|比重|百分比|概率|率/gu)) {
    const end = m.index + m[0].length;
    const lead = text.text.slice(0, m.index);
    const of = /占(?!地)([^，。？,?占]{0,12}?)的?$/u.exec(lead);
    const part = text.before(of ? of.index : m.index);
    if (part === null || /占比|比例|率$/u.test(part.figure.label)) continue;
    for (const whole of wholesOf(part.figure, text.figures, of?.[1] ?? ''))
      yield { op: '/', left: part.figure.id, right: whole.id, start: part.start, end };
  }
}

function wholesOf(part: Figure, figures: readonly Figure[], hint: string): Figure[] {
  const scored = figures.flatMap((f): [number, Figure][] => {
    if (f.id === part.id || /占比|比例|率$|年份|排名|名次$/u.test(f.label)) return [];
    let score = 0;
    if (hint.length > 1)
      score += hint.includes(f.stem) || f.label.includes(hint) ? 5 : longestCommon(hint, f.label) >= 2 ? 3 : 0;
    if (f.stem !== part.stem && f.stem.length > 1 && part.stem.endsWith(f.stem)) score += 4;
    if (/总|全部|合计/u.test(f.label)) score += 0.6;
    if (f.counts && part.counts) score += commonEnd(f.label, part.label) >= 2 ? 2.5 : 1.5;
    else if (commonEnd(f.label, part.label) >= 2) score += 1.5;
    score += f.middle === null || part.middle === null ? 0.5 : f.middle > part.middle ? 1 : -1.5;
    const alike = commonStart(f.label, part.label) > 0 && commonEnd(f.label, part.label) >= 2;
    if (alike && f.label.length === part.label.length) score -= 1;
    score += f.middle === null ? 0 : Math.log10(1 + Math.abs(f.middle)) / 20;
    return score >= 2 ? [[score, f]] : [];
  });
  return scored
    .sort((a, b) => b[0] - a[0])
    .slice(0, 2)
    .map(([, f]) => f);
}

/** 青年人数 where their share and all people are kept. */
export function* shares(text: MeasureText): Generator<Measure> {
  for (const share of text.figures) {
    const what = /^(.{2,})(占比|比例|比重|率)$/u.exec(share.label)?.[1];
    if (what === undefined || text.figures.some((f) => f.counts && f.label.startsWith(what))) continue;
    const totals = text.figures.filter((f) => f.counts && !f.label.includes(what));
    if (totals.length === 0) continue;
    for (let k = what.length; k >= 2; k--) {
      const at = text.text.indexOf(what.slice(0, k));
      if (at < 0) continue;
      const rest = text.text.slice(at + k);
      if (/^.{0,2}(的|平均|实际)*(占比|比例|比重|率)/u.test(rest)) break;
      const amount = /^.{0,2}?(的|实际|总)*(数量|人数|人次|个数|人口|数)/u.exec(rest)?.[0].length;
      const continued = totals.find((f) => rest.startsWith(f.stem.slice(0, 2)));
      const asked = /(多少|几)[个名位条人]?$/u.test(text.text.slice(0, at));
      if (amount === undefined && continued === undefined && !asked) break;
      const total = continued ?? [...totals].sort((a, b) => (b.middle ?? 0) - (a.middle ?? 0))[0]!;
      yield { op: '*', left: total.id, right: share.id, start: at, end: at + k + (amount ?? 0) };
      break;
    }
  }
}

/** What an amount per one of them is multiplied by. */
const TIMES = /(人口|总数|人数|户数|个数|数量|集数|套数|件数|场数|场次|天数|月数)$/u;

/** 服务费 where a price and its 服务费比例 are kept; 总消费 where 人均消费 and the people are. */
export function* portions(text: MeasureText): Generator<Measure> {
  for (const share of text.figures) {
    const what = /^(.*[费税金息])(占比|比例|比率|费?率)$/u.exec(share.label)?.[1];
    const money = text.figures.find(
      (f) => f.id !== share.id && /(价格?|金额|总额|本金|收入|工资|薪|贷款|租金|费用)$/u.test(f.label),
    );
    if (what !== undefined && money !== undefined && !text.has(what)) {
      const at = text.text.search(new RegExp(`${literally(what)}(?!.{0,2}(占比|比例|比率|率))`, 'u'));
      if (at >= 0) yield { op: '*', left: money.id, right: share.id, start: at, end: at + what.length };
    }
    const each = /^(?:人均|户均|每人|每户|单个|每个|单集|每集|每套|每件|每场|场均|日均|月均|单)(.{2,})$/u.exec(
      share.label,
    )?.[1];
    if (each === undefined || text.has(`总${each}`)) continue;
    const counts = text.figures.filter((f) => f.id !== share.id && TIMES.test(f.label));
    const times = counts.find((f) => f.label.includes('总')) ?? counts[0];
    const m = new RegExp(
      `(总(的)?|一共.{0,4}|共.{0,3})${literally(each)}|${literally(each)}(总[和额量数]|合计)`,
      'u',
    ).exec(text.text);
    if (times !== undefined && m !== null)
      yield { op: '*', left: share.id, right: times.id, start: m.index, end: m.index + m[0].length };
  }
}

/** 人口密度, 书店密度: by area. */
export function* densities(text: MeasureText): Generator<Measure> {
  const area = text.figures.find((f) => /面积/u.test(f.label));
  if (area === undefined) return;
  for (const m of text.places(/密度/gu)) {
    const lead = text.text.slice(0, m.index).replace(/(的|平均|建设|拥有)+$/u, '');
    let best: Figure | null = null;
    let size = 1;
    for (const f of text.figures) {
      if (f.id === area.id || /面积|年份|排名|率$|占比/u.test(f.label)) continue;
      for (let k = Math.min(lead.length, 8); k > size; k--)
        if (f.label.includes(lead.slice(-k))) {
          best = f;
          size = k;
        }
    }
    if (best !== null) yield { op: '/', left: best.id, right: area.id, start: lead.length - size, end: m.index + 2 };
  }
}

/** 平均每场的票数, 场均票数, 人均消费. */
export function* rates(text: MeasureText): Generator<Measure> {
  for (const m of text.places(/每(?:一)?(?=\p{Script=Han})|((?!平)\p{Script=Han})均/gu)) {
    const word = m[1] ?? text.text.slice(m.index + m[0].length, m.index + m[0].length + 5);
    const from = m.index + m[0].length;
    for (const unit of text.figures) {
      if (!unit.counts && !/面积|人口|天|年|月/u.test(unit.label)) continue;
      const stem = unit.stem.replace(/^(总|包含)/u, '');
      const said =
        m[1] !== undefined
          ? stem.startsWith(m[1]) || (m[1] === '人' && /人口|人数$/u.test(unit.label))
          : (stem.length > 0 && word.slice(0, 1 + stem.length).includes(stem)) ||
            (stem.length <= 3 && stem.startsWith(word[0]!)) ||
            (stem.length === 2 && [...stem].every((c) => word.slice(0, 3).includes(c))) ||
            (/^平/u.test(word) && /面积/u.test(unit.label));
      if (!said) continue;
      const window = text.text.slice(from, from + 18);
      let best: Figure | null = null;
      let size = 0;
      for (const f of text.figures) {
        if (f.id === unit.id || /年份|排名|占比|率$/u.test(f.label)) continue;
        const k = Math.max(longestCommon(window, f.stem.replace(/^总/u, '')), longestCommon(window, f.label));
        if ((k >= 2 || k === f.stem.replace(/^总/u, '').length) && k > size) {
          best = f;
          size = k;
        }
      }
      if (best === null) continue;
      const end = endOfCommon(text.text, from, window, best);
      yield { op: '/', left: best.id, right: unit.id, start: m.index, end };
    }
  }
}

function endOfCommon(text: string, from: number, window: string, figure: Figure): number {
  const { label } = figure;
  for (let k = label.length; k > 0; k--)
    for (let i = 0; i + k <= label.length; i++) {
      const at = window.indexOf(label.slice(i, i + k));
      if (at >= 0) return Math.min(text.length, from + at + k);
    }
  return from;
}
