import { lineRevenues } from './line-revenue.ts';
import {
  cue,
  dimWeight,
  free,
  hasTable,
  isMeasure,
  isPlaceVerb,
  isRevenueWord,
  isThing,
  measureWeight,
  neighbour,
  type Reader,
  tableWeight,
  timeWeight,
  use,
} from './reader.ts';
import { phraseKeyOf } from './schema-index.ts';
import type { Unit } from './units.ts';

/** Cell values (with the column named beside them, negation and lists), quoted or unseen names, absence and presence. */
export function readFilters(reader: Reader): void {
  readAbsence(reader);
  for (const unit of reader.units) {
    if (!free(reader, unit) || !isValue(reader, unit)) continue;
    readValue(reader, unit);
  }
  for (const unit of reader.units) if (free(reader, unit) && cue(unit, 'empty') !== null) readEmpty(reader, unit);
  for (const unit of reader.units) if (free(reader, unit) && unit.unknown) readUnknown(reader, unit);
}

/** Read as a cell value unless the words name a table or column better. */
function isValue(reader: Reader, unit: Unit): boolean {
  if (unit.literal !== null) return true;
  if (unit.values.length === 0 || unit.period !== null || unit.grain !== null) return false;
  const best = Math.max(...unit.values.map((hit) => hit.weight));
  const schema = Math.max(unit.hits[0]?.weight ?? 0, unit.measures.length > 0 ? 1 : 0);
  if (schema >= best) {
    // "Sales" beside "department": a value after all.
    // 处于关闭状态: so is a Chinese word right before the name of its column.
    const next = neighbour(reader, unit, 1);
    const ofColumn =
      reader.language === 'zh' &&
      next?.glued === true &&
      next.values.length === 0 &&
      next.hits.some(
        (hit) =>
          hit.target.kind === 'column' &&
          unit.values.some((value) => value.table === hit.target.table && value.column === hit.target.column),
      );
    return besideOwner(reader, unit) !== null && schema < 1.05 && (/^[A-Z]/.test(unit.text) || ofColumn);
  }
  if (unit.cues.length > 0 && !/^[A-Z]/.test(unit.text) && best < 1) return false;
  return schema < 0.9 || best > schema + 0.05;
}

/** The neighbour that names the column or table a value belongs to. */
function besideOwner(reader: Reader, unit: Unit): Unit | null {
  let owner: Unit | null = null;
  for (const step of [-1, 1]) {
    const other = neighbour(reader, unit, step);
    if (other === undefined || !isThing(other) || (other.values.length > 0 && other.hits[0]!.weight < 0.6)) continue;
    const owns = other.hits.some((hit) =>
      unit.values.some(
        (value) =>
          value.table === hit.target.table && (hit.target.kind === 'table' || value.column === hit.target.column),
      ),
    );
    if (!owns) continue;
    // 服务区处于关闭状态: the column beside it says more than the table.
    if (reader.language !== 'zh' || !hasTable(other, 0.8)) return other;
    owner ??= other;
  }
  return owner;
}

function readValue(reader: Reader, unit: Unit): void {
  const { frame } = reader;
  const units = [unit];
  use(reader, unit);
  // Lists: "Germany and France", 华东和华南, "Rock, Jazz or Metal".
  for (let at = unit; ; ) {
    const link = neighbour(reader, at, 1);
    if (link === undefined) break;
    const isLink = cue(link, 'and') !== null || cue(link, 'or') !== null;
    const next = isLink ? neighbour(reader, link, 1) : link;
    if (next === undefined || !free(reader, next) || !isValue(reader, next)) break;
    const glued = reader.language === 'zh' && next.glued;
    if (!isLink && !glued && !/^\s*[,，、/]\s*$/.test(reader.text.slice(at.end, next.start))) break;
    if (
      unit.literal === null &&
      !next.values.some((hit) => unit.values.some((other) => other.table === hit.table && other.column === hit.column))
    )
      break;
    use(reader, next, isLink ? link : undefined);
    units.push(next);
    at = next;
  }
  let first = neighbour(reader, unit, -1);
  // "albums by Iron Maiden": a mere preposition.
  let by = false;
  if (first !== undefined && cue(first, 'group') !== null && !isThing(first)) {
    use(reader, first);
    by = true;
    first = neighbour(reader, first, -1);
  }
  const inherited = reader.frame.filters.at(-1);
  let through: Unit | null = null;
  if (
    reader.language === 'en' &&
    first !== undefined &&
    free(reader, first) &&
    selfKey(reader, first) &&
    /\b(?:to|by|under|for)\s+$/i.test(reader.text.slice(0, unit.start))
  ) {
    through = first;
    use(reader, first);
  } else if (inherited?.through != null && inherited.units.at(-1) === first) through = inherited.through;
  let match: 'equals' | 'contains' | 'starts' | 'ends' = 'equals';
  for (const [kind, name] of [
    ['contains', 'contains'],
    ['starts', 'starts'],
    ['ends', 'ends'],
  ] as const) {
    if (first !== undefined && free(reader, first) && cue(first, kind) !== null && unit.literal !== null) {
      match = name;
      use(reader, first);
      first = neighbour(reader, first, -1);
      break;
    }
    const behind = neighbour(reader, units.at(-1)!, 1);
    if (kind !== 'contains' && behind !== undefined && free(reader, behind) && cue(behind, kind) !== null) {
      match = name;
      use(reader, behind);
    }
  }
  let negated = false;
  let qualifier = match === 'equals' ? besideOwner(reader, unit) : first !== undefined && isThing(first) ? first : null;
  if (by && qualifier === null && first !== undefined && isThing(first)) qualifier = besideColumn(unit, first);
  for (const other of [first, qualifier === first && first !== undefined ? neighbour(reader, first, -1) : undefined]) {
    if (other !== undefined && free(reader, other) && (cue(other, 'not') !== null || isNotEqual(other))) {
      negated = true;
      use(reader, other);
      const before = neighbour(reader, other, -1);
      if (qualifier === null && before !== undefined && isThing(before)) qualifier = besideColumn(unit, before);
    } else if (other !== undefined && free(reader, other) && cue(other, 'compare')?.op === '=') use(reader, other);
  }
  const last = neighbour(reader, units.at(-1)!, 1);
  if (last !== undefined && reader.language === 'zh' && cue(last, 'not') !== null && /外|除/.test(last.text)) {
    negated = true;
    use(reader, last);
  }
  if (qualifier !== null && free(reader, qualifier) && isPureQualifier(reader, qualifier, unit)) use(reader, qualifier);
  const either = units.length > 1 && /\bor\b|或/.test(reader.text.slice(unit.start, units.at(-1)!.end));
  frame.filters.push({ units, qualifier, negated, match, alternatives: either ? 'or' : 'and', through, by });
}

function isNotEqual(unit: Unit): boolean {
  return unit.cues.some((item) => item.kind === 'compare' && item.op === '!=');
}

function besideColumn(value: Unit, other: Unit): Unit | null {
  return other.hits.some((hit) =>
    value.values.some(
      (one) => one.table === hit.target.table && (hit.target.kind === 'table' || one.column === hit.target.column),
    ),
  )
    ? other
    : null;
}

/** "in the Beverages category": the word only says which column; "customers in Germany": the word is the thing asked for. */
function isPureQualifier(reader: Reader, unit: Unit, value: Unit): boolean {
  if (isPlaceVerb(unit)) return true;
  const before = neighbour(reader, unit, -1);
  if (
    cue(before, 'what') !== null ||
    cue(before, 'count') !== null ||
    cue(before, 'list') !== null ||
    cue(before, 'each') !== null ||
    cue(before, 'group') !== null
  )
    return false;
  if (cue(neighbour(reader, unit, 1), 'count') !== null) return false;
  const others = reader.units.filter((other) => other !== unit && free(reader, other) && isThing(other));
  // The value is the name of one row of that table: "Rock genre", 华东地区.
  const names = value.values.some(
    (hit) =>
      unit.hits.some((one) => one.target.kind === 'table' && one.target.table === hit.table) &&
      reader.index.tables[hit.table]!.labels.includes(hit.column),
  );
  if (hasTable(unit, 0.9) && tableWeight(unit) >= dimWeight(reader, unit))
    return names && (others.length > 0 || reader.frame.measures.length > 0);
  return true;
}

const DONE = /(?:ed|paid|sent|shown)$|发货|归还|付款|支付|完成|出库/i;

/** "customers without orders", 没有下过订单的客户, "never rented", "not yet shipped". */
function readAbsence(reader: Reader): void {
  for (const unit of reader.units) {
    const without = cue(unit, 'without') !== null;
    const not = cue(unit, 'not') !== null;
    if (!free(reader, unit) || (!without && !not)) continue;
    const thing = absentThing(reader, unit);
    if (thing === null) continue;
    const others = reader.units.filter((other) => other !== thing && tableWeight(other) >= 0.5);
    const time = timeWeight(reader, thing);
    const verb =
      DONE.test(thing.text) &&
      time >= 0.5 &&
      tableWeight(thing) <= time &&
      others.some((other) =>
        thing.hits.some((hit) => hit.target.kind === 'column' && other.hits[0]!.target.table === hit.target.table),
      );
    const column =
      tableWeight(thing) < 0.35 ||
      verb ||
      thing.hits.some(
        (hit) =>
          hit.target.kind === 'column' &&
          hit.weight >= tableWeight(thing) &&
          others.some((other) => other.hits[0]!.target.table === hit.target.table),
      );
    if (column) {
      const lines = lineTables(reader, thing, others);
      if (lines !== null) {
        use(reader, unit, thing);
        reader.frame.absent.push(lines);
        continue;
      }
      if (!without && !verb) continue;
      if (measureWeight(reader, thing) >= 0.9 && time === 0) {
        if (!without) continue;
        // "have no units in stock", 没有折扣: none of a number is zero.
        use(reader, unit, thing);
        reader.frame.conditions.push({
          operand: { kind: 'value', unit: thing, fn: null },
          op: '=',
          low: 0,
          high: null,
          unit,
          aggregated: false,
        });
        continue;
      }
      use(reader, unit, thing);
      reader.frame.conditions.push({
        operand: { kind: 'value', unit: thing, fn: null },
        op: 'null',
        low: null,
        high: null,
        unit,
        aggregated: false,
      });
      continue;
    }
    const acts = verbTable(reader, unit, thing);
    if (acts !== null) {
      use(reader, unit, thing);
      reader.frame.absent.push(acts);
      continue;
    }
    // 没有订单的客户 / customers without orders: something else must be what is asked for.
    if (others.length === 0) continue;
    use(reader, unit, thing);
    // "did not attend any performance": the object of the verb is what is absent.
    const object = neighbour(reader, thing, 1);
    const weak = reader.language === 'en' && tableWeight(thing) < 0.9;
    if (weak && object !== undefined && free(reader, object) && tableWeight(object) >= 0.8 && others[0] !== object) {
      use(reader, object);
      reader.frame.absent.push(object);
    } else {
      // "never ordered a product": the object says nothing more than the verb.
      const article = object === undefined ? '' : reader.text.slice(thing.end, object.start);
      if (/ed$/i.test(thing.text) && /^\s+(?:an?|any|one)\s+$/i.test(article) && tableWeight(object!) >= 0.8)
        use(reader, object);
      reader.frame.absent.push(thing);
    }
  }
}

/** "never reviewed a product": the rows of the table that the verb is named after, when it links to the object. */
function verbTable(reader: Reader, negation: Unit, thing: Unit): Unit | null {
  const verb = /^\s*([a-z]{4,}ed)\s+(?:an?|any|the|one)?\s*$/i.exec(reader.text.slice(negation.end, thing.start))?.[1];
  const object = thing.hits.find((hit) => hit.target.kind === 'table')?.target.table;
  if (verb === undefined || object === undefined) return null;
  const hits = (reader.index.phrases.get(phraseKeyOf(verb)) ?? []).filter(
    (hit) =>
      hit.target.kind === 'table' &&
      reader.index.tables[hit.target.table]!.table.kind === 'table' &&
      reader.index.joins.edges[hit.target.table]!.some((edge) => edge.to === object),
  );
  return hits.length === 0 ? null : { ...thing, hits: hits.map((hit) => ({ ...hit, weight: 0.9 })) };
}

/** "products with no sales", 没有卖出过的: no rows where the measure lives. */
function lineTables(reader: Reader, thing: Unit, others: readonly Unit[]): Unit | null {
  const entity = others[0]?.hits.find((hit) => hit.target.kind === 'table')?.target.table;
  if (entity === undefined || !(isMeasure(reader, thing) || isRevenueWord(thing.text))) return null;
  const tables = [
    ...new Set([
      ...lineRevenues(reader.index).map((line) => line.table),
      ...thing.hits.filter((hit) => hit.target.kind === 'column').map((hit) => hit.target.table),
    ]),
  ];
  const other = tables.filter((table) => table !== entity && reader.index.tables[table]!.table.kind === 'table');
  if (other.length === 0 || thing.hits.some((hit) => hit.target.table === entity && hit.weight >= 0.9)) return null;
  return {
    ...thing,
    hits: other.map((table, rank) => ({ target: { kind: 'table', table, column: -1 }, weight: 0.9 - rank * 0.05 })),
  };
}

/** What is absent: the next thing, past "have", "any", "yet". */
function absentThing(reader: Reader, unit: Unit): Unit | null {
  for (const step of [1, 2, 3]) {
    const other = neighbour(reader, unit, step);
    if (other === undefined || !free(reader, other)) return null;
    if (isThing(other)) return other;
    // "have no copy in the warehouse": the place is what has no rows.
    const place = neighbour(reader, other, 1);
    if (
      other.unknown &&
      place !== undefined &&
      free(reader, place) &&
      tableWeight(place) >= 0.5 &&
      /^\s*(?:in|on|at|from)\s+(?:the\s+)?$/i.test(reader.text.slice(other.end, place.start))
    ) {
      use(reader, other);
      return place;
    }
    if (
      !['have', 'unit', 'all', 'list', 'without', 'not'].some((kind) => other.cues.some((item) => item.kind === kind))
    )
      return null;
  }
  return null;
}

function readEmpty(reader: Reader, unit: Unit): void {
  const thing = [neighbour(reader, unit, -1), neighbour(reader, unit, 1)].find(
    (other) => other !== undefined && free(reader, other) && isThing(other) && !hasTable(other, 0.8),
  );
  if (thing === undefined) return;
  use(reader, unit, thing);
  reader.frame.conditions.push({
    operand: { kind: 'value', unit: thing, fn: null },
    op: 'null',
    low: null,
    high: null,
    unit,
    aggregated: false,
  });
}

/** A capitalised name, or an unknown word beside a text column, that no sampled cell holds: it may be a cell that was not sampled. */
function readUnknown(reader: Reader, unit: Unit): void {
  const before = neighbour(reader, unit, -1);
  const after = neighbour(reader, unit, 1);
  const owner = [before, after].find(
    (other) =>
      other !== undefined &&
      isThing(other) &&
      other.hits.some((hit) => {
        const table = reader.index.tables[hit.target.table]!;
        const columns = hit.target.kind === 'column' ? [hit.target.column] : table.labels;
        return columns.some((i) => table.columns[i]!.traits.text && table.columns[i]!.column.values?.complete !== true);
      }),
  );
  if (owner === undefined || reader.index.tables.length === 0) return;
  const proper = /^[A-Z]/.test(unit.text) || (reader.language === 'zh' && unit.start > 0);
  if (!proper || unit.text.length < 2) return;
  use(reader, unit);
  if (owner !== undefined && free(reader, owner) && !hasTable(owner)) use(reader, owner);
  reader.frame.filters.push({
    units: [{ ...unit, literal: unit.text }],
    qualifier: owner,
    negated: false,
    alternatives: 'or',
    through: null,
    by: false,
    match: 'contains',
  });
  reader.frame.guesses.push('unsampled-value');
}

/** Two-valued columns used as adjectives: "active customers", 已停产的产品, "not discontinued". */
export function readFlags(reader: Reader): void {
  for (const unit of reader.units) {
    if (free(reader, unit) && unit.unknown) readNegatedFlag(reader, unit);
    if (!free(reader, unit) || !isThing(unit) || hasTable(unit, 0.8)) continue;
    const best = unit.hits[0]!;
    if (best.target.kind !== 'column' || best.weight < 0.6) continue;
    const flags = unit.hits.filter(
      (hit) =>
        hit.target.kind === 'column' && reader.index.tables[hit.target.table]!.columns[hit.target.column]!.traits.flag,
    );
    if (flags.length === 0 || flags[0]!.weight < best.weight - 0.1) continue;
    const before = neighbour(reader, unit, -1);
    if (cue(before, 'group') !== null || cue(before, 'each') !== null) continue;
    if (cue(before, 'count') !== null && !hasTable(neighbour(reader, unit, 1) ?? unit, 0.8)) continue;
    const negation =
      before !== undefined && free(reader, before) && (cue(before, 'not') !== null || cue(before, 'without') !== null)
        ? before
        : undefined;
    use(reader, unit, negation);
    reader.frame.flags.push({ unit, value: negation === undefined });
  }
}

/** "inactive", "unpaid": a two-valued column with a negating prefix. */
function readNegatedFlag(reader: Reader, unit: Unit): void {
  const positive = /^(?:in|un|non-?|dis)([a-z]{3,})$/i.exec(unit.text)?.[1];
  if (positive === undefined) return;
  const hits = (reader.index.phrases.get(phraseKeyOf(positive)) ?? []).filter(
    (hit) =>
      hit.target.kind === 'column' && reader.index.tables[hit.target.table]!.columns[hit.target.column]!.traits.flag,
  );
  if (hits.length === 0) return;
  use(reader, unit);
  reader.frame.flags.push({ unit: { ...unit, hits, unknown: false }, value: false });
}

const MATCH_WORD =
  /^\s*(?:the\s+)?(?:words?|letters?|text|string|characters?|单词|字母|字)?\s*["'“「]?([\p{L}\p{N}][\p{L}\p{N}-]*)["'”」]?/u;

/** "title contains LOVE", "name starts with A", 名称包含…的: text inside cells, in quotes or not. */
export function readTextMatches(reader: Reader): void {
  for (const unit of reader.units) {
    const match =
      cue(unit, 'starts') !== null
        ? 'starts'
        : cue(unit, 'ends') !== null
          ? 'ends'
          : cue(unit, 'contains') !== null
            ? 'contains'
            : null;
    if (match === null || !free(reader, unit) || isThing(unit)) continue;
    const owner = [neighbour(reader, unit, -1), neighbour(reader, unit, -2)].find(
      (other) => other !== undefined && isThing(other) && hasTextColumn(reader, other),
    );
    const next = neighbour(reader, unit, 1);
    if (owner === undefined || next?.literal != null) continue;
    const word = MATCH_WORD.exec(reader.text.slice(unit.end));
    let text = word?.[1];
    if (
      text === undefined ||
      (match === 'contains' &&
        (next === undefined || isThing(next) || !(next.unknown || next.values.length > 0)) &&
        !/^[A-Z]/.test(text))
    )
      continue;
    text = text.replace(/(?:开头|结尾)?的.*$/, '');
    if (text === '') continue;
    const end = unit.end + word![0].length;
    use(reader, unit, ...reader.units.filter((other) => other.start >= unit.end && other.start < end));
    if (!hasTable(owner, 0.9)) use(reader, owner);
    const literal = { ...unit, literal: text, values: [], hits: [] };
    reader.frame.filters.push({
      units: [literal],
      qualifier: owner,
      negated: false,
      match,
      alternatives: 'or',
      through: null,
      by: false,
    });
  }
}

function hasTextColumn(reader: Reader, unit: Unit): boolean {
  return unit.hits.some((hit) => {
    const table = reader.index.tables[hit.target.table]!;
    return hit.target.kind === 'column' ? table.columns[hit.target.column]!.traits.text : table.labels.length > 0;
  });
}

/** A unit that names a key of a table to itself: "reports to". */
function selfKey(reader: Reader, unit: Unit | undefined): boolean {
  if (unit === undefined) return false;
  const hit = unit.hits[0];
  if (hit === undefined || hit.target.kind !== 'column') return false;
  const table = reader.index.tables[hit.target.table]!;
  const { name } = table.columns[hit.target.column]!.column;
  return reader.index.joins.edges[hit.target.table]!.some(
    (edge) => edge.toOne && edge.to === hit.target.table && edge.pairs[0]!.from === name,
  );
}
