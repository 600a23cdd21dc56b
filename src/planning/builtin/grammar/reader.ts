import type { Language } from '../../planner.ts';
import type { Cue } from '../lexicon/cues.ts';
import type { Frame, MeasureSlot } from './frame.ts';
import type { SchemaIndex } from './schema-index.ts';
import type { Unit } from './units.ts';

/** What the passes over the units share. */
export interface Reader {
  readonly text: string;
  readonly language: Language;
  readonly index: SchemaIndex;
  /** Units without mere stop words. */
  readonly units: readonly Unit[];
  readonly all: readonly Unit[];
  readonly frame: Frame;
}

type CueOf<K extends Cue['kind']> = Extract<Cue, { kind: K }>;

export function cue<K extends Cue['kind']>(unit: Unit | undefined, kind: K): CueOf<K> | null {
  if (unit === undefined) return null;
  return (unit.cues.find((item): item is CueOf<K> => item.kind === kind) ?? null) as CueOf<K> | null;
}

/** True when the unit was not given a part by an earlier pass. */
export function free(reader: Reader, unit: Unit | undefined): boolean {
  return unit !== undefined && !reader.frame.used.has(unit);
}

export function use(reader: Reader, ...units: readonly (Unit | undefined)[]): void {
  for (const unit of units) if (unit !== undefined) reader.frame.used.add(unit);
}

export function hasTable(unit: Unit, floor = 0.5): boolean {
  return unit.hits.some((hit) => hit.target.kind === 'table' && hit.weight >= floor);
}

const traitsOf = (reader: Reader, hit: Unit['hits'][number]) =>
  reader.index.tables[hit.target.table]!.columns[hit.target.column]!.traits;

/** Best weight with which the unit names a numeric column or a known measure. */
export function measureWeight(reader: Reader, unit: Unit): number {
  if (unit.measures.length > 0) return 1.1;
  let best = 0;
  for (const hit of unit.hits)
    if (hit.target.kind === 'column' && traitsOf(reader, hit).numeric && hit.weight > best) best = hit.weight;
  return Math.max(best, isRevenueWord(unit.text) ? 0.9 : 0);
}

const REVENUE =
  /^(?:total |net |gross )?(?:revenues?|sales(?: (?:amount|revenue|value))?|turnover|income|sales figures)$|^(?:销售额|销售金额|营业额|营收|收入|销售收入|营业收入|成交额|交易额|流水|销售|销售情况|销售业绩|业绩|销售数据|销售总额|总销售额|订单总额|订单金额|gmv|消费金额|消费额|消费总额)$/i;
const SPENDING = /^(?:spend|spent|spending|spends|paid)$|^(?:消费|花费|花了|[卖花赚]了?多少钱)$/i;

const PLACE_VERB = /^(?:lives?|living|resides?|comes?(?: from)?)$|^(?:居住|居住在|住在|住|位于|来自)$/i;

/** A verb that says where its subject is: what follows is a place, not the subject's name. */
export const isPlaceVerb = (unit: Unit): boolean => PLACE_VERB.test(unit.text);

/** Words that mean money taken in, whatever the columns are called. */
export function isRevenueWord(text: string): boolean {
  return REVENUE.test(text.trim()) || SPENDING.test(text.trim());
}

/** Words that say a sum by themselves: 总额, 总金额, "total amount". */
export function isTotalWord(text: string): boolean {
  return /总(?:额|金额|价|收入|成本|费用|支出|销量|销售|运费|量)|合计|^total /i.test(text.trim());
}

/** Best weight with which the unit names a table or a column that can be grouped by or listed. */
export function dimWeight(reader: Reader, unit: Unit): number {
  let best = 0;
  for (const hit of unit.hits) {
    if (hit.target.kind === 'table') best = Math.max(best, hit.weight);
    else if (!traitsOf(reader, hit).numeric) best = Math.max(best, hit.weight * (traitsOf(reader, hit).key ? 0.6 : 1));
  }
  return best;
}

export function tableWeight(unit: Unit): number {
  return unit.hits.reduce((best, hit) => (hit.target.kind === 'table' ? Math.max(best, hit.weight) : best), 0);
}

export function timeWeight(reader: Reader, unit: Unit): number {
  return unit.hits.reduce(
    (best, hit) =>
      hit.target.kind === 'column' && traitsOf(reader, hit).time !== null ? Math.max(best, hit.weight) : best,
    0,
  );
}

/** A unit that says what to measure: a numeric column, a known measure, money words. */
export function isMeasure(reader: Reader, unit: Unit | undefined): boolean {
  if (unit === undefined) return false;
  const weight = measureWeight(reader, unit);
  return weight > 0 && weight >= dimWeight(reader, unit) * (isRevenueWord(unit.text) ? 0.6 : 0.999);
}

/** {@link isMeasure}, or a table named after its one number: salaries, payments. */
export function canMeasure(reader: Reader, unit: Unit | undefined): boolean {
  return unit !== undefined && (isMeasure(reader, unit) || measureWeight(reader, unit) >= 0.85);
}

export function isDim(reader: Reader, unit: Unit | undefined): boolean {
  return unit !== undefined && dimWeight(reader, unit) >= 0.3;
}

export function isThing(unit: Unit | undefined): boolean {
  return unit !== undefined && unit.hits.length > 0;
}

/** The neighbour of `unit` at `step` units' distance. */
export function neighbour(reader: Reader, unit: Unit, step: number): Unit | undefined {
  return reader.units[reader.units.indexOf(unit) + step];
}

/** Aggregate words directly before (and for Chinese behind) a unit, e.g. "total sales", 销售额总和. */
export function aggregateBeside(
  reader: Reader,
  unit: Unit,
): { fn: 'sum' | 'avg' | 'min' | 'max' | 'median' | 'stddev' | 'count'; unit: Unit } | null {
  for (const step of [-1, 1]) {
    const other = neighbour(reader, unit, step);
    const found = cue(other, 'aggregate');
    if (found !== null && free(reader, other) && (step === -1 || reader.language === 'zh'))
      return { fn: found.fn, unit: other! };
  }
  return null;
}

/** The measure that a unit names: a count of a table's rows, or a value. */
export function measureOf(reader: Reader, unit: Unit): MeasureSlot {
  if (isMeasure(reader, unit)) {
    const aggregate = aggregateBeside(reader, unit);
    if (aggregate !== null) use(reader, aggregate.unit);
    return { kind: 'value', unit, fn: aggregate?.fn ?? null };
  }
  return { kind: 'count', unit, distinct: false };
}
