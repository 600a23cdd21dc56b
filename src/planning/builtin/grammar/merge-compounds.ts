import { hasHan } from '../text/language.ts';
import { isPlaceVerb, isRevenueWord } from './reader.ts';
import type { SchemaIndex } from './schema-index.ts';
import { tableDistance } from './table-distance.ts';
import type { Unit } from './units.ts';

/**
 * A table followed by one of its columns is one name: "customer name", 客户的姓名, "product category". In Chinese
 * only text and date columns merge, since 各部门工资 groups by the first word.
 */
export function mergeCompounds(units: readonly Unit[], index: SchemaIndex, text: string): Unit[] {
  const result: Unit[] = [];
  for (const [i, unit] of units.entries()) {
    const last = result.at(-1);
    const merged =
      last === undefined || saysWhere(unit, units[i + 1]) ? null : merge(last, unit, index, text, result.at(-2));
    if (merged !== null) result[result.length - 1] = merged;
    else result.push(unit);
  }
  return result;
}

const NAME_WORD = /^(?:full )?names?$|^(?:名称|名字|姓名|名)$/i;

/** Words that say what everything here is about anyway; 摇滚 in 摇滚乐队 says which. */
const GENERAL = /^(?:音乐|公司|企业|系统|平台|业务|商店|店铺|数据)$/u;

/** 音乐流派: a general word before a table that is a cell only by translation, and of a table far from it, just belongs to the noun. */
function isModifier(first: Unit, second: Unit, index: SchemaIndex): boolean {
  const table = second.hits.find((hit) => hit.target.kind === 'table' && hit.weight >= 0.8)?.target.table;
  return (
    GENERAL.test(first.text) &&
    second.glued &&
    table !== undefined &&
    first.hits.length === 0 &&
    first.literal === null &&
    first.values.length > 0 &&
    first.values.every((value) => value.weight < 0.95 && tableDistance(index, table, value.table) > 2.5)
  );
}

/** "customers live in Oslo", 客户来自上海, "live in each city": before a place the verb is no name of theirs. */
const saysWhere = (verb: Unit, next: Unit | undefined): boolean =>
  isPlaceVerb(verb) && (next?.cues.every((cue) => cue.kind !== 'what') ?? false);

const AMOUNT_WORD = /^(?:costs?|amounts?|values?|charges?|fees?|expenses?)$|^(?:总额|总金额|金额|费用|总费用)$/i;

/** "freight cost", 运费总额: a word for an amount behind a number is no second number; 消费 + 金额 is money taken in. */
function mergeAmount(first: Unit, second: Unit, index: SchemaIndex, text: string): Unit | null {
  if (!second.glued || !AMOUNT_WORD.test(second.text) || first.measures.length + second.measures.length > 0)
    return null;
  const whole = text.slice(first.start, second.end);
  if (isRevenueWord(whole) && (first.unknown || first.hits[0]?.target.kind === 'column'))
    return { ...join(first, second, text, second.hits), unknown: false };
  const best = first.hits[0];
  if (best?.target.kind !== 'column' || best.weight < 0.85 || isRevenueWord(first.text)) return null;
  const { traits } = index.tables[best.target.table]!.columns[best.target.column]!;
  return traits.numeric ? { ...join(first, second, text, first.hits), cues: first.cues } : null;
}

function merge(first: Unit, second: Unit, index: SchemaIndex, text: string, before: Unit | undefined): Unit | null {
  if (isModifier(first, second, index)) return join(first, second, text, second.hits);
  const amount = mergeAmount(first, second, index, text);
  if (amount !== null) return amount;
  if (first.hits.length === 0 || second.hits.length === 0 || first.measures.length > 0 || second.measures.length > 0)
    return null;
  if (first.period !== null || second.period !== null || first.grain !== null || second.grain !== null) return null;
  if (/(?:ed|ing)$|^(?:born|sold|paid|bought|spent)$/i.test(second.text) || /(?:ed|ing)$|^sold$/i.test(first.text))
    return null;
  if (/^(?:pay|spend|order|rent|buy|sell|make|purchase)$/i.test(second.text)) return null;
  const chinese = hasHan(second.text);
  const gap = text.slice(first.end, second.start);
  if (chinese ? !/^\s*的?\s*$/.test(gap) : !/^\s*$/.test(gap)) return null;
  const tables = first.hits
    .filter((hit) => hit.target.kind === 'table' && hit.weight >= 0.5)
    .map((hit) => hit.target.table);
  if (tables.length === 0) return null;
  const grouped = before?.cues.some((cue) => cue.kind === 'each' || cue.kind === 'group') ?? false;
  const named = tables.find((table) => index.tables[table]!.labels.length > 0);
  if (NAME_WORD.test(second.text) && named !== undefined && !grouped) {
    return {
      ...join(
        first,
        second,
        text,
        first.hits.filter((hit) => hit.target.kind === 'table' && hit.weight >= 0.5),
      ),
      names: true,
    };
  }
  const own = second.hits.filter((hit) => {
    if (hit.target.kind !== 'column' || !tables.includes(hit.target.table) || hit.weight < 0.5) return false;
    const { traits } = index.tables[hit.target.table]!.columns[hit.target.column]!;
    return !traits.numeric && !traits.key;
  });
  if (own.length > 0 && !(second.cues.some((cue) => cue.kind === 'count') && chinese)) {
    const rest = second.hits.filter(
      (hit) => hit.target.kind === 'table' && hit.weight >= 0.95 && !(grouped && chinese),
    );
    return join(first, second, text, [...own.map((hit) => ({ ...hit, weight: Math.max(hit.weight, 0.95) })), ...rest]);
  }
  if (chinese) return null;
  const head = second.hits.filter((hit) => hit.target.kind === 'table' && hit.weight >= 0.85);
  const linked = head.some((hit) => tables.some((table) => tableDistance(index, table, hit.target.table) < 2.8));
  return linked && !second.cues.some((cue) => cue.kind === 'count') ? join(first, second, text, second.hits) : null;
}

function join(first: Unit, second: Unit, text: string, hits: Unit['hits']): Unit {
  return {
    ...second,
    text: text.slice(first.start, second.end),
    start: first.start,
    size: first.size + second.size,
    hits,
    values: [],
    cues: second.cues,
  };
}
