/** Fills a sketch's slots with a beam; the same enumeration serves teacher-forced training. */
import { NAMED } from '../linking/linker.ts';
import type { ValueMention } from '../linking/values.ts';
import { classify, type TextClassifier } from '../model/text-classifier.ts';
import type { Agg, Literal, Op, Query, Term } from '../query/query.ts';
import type { Sketch } from '../query/sketch.ts';
import { joinTree } from '../schema/join-graph.ts';
import { choiceFeatures, choiceModel } from './choices.ts';
import { columnFeatures, placing } from './column-features.ts';
import { F } from './feature-names.ts';
import { FeatureVector } from './feature-vector.ts';
import { likePattern, measured } from './literals.ts';
import { programOf, type Step } from './program.ts';
import type { QuestionContext } from './question-context.ts';
import { type SlotModel, scoreSlot, slotKind } from './slot-model.ts';
import { addTable, frameOf, type Spot, type State, setOperator, topOf, withTop } from './state.ts';
import { literalFor, numberCues, numberFor, pairFeatures } from './value-features.ts';

export interface SlotModels {
  readonly slots: SlotModel;
  readonly choices: Readonly<Record<string, TextClassifier>>;
}

/** One way to fill one slot. */
export interface Option {
  readonly column: number;
  /** Value mention, -1 for none or an implied number. */
  readonly value: number;
  readonly literals: readonly Literal[];
  readonly table: number;
  readonly label: string;
  readonly spot: Spot | null;
}

const NO_OPTION: Option = { column: -1, value: -1, literals: [], table: -1, label: '', spot: null };

export interface Decoded {
  readonly query: Query;
  readonly state: State;
}

export interface DecodeOptions {
  readonly beam: number;
  readonly results: number;
}

export const initialState = (sketch: Sketch): State => ({
  frames: [frameOf('top', sketch.any)],
  score: 0,
  scores: new Array(SCORE_KINDS.length).fill(0),
  count: 0,
  spots: [],
  last: -1,
  values: 0,
  value: -1,
  lastColumn: -1,
  lastSpot: null,
});

/** Kinds of steps whose log-probabilities the reranker sees separately. */
export const SCORE_KINDS = ['select', 'pair', 'group', 'order', 'number', 'table', 'nested', 'choice'] as const;

/** Beams of the prefixes decoded so far; sketches that begin alike share them. One per question. */
export type PrefixCache = Map<string, State[]>;

export function decodeSketch(
  context: QuestionContext,
  models: SlotModels,
  sketch: Sketch,
  options: DecodeOptions,
  cache: PrefixCache = new Map(),
): Decoded[] {
  let beam: State[] = [initialState(sketch)];
  const vector = new FeatureVector();
  const scratch = new Float32Array(models.slots.network?.hidden ?? 1);
  let prefix = sketch.any ? 'any' : '';
  for (const step of programOf(sketch)) {
    prefix += `/${stepKey(step)}`;
    const known = cache.get(prefix);
    if (known !== undefined) {
      beam = known;
      if (beam.length === 0) return [];
      continue;
    }
    const next: State[] = [];
    for (const state of beam) expand(context, models, step, state, vector, scratch, options.beam, next);
    next.sort((a, b) => b.score - a.score);
    beam = next.slice(0, options.beam);
    cache.set(prefix, beam);
    if (beam.length === 0) return [];
  }
  return beam.slice(0, options.results).map((state) => ({ query: state.frames[0]!.query, state }));
}

function stepKey(step: Step): string {
  switch (step.kind) {
    case 'column':
      return `${step.slot}:${step.tag}${step.arith}${step.operand ? '~' : ''}${step.within ? '()' : ''}`;
    case 'number':
    case 'choice':
      return `${step.kind}:${step.slot}`;
    case 'open':
      return `open:${step.role}${step.use}${step.setOp}${step.sketch.any ? 'any' : ''}`;
    default:
      return step.kind;
  }
}

function expand(
  context: QuestionContext,
  models: SlotModels,
  step: Step,
  state: State,
  vector: FeatureVector,
  scratch: Float32Array,
  width: number,
  out: State[],
): void {
  if (isAutomatic(step)) {
    out.push(applyStep(context, state, step, NO_OPTION, 0));
    return;
  }
  if (step.kind === 'choice') {
    const model = models.choices[choiceModel(step.slot)];
    if (model === undefined) return;
    const logs = classify(model, choiceFeatures(context, state, step.slot));
    model.labels.forEach((label, i) => {
      if (logs[i]! > -2.5) out.push(applyStep(context, state, step, { ...NO_OPTION, label }, logs[i]!));
    });
    return;
  }
  const kind = models.slots.kinds.indexOf(kindOf(step, state));
  const options: Option[] = [];
  const scores: number[] = [];
  enumerate(context, state, step, vector, (option) => {
    options.push(option);
    scores.push(kind < 0 ? 0 : scoreSlot(models.slots, kind, vector, scratch));
  });
  if (options.length === 0) return;
  let max = Number.NEGATIVE_INFINITY;
  for (const s of scores) if (s > max) max = s;
  let sum = 0;
  for (const s of scores) sum += Math.exp(s - max);
  const norm = max + Math.log(sum);
  const order = scores.map((s, i) => [s - norm, i] as const).sort((a, b) => b[0] - a[0]);
  for (const [log, i] of order.slice(0, width))
    if (log > -7) out.push(applyStep(context, state, step, options[i]!, log));
}

/** Steps that leave nothing to choose. */
export function isAutomatic(step: Step): boolean {
  return (
    step.kind === 'open' || step.kind === 'close' || (step.kind === 'column' && (step.tag === 'c*' || step.tag === '*'))
  );
}

/** The slot kind whose weights score this step. */
export function kindOf(step: Step, state: State): string {
  const { role } = topOf(state);
  if (step.kind === 'column') {
    const later = step.slot === 'select' && topOf(state).query.select.length > 0 ? '+' : '';
    const operand = step.operand ? (step.arith === '' ? '~' : '~~') : later;
    return slotKind(step.slot + operand, step.tag, role);
  }
  if (step.kind === 'number') return slotKind(`number-${step.slot}`, '', 'top');
  return slotKind(step.kind, '', role);
}

/** Calls `visit` for every option of a step, with its features in `vector`. */
export function enumerate(
  context: QuestionContext,
  state: State,
  step: Step,
  vector: FeatureVector,
  visit: (option: Option) => void,
): void {
  switch (step.kind) {
    case 'column':
      for (const id of context.pool) {
        if (!fits(context, id, step.operand ? 'sum' : step.tag)) continue;
        vector.clear();
        const spot = columnFeatures(vector, context, state, step.slot, step.tag, id);
        visit({ ...NO_OPTION, column: id, spot });
      }
      return;
    case 'pair':
      enumeratePairs(context, state, vector, visit);
      return;
    case 'range':
      enumerateRanges(context, state, vector, visit);
      return;
    case 'number':
      enumerateNumbers(context, state, step.slot, vector, visit);
      return;
    case 'table':
      enumerateTables(context, state, vector, visit);
      return;
    default:
      return;
  }
}

function fits(context: QuestionContext, id: number, tag: string): boolean {
  if (tag !== 'sum' && tag !== 'avg') return true;
  const { kind, values } = context.linking.schema.columns[id]!;
  return kind === 'number' || (kind === 'flag' && values.every((v) => typeof v === 'number'));
}

const MAX_PLAIN_PAIRS = 16;
const MAX_CELL_PAIRS = 24;

/** Columns that hold the value as a cell; of very many only the best named ones. */
function bestCells(context: QuestionContext, value: ValueMention): number[] {
  const ids = value.cells.map((c) => c.column);
  if (ids.length <= MAX_CELL_PAIRS) return ids;
  const { schema, columns, tables } = context.linking;
  const named = (id: number): number =>
    (columns[id]!.matches[0]?.coverage ?? 0) + 2 * (tables[schema.columns[id]!.table]!.matches[0]?.coverage ?? 0);
  return ids.sort((a, b) => named(b) - named(a)).slice(0, MAX_CELL_PAIRS);
}

function enumeratePairs(
  context: QuestionContext,
  state: State,
  vector: FeatureVector,
  visit: (option: Option) => void,
): void {
  const { values, schema, columns, tables } = context.linking;
  for (let v = 0; v < values.length; v++) {
    const value = values[v]!;
    const candidates = new Set(bestCells(context, value));
    if (!value.carried && !(candidates.size > 0 && value.number === null && !value.quoted)) {
      const plain = context.pool
        .filter((id) => !candidates.has(id) && (value.number !== null || schema.columns[id]!.kind !== 'number'))
        .map((id) => {
          const l = columns[id]!;
          const named = tables[schema.columns[id]!.table]!.matches[0]?.coverage ?? 0;
          return [
            id,
            (l.matches[0]?.coverage ?? 0) * 2 +
              l.rarity +
              (l.short?.coverage ?? 0) +
              named * 0.5 +
              context.lexicon[id]! * 0.3,
          ] as const;
        })
        .sort((a, b) => b[1] - a[1])
        .slice(0, MAX_PLAIN_PAIRS);
      for (const [id] of plain) candidates.add(id);
    }
    for (const id of candidates) {
      vector.clear();
      const spot = columnFeatures(vector, context, state, 'pair', 'n', id);
      pairFeatures(vector, context, state, id, v, spot);
      visit({ ...NO_OPTION, column: id, value: v, literals: [literalFor(value, schema.columns[id]!)], spot });
    }
  }
}

function enumerateRanges(
  context: QuestionContext,
  state: State,
  vector: FeatureVector,
  visit: (option: Option) => void,
): void {
  const { values, schema } = context.linking;
  const numbers = values
    .map((v, i) => [v, i] as const)
    .filter(
      ([v]) => !v.carried && (v.number !== null || v.cells.some((c) => schema.columns[c.column]!.kind === 'date')),
    );
  values.forEach((value, v) => {
    if (value.carried?.op !== 'between' || value.carried.left.col < 0) return;
    vector.clear();
    const id = value.carried.left.col;
    const spot = columnFeatures(vector, context, state, 'pair', 'n', id);
    pairFeatures(vector, context, state, id, v, spot);
    visit({ ...NO_OPTION, column: id, value: v, literals: value.carried.values, spot });
  });
  for (let a = 0; a + 1 < numbers.length; a++) {
    const [low, v] = numbers[a]!;
    const [high] = numbers[a + 1]!;
    for (const id of context.pool) {
      const column = schema.columns[id]!;
      if (column.kind === 'text' && column.values.length > 0) continue;
      vector.clear();
      const spot = columnFeatures(vector, context, state, 'pair', 'n', id);
      pairFeatures(vector, context, state, id, v, spot);
      visit({
        ...NO_OPTION,
        column: id,
        value: v,
        literals: [literalFor(low, column), literalFor(high, column)],
        spot,
      });
    }
  }
}

/** 八月 and 20岁 say no number of rows. */
const CALENDAR = /^[月岁]$/u;

function enumerateNumbers(
  context: QuestionContext,
  state: State,
  slot: 'limit' | 'having',
  vector: FeatureVector,
  visit: (option: Option) => void,
): void {
  const { values, schema } = context.linking;
  let first = true;
  values.forEach((value, v) => {
    if (value.number === null) return;
    const after = context.linking.question.units[value.end]?.raw ?? '';
    if (slot === 'limit' && (!Number.isInteger(value.number) || value.percent || CALENDAR.test(after))) return;
    vector.clear();
    vector.add(F.bias);
    vector.flag(F['value-used'], (state.values & (1 << v)) !== 0);
    vector.flag(F['number-large'], value.number > 30);
    vector.flag(F['number-first'], first);
    vector.flag(F['value-strong'], value.strong);
    vector.flag(F['has-cell'], value.cells.length > 0);
    numberCues(vector, context, value.start, value.end);
    placing(vector, context, state, value);
    first = false;
    const left = slot === 'having' ? topOf(state).query.having[0]?.left : undefined;
    const column = left && left.col >= 0 ? schema.columns[left.col] : undefined;
    const number = column === undefined ? value.number : numberFor(value, value.number, column);
    visit({ ...NO_OPTION, value: v, literals: [number], spot: value });
  });
  vector.clear();
  vector.add(F.bias);
  vector.add(F['number-implicit']);
  vector.flag(F['only-candidate'], first);
  visit({ ...NO_OPTION, literals: [slot === 'limit' ? 1 : 1], spot: null });
}

const ALL_TABLES = 80;

/** All tables of a small schema; of a big one those that are named, and neighbours of the ones in use. */
function tablePool(context: QuestionContext, used: readonly number[]): Iterable<number> {
  const { schema, matchedTables, previous } = context.linking;
  if (schema.tables.length <= ALL_TABLES) return schema.tables.keys();
  const pool = new Set<number>(matchedTables.slice(0, ALL_TABLES));
  for (const t of used) for (const e of schema.graph.byTable[t]!) pool.add(e.fromTable === t ? e.toTable : e.fromTable);
  for (const c of context.pool) pool.add(schema.columns[c]!.table);
  for (const t of previous?.tables ?? []) pool.add(t);
  return pool;
}

function enumerateTables(
  context: QuestionContext,
  state: State,
  vector: FeatureVector,
  visit: (option: Option) => void,
): void {
  const { schema, tables, question } = context.linking;
  const frame = topOf(state);
  const used = [...frame.tables, ...frame.query.extra];
  const path = used.length > 0 ? (joinTree(schema.graph, used)?.tables ?? used) : [];
  const first = question.units[0]?.raw ?? '';
  for (const id of tablePool(context, used)) {
    const table = schema.tables[id]!;
    if (frame.query.extra.includes(table.id) || (path.includes(table.id) && path.length > 0)) continue;
    vector.clear();
    const l = tables[table.id]!;
    const m = l.matches[0];
    vector.add(F.bias);
    vector.add(F.coverage, m ? m.coverage : 0);
    vector.flag(F.exact, m?.exact ?? false);
    vector.flag(F.full, m !== undefined && m.coverage >= NAMED);
    vector.flag(F.partial, m !== undefined && m.coverage < 1);
    vector.flag(F.unmatched, m === undefined);
    vector.flag(F['table-head'], m?.head ?? false);
    vector.flag(F.dominated, l.dominated);
    vector.flag(F['table-exact-not-dominated'], m !== undefined && m.coverage >= NAMED && !l.dominated);
    vector.add(F.rarity, l.rarity);
    vector.flag(F.bridge, table.bridge);
    vector.flag(F['unique-table'], schema.tables.length === 1);
    vector.add(F['table-rows'], Math.log(1 + table.rows) / 8);
    vector.flag(F['question-count'], first === 'how' && m !== undefined && m.start <= 3);
    distances(vector, context, used, table.id);
    const edges = schema.graph.byTable[table.id]!;
    vector.flag(
      F['table-children'],
      edges.some((e) => e.fromTable === table.id && used.includes(e.toTable)),
    );
    vector.flag(
      F['table-parent'],
      edges.some((e) => e.toTable === table.id && used.includes(e.fromTable)),
    );
    if (m) {
      placing(vector, context, state, m);
      const roles = context.roles(m.start, m.end);
      vector.add(F['role-none'], roles[5]!);
      vector.add(F.role, roles[0]!);
    }
    if (frame.role === 'set')
      vector.flag(F['left-table'], state.frames[state.frames.length - 2]!.tables.includes(table.id));
    vector.flag(
      F['outer-table'],
      frame.left !== null && frame.left.col >= 0 && schema.columns[frame.left.col]!.table === table.id,
    );
    let cells = 0;
    for (const v of context.linking.values)
      if (v.strong && v.cells.some((c) => schema.columns[c.column]!.table === table.id)) cells++;
    vector.flag(F['has-cell'], cells > 0);
    vector.flag(F['previous-exists'], context.linking.previous !== null);
    vector.flag(F['previous-table'], context.linking.previous?.tables.has(table.id) ?? false);
    visit({ ...NO_OPTION, table: table.id, spot: m ?? null });
  }
}

function distances(vector: FeatureVector, context: QuestionContext, used: readonly number[], table: number): void {
  const { graph } = context.linking.schema;
  if (used.length === 0) {
    vector.add(F['no-table-yet']);
    return;
  }
  let d = Number.POSITIVE_INFINITY;
  for (const t of used) d = Math.min(d, graph.distance[t * graph.size + table]!);
  vector.add(d < 1.9 ? F['distance-1'] : d < 3.5 ? F['distance-2'] : d < 50 ? F['distance-3'] : F.unconnected);
}

const termOf = (tag: string, column: number): Term => {
  if (tag === 'c*') return { agg: 'count', distinct: false, col: -1 };
  if (tag === '*') return { agg: '', distinct: false, col: -1 };
  if (tag === 'n') return { agg: '', distinct: false, col: column };
  return { agg: (tag === 'c' ? 'count' : tag) as Agg, distinct: tag === 'c', col: column };
};

/** The state after filling a step. */
export function applyStep(context: QuestionContext, state: State, step: Step, option: Option, log: number): State {
  const scores = [...state.scores];
  const kind = scoreKind(step, topOf(state).role);
  if (kind >= 0) scores[kind]! += log;
  let next: State = { ...state, score: state.score + log, scores, count: state.count + 1 };
  if (option.spot) {
    const spot = { start: option.spot.start, end: option.spot.end };
    next = { ...next, spots: [...state.spots, spot], last: spot.end, lastSpot: spot };
  }
  if (option.column >= 0) {
    next = { ...next, lastColumn: option.column, lastSpot: option.spot };
    next = withTop(next, addTable(topOf(next), context.linking.schema.columns[option.column]!.table));
  }
  if (step.kind === 'pair' || step.kind === 'range' || step.kind === 'number') {
    next = { ...next, value: option.value };
    if (option.value >= 0) {
      let bits = next.values | (1 << option.value);
      const { values } = context.linking;
      const v = values[option.value]!;
      if (step.kind === 'range') {
        const other = values.findIndex((o, i) => i > option.value && (o.number !== null || o.cells.length > 0));
        if (other >= 0) bits |= 1 << other;
      }
      next = {
        ...next,
        values: bits,
        spots: v.carried ? next.spots : [...next.spots, { start: v.start, end: v.end }],
        last: Math.max(v.end, next.last),
      };
    }
  }
  return fill(context, next, step, option);
}

function scoreKind(step: Step, role: string): number {
  if (step.kind === 'open' || step.kind === 'close') return -1;
  if (step.kind === 'choice') return SCORE_KINDS.indexOf('choice');
  if (role !== 'top') return SCORE_KINDS.indexOf('nested');
  if (step.kind === 'pair' || step.kind === 'range') return SCORE_KINDS.indexOf('pair');
  if (step.kind === 'number') return SCORE_KINDS.indexOf('number');
  if (step.kind === 'table') return SCORE_KINDS.indexOf('table');
  if (step.slot === 'select' || step.slot === 'group' || step.slot === 'order') return SCORE_KINDS.indexOf(step.slot);
  return SCORE_KINDS.indexOf('nested');
}

function fill(context: QuestionContext, state: State, step: Step, option: Option): State {
  const frame = topOf(state);
  const q = frame.query;
  const put = (query: Query): State => withTop(state, { ...frame, query });
  switch (step.kind) {
    case 'column':
      return fillColumn(state, step, option.column);
    case 'pair':
      return put({
        ...q,
        where: [...q.where, { left: termOf('n', option.column), op: '=', values: option.literals, sub: null }],
      });
    case 'range':
      return put({
        ...q,
        where: [...q.where, { left: termOf('n', option.column), op: 'between', values: option.literals, sub: null }],
      });
    case 'number':
      if (step.slot === 'limit') return put({ ...q, limit: Number(option.literals[0]) });
      return put({ ...q, having: setOperator(q.having, '=', option.literals) });
    case 'table':
      return withTop(state, addTable({ ...frame, query: { ...q, extra: [...q.extra, option.table] } }, option.table));
    case 'choice':
      return put(fillChoice(context, q, step.slot, option.label));
    case 'open': {
      const left =
        step.use === 'where'
          ? q.where[q.where.length - 1]!.left
          : step.use === 'having'
            ? q.having[q.having.length - 1]!.left
            : null;
      const inner = frameOf(step.role, step.sketch.any, step.use, left, step.setOp);
      return { ...state, frames: [...state.frames, inner] };
    }
    case 'close':
      return close(state);
  }
}

function fillColumn(state: State, step: Extract<Step, { kind: 'column' }>, column: number): State {
  const frame = topOf(state);
  const q = frame.query;
  const { arith } = step;
  const term = termOf(step.tag, column);
  const joined = (left: Term): Term =>
    arith === ''
      ? term
      : step.within
        ? { ...left, within: { op: arith, right: column } }
        : { ...left, arith: { op: arith, right: term } };
  const attach = (terms: readonly Term[]): Term[] =>
    arith === '' ? [...terms, term] : [...terms.slice(0, -1), joined(terms[terms.length - 1]!)];
  const put = (query: Query): State => withTop(state, { ...frame, query });
  switch (step.slot) {
    case 'select':
      return put({ ...q, select: attach(q.select) });
    case 'order':
      return put({ ...q, order: attach(q.order) });
    case 'group':
      return put({ ...q, group: [...q.group, column] });
    case 'having':
      return put(
        arith === ''
          ? { ...q, having: [...q.having, { left: term, op: '=', values: [], sub: null }] }
          : { ...q, having: q.having.map((c) => ({ ...c, left: joined(c.left) })) },
      );
    case 'left':
      return put({ ...q, where: [...q.where, { left: term, op: 'in', values: [], sub: null }] });
    case 'null':
      return put({ ...q, where: [...q.where, { left: term, op: 'null', values: [], sub: null }] });
  }
}

function fillChoice(context: QuestionContext, q: Query, slot: string, label: string): Query {
  switch (slot) {
    case 'operator': {
      const last = q.where[q.where.length - 1]!;
      const like = label === 'like' || label === 'not like';
      return {
        ...q,
        where: setOperator(
          q.where,
          label as Op,
          like
            ? [likePattern(context.linking, String(last.values[0]).replaceAll('%', ''))]
            : BEYOND.has(label)
              ? last.values.map(measured)
              : undefined,
        ),
      };
    }
    case 'having-operator':
      return { ...q, having: setOperator(q.having, label as Op) };
    case 'direction':
      return { ...q, descending: label === 'desc' };
    case 'distinct':
      return { ...q, distinct: label === 'distinct' };
    default:
      return { ...q, where: setOperator(q.where, label as Op) };
  }
}

const BEYOND = new Set(['<', '<=', '>', '>=']);

function close(state: State): State {
  const inner = topOf(state);
  const frames = state.frames.slice(0, -1);
  const below = frames[frames.length - 1]!;
  const q = below.query;
  const done: Query =
    inner.use === 'set'
      ? { ...q, set: { op: inner.setOp === '' ? 'intersect' : inner.setOp, right: inner.query } }
      : inner.use === 'where'
        ? { ...q, where: [...q.where.slice(0, -1), { ...q.where[q.where.length - 1]!, sub: inner.query }] }
        : { ...q, having: [...q.having.slice(0, -1), { ...q.having[q.having.length - 1]!, sub: inner.query }] };
  return { ...state, frames: [...frames.slice(0, -1), { ...below, query: done }] };
}
