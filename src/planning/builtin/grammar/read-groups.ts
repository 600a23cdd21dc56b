import {
  canMeasure,
  cue,
  dimWeight,
  free,
  hasTable,
  isDim,
  isMeasure,
  isRevenueWord,
  isThing,
  measureWeight,
  neighbour,
  type Reader,
  timeWeight,
  use,
} from './reader.ts';
import type { Unit } from './units.ts';

/** Periods with the date column named beside them, and the words that group: by, per, each, 按, 各, monthly, trend. */
export function readPeriods(reader: Reader): void {
  for (const unit of reader.units) {
    if (unit.period === null || !free(reader, unit)) continue;
    use(reader, unit);
    const anchor = [neighbour(reader, unit, -1), neighbour(reader, unit, 1), neighbour(reader, unit, -2)].find(
      (other, i) => {
        if (other === undefined || !free(reader, other) || !isThing(other) || other.period !== null) return false;
        if (i === 2 && cue(neighbour(reader, unit, -1), 'not') === null && neighbour(reader, unit, -1)?.period === null)
          return false;
        const marker = neighbour(reader, other, -1);
        if (cue(marker, 'group') !== null || cue(marker, 'each') !== null) return false;
        const time = timeWeight(reader, other);
        return time >= 0.5 && time >= other.hits[0]!.weight * 0.75;
      },
    );
    if (anchor !== undefined && !anchor.hits.some((hit) => hit.target.kind === 'table' && hit.weight >= 0.9))
      use(reader, anchor);
    reader.frame.periods.push({ period: unit.period, unit, anchor: anchor ?? null });
  }
}

export function readGroups(reader: Reader): void {
  const { frame } = reader;
  for (const unit of reader.units) {
    if (unit.grain !== null && free(reader, unit)) {
      use(reader, unit);
      const previous = neighbour(reader, unit, -1);
      const anchor =
        previous !== undefined && free(reader, previous) && timeWeight(reader, previous) >= 0.7 && !isDimTable(previous)
          ? previous
          : null;
      if (anchor !== null) use(reader, anchor);
      frame.dims.push({ kind: 'grain', grain: unit.grain.grain, unit, anchor });
      const link = neighbour(reader, unit, 1);
      const more = link === undefined ? undefined : neighbour(reader, link, 1);
      if (
        cue(link, 'and') !== null &&
        more !== undefined &&
        free(reader, more) &&
        isDim(reader, more) &&
        !isMeasure(reader, more) &&
        /(?:by|per)\b|[按各每]/i.test(unit.text)
      ) {
        use(reader, link, more);
        frame.dims.push({ kind: 'unit', unit: more });
      }
    }
  }
  for (const unit of reader.units) {
    if (!free(reader, unit)) continue;
    if (cue(unit, 'group') !== null && unit.hits.length === 0) readMarker(reader, unit, false);
    else if (cue(unit, 'each') !== null && unit.hits.length === 0 && !isNumberOf(neighbour(reader, unit, 1)))
      readMarker(reader, unit, true);
    else if (cue(unit, 'distribution') !== null) readDistribution(reader, unit);
  }
  for (const unit of reader.units) {
    if (!free(reader, unit)) continue;
    if (cue(unit, 'trend') !== null) {
      use(reader, unit);
      if (!frame.dims.some((dim) => dim.kind === 'grain'))
        frame.dims.push({ kind: 'grain', grain: trendGrain(reader), unit, anchor: null });
    }
    if (cue(unit, 'growth') !== null) {
      use(reader, unit);
      // "growth" alone is from one step to the next; it adds nothing to "year over year".
      if (frame.growth === null || !BARE_GROWTH.test(unit.text)) frame.growth = cue(unit, 'growth')!.base;
      if (!frame.dims.some((dim) => dim.kind === 'grain'))
        frame.dims.push({ kind: 'grain', grain: growthGrain(unit.text), unit, anchor: null });
    }
    if (cue(unit, 'running') !== null) {
      use(reader, unit);
      frame.running = true;
    }
    if (cue(unit, 'share') !== null && unit.hits.length === 0) {
      use(reader, unit);
      frame.share = true;
    }
    if (cue(unit, 'versus') !== null && frame.periods.length >= 2) {
      use(reader, unit);
      frame.compare = true;
    }
  }
  if (frame.periods.length >= 2 && frame.periods.every((one) => one.period.start !== null && one.period.end !== null))
    frame.compare = true;
}

/** 各下了多少单: "how many orders", not what they are split by. */
const isNumberOf = (unit: Unit | undefined): boolean => cue(unit, 'count') !== null && /[多几]/.test(unit?.text ?? '');

const BARE_GROWTH = /^(?:growth(?: rate)?|change rate|rate of change|增长率?|增速|涨幅)$/i;

function isDimTable(unit: Unit): boolean {
  return unit.hits[0]?.target.kind === 'table';
}

function growthGrain(text: string): 'month' | 'year' | 'week' | 'quarter' {
  if (/week/i.test(text)) return 'week';
  if (/quarter|qoq/i.test(text)) return 'quarter';
  return /year|yoy/i.test(text) ? 'year' : 'month';
}

/** A trend without a grain: days within a month or so, months otherwise, years over many. */
function trendGrain(reader: Reader): 'day' | 'month' | 'year' {
  const period = reader.frame.periods[0]?.period;
  if (period === undefined || period.start === null || period.end === null) return 'month';
  const days = (Date.parse(period.end) - Date.parse(period.start)) / 86_400_000;
  return days <= 62 ? 'day' : days > 366 * 5 ? 'year' : 'month';
}

export const GRAIN_WORDS = [
  ['year', /^(?:years?|年份?|年度)$/i],
  ['quarter', /^(?:quarters?|季度?)$/i],
  ['month', /^(?:months?|月份?|月度)$/i],
  ['week', /^(?:weeks?|周)$/i],
  ['day', /^(?:days?|日期|天)$/i],
] as const;

/** The list of dimensions behind a marker: "by region and category", 按地区和类别. */
function readMarker(reader: Reader, marker: Unit, each: boolean): void {
  const { frame } = reader;
  let at = neighbour(reader, marker, 1);
  if (cue(at, 'each') !== null || (each && cue(at, 'distinct') !== null)) {
    use(reader, at);
    at = neighbour(reader, at!, 1);
  }
  if (at === undefined) return;
  // "money requested by entrepreneurs": the doer, not a group.
  if (
    !each &&
    /^by$/i.test(marker.text) &&
    /(?:^|\s)(?!group|sort|order|rank|split|break|broken|segment|arrang|classif|categor|aggregat|summari)[a-z]{3,}(?:ed|tten|ught)\s+$/i.test(
      reader.text.slice(0, marker.start),
    )
  ) {
    use(reader, marker);
    return;
  }
  // 男女员工各有多少人: what stands before is told apart.
  if (each && /^(?:各|各自|分别)$/.test(marker.text) && !isThing(at)) {
    const before = [1, 2, 3]
      .map((step) => neighbour(reader, marker, -step))
      .find(
        (other) =>
          other !== undefined &&
          free(reader, other) &&
          isDim(reader, other) &&
          !isMeasure(reader, other) &&
          !hasTable(other, 0.5),
      );
    if (before !== undefined) {
      use(reader, marker, before);
      reader.frame.dims.push({ kind: 'unit', unit: before });
    }
    return;
  }
  if (cue(at, 'what') !== null && /哪/.test(at.text)) return;
  const word = marker.text.toLowerCase();
  // "by revenue": an order, not a group.
  // After a rank ("top 5 products by quantity sold") a number ranks, too, unless a text column is named as well.
  const ranks =
    !isDim(reader, at) ||
    isRevenueWord(at.text) ||
    (frame.order.at(-1)?.by === 'first-measure' && dimWeight(reader, at) < 0.8 * measureWeight(reader, at));
  if (!each && isMeasure(reader, at) && ranks && free(reader, at)) {
    if (!/^(?:by|in terms of|according to|按|按照|根据|以|依照)$/i.test(word)) {
      return;
    }
    const verb = neighbour(reader, at, 1);
    if (verb !== undefined && free(reader, verb) && /^(?:sold|ordered|bought|purchased)$/i.test(verb.text))
      use(reader, verb);
    use(reader, marker, at);
    const existing = frame.order.at(-1);
    const slot = { kind: 'value', unit: at, fn: null } as const;
    if (existing !== undefined && existing.by === 'first-measure')
      frame.order[frame.order.length - 1] = { ...existing, by: slot };
    else
      frame.order.push({ by: slot, descending: reader.language === 'zh' || frame.limit !== null, superlative: null });
    return;
  }
  if (cue(at, 'count') !== null || cue(at, 'aggregate') !== null) {
    const thing = neighbour(reader, at, 1);
    if (!each && thing !== undefined && isThing(thing) && frame.order.at(-1)?.by === 'first-measure') {
      use(reader, marker, at, thing);
      const aggregate = cue(at, 'aggregate');
      const by =
        aggregate !== null && canMeasure(reader, thing)
          ? ({ kind: 'value', unit: thing, fn: aggregate.fn } as const)
          : ({ kind: 'count', unit: thing, distinct: false } as const);
      frame.order[frame.order.length - 1] = { ...frame.order.at(-1)!, by };
      return;
    }
  }
  let found = 0;
  while (at !== undefined && free(reader, at)) {
    const grain = GRAIN_WORDS.find(([, pattern]) => pattern.test(at!.text));
    if (grain !== undefined) {
      use(reader, at);
      // "by hire year": the date named just before.
      const last = frame.dims.at(-1);
      const anchor =
        found > 0 && at.glued && last?.kind === 'unit' && timeWeight(reader, last.unit) >= 0.5 ? last.unit : null;
      if (anchor !== null) frame.dims.pop();
      frame.dims.push({ kind: 'grain', grain: grain[0], unit: at, anchor });
      found += 1;
      at = neighbour(reader, at, 1);
      continue;
    }
    if (at.grain !== null) break;
    if (found > 0 && cue(at, 'and') !== null && !isThing(at)) {
      const next = neighbour(reader, at, 1);
      if (
        next === undefined ||
        ((!isDim(reader, next) || isMeasure(reader, next)) &&
          !GRAIN_WORDS.some(([, pattern]) => pattern.test(next.text)))
      )
        break;
      use(reader, at);
      at = next;
      continue;
    }
    if (
      !isDim(reader, at) ||
      (isMeasure(reader, at) && found > 0) ||
      (at.values.length > 0 && dimWeight(reader, at) < 0.5)
    )
      break;
    if (found > 0) {
      const separator = reader.text.slice(neighbour(reader, at, -1)!.end, at.start);
      const joined = cue(neighbour(reader, at, -1), 'and') !== null || /[,，、]/.test(separator);
      if (!joined) break;
    }
    use(reader, at);
    frame.dims.push({ kind: 'unit', unit: at });
    found += 1;
    at = neighbour(reader, at, 1);
  }
  if (found > 0) use(reader, marker);
}

/** "distribution of customers by country", 客户地区分布. */
function readDistribution(reader: Reader, unit: Unit): void {
  use(reader, unit);
  if (reader.frame.dims.length > 0) return;
  const step = reader.language === 'en' ? 1 : -1;
  const thing = neighbour(reader, unit, step);
  if (thing === undefined || !free(reader, thing) || !isDim(reader, thing)) return;
  if (
    reader.units.some(
      (other) => other !== unit && other !== thing && cue(other, 'group') !== null && free(reader, other),
    )
  )
    return;
  use(reader, thing);
  reader.frame.dims.push({ kind: 'unit', unit: thing });
}
