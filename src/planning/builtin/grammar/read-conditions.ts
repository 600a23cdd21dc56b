import type { ComparisonOp } from '../../../sql/index.ts';
import { SUPERLATIVES, type Superlative } from '../lexicon/superlatives.ts';
import type { Condition, MeasureSlot } from './frame.ts';
import {
  aggregateBeside,
  canMeasure,
  cue,
  dimWeight,
  free,
  hasTable,
  isMeasure,
  isThing,
  isTotalWord,
  neighbour,
  type Reader,
  tableWeight,
  timeWeight,
  use,
} from './reader.ts';
import type { Unit } from './units.ts';

/** Comparisons with numbers: "over 100", "5 or more", 超过3次, "between 10 and 20", "age 30", 高于平均值. */
export function readConditions(reader: Reader): void {
  for (const unit of reader.units) {
    if (free(reader, unit)) readDateOrder(reader, unit);
    if (free(reader, unit) && cue(unit, 'average-reference') !== null) readAverage(reader, unit);
    else readCompareWithAverage(reader, unit);
    if (!free(reader, unit) || unit.number === null || unit.number.kind === 'ordinal') continue;
    readAtNumber(reader, unit);
    if (free(reader, unit) && !readBetween(reader, unit)) readComparison(reader, unit);
  }
}

/** "sold at 4.99": the one column of a named table that is known to hold this number. */
function readAtNumber(reader: Reader, unit: Unit): void {
  const verb = neighbour(reader, unit, -1);
  if (!/\b(?:at|for)\s+\$?\s*$/i.test(reader.text.slice(0, unit.start)) || verb === undefined) return;
  const named = reader.units.filter((other) => other !== verb && free(reader, other) && hasTable(other, 0.9));
  const hits = named.flatMap((other) => {
    const { table } = other.hits.find((hit) => hit.target.kind === 'table')!.target;
    return reader.index.tables[table]!.columns.flatMap(({ column, traits }, at): Unit['hits'][number][] =>
      traits.numeric && column.values?.list.some((value) => Number(value) === unit.number!.value)
        ? [{ target: { kind: 'column', table, column: at }, weight: 0.9 }]
        : [],
    );
  });
  if (hits.length !== 1) return;
  use(reader, unit);
  if (free(reader, verb) && /(?:ed|ing)$|^sold$/i.test(verb.text)) use(reader, verb);
  push(reader, {
    operand: { kind: 'value', unit: { ...unit, hits }, fn: null },
    op: '=',
    low: unit.number!.value,
    high: null,
    unit,
    aggregated: false,
  });
}

const DATE_ORDER: readonly (readonly [RegExp, ComparisonOp])[] = [
  [/^(?:after|later than|past|beyond|晚于|迟于|超过)$/i, '>'],
  [/^(?:before|earlier than|prior to|ahead of|早于|先于)$/i, '<'],
];

/** "delivered after the due date", 发货日期晚于要求日期: two dates of one row. */
function readDateOrder(reader: Reader, unit: Unit): void {
  const word = reader.language === 'zh' ? reader.text.slice(unit.start, unit.start + 2) : unit.text;
  const op = DATE_ORDER.find(([words]) => words.test(word))?.[1];
  const left = neighbour(reader, unit, -1);
  const right = neighbour(reader, unit, 1);
  if (op === undefined || left === undefined || right === undefined || left.period !== null || right.period !== null)
    return;
  if (!free(reader, left) || !free(reader, right) || timeWeight(reader, left) < 0.6 || timeWeight(reader, right) < 0.6)
    return;
  use(reader, unit, left, right);
  const dates = left.hits.filter((hit) => hit.target.kind === 'column');
  push(reader, {
    operand: { kind: 'value', unit: { ...left, hits: dates }, fn: null },
    op,
    low: null,
    high: null,
    unit,
    aggregated: false,
    than: right,
  });
}

function readBetween(reader: Reader, first: Unit): boolean {
  const joinWord = neighbour(reader, first, 1);
  const second = cue(joinWord, 'and') !== null ? neighbour(reader, first, 2) : joinWord;
  if (second?.number == null || !free(reader, second)) return false;
  const gap = reader.text.slice(first.end, second.start);
  const before = neighbour(reader, first, -1);
  const between = cue(before, 'between') !== null || /between\s*$/i.test(reader.text.slice(0, first.start));
  if (!(/^\s*(?:to|-|–|~|到|至)\s*$/i.test(gap) || (between && /^\s*(?:and|to|和|与|到|至|-)\s*$/i.test(gap))))
    return false;
  const operandAt = cue(before, 'between') !== null ? neighbour(reader, before!, -1) : before;
  const operand = operandBefore(reader, operandAt) ?? operandAfter(reader, second);
  if (operand === null) return false;
  use(
    reader,
    first,
    second,
    cue(joinWord, 'and') !== null ? joinWord : undefined,
    cue(before, 'between') !== null ? before : undefined,
  );
  const tail = neighbour(reader, second, 1);
  if (cue(tail, 'between') !== null) use(reader, tail);
  push(reader, {
    operand: operand.slot,
    op: 'between',
    low: first.number!.value,
    high: second.number.value,
    unit: first,
    aggregated: operand.aggregated,
  });
  return true;
}

function readComparison(reader: Reader, number: Unit): void {
  let after = neighbour(reader, number, 1);
  let measureWord: Unit | undefined;
  if (after !== undefined && cue(after, 'unit') !== null && !isMeasure(reader, after)) {
    measureWord = after;
    after = neighbour(reader, after, 1);
  }
  const before = neighbour(reader, number, -1);
  const beforeCue = cue(before, 'compare');
  const afterCue = cue(after, 'compare');
  let op: ComparisonOp | null = null;
  let superlative: Superlative | undefined;
  const spent: (Unit | undefined)[] = [];
  let left = before;
  if (afterCue?.after) {
    op = afterCue.op;
    spent.push(after, measureWord);
  } else if (beforeCue !== null && !beforeCue.after) {
    op = beforeCue.op;
    superlative = before!.cues
      .map((item) => (item.kind === 'compare' ? item.superlative : undefined))
      .find((item) => item !== undefined);
    spent.push(before, measureWord);
    left = neighbour(reader, before!, -1);
    const negation = cue(left, 'not');
    if (negation !== null) {
      op = ({ '>': '<=', '<': '>=', '>=': '<', '<=': '>', '=': '!=', '!=': '=' } as const)[op];
      spent.push(left);
      left = neighbour(reader, left!, -1);
    }
  } else if (
    /^\s*(?:or|and)?\s*(?:more|above|over|higher|greater|up)\b/i.test(reader.text.slice(number.end)) &&
    /\bor\b|\band\b/i.test(reader.text.slice(number.end, number.end + 5))
  )
    op = '>=';
  const plain = op === null;
  if (plain) op = '=';
  const rightThing = afterCue?.after
    ? neighbour(reader, after!, 1)
    : measureWord !== undefined && !(after !== undefined && isThing(after))
      ? measureWord
      : after;
  if (superlative !== undefined && superlative.columns.length > 0) {
    const thing =
      rightThing !== undefined && free(reader, rightThing) && isMeasure(reader, rightThing) && reader.language === 'en'
        ? rightThing
        : undefined;
    use(reader, number, thing, ...spent);
    push(reader, {
      operand: { kind: 'hint', unit: before!, superlative, fn: null },
      op: op!,
      low: number.number!.value,
      high: null,
      unit: number,
      aggregated: false,
    });
    return;
  }
  if (plain) {
    // "age 30", "rating is 5", 年龄为30: only a numeric or code column directly before the number.
    if (left !== undefined && free(reader, left) && hasTable(left, 0.9) && byNumber(reader, left, number)) return;
    if (
      left === undefined ||
      !free(reader, left) ||
      !isThing(left) ||
      hasTable(left, 0.9) ||
      number.number!.kind === 'fraction'
    )
      return;
    if (
      !isMeasure(reader, left) &&
      !/^[\s:=#]*(?:is|of|为|是|等于|=)?\s*$/i.test(reader.text.slice(left.end, number.start))
    )
      return;
    // "sold at 5": a price, not the quantity that the verb stands for.
    if (/^(?:sold|bought|ordered)$/i.test(left.text) && /\bat\b/i.test(reader.text.slice(left.end, number.start)))
      return;
    if (cue(left, 'top') !== null || cue(left, 'superlative') !== null || cue(left, 'aggregate') !== null) return;
    use(reader, left, number);
    push(reader, {
      operand: { kind: 'value', unit: left, fn: null },
      op: '=',
      low: number.number!.value,
      high: null,
      unit: number,
      aggregated: false,
    });
    return;
  }
  const prefersRight =
    reader.language === 'en' &&
    afterCue === null &&
    !(
      left !== undefined &&
      free(reader, left) &&
      (isMeasure(reader, left) || cue(left, 'count') !== null) &&
      rightThing !== undefined &&
      !isThing(rightThing)
    );
  const times = neighbour(reader, number, 1);
  if (
    times !== undefined &&
    /^(?:times|次)$/i.test(times.text) &&
    left !== undefined &&
    tableWeight(left) >= 0.35 &&
    free(reader, left) &&
    op !== null &&
    !plain
  ) {
    use(reader, number, times, left, ...spent);
    push(reader, {
      operand: { kind: 'count', unit: left, distinct: false },
      op,
      low: number.number!.value,
      high: null,
      unit: number,
      aggregated: true,
    });
    return;
  }
  const tail = neighbour(reader, number, 1);
  if (left !== undefined && tail !== undefined && TIME_UNIT.test(tail.text) && canMeasure(reader, left))
    spent.push(tail);
  const operand = prefersRight
    ? (operandAfter(reader, number, rightThing) ?? operandBefore(reader, left))
    : (operandBefore(reader, left) ?? operandAfter(reader, number, rightThing));
  if (operand === null && MONEY.test(reader.text.slice(number.start))) {
    const superlative = SUPERLATIVES.get('most expensive')!;
    use(reader, number, neighbour(reader, number, 1), ...spent);
    push(reader, {
      operand: { kind: 'hint', unit: number, superlative, fn: null },
      op: op!,
      low: number.number!.value,
      high: null,
      unit: number,
      aggregated: false,
    });
    return;
  }
  if (operand === null) {
    reader.frame.guesses.push('condition-without-operand');
    return;
  }
  use(reader, number, ...spent);
  push(reader, {
    operand: operand.slot,
    op: op!,
    low: number.number!.value,
    high: null,
    unit: number,
    aggregated: operand.aggregated,
  });
}

const MONEY = /^[\d,.]+\s*(?:dollars?|usd|euros?|元|块钱?|美元|rmb|yuan)/i;
const TIME_UNIT = /^(?:minutes?|mins?|hours?|seconds?|days?|分钟|小时|秒|天)$/i;

/** "store 2", "customer 15", 订单10248: the row with that key. */
function byNumber(reader: Reader, thing: Unit, number: Unit): boolean {
  const hit = thing.hits.find((one) => one.target.kind === 'table' && one.weight >= 0.9);
  if (
    hit === undefined ||
    !Number.isInteger(number.number!.value) ||
    !/^\s*#?\s*$/.test(reader.text.slice(thing.end, number.start))
  )
    return false;
  const table = reader.index.tables[hit.target.table]!;
  const key = table.columns.findIndex(
    ({ column }) =>
      table.table.primaryKey.length === 1 && table.table.primaryKey[0] === column.name && column.type === 'integer',
  );
  if (key < 0) return false;
  use(reader, number);
  const others = reader.units.some((other) => other !== thing && free(reader, other) && hasTable(other, 0.8));
  if (others) use(reader, thing);
  const unit: Unit = {
    ...thing,
    hits: [{ target: { kind: 'column', table: hit.target.table, column: key }, weight: 1 }],
  };
  push(reader, {
    operand: { kind: 'value', unit, fn: null },
    op: '=',
    low: number.number!.value,
    high: null,
    unit: number,
    aggregated: false,
  });
  return true;
}

interface Operand {
  readonly slot: MeasureSlot;
  readonly aggregated: boolean;
}

/** 订单数 | 平均工资 | price | "number of orders" to the left of a comparison. */
function operandBefore(reader: Reader, unit: Unit | undefined): Operand | null {
  if (unit === undefined) return null;
  if (cue(unit, 'have') !== null && !isThing(unit)) {
    return operandBeforeHave(reader, unit);
  }
  if (cue(unit, 'count') !== null && free(reader, unit)) {
    const thing = neighbour(reader, unit, -1);
    if (thing !== undefined && isThing(thing) && free(reader, thing)) {
      use(reader, unit, thing);
      return { slot: { kind: 'count', unit: thing, distinct: false }, aggregated: true };
    }
  }
  const aggregate = cue(unit, 'aggregate');
  if (aggregate !== null && !isThing(unit)) {
    const thing = neighbour(reader, unit, -1);
    if (thing !== undefined && canMeasure(reader, thing)) {
      use(reader, unit, thing);
      return { slot: { kind: 'value', unit: thing, fn: aggregate.fn }, aggregated: true };
    }
  }
  // 运费总额超过…: a word for "total" behind the measure.
  const named = neighbour(reader, unit, -1);
  if (
    reader.language === 'zh' &&
    isTotalWord(unit.text) &&
    unit.glued &&
    named !== undefined &&
    free(reader, named) &&
    canMeasure(reader, named)
  ) {
    use(reader, unit, named);
    return { slot: { kind: 'value', unit: named, fn: 'sum' }, aggregated: true };
  }
  if (!isThing(unit) || reader.frame.columns.includes(unit)) return null;
  if (canMeasure(reader, unit)) {
    const aggregateCue = aggregateBeside(reader, unit);
    use(reader, unit, aggregateCue?.unit);
    const ranked = aggregateCue !== null || /^(?:sold|spent|卖出|消费)$/i.test(unit.text);
    return { slot: { kind: 'value', unit, fn: aggregateCue?.fn ?? (ranked ? 'sum' : null) }, aggregated: ranked };
  }
  const countBefore = neighbour(reader, unit, -1);
  if (cue(countBefore, 'count') !== null && hasTable(unit)) {
    use(reader, unit, countBefore);
    return { slot: { kind: 'count', unit, distinct: false }, aggregated: true };
  }
  if (reader.language === 'zh' && tableWeight(unit) >= 0.5) {
    use(reader, unit);
    return { slot: { kind: 'count', unit, distinct: false }, aggregated: true };
  }
  return null;
}

/** "customers who have more than 5 …": the operand is behind the number. */
function operandBeforeHave(_reader: Reader, _unit: Unit): Operand | null {
  return null;
}

/** "5 orders", "100 units in stock", "5000 in salary" to the right of a number. */
function operandAfter(
  reader: Reader,
  number: Unit,
  thing: Unit | undefined = neighbour(reader, number, 1),
): Operand | null {
  if (thing === undefined || !free(reader, thing) || !isThing(thing)) return null;
  const counts =
    hasTable(thing, 0.5) && tableWeight(thing) >= dimWeight(reader, thing) * 0.99 && !isMeasure(reader, thing);
  if (isMeasure(reader, thing)) {
    if (reader.language === 'zh' && reader.text.slice(number.end, thing.start).includes('的')) return null;
    use(reader, thing);
    return { slot: { kind: 'value', unit: thing, fn: null }, aggregated: false };
  }
  if (counts) {
    if (reader.language === 'zh' && reader.text.slice(number.end, thing.start).includes('的')) return null;
    use(reader, thing);
    return { slot: { kind: 'count', unit: thing, distinct: false }, aggregated: true };
  }
  return null;
}

function readAverage(reader: Reader, unit: Unit): void {
  const reference = cue(unit, 'average-reference')!;
  const superlative = unit.cues
    .map((item) => (item.kind === 'average-reference' ? item.superlative : undefined))
    .find((item) => item !== undefined);
  const operand = [neighbour(reader, unit, -1), neighbour(reader, unit, 1)].find(
    (other) => other !== undefined && free(reader, other) && canMeasure(reader, other),
  );
  const again = neighbour(reader, unit, 1);
  if (
    again !== operand &&
    again !== undefined &&
    free(reader, again) &&
    operand !== undefined &&
    again.text.toLowerCase() === operand.text.toLowerCase()
  )
    use(reader, again);
  const useOperand = operand !== undefined && (superlative === undefined || !hasTable(operand, 0.9));
  if (!useOperand && superlative === undefined) return;
  use(reader, unit, useOperand ? operand : undefined);
  const slot: MeasureSlot = useOperand
    ? { kind: 'value', unit: operand, fn: null }
    : { kind: 'hint', unit, superlative: superlative!, fn: null };
  push(reader, { operand: slot, op: reference.op, low: null, high: null, unit, aggregated: false, average: true });
}

/** 高于 + 平均, "longer than" + "the average": the same in two words. */
function readCompareWithAverage(reader: Reader, unit: Unit): void {
  const compare = cue(unit, 'compare');
  const next = neighbour(reader, unit, 1);
  if (
    compare === null ||
    compare.after ||
    !free(reader, unit) ||
    next === undefined ||
    !free(reader, next) ||
    cue(next, 'aggregate')?.fn !== 'avg'
  )
    return;
  const behind = neighbour(reader, next, 1);
  const repeated = behind !== undefined && free(reader, behind) && canMeasure(reader, behind) ? behind : undefined;
  const before = neighbour(reader, unit, -1);
  const operand =
    before !== undefined && free(reader, before) && canMeasure(reader, before) && !hasTable(before, 0.9)
      ? before
      : repeated;
  const superlative = unit.cues
    .map((item) => (item.kind === 'compare' ? item.superlative : undefined))
    .find((item) => item !== undefined);
  if (operand === undefined && superlative === undefined) return;
  use(reader, unit, next, operand, repeated);
  const slot: MeasureSlot =
    operand === undefined
      ? { kind: 'hint', unit, superlative: superlative!, fn: null }
      : { kind: 'value', unit: operand, fn: null };
  push(reader, { operand: slot, op: compare.op, low: null, high: null, unit, aggregated: false, average: true });
}

/** "how many units of it are in stock": the stock itself, not how many have any. */
const PIECES =
  /\b(how (?:many|much)(?: (?:units?|pieces?|items?|copies))?)\b(?=(?: of [^,?]+?)? (?:is|are|was|were|do we have|we have|left)\b[^,?]*$)/i;

/** "out of stock", 有库存: the stock column against zero. */
export function readStock(reader: Reader): void {
  for (const unit of reader.units) {
    const stock = cue(unit, 'stock');
    if (stock === null || !free(reader, unit)) continue;
    if (!isMeasure(reader, unit)) {
      // Stock kept as rows of their own: 没有库存的电影.
      if (stock.empty && tableWeight(unit) >= 0.5) {
        use(reader, unit);
        reader.frame.absent.push(unit);
      }
      continue;
    }
    use(reader, unit);
    const pieces = PIECES.exec(reader.text.slice(0, unit.start));
    if (pieces !== null && !stock.empty) {
      for (const other of reader.units)
        if (other.start >= pieces.index && other.end <= pieces.index + pieces[1]!.length) use(reader, other);
      reader.frame.measures.push({ kind: 'value', unit, fn: 'sum' });
      continue;
    }
    push(reader, {
      operand: { kind: 'value', unit, fn: null },
      op: stock.empty ? '=' : '>',
      low: 0,
      high: null,
      unit,
      aggregated: false,
    });
  }
}

function push(reader: Reader, condition: Condition): void {
  reader.frame.conditions.push(condition);
}
