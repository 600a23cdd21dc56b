import type { MeasureSlot } from './frame.ts';
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
  isTotalWord,
  measureWeight,
  neighbour,
  type Reader,
  tableWeight,
  timeWeight,
  use,
} from './reader.ts';
import { phraseKeyOf } from './schema-index.ts';
import type { Unit } from './units.ts';

/** Counts and aggregates: "how many customers", 订单数, "average price", 销售额. */
export function readMeasures(reader: Reader): void {
  const { frame } = reader;
  for (const unit of reader.units) {
    if (!free(reader, unit)) continue;
    if (cue(unit, 'average-order') !== null) {
      use(reader, unit);
      frame.measures.push({ kind: 'average-order', unit });
    } else if (
      cue(unit, 'count') !== null &&
      (unit.hits.length === 0 || !isMeasure(reader, unit) || countsBefore(reader, unit))
    )
      readCount(reader, unit);
  }
  for (const unit of reader.units) if (free(reader, unit) && cue(unit, 'how-much') !== null) readHowMuch(reader, unit);
  for (const unit of reader.units)
    if (
      free(reader, unit) &&
      cue(unit, 'aggregate') !== null &&
      (!(isThing(unit) && isMeasure(reader, unit)) || aggregatesNext(reader, unit))
    )
      readAggregate(reader, unit);
  for (const unit of reader.units) {
    if (!free(reader, unit) || !isMeasure(reader, unit)) continue;
    const aggregated = frame.measures.length > 0 || frame.dims.length > 0 || frame.growth !== null || frame.share;
    const additive =
      isRevenueWord(unit.text) || isTotalWord(unit.text) || unit.measures.length > 0 || frame.periods.length > 0;
    if (!aggregated && !additive && !onlyMeasures(reader, unit)) continue;
    if (isColumnOfEntity(reader, unit) || /^(?:minutes?|mins?|hours?|seconds?|分钟|小时|秒)$/i.test(unit.text))
      continue;
    const sold = /^(?:sold|sell|sells|售出|卖出)$/i.test(unit.text)
      ? frame.measures.findIndex((slot) => slot.kind === 'count')
      : -1;
    if (sold >= 0) {
      const [counted] = frame.measures.splice(sold, 1);
      if (counted?.unit != null) frame.context.push(counted.unit);
    }
    use(reader, unit);
    frame.measures.push({ kind: 'value', unit, fn: isTotalWord(unit.text) ? 'sum' : null });
  }
  shareOfRows(reader);
}

/** "total sales" where a column is called total: the word aggregates what follows. */
function aggregatesNext(reader: Reader, unit: Unit): boolean {
  const next = neighbour(reader, unit, 1);
  return next?.glued === true && canMeasure(reader, next);
}

/** "what percentage of orders are cancelled": a share of the rows themselves. */
function shareOfRows(reader: Reader): void {
  const { frame } = reader;
  if (!(frame.share || frame.compare || frame.growth !== null) || frame.measures.length > 0) return;
  const table = reader.units.find((unit) => free(reader, unit) && hasTable(unit, 0.8));
  if (table === undefined) return;
  use(reader, table);
  frame.measures.push({ kind: 'count', unit: table, distinct: false });
}

/** No table or other column is named: the question is about this number alone. */
function onlyMeasures(reader: Reader, unit: Unit): boolean {
  return !reader.units.some(
    (other) => other !== unit && free(reader, other) && isDim(reader, other) && !isMeasure(reader, other),
  );
}

/** "list products and their prices": a number shown per row, not aggregated. */
function isColumnOfEntity(reader: Reader, unit: Unit): boolean {
  if (
    isTotalWord(unit.text) ||
    reader.frame.measures.length > 0 ||
    reader.frame.dims.length > 0 ||
    reader.frame.growth !== null ||
    reader.frame.share ||
    unit.measures.length > 0 ||
    (reader.frame.order.length > 0 && isRevenueWord(unit.text))
  )
    return false;
  return reader.units.some(
    (other) =>
      other !== unit &&
      !reader.frame.columns.includes(other) &&
      hasTable(other, 0.8) &&
      other.hits.some(
        (hit) =>
          hit.target.kind === 'table' &&
          hit.weight >= 0.8 &&
          unit.hits.some(
            (mine) => mine.target.kind === 'column' && mine.target.table === hit.target.table && mine.weight >= 0.6,
          ),
      ) &&
      !isRevenueWord(unit.text),
  );
}

/** 曲目数量: behind the name of a table, 数量 counts its rows even where a column is called so. */
function countsBefore(reader: Reader, unit: Unit): boolean {
  if (
    reader.language === 'zh' &&
    /^(?:数量|个数)$/.test(unit.text) &&
    reader.text.slice(0, unit.start).endsWith('的') &&
    reader.frame.conditions.length > 0
  )
    return true;
  const before = neighbour(reader, unit, -1);
  return (
    (reader.language === 'zh' || /^count$/i.test(unit.text)) &&
    before !== undefined &&
    unit.glued &&
    hasTable(before, 0.8)
  );
}

function readCount(reader: Reader, unit: Unit): void {
  const { frame } = reader;
  const before = neighbour(reader, unit, -1);
  let after = neighbour(reader, unit, 1);
  let distinct = false;
  const spent: Unit[] = [];
  while (
    after !== undefined &&
    (cue(after, 'distinct') !== null ||
      cue(after, 'all') !== null ||
      (cue(after, 'each') !== null && /different|不同/.test(after.text)) ||
      (cue(after, 'unit') !== null && !isThing(after)))
  ) {
    if (!cue(after, 'all') && !cue(after, 'unit')) distinct = true;
    spent.push(after);
    after = neighbour(reader, after, 1);
  }
  const suffix =
    reader.language === 'zh' &&
    /^(?:数|数量|总数|个数|总数量|数目|总量|人数|总人数|次数|单数|笔数|家数|条数|件数)$/.test(unit.text);
  const forward = !suffix && !(reader.language === 'zh' && /^有?几/.test(unit.text) && after === undefined);
  const behind = before !== undefined && free(reader, before) && isThing(before) ? before : undefined;
  const ahead = after !== undefined && free(reader, after) && isThing(after) ? after : undefined;
  let thing = forward
    ? (ahead ?? (reader.language === 'zh' ? behind : undefined))
    : (behind ?? (cue(before, 'aggregate') !== null ? ahead : undefined));
  if (
    reader.language === 'zh' &&
    forward &&
    behind !== undefined &&
    ahead !== undefined &&
    /多少$|几[个位名]|多少[个位名家]/.test(unit.text) &&
    !reader.text.slice(behind.end, unit.start).includes('有')
  )
    thing = ahead;
  if (reader.language === 'en' && /^count$/i.test(unit.text) && thing === undefined) thing = behind;
  // "how many copies of X are in the warehouse": the rows of the place.
  if (reader.language === 'en' && thing === undefined && after?.unknown) {
    thing = reader.units.find(
      (other) =>
        free(reader, other) &&
        tableWeight(other) >= 0.5 &&
        /\bin\s+(?:the|our|your)\s+$/i.test(reader.text.slice(0, other.start)),
    );
    if (thing !== undefined) spent.push(after);
  }
  use(reader, unit, ...spent);
  // 人数: the people are told by the word itself.
  if (thing === undefined && tableWeight(unit) >= 0.5) thing = unit;
  // 各部门的男女人数: people, one row for each value of the column before.
  if (
    thing !== undefined &&
    thing === behind &&
    !hasTable(thing) &&
    /人数$/.test(unit.text) &&
    tableWeight(unit) >= 0.5
  ) {
    use(reader, thing);
    frame.dims.push({ kind: 'unit', unit: thing });
    thing = unit;
  }
  // "active and inactive": a two-valued column is not a thing to count.
  const flag = thing?.hits[0];
  if (
    thing !== undefined &&
    flag?.target.kind === 'column' &&
    !hasTable(thing) &&
    reader.index.tables[flag.target.table]!.columns[flag.target.column]!.traits.flag
  ) {
    frame.measures.push({ kind: 'count', unit: null, distinct: false });
    frame.guesses.push('flag-left-over', 'flag-left-over');
    return;
  }
  if (
    thing !== undefined &&
    !hasTable(thing) &&
    timeWeight(reader, thing) >= 0.5 &&
    timeWeight(reader, thing) >= thing.hits[0]!.weight * 0.9
  ) {
    use(reader, thing);
    frame.anchor = thing;
    frame.measures.push({ kind: 'count', unit: null, distinct: false });
    return;
  }
  if (thing === undefined) {
    const used = before !== undefined && isThing(before) && reader.language === 'zh' ? before : null;
    frame.measures.push({ kind: 'count', unit: null, distinct: false });
    if (used === null && frame.dims.length === 0) frame.guesses.push('count-of-what');
    return;
  }
  use(reader, thing);
  if (isMeasure(reader, thing) && tableWeight(thing) < 0.5) {
    frame.measures.push({ kind: 'value', unit: thing, fn: 'sum' });
    return;
  }
  const total = neighbour(reader, thing, -1);
  if (suffix && cue(total, 'aggregate')?.fn === 'sum' && free(reader, total)) use(reader, total);
  if (cue(before, 'aggregate')?.fn === 'sum' && free(reader, before)) use(reader, before);
  frame.measures.push({ kind: 'count', unit: thing, distinct });
}

const isOnlyValue = (unit: Unit): boolean => unit.values.length > 0 && !isThing(unit);

/** 多少 / how much: a filler behind a measure, a count before a thing. */
function readHowMuch(reader: Reader, unit: Unit): void {
  const after = neighbour(reader, unit, 1);
  if (
    reader.language === 'zh' &&
    after !== undefined &&
    free(reader, after) &&
    isThing(after) &&
    !reader.text.slice(unit.end, after.start).includes('的')
  ) {
    use(reader, unit, after);
    reader.frame.measures.push(
      isMeasure(reader, after) && tableWeight(after) < 0.5
        ? { kind: 'value', unit: after, fn: null }
        : { kind: 'count', unit: after, distinct: false },
    );
    return;
  }
  // 有多少喜剧电影: the cell between says which.
  const behind = after?.glued && isOnlyValue(after) ? neighbour(reader, after, 1) : undefined;
  if (reader.language === 'zh' && behind?.glued && free(reader, behind) && hasTable(behind, 0.8)) {
    use(reader, unit, behind);
    reader.frame.measures.push({ kind: 'count', unit: behind, distinct: false });
    return;
  }
  use(reader, unit);
  if (reader.language === 'en') readHowMuchMoney(reader, after);
  const before = neighbour(reader, unit, -1);
  const measured =
    reader.frame.measures.length > 0 || reader.units.some((other) => free(reader, other) && isMeasure(reader, other));
  if (reader.language === 'zh' && !measured && before !== undefined && free(reader, before) && hasTable(before, 0.8)) {
    use(reader, before);
    reader.frame.measures.push({ kind: 'count', unit: before, distinct: false });
  }
}

const MONEY_KEYS = ['total amount', 'total', 'amount', 'grand total', 'amount paid', 'value'];

/** "how much did we invoice last year": the money of the rows that the verb names. */
function readHowMuchMoney(reader: Reader, thing: Unit | undefined): void {
  const { frame } = reader;
  const named =
    frame.measures.length > 0 || reader.units.some((other) => free(reader, other) && canMeasure(reader, other));
  if (named) return;
  const table = thing?.hits.find((hit) => hit.target.kind === 'table' && hit.weight >= 0.8)?.target.table;
  const numeric = (hit: Unit['hits'][number]): boolean =>
    hit.target.kind === 'column' &&
    hit.target.table === table &&
    reader.index.tables[hit.target.table]!.columns[hit.target.column]!.traits.adds === 'sum';
  const hits = MONEY_KEYS.flatMap((key) => (reader.index.phrases.get(phraseKeyOf(key)) ?? []).filter(numeric));
  if (thing === undefined || !free(reader, thing) || hits.length === 0) {
    frame.guesses.push('how-much-of-what', 'how-much-of-what', 'how-much-of-what');
    return;
  }
  const best = hits.reduce((one, other) => (other.weight > one.weight ? other : one));
  use(reader, thing);
  frame.measures.push({ kind: 'value', unit: { ...thing, hits: [best], measures: [] }, fn: 'sum' });
}

/** "average number of orders per customer", 平均每个客户有多少订单: counts averaged over things. */
function averagesCount(reader: Reader, unit: Unit): boolean {
  const { frame } = reader;
  const counts =
    frame.measures.length === 1 &&
    frame.measures[0]!.kind === 'count' &&
    frame.dims.length === 1 &&
    frame.dims[0]!.kind === 'unit';
  const nearby = [1, 2].some(
    (step) =>
      cue(neighbour(reader, unit, step), 'count') !== null ||
      cue(neighbour(reader, unit, step), 'each') !== null ||
      cue(neighbour(reader, unit, step), 'how-much') !== null,
  );
  return counts && (nearby || frame.order.length === 0);
}

function readAggregate(reader: Reader, unit: Unit): void {
  const { fn } = cue(unit, 'aggregate')!;
  const before = neighbour(reader, unit, -1);
  const after = neighbour(reader, unit, 1);
  const usable = (other: Unit | undefined): other is Unit =>
    other !== undefined && isThing(other) && (free(reader, other) || isUsedMeasure(reader, other));
  // "average number of orders per customer" is beyond a single group: leave it uncovered.
  if (fn === 'avg' && averagesCount(reader, unit)) {
    use(reader, unit);
    reader.frame.averagePer = true;
    return;
  }
  if (cue(after, 'count') !== null && reader.language === 'en' && fn !== 'sum') return;
  // "total and maximum duration": both words speak of one measure.
  const second = cue(after, 'and') !== null ? neighbour(reader, after!, 1) : undefined;
  const shared = cue(second, 'aggregate') !== null ? neighbour(reader, second!, 1) : undefined;
  if (shared !== undefined && free(reader, shared) && canMeasure(reader, shared)) {
    use(reader, unit, after);
    reader.frame.measures.push({ kind: 'value', unit: shared, fn });
    return;
  }
  let thing: Unit | undefined;
  const order = reader.language === 'zh' ? [after, before] : [after, neighbour(reader, unit, 2), before];
  const numeric = (other: Unit): boolean =>
    isMeasure(reader, other) ||
    (canMeasure(reader, other) && (fn !== 'sum' || !hasTable(other, 0.99) || measureWeight(reader, other) >= 0.95));
  for (const other of order) {
    if (usable(other) && numeric(other)) {
      thing = other;
      break;
    }
  }
  if (thing === undefined && fn === 'sum' && usable(after) && tableWeight(after) >= 0.5) {
    use(reader, unit, after);
    reader.frame.measures.push(
      isRevenueWord(after.text)
        ? { kind: 'value', unit: after, fn: 'sum' }
        : { kind: 'count', unit: after, distinct: false },
    );
    return;
  }
  if (thing === undefined) {
    for (const other of reader.units)
      if (usable(other) && free(reader, other) && isMeasure(reader, other) && other.start > unit.start) thing ??= other;
  }
  if (thing === undefined) {
    if (
      fn === 'sum' &&
      (reader.frame.measures.length > 0 || reader.frame.dims.length > 0 || reader.frame.periods.length > 0)
    )
      use(reader, unit);
    return;
  }
  use(reader, unit);
  const existing = reader.frame.measures.findIndex(
    (slot) => slot.kind === 'value' && slot.unit === thing && slot.fn === null,
  );
  if (existing >= 0) reader.frame.measures[existing] = { kind: 'value', unit: thing, fn };
  else reader.frame.measures.push({ kind: 'value', unit: thing, fn });
  use(reader, thing);
  alsoOthers(reader, thing, fn);
}

/** "average age and salary": the aggregate reaches over "and". */
function alsoOthers(reader: Reader, thing: Unit, fn: MeasureSlotFn): void {
  const link = neighbour(reader, thing, 1);
  const next = link === undefined ? undefined : neighbour(reader, link, 1);
  if (
    cue(link, 'and') === null ||
    next === undefined ||
    !free(reader, next) ||
    !isMeasure(reader, next) ||
    dimWeight(reader, next) > measureWeight(reader, next)
  )
    return;
  use(reader, link, next);
  reader.frame.measures.push({ kind: 'value', unit: next, fn });
}

type MeasureSlotFn = Extract<MeasureSlot, { kind: 'value' }>['fn'];

function isUsedMeasure(reader: Reader, unit: Unit): boolean {
  return reader.frame.measures.some((slot) => slot.kind === 'value' && slot.unit === unit);
}
