import { GRAIN_WORDS } from './read-groups.ts';
import {
  cue,
  dimWeight,
  free,
  hasTable,
  isDim,
  isMeasure,
  isThing,
  neighbour,
  type Reader,
  tableWeight,
  timeWeight,
  use,
} from './reader.ts';
import type { Unit } from './units.ts';

/** Nothing but polite words before it: "list" asks for a list, whatever is called like that. */
const IMPERATIVE = /^\s*(?:(?:please|can you|could you|now|then|and|ok(?:ay)?|so|just)[ ,]*)*$/i;

/** What no other pass took: the thing asked for, the columns to show, tables that only give context. */
export function readRest(reader: Reader): void {
  const { frame } = reader;
  for (const unit of reader.units) {
    if (cue(unit, 'rows') !== null && free(reader, unit) && unit.hits.length === 0) {
      use(reader, unit);
      frame.star = true;
    }
    const told = IMPERATIVE.test(reader.text.slice(0, unit.start)) && reader.units.length > 1;
    const list = cue(unit, 'list') !== null && ((unit.hits.length === 0 && unit.values.length === 0) || told);
    if (list && free(reader, unit)) {
      use(reader, unit);
      frame.list = true;
    }
    if (cue(unit, 'distinct') !== null && unit.hits.length === 0 && free(reader, unit)) {
      use(reader, unit);
      frame.distinct = true;
    }
  }
  if (frame.anchor === null && frame.dims.some((dim) => dim.kind === 'grain' && dim.anchor === null)) {
    const anchor = reader.units.find(
      (unit) => free(reader, unit) && !hasTable(unit, 0.5) && timeWeight(reader, unit) >= 0.5,
    );
    if (anchor !== undefined) {
      use(reader, anchor);
      frame.anchor = anchor;
    }
  }
  const aggregated =
    frame.measures.length > 0 || frame.dims.length > 0 || frame.conditions.some((one) => one.aggregated);
  const ranked =
    frame.order.some((order) => order.by !== 'first-measure' && order.by.kind !== 'hint') ||
    (frame.order.length > 0 && aggregated);
  const rest = reader.units.filter(
    (unit) => free(reader, unit) && isThing(unit) && (isDim(reader, unit) || isMeasure(reader, unit)),
  );
  if (aggregated || ranked) readAggregatedRest(reader, rest);
  else readListRest(reader, rest);
  readVerb(reader);
  for (const unit of reader.units) {
    if (!free(reader, unit) || isThing(unit) || unit.unknown) continue;
    // 哪一部, "which one": part of the question word.
    if (unit.number?.value === 1 && cue(neighbour(reader, unit, -1), 'what') !== null) use(reader, unit);
    if (
      cue(unit, 'each') !== null &&
      /^(?:各|各自|分别)$/.test(unit.text) &&
      frame.filters.some((filter) => filter.units.length > 1)
    )
      use(reader, unit);
    if (cue(unit, 'versus') !== null && frame.filters.some((filter) => filter.units.length > 1)) use(reader, unit);
    if (
      ['what', 'and', 'or', 'all', 'have', 'unit', 'between'].some((kind) =>
        unit.cues.some((item) => item.kind === kind),
      )
    )
      use(reader, unit);
  }
}

const ASKED_VERB = /\b(?:do|does|did)\s+(?:[\w']+\s+){1,4}(?<verb>[a-z]+)\s*[?.!]*$/;

/** "how many orders did each employee handle": the last word says what the one does with the other. */
function readVerb(reader: Reader): void {
  const last = reader.units.at(-1);
  const verb = ASKED_VERB.exec(reader.text)?.groups?.verb;
  if (last?.unknown && last.text === verb && free(reader, last)) use(reader, last);
}

/** Index of the unit that which/what/who, 哪个, or a rank points at. */
function asked(reader: Reader, rest: readonly Unit[]): Unit | null {
  for (const unit of reader.units) {
    if (cue(unit, 'what') === null) continue;
    const next = neighbour(reader, unit, 1);
    if (next !== undefined && cue(next, 'unit') !== null && next.hits.length === 0) {
      const second = neighbour(reader, next, 1);
      if (second !== undefined && rest.includes(second)) return second;
    }
    if (next !== undefined && rest.includes(next)) return next;
    const previous = neighbour(reader, unit, -1);
    if (reader.language === 'zh' && previous !== undefined && rest.includes(previous)) return previous;
  }
  return null;
}

function readAggregatedRest(reader: Reader, rest: readonly Unit[]): void {
  const { frame } = reader;
  const things = rest.filter((unit) => isDim(reader, unit) && !(isMeasure(reader, unit) && tableWeight(unit) < 0.5));
  const subject = asked(reader, things);
  const ranking = frame.order.length > 0;
  // 订单最多的月份: the time itself is ranked.
  const grainUnit =
    ranking && frame.dims.length === 0
      ? reader.units.find(
          (unit) =>
            free(reader, unit) && unit.period === null && GRAIN_WORDS.some(([, pattern]) => pattern.test(unit.text)),
        )
      : undefined;
  if (grainUnit !== undefined) {
    use(reader, grainUnit);
    frame.dims.push({
      kind: 'grain',
      grain: GRAIN_WORDS.find(([, pattern]) => pattern.test(grainUnit.text))![0],
      unit: grainUnit,
      anchor: null,
    });
  }
  if (subject !== null) {
    use(reader, subject);
    if (ranking || frame.conditions.some((one) => one.aggregated)) frame.entity = subject;
    else if (frame.measures.length > 0 && !frame.dims.some((dim) => dim.kind === 'unit'))
      frame.dims.push({ kind: 'unit', unit: subject });
    else frame.context.push(subject);
  }
  for (const unit of things) {
    if (!free(reader, unit)) continue;
    const verb = VERB.test(unit.text) && things.some((other) => other !== unit && hasTable(other, 0.8));
    if (
      (ranking || (frame.measures.length === 0 && frame.conditions.some((one) => one.aggregated))) &&
      !verb &&
      frame.entity === null &&
      (frame.dims.every((dim) => dim.kind === 'grain') || tableWeight(unit) >= 0.8) &&
      (tableWeight(unit) >= 0.4 || dimWeight(reader, unit) >= 0.6)
    ) {
      const last =
        reader.language === 'zh'
          ? things
              .filter((other) => free(reader, other) && !/(?:及其|以及|和|及)$/.test(reader.text.slice(0, other.start)))
              .at(-1)
          : unit;
      if (last === unit || reader.language === 'en') {
        use(reader, unit);
        frame.entity = unit;
        continue;
      }
    }
    // "the titles and their number of employees": a number for each of them.
    const owns = /^\s*(?:and|with|along with|together with)\s+(?:their|its)\b/i.test(reader.text.slice(unit.end));
    if (owns && frame.measures.length > 0 && frame.dims.length === 0 && frame.entity === null) {
      use(reader, unit);
      frame.dims.push({ kind: 'unit', unit });
    } else if (tableWeight(unit) >= 0.3) {
      use(reader, unit);
      frame.context.push(unit);
    } else if (!verb && frame.conditions.some((one) => one.aggregated) && frame.entity === null) {
      use(reader, unit);
      frame.entity = unit;
    }
  }
  for (const unit of rest) {
    if (!free(reader, unit) || !isMeasure(reader, unit)) continue;
    if (ranking && frame.measures.length === 0 && frame.entity !== null) frame.columns.push(unit);
    else frame.measures.push({ kind: 'value', unit, fn: null });
    use(reader, unit);
  }
}

function readListRest(reader: Reader, rest: readonly Unit[]): void {
  const { frame } = reader;
  const subject = asked(reader, rest);
  const tables = rest.filter(
    (unit) =>
      tableWeight(unit) >= 0.5 &&
      tableWeight(unit) >= dimWeight(reader, unit) * 0.9 &&
      !(isMeasure(reader, unit) && dimWeight(reader, unit) < 0.6),
  );
  let entity = subject !== null && tables.includes(subject) ? subject : null;
  if (entity === null && subject === null) {
    // The head noun: last one before "of/with/in …" in English, the last one in Chinese.
    entity =
      reader.language === 'zh'
        ? (tables.filter((unit) => !followedByColumn(reader, unit, rest)).at(-1) ?? tables.at(-1) ?? null)
        : (tables[0] ?? null);
  }
  for (const unit of rest) {
    if (unit === entity) continue;
    use(reader, unit);
    if (tables.includes(unit)) {
      const listed =
        cue(neighbour(reader, unit, -1), 'and') !== null ||
        cue(neighbour(reader, unit, 1), 'and') !== null ||
        /\b(?:their|its|his|her|with)\s+(?:the\s+)?$/i.test(reader.text.slice(0, unit.start)) ||
        /(?:及其|以及|和|及|它们的|对应的)$/.test(reader.text.slice(0, unit.start));
      if (listed && entity !== null) frame.columns.push(unit);
      else frame.context.push(unit);
    } else if (entity !== null && VERB.test(unit.text) && unit.hits[0]!.weight < 0.99)
      frame.guesses.push(
        ...(frame.filters.length + frame.periods.length > 0 ? ['verb'] : Array.from({ length: 5 }, () => 'verb-alone')),
      );
    else frame.columns.push(unit);
  }
  if (entity === null) return;
  use(reader, entity);
  // 有哪些不同的职位: different names, not rows.
  if (frame.distinct && frame.columns.length === 0 && namesItself(reader, entity)) frame.columns.push(entity);
  else frame.entity = entity;
}

/** A table with a column called like it. */
function namesItself(reader: Reader, unit: Unit): boolean {
  return unit.hits.some(
    (hit) =>
      hit.target.kind === 'table' &&
      unit.hits.some(
        (other) =>
          other.target.kind === 'column' && other.target.table === hit.target.table && other.weight >= hit.weight - 0.1,
      ) &&
      reader.index.tables[hit.target.table]!.labels.length === 1,
  );
}

/** "orders shipped to France": the verb only binds the words around it. */
const VERB = /(?:ed|ing)$|^(?:born|sold|paid|bought|spent|made)$/i;

function followedByColumn(reader: Reader, unit: Unit, rest: readonly Unit[]): boolean {
  const next = neighbour(reader, unit, 1);
  return next !== undefined && rest.includes(next) && !hasTable(next);
}
