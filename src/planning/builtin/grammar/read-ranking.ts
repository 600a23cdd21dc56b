import type { Superlative } from '../lexicon/superlatives.ts';
import type { MeasureSlot } from './frame.ts';
import {
  aggregateBeside,
  canMeasure,
  cue,
  free,
  hasTable,
  isDim,
  isMeasure,
  isRevenueWord,
  isThing,
  measureWeight,
  neighbour,
  type Reader,
  tableWeight,
  timeWeight,
  use,
} from './reader.ts';
import type { Unit } from './units.ts';

/** Top-N and superlatives: "top 5 products by revenue", 销售额最高的3个产品, "the oldest employee", 前5行. */
export function readRanking(reader: Reader): void {
  for (const unit of reader.units) if (free(reader, unit) && cue(unit, 'top') !== null) readTop(reader, unit);
  for (const unit of reader.units)
    if (free(reader, unit) && cue(unit, 'superlative') !== null && cue(unit, 'top') === null)
      readSuperlative(reader, unit);
  // "5 actors with the most films": the number stands with the thing.
  if (reader.frame.limit === 1) {
    const count = reader.units.find(
      (unit) =>
        free(reader, unit) &&
        unit.number?.kind === 'cardinal' &&
        Number.isInteger(unit.number.value) &&
        unit.number.value > 0 &&
        tableWeight(neighbour(reader, unit, 1) ?? unit) >= 0.5,
    );
    if (count !== undefined) {
      use(reader, count);
      reader.frame.limit = count.number!.value;
    }
  }
  for (const unit of reader.units) {
    const order = cue(unit, 'order');
    if (order !== null && free(reader, unit) && !isThing(unit)) readOrder(reader, unit);
    else if (order !== null && free(reader, unit) && /by$|排/i.test(unit.text)) readOrder(reader, unit);
  }
  for (const unit of reader.units) {
    const direction = cue(unit, 'direction');
    if (direction === null || !free(reader, unit)) continue;
    use(reader, unit);
    const last = reader.frame.order.at(-1);
    if (last !== undefined)
      reader.frame.order[reader.frame.order.length - 1] = { ...last, descending: direction.descending };
    else {
      const counted = neighbour(reader, unit, -1);
      if (cue(counted, 'count') !== null && cue(neighbour(reader, unit, -2), 'group') !== null) {
        use(reader, counted, neighbour(reader, unit, -2));
        reader.frame.order.push({ by: 'first-measure', descending: direction.descending, superlative: null });
        continue;
      }
      const before = [neighbour(reader, unit, -1), neighbour(reader, unit, -2)].find(
        (other) => other !== undefined && isThing(other),
      );
      const marker = before === undefined ? undefined : neighbour(reader, before, -1);
      if (cue(marker, 'group') !== null && free(reader, marker)) use(reader, marker);
      if (before !== undefined && isMeasure(reader, before))
        reader.frame.order.push({
          by: measureSlot(reader, before),
          descending: direction.descending,
          superlative: null,
        });
      else reader.frame.order.push({ by: 'first-measure', descending: direction.descending, superlative: null });
    }
  }
}

function numberBeside(reader: Reader, unit: Unit, steps: readonly number[]): Unit | null {
  for (const step of steps) {
    let other = neighbour(reader, unit, step);
    if (other !== undefined && cue(other, 'unit') !== null && other.hits.length === 0)
      other = neighbour(reader, unit, step + Math.sign(step));
    if (
      other?.number != null &&
      free(reader, other) &&
      Number.isInteger(other.number.value) &&
      other.number.value > 0 &&
      other.number.value <= 100_000
    )
      return other;
  }
  return null;
}

function readTop(reader: Reader, unit: Unit): void {
  const top = cue(unit, 'top')!;
  const number = numberBeside(reader, unit, [1]);
  const first = /^(?:first|前|后|last|最后|以)$/i.test(unit.text);
  if (number === null) {
    if (first || unit.text === 'last') {
      if (cue(unit, 'superlative') !== null) readSuperlative(reader, unit);
      return;
    }
    // "top customers": as many as fit a short list.
    if (neighbour(reader, unit, 1) === undefined && reader.language === 'en') return;
    use(reader, unit);
    reader.frame.limit ??= 10;
    reader.frame.guesses.push('top-without-number');
    reader.frame.order.push({ by: 'first-measure', descending: top.descending, superlative: null });
    return;
  }
  use(reader, unit, number);
  const measureWord = neighbour(reader, number, 1);
  if (measureWord !== undefined && cue(measureWord, 'unit') !== null && measureWord.hits.length === 0)
    use(reader, measureWord);
  reader.frame.limit = number.number!.value;
  const ranked = neighbour(reader, unit, -1);
  if (reader.language === 'zh' && ranked !== undefined && free(reader, ranked) && isMeasure(reader, ranked)) {
    reader.frame.order.push({ by: measureSlot(reader, ranked), descending: top.descending, superlative: null });
    return;
  }
  const superlativeNext = neighbour(reader, number, 1);
  if (superlativeNext !== undefined && cue(superlativeNext, 'superlative') !== null) return;
  const date = /^(?:last|最后)$/i.test(unit.text);
  reader.frame.order.push({
    by: 'first-measure',
    descending: date ? true : top.descending,
    superlative: date ? (cue(unit, 'superlative')?.superlative ?? null) : null,
  });
  if (/^first$/i.test(unit.text) || (/^[前后]$/.test(unit.text) && cue(neighbour(reader, number, 1), 'rows') !== null))
    reader.frame.guesses.push('first-rows');
}

const isPlural = (unit: Unit | undefined): boolean => unit !== undefined && /[^s]s$/i.test(unit.text);

function superlativesOf(unit: Unit): Superlative[] {
  return unit.cues.flatMap((item) => (item.kind === 'superlative' ? [item.superlative] : []));
}

function readSuperlative(reader: Reader, unit: Unit): void {
  const all = superlativesOf(unit);
  const superlative = { ...all[0]!, columns: [...new Set(all.flatMap((item) => item.columns))] };
  const number = numberBeside(reader, unit, reader.language === 'en' ? [-1, 1] : [1]);
  const operand = rankOperand(reader, unit, superlative);
  const aggregateOnly =
    operand !== null && operand.kind === 'value' && isExtremum(reader, unit, operand.unit, number !== null);
  use(reader, unit, number ?? undefined);
  // "earliest order date": the date itself.
  const date =
    operand?.kind === 'value' && timeWeight(reader, operand.unit) >= 0.5 && measureWeight(reader, operand.unit) === 0;
  const things = reader.units.some((other) => free(reader, other) && isThing(other) && other.number === null);
  if (date && !things && number === null && operand.kind === 'value' && !/\bwho\b|谁/i.test(reader.text)) {
    reader.frame.measures.push({
      kind: 'value',
      unit: operand.unit,
      fn: (superlative.dateDescending ?? superlative.descending) ? 'max' : 'min',
    });
    return;
  }
  if (number !== null) {
    const measureWord = neighbour(reader, number, 1);
    if (measureWord !== undefined && cue(measureWord, 'unit') !== null && measureWord.hits.length === 0)
      use(reader, measureWord);
  }
  if (aggregateOnly && operand.kind === 'value') {
    reader.frame.measures.push({ kind: 'value', unit: operand.unit, fn: superlative.descending ? 'max' : 'min' });
    return;
  }
  const by: MeasureSlot = operand ?? { kind: 'hint', unit, superlative, fn: null };
  const plural = number === null && /^(?:top|best)/i.test(unit.text) && isPlural(neighbour(reader, unit, 1));
  if (number?.number?.kind === 'ordinal') {
    reader.frame.limit = 1;
    reader.frame.offset = number.number.value - 1;
  } else if (number !== null) reader.frame.limit = number.number!.value;
  else if (plural) {
    reader.frame.limit ??= 10;
    reader.frame.guesses.push('top-without-number');
  } else reader.frame.limit ??= 1;
  const pending = reader.frame.order.at(-1);
  if (pending !== undefined && pending.by === 'first-measure') reader.frame.order.pop();
  reader.frame.order.push({ by, descending: superlative.descending, superlative });
}

/** What a superlative ranks by: "most orders", "highest average salary", 销售额最高, "spent the most". */
function rankOperand(reader: Reader, unit: Unit, superlative: Superlative): MeasureSlot | null {
  const adjective = superlative.columns.length > 0 && !/^(?:largest|biggest|smallest|highest)$/i.test(unit.text);
  const before = neighbour(reader, unit, -1);
  const after = neighbour(reader, unit, 1);
  const candidates =
    reader.language === 'en' || ranksBehind(reader, unit, before, after) ? [after, before] : [before, after];
  for (const [i, candidate] of candidates.entries()) {
    if (candidate === undefined || !free(reader, candidate)) continue;
    const aggregate = cue(candidate, 'aggregate');
    if (aggregate !== null && !isThing(candidate)) {
      const step = reader.units.indexOf(candidate) < reader.units.indexOf(unit) ? -1 : 1;
      const thing = neighbour(reader, candidate, step);
      if (thing !== undefined && canMeasure(reader, thing)) {
        use(reader, candidate, thing);
        return { kind: 'value', unit: thing, fn: aggregate.fn };
      }
    }
    const counted = neighbour(reader, candidate, -1);
    const countsRows = reader.language === 'zh' && candidate.glued && counted !== undefined && hasTable(counted, 0.8);
    if (cue(candidate, 'count') !== null && (!isMeasure(reader, candidate) || countsRows)) {
      const step = reader.language === 'en' ? 1 : -1;
      const thing = neighbour(reader, candidate, step);
      if (thing !== undefined && isThing(thing)) {
        use(reader, candidate, thing);
        return { kind: 'count', unit: thing, distinct: false };
      }
    }
    if (
      reader.language === 'zh' &&
      candidate === after &&
      (superlative.columns.length > 0 || reader.text.slice(unit.end, candidate.start).includes('的')) &&
      hasTable(candidate)
    )
      continue;
    // "who was hired first", 最早入职的员工: the date beside it.
    const time = timeWeight(reader, candidate);
    if (
      superlative.columns.includes('date') &&
      time >= 0.5 &&
      time >= candidate.hits[0]!.weight * 0.75 &&
      tableWeight(candidate) < 0.9
    ) {
      use(reader, candidate);
      return { kind: 'value', unit: candidate, fn: null };
    }
    if (adjective && !isMeasure(reader, candidate)) continue;
    if (adjective && i === 1 && reader.language === 'en' && !isRevenueWord(candidate.text)) continue;
    // 最大的发票金额: the measure behind the thing it belongs to.
    const behindThing = neighbour(reader, candidate, 1);
    if (
      reader.language === 'zh' &&
      i === 1 &&
      hasTable(candidate, 0.8) &&
      behindThing?.glued &&
      free(reader, behindThing) &&
      isMeasure(reader, behindThing)
    ) {
      use(reader, behindThing, candidate);
      reader.frame.context.push(candidate);
      return { kind: 'value', unit: behindThing, fn: null };
    }
    const most = /^(?:most|fewest|least|最多|最少|最多的|最少的)$/i.test(unit.text);
    if (isMeasure(reader, candidate) || (!most && !adjective && canMeasure(reader, candidate))) {
      if (
        reader.language === 'en' &&
        i === 1 &&
        reader.text.slice(candidate.end, unit.start).trim() !== '' &&
        !/^\s*(?:the|is|are)\s*$/i.test(reader.text.slice(candidate.end, unit.start))
      )
        continue;
      return measureSlot(reader, candidate);
    }
    const verbBefore = i === 1 && reader.language === 'en';
    if (
      superlative.counts &&
      isThing(candidate) &&
      tableWeight(candidate) >= 0.4 &&
      (!verbBefore || !reader.frame.columns.includes(candidate))
    ) {
      if (verbBefore && !/(?:ed|ing|t|d|s)$/i.test(candidate.text)) continue;
      if (verbBefore && isSubject(reader, candidate)) continue;
      if (reader.language === 'en' && i === 0 && /^(?:largest|biggest|smallest|top|best|worst)$/i.test(unit.text))
        continue;
      if (
        reader.language === 'en' &&
        /^most (?:popular|common)|^least|^busiest|selling$/i.test(unit.text) &&
        /^(?:most popular|most common|most frequent|least popular|busiest|.*selling)/i.test(unit.text)
      )
        continue;
      use(reader, candidate);
      return { kind: 'count', unit: candidate, distinct: false };
    }
  }
  return null;
}

/** 商品的最高单价: behind 的, with its measure glued to it, the superlative does not rank by what stands before. */
function ranksBehind(reader: Reader, unit: Unit, before: Unit | undefined, after: Unit | undefined): boolean {
  return (
    reader.language === 'zh' &&
    before !== undefined &&
    after?.glued === true &&
    canMeasure(reader, after) &&
    reader.text.slice(before.end, unit.start).trim() === '的'
  );
}

/** "which customers … most": the noun right behind which/what is asked for, not counted. */
function isSubject(reader: Reader, unit: Unit): boolean {
  return cue(neighbour(reader, unit, -1), 'what') !== null;
}

/** "what is the highest salary", 最高工资是多少: asks for the value itself, not for who has it. */
function isExtremum(reader: Reader, unit: Unit, operand: Unit, hasNumber: boolean): boolean {
  if (hasNumber || !canMeasure(reader, operand)) return false;
  const others = reader.units.filter(
    (other) =>
      other !== unit &&
      other !== operand &&
      free(reader, other) &&
      isDim(reader, other) &&
      tableWeight(other) >= 0.5 &&
      !isRevenueWord(other.text),
  );
  const grouped = reader.units.some((other) => cue(other, 'group') !== null || cue(other, 'each') !== null);
  const asksWho = reader.units.some(
    (other) => cue(other, 'what') !== null && /which|who|whose|哪|谁/i.test(other.text),
  );
  if (asksWho || /\b(?:which|who|whose)\b|哪|谁/i.test(reader.text)) return false;
  if (reader.language === 'zh') {
    const after = reader.text.slice(unit.end, unit.end + 1);
    if (operand.start > unit.start) return true;
    return after !== '的' && grouped ? true : others.length === 0 && after !== '的';
  }
  const behind = reader.text.slice(operand.end);
  if (/^\s*(?:of|for|among|in|by|per|paid|across|$|\?)/i.test(behind))
    return !/(?:with|has|have|having|earns?|gets?)\s+(?:the\s+)?$/i.test(reader.text.slice(0, unit.start));
  return others.length === 0 || grouped;
}

function measureSlot(reader: Reader, unit: Unit): MeasureSlot {
  const aggregate = aggregateBeside(reader, unit);
  use(reader, unit, aggregate?.unit);
  const count = neighbour(reader, unit, 1);
  if (reader.language === 'zh' && hasTable(unit) && cue(count, 'count') !== null && !isRevenueWord(unit.text)) {
    use(reader, count);
    return { kind: 'count', unit, distinct: false };
  }
  return { kind: 'value', unit, fn: aggregate?.fn ?? null };
}

/** "sorted by price", 按销售额排序, "ranked by number of orders". */
function readOrder(reader: Reader, unit: Unit): void {
  use(reader, unit);
  const chinese = reader.language === 'zh' && !/by$/i.test(unit.text);
  const step = chinese ? -1 : 1;
  let thing = neighbour(reader, unit, step);
  if (thing !== undefined && cue(thing, 'direction') !== null) thing = neighbour(reader, thing, step);
  if (thing !== undefined && cue(thing, 'group') !== null && !chinese) thing = neighbour(reader, thing, step);
  if (thing === undefined) return;
  const ranking = /rank|排名|排行/.test(unit.text);
  if (cue(thing, 'count') !== null && reader.language === 'zh' && cue(neighbour(reader, thing, -1), 'group') !== null) {
    use(reader, thing, neighbour(reader, thing, -1));
    reader.frame.order.push({ by: 'first-measure', descending: true, superlative: null });
    return;
  }
  if (cue(thing, 'count') !== null) {
    const counted = neighbour(reader, thing, step);
    if (counted !== undefined && isThing(counted)) {
      use(reader, thing, counted);
      reader.frame.order.push({
        by: { kind: 'count', unit: counted, distinct: false },
        descending: true,
        superlative: null,
      });
      return;
    }
  }
  if (!isThing(thing) && !isMeasure(reader, thing)) {
    if (ranking) reader.frame.order.push({ by: 'first-measure', descending: true, superlative: null });
    return;
  }
  const marker = neighbour(reader, thing, -1);
  const marked = cue(marker, 'group') !== null;
  if (chinese && ranking && !marked && !isMeasure(reader, thing)) {
    reader.frame.order.push({ by: 'first-measure', descending: true, superlative: null });
    return;
  }
  if (marked) use(reader, marker);
  if (isMeasure(reader, thing) && free(reader, thing) && ranking && chinese && !marked) {
    reader.frame.order.push({ by: 'first-measure', descending: true, superlative: null });
    return;
  }
  if (isMeasure(reader, thing) && !free(reader, thing)) {
    reader.frame.order.push({ by: 'first-measure', descending: true, superlative: null });
    return;
  }
  use(reader, thing);
  reader.frame.order.push({
    by: isMeasure(reader, thing) ? measureSlot(reader, thing) : { kind: 'value', unit: thing, fn: null },
    descending: ranking,
    superlative: null,
  });
}
