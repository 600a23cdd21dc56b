import type {
  AggregateExpr,
  DateGrain,
  Expr,
  OrderItem,
  Plan,
  Predicate,
  SelectItem,
  SelectPlan,
} from '../../../sql/index.ts';
import { sameExpr } from '../../../sql/index.ts';
import type { Measure } from '../../planner.ts';
import type { Choice } from './choices.ts';
import { comparePeriods, growthItems, runningItem, shareItem } from './compile-analytics.ts';
import { compileFilter, compileFlag } from './compile-filter.ts';
import { type DateColumn, dateColumns } from './date-columns.ts';
import { type Condition, emptyFrame, type Frame, type MeasureSlot } from './frame.ts';
import { mergeMeasure } from './knowledge-measure.ts';
import { and, inPeriod, literalFor } from './predicates.ts';
import { rankWithin } from './rank-within.ts';
import { isRevenueWord, isTotalWord } from './reader.ts';
import type { Resolution, ResolvedFilter } from './resolve.ts';
import type { SchemaIndex } from './schema-index.ts';
import { freshAlias, SourceBuilder } from './source-builder.ts';
import type { Unit } from './units.ts';

export interface Compiled {
  readonly plan: Plan;
  /** Named reasons to trust the plan less, each with a cost. */
  readonly doubts: readonly { readonly name: string; readonly cost: number }[];
  readonly mappings: readonly { readonly unit: Unit; readonly meaning: string }[];
}

export interface CompileContext {
  readonly index: SchemaIndex;
  readonly measures: readonly Measure[];
  /** The question, normalised. */
  readonly text: string;
}

/** One compilation: the state that its parts share. */
export interface Compilation extends CompileContext {
  readonly frame: Frame;
  readonly resolution: Resolution;
  readonly sources: SourceBuilder;
  readonly doubts: { name: string; cost: number }[];
  readonly mappings: { unit: Unit; meaning: string }[];
  readonly extra: Predicate[];
  /** Date column that knowledge measures name. */
  timeColumn: Expr | null;
}

/** Turns a resolved frame into a plan; null when its tables cannot be joined or its parts do not fit together. */
export function compileFrame(frame: Frame, resolution: Resolution, context: CompileContext): Compiled | null {
  const root = rootTable(frame, resolution, context);
  if (root === null) return null;
  const sources = new SourceBuilder(context.index, root);
  const state: Compilation = {
    ...context,
    frame,
    resolution,
    sources,
    doubts: [],
    mappings: [],
    extra: [],
    timeColumn: null,
  };
  if (!sources.require(requiredTables(frame, resolution))) return null;
  const aggregated =
    resolution.measures.length > 0 ||
    resolution.dims.length > 0 ||
    resolution.order.some((one) => isAggregateOrder(one.order.by, one.choice, resolution, frame)) ||
    resolution.conditions.some((one) => one.condition.aggregated || isHaving(state, one.condition, one.choice));
  const within = rowsWithinGroups(state);
  if (within !== undefined)
    return within === null ? null : { plan: within, doubts: state.doubts, mappings: state.mappings };
  const plan = aggregated ? compileAggregate(state) : compileList(state);
  return plan === null ? null : { plan, doubts: state.doubts, mappings: state.mappings };
}

/** One measure over given sources, outside of a frame (follow-ups); null when it does not fit. */
export function compileMeasure(
  context: CompileContext,
  sources: SourceBuilder,
  slot: MeasureSlot,
  choice: Choice | null,
): { expr: Expr; alias: string | null; extra: readonly Predicate[] } | null {
  const resolution: Resolution = {
    measures: [],
    dims: [],
    entity: null,
    columns: [],
    filters: [],
    conditions: [],
    order: [],
    flags: [],
    anchor: null,
    absent: [],
    context: [],
    score: 0,
    weights: [],
  };
  const state: Compilation = {
    ...context,
    frame: emptyFrame(),
    resolution,
    sources,
    doubts: [],
    mappings: [],
    extra: [],
    timeColumn: null,
  };
  const expr = measureExpr(state, slot, choice);
  return expr === null || state.doubts.some((doubt) => doubt.cost >= 2)
    ? null
    : { expr, alias: measureAlias(state, slot, choice, expr), extra: state.extra };
}

export function tableName(state: CompileContext, table: number): string {
  return state.index.tables[table]!.table.ref.name;
}

function isAggregateOrder(
  by: MeasureSlot | 'first-measure',
  choice: Choice | null,
  resolution: Resolution,
  frame: Frame,
): boolean {
  if (by === 'first-measure' || choice === null) return false;
  if (by.kind === 'count' || by.kind === 'average-order') return true;
  if (by.kind === 'value' && by.fn !== null) return true;
  if (choice.kind === 'line-revenue' || choice.kind === 'measure') return true;
  if (by.kind === 'hint' && by.superlative.counts && frame.entity !== null && choice.table !== resolution.entity?.table)
    return true;
  const { entity } = resolution;
  if (by.kind !== 'value' || entity === null) return false;
  if (choice.table !== entity.table) return true;
  // "the reason with the highest refund amount": rows of one table grouped by one of its columns.
  return entity.kind === 'column' && frame.limit !== null && choice.kind === 'column' && !frame.list;
}

/** The table whose rows are counted or summed; for lists, the thing listed. */
function rootTable(frame: Frame, resolution: Resolution, context: CompileContext): number | null {
  const values = [
    ...resolution.measures.map((one) => one.choice),
    ...resolution.order
      .filter((one) => isAggregateOrder(one.order.by, one.choice, resolution, frame))
      .map((one) => one.choice),
    ...resolution.conditions
      .filter(
        (one) =>
          one.condition.aggregated ||
          one.choice?.kind === 'line-revenue' ||
          (one.condition.operand.kind === 'value' && isRevenueWord(one.condition.operand.unit.text)),
      )
      .map((one) => one.choice),
  ].filter((choice) => choice !== null);
  if (values.length > 0) {
    // The finest table: every other measure's table is reached from it to-one.
    const tables = [...new Set(values.map((choice) => choice.table))];
    for (const candidate of tables) {
      const builder = new SourceBuilder(context.index, candidate);
      if (builder.require(tables) && builder.fanOut === 0) return candidate;
    }
    return tables[0]!;
  }
  if (resolution.entity !== null) return resolution.entity.table;
  const counted = resolution.measures.length > 0 || resolution.dims.length > 0;
  const others = [
    ...resolution.context,
    ...(counted ? resolution.dims.map((one) => one.choice).filter((choice) => choice !== null) : []),
    ...resolution.columns,
  ];
  if (others.length > 0) return others[0]!.table;
  if (resolution.anchor !== null) return resolution.anchor.table;
  const filter = resolution.filters[0];
  if (filter !== undefined) return filter.hits[0]?.table ?? filter.column?.table ?? null;
  const condition = resolution.conditions.find((one) => one.choice !== null);
  return condition?.choice?.table ?? resolution.order.find((one) => one.choice !== null)?.choice?.table ?? null;
}

function requiredTables(frame: Frame, resolution: Resolution): number[] {
  const tables: number[] = [];
  const push = (choice: Choice | null): void => {
    if (choice !== null) tables.push(choice.table);
  };
  resolution.measures.forEach((one) => {
    push(one.choice);
  });
  push(resolution.entity);
  resolution.dims.forEach((one) => {
    push(one.choice);
  });
  resolution.columns.forEach(push);
  resolution.flags.forEach((flag) => {
    push(flag.choice);
  });
  resolution.context.forEach(push);
  resolution.order.forEach((one) => {
    push(one.choice);
  });
  resolution.conditions.forEach((one) => {
    push(one.choice);
  });
  for (const filter of resolution.filters) tables.push(filter.hits[0]?.table ?? filter.column!.table);
  void frame;
  return [...new Set(tables)];
}

/** The date column for periods and time grains, joined when it lies elsewhere. */
export function dateExpr(
  state: Compilation,
  anchor: Unit | null,
): { expr: Expr; date: DateColumn; type: 'date' | 'timestamp' | 'text' | 'integer' } | null {
  const { index, sources } = state;
  const columns = dateColumns(index, sources.root, sources.tables, anchor);
  const best = columns[0];
  if (best === undefined || !sources.require([best.table])) return null;
  if (
    anchor === null &&
    columns[1] !== undefined &&
    columns[1].table === best.table &&
    best.score - columns[1].score < 0.25
  )
    state.doubts.push({ name: 'date-column', cost: 0.5 });
  if (best.score < 0.3) state.doubts.push({ name: 'date-column-unlikely', cost: 1 });
  const type = index.tables[best.table]!.columns[best.column]!.column.type;
  const expr =
    state.timeColumn !== null && anchor === null ? state.timeColumn : sources.column(best.table, best.column);
  return { expr, date: best, type: type === 'date' || type === 'timestamp' || type === 'text' ? type : 'integer' };
}

/** A measure as an expression over the joined sources. */
export function measureExpr(
  state: Compilation,
  slot: MeasureSlot,
  choice: Choice | null,
  filter: Predicate | null = null,
): Expr | null {
  const { sources, index } = state;
  const aggregate = (fn: AggregateExpr['fn'], arg: Expr, distinct = false): AggregateExpr => ({
    kind: 'aggregate',
    fn,
    arg,
    distinct,
    filter,
  });
  if (slot.kind === 'count' && choice === null) {
    const { resolution } = state;
    const named = resolution.filters.some(
      (one) => one.hits[0]?.table === sources.root && index.tables[sources.root]!.labels.includes(one.hits[0].column),
    );
    if (named && resolution.context.length === 0) state.doubts.push({ name: 'count-of-what', cost: 2 });
    if (resolution.dims.some((one) => one.choice?.kind === 'table' && one.choice.table === sources.root))
      state.doubts.push({ name: 'count-of-groups', cost: 3 });
    return aggregate('count', { kind: 'star', source: null });
  }
  if (choice === null) return null;
  if (choice.kind === 'measure') return mergeMeasure(state, choice.measure, filter);
  if (slot.kind === 'count') {
    if (choice.kind === 'column') return aggregate('count', sources.column(choice.table, choice.column), true);
    const key = index.tables[choice.table]!.table.primaryKey;
    const multiplied = choice.table !== sources.root ? true : sources.fanOut > 0;
    if (!multiplied && !slot.distinct) return aggregate('count', { kind: 'star', source: null });
    if (key.length === 1) return aggregate('count', sources.named(choice.table, key[0]!), true);
    if (choice.table !== sources.root) state.doubts.push({ name: 'count-of-multiplied-rows', cost: 1 });
    return aggregate('count', { kind: 'star', source: null });
  }
  const value = valueExpr(state, choice);
  if (value === null) return null;
  if (slot.kind === 'average-order') return averageOrder(state, choice, aggregate('sum', value));
  const fn = slot.fn ?? extremeOf(state, slot, choice) ?? defaultAggregate(state, choice);
  if (sources.root !== choice.table && fn !== 'min' && fn !== 'max')
    state.doubts.push({ name: 'sum-of-multiplied-rows', cost: 2.5 });
  return aggregate(fn, value);
}

export function valueExpr(state: Compilation, choice: Choice): Expr | null {
  const { sources } = state;
  if (choice.kind === 'column') return sources.column(choice.table, choice.column);
  if (choice.kind !== 'line-revenue') return null;
  const product: Expr = {
    kind: 'arithmetic',
    op: '*',
    left: sources.column(choice.table, choice.quantity),
    right: sources.column(choice.table, choice.price),
  };
  if (choice.discount === null) return product;
  const rest: Expr = {
    kind: 'arithmetic',
    op: '-',
    left: { kind: 'literal', value: 1, type: 'integer' },
    right: sources.column(choice.table, choice.discount),
  };
  return { kind: 'arithmetic', op: '*', left: product, right: rest };
}

/** "highest paid": the best value of each, where values do not add up. */
function extremeOf(state: Compilation, slot: MeasureSlot, choice: Choice): 'max' | 'min' | null {
  if (choice.kind !== 'column') return null;
  const ranked = state.frame.order.find((order) => order.by === slot && order.superlative !== null);
  const { adds } = state.index.tables[choice.table]!.columns[choice.column]!.traits;
  if (ranked === undefined || adds !== 'avg') return null;
  return ranked.descending ? 'max' : 'min';
}

function defaultAggregate(state: Compilation, choice: Choice): AggregateExpr['fn'] {
  if (choice.kind !== 'column') return 'sum';
  const { adds } = state.index.tables[choice.table]!.columns[choice.column]!.traits;
  if (adds === 'avg') state.doubts.push({ name: 'average-assumed', cost: 0.5 });
  return adds === 'avg' ? 'avg' : 'sum';
}

/** Average order value: revenue per order, whatever table holds the amounts. */
function averageOrder(state: Compilation, choice: Choice, sum: AggregateExpr): Expr {
  const order = orderTable(state.index, choice.table);
  if (order === choice.table || order === null) return { ...sum, fn: 'avg' };
  state.sources.require([order]);
  const key = state.index.tables[order]!.table.primaryKey[0];
  if (key === undefined) return { ...sum, fn: 'avg' };
  return {
    kind: 'arithmetic',
    op: '/',
    left: sum,
    right: { kind: 'aggregate', fn: 'count', arg: state.sources.named(order, key), distinct: true, filter: sum.filter },
  };
}

function orderTable(index: SchemaIndex, table: number): number | null {
  const isOrder = (i: number): boolean =>
    /(?:^|_|\b)(?:orders?|invoices?|sales?|purchases?)$/i.test(index.tables[i]!.table.ref.name) ||
    /订单$|订单表$|发票/.test(index.tables[i]!.table.comment ?? index.tables[i]!.table.ref.name);
  if (isOrder(table)) return table;
  return index.joins.edges[table]!.find((edge) => edge.toOne && isOrder(edge.to))?.to ?? null;
}

function whereParts(state: Compilation): (Predicate | null)[] | null {
  const { frame, resolution, sources, index } = state;
  const parts: (Predicate | null)[] = [];
  for (const filter of mergeFilters(resolution.filters)) parts.push(compileFilter(state, filter));
  for (const { condition, choice } of resolution.conditions) {
    if (isHaving(state, condition, choice)) continue;
    const predicate = compileCondition(state, condition, choice);
    if (predicate === null) return null;
    parts.push(predicate);
  }
  for (const flag of resolution.flags) parts.push(compileFlag(state, flag.choice, flag.value));
  let insideAbsence = false;
  for (const choice of resolution.absent) {
    const inner = absence(state, choice.table);
    if (inner === null) return null;
    parts.push(inner.predicate);
    insideAbsence ||= inner.dated;
  }
  if (
    !insideAbsence &&
    !frame.compare &&
    !(
      frame.growth !== null &&
      frame.periods.length > 0 &&
      frame.dims.every((dim) => dim.kind !== 'grain' || dim.unit === null || dim.unit.grain === null)
    )
  ) {
    for (const period of frame.periods) {
      const date = dateExpr(state, period.anchor);
      if (date === null) return null;
      parts.push(inPeriod(date.expr, period.period, date.date, date.type));
      state.mappings.push({
        unit: period.unit,
        meaning: `${tableName(state, date.date.table)}.${index.tables[date.date.table]!.columns[date.date.column]!.column.name} ${period.period.start ?? '…'} – ${period.period.end ?? '…'}`,
      });
    }
  }
  void sources;
  return parts;
}

/** Two values asked of one column cannot both hold: they are alternatives. */
function mergeFilters(filters: readonly ResolvedFilter[]): ResolvedFilter[] {
  const result: ResolvedFilter[] = [];
  for (const filter of filters) {
    const first = filter.hits[0];
    const twin = result.findIndex(
      (other) =>
        first !== undefined &&
        !filter.filter.negated &&
        !other.filter.negated &&
        filter.filter.match === 'equals' &&
        other.hits[0]?.table === first.table &&
        other.hits[0].column === first.column,
    );
    if (twin < 0) result.push(filter);
    else {
      const other = result[twin]!;
      result[twin] = {
        ...other,
        filter: { ...other.filter, units: [...other.filter.units, ...filter.filter.units] },
        hits: [...other.hits, ...filter.hits],
      };
    }
  }
  return result;
}

/** Conditions on counts and sums belong to groups; conditions on a row's own columns to rows. */
function isHaving(state: Compilation, condition: Condition, choice: Choice | null): boolean {
  const { operand } = condition;
  if (operand.kind === 'count') return true;
  if (operand.kind === 'value' && operand.fn !== null) return true;
  if (choice === null) return false;
  if (choice.kind === 'line-revenue' || choice.kind === 'measure') return true;
  if (operand.kind !== 'value') return false;
  const entity = state.resolution.entity ?? state.resolution.dims.find((one) => one.choice !== null)?.choice ?? null;
  if (entity === null || choice.table === entity.table) return false;
  if (!isRevenueWord(operand.unit.text) && !isTotalWord(operand.unit.text)) return false;
  const builder = new SourceBuilder(state.index, entity.table);
  return builder.require([choice.table]) && builder.fanOut > 0;
}

function compileCondition(state: Compilation, condition: Condition, choice: Choice | null): Predicate | null {
  if (choice === null) return null;
  const value = valueExpr(state, choice);
  if (value === null) return null;
  if (condition.op === 'null') return { kind: 'is-null', arg: value, negated: false };
  if (condition.op === 'not-null') return { kind: 'is-null', arg: value, negated: true };
  if (condition.average && choice.kind === 'column') {
    const inner = new SourceBuilder(state.index, choice.table, state.sources.taken);
    const plan: SelectPlan = {
      ...emptyPlan(),
      items: [
        {
          expr: {
            kind: 'aggregate',
            fn: 'avg',
            arg: inner.column(choice.table, choice.column),
            distinct: false,
            filter: null,
          },
          alias: null,
        },
      ],
      sources: inner.sources(),
    };
    return {
      kind: 'comparison',
      op: condition.op === 'between' ? '>' : condition.op,
      left: value,
      right: { kind: 'scalar-plan', plan },
    };
  }
  const column = choice.kind === 'column' ? state.index.tables[choice.table]!.columns[choice.column]! : null;
  let low = condition.low;
  const op = condition.op;
  // "older than 30" on a birth date: earlier dates.
  if (column !== null && column.traits.time === 'date' && typeof low === 'number' && low < 150) {
    state.doubts.push({ name: 'age-from-date', cost: 2 });
    return null;
  }
  // "longer than 2 hours" on minutes or milliseconds.
  if (column !== null && typeof low === 'number') low = convertUnit(state, condition, column.column.name, low);
  if (
    condition.unit.number?.kind === 'percent' &&
    column !== null &&
    Number(column.column.values?.max ?? 0) > 1 &&
    typeof low === 'number'
  )
    low = low * 100;
  if (op === 'between')
    return {
      kind: 'between',
      arg: value,
      low: literalFor(low, column?.column.type ?? null),
      high: literalFor(condition.high, column?.column.type ?? null),
      negated: false,
    };
  if (op !== '=' && op !== '!=' && column !== null && column.column.type === 'text') {
    state.doubts.push({ name: 'number-compared-with-text', cost: 1.5 });
  }
  return { kind: 'comparison', op, left: value, right: literalFor(low, column?.column.type ?? null) };
}

function convertUnit(state: Compilation, condition: Condition, column: string, value: number): number {
  const behind = state.frame.used.size > 0 ? condition.unit : condition.unit;
  const text =
    [...state.frame.used].find((unit) => unit.start >= behind.end && unit.start - behind.end <= 2)?.text ?? '';
  const seconds = /^(?:minutes?|mins?|分钟)$/i.test(text)
    ? 60
    : /^(?:hours?|小时)$/i.test(text)
      ? 3600
      : /^(?:seconds?|秒)$/i.test(text)
        ? 1
        : null;
  if (seconds === null) return value;
  if (/milli|_ms$/i.test(column)) return value * seconds * 1000;
  if (/second/i.test(column)) return value * seconds;
  return seconds === 3600 ? value * 60 : value;
}

/** NOT EXISTS over the path from the listed table to the absent one. */
function absence(state: Compilation, absent: number): { predicate: Predicate; dated: boolean } | null {
  const { index, sources } = state;
  const root = state.resolution.entity?.table ?? sources.root;
  if (absent === root) return null;
  const inner = new SourceBuilder(index, absent, sources.taken);
  // "who did not order in 1997": the period dates what is absent.
  const period = state.frame.periods.find(
    (one) => one.anchor === null || one.anchor.hits.some((hit) => hit.target.table === absent),
  );
  const date =
    period === undefined
      ? undefined
      : dateColumns(index, absent, [], null).find((one) => one.table === absent && one.score > 0);
  const when =
    period === undefined || date === undefined
      ? null
      : inPeriod(
          inner.column(absent, date.column),
          period.period,
          date,
          index.tables[absent]!.columns[date.column]!.column.type,
        );
  const dated = when !== null;
  const direct = index.joins.edges[root]!.find((edge) => edge.to === absent);
  if (direct === undefined) {
    // Through one table between: the path's last step ties to the outer table.
    if (!inner.require([root])) return null;
    const key = index.tables[root]!.table.primaryKey[0];
    if (key === undefined) return null;
    const plan: SelectPlan = {
      ...emptyPlan(),
      items: [{ expr: inner.named(root, key), alias: null }],
      sources: inner.sources(),
      where: when,
    };
    return { predicate: { kind: 'in-plan', arg: sources.named(root, key), plan, negated: true }, dated };
  }
  const on = direct.pairs.map(
    (pair): Predicate => ({
      kind: 'comparison',
      op: '=',
      left: inner.named(absent, pair.to),
      right: sources.named(root, pair.from),
    }),
  );
  const plan: SelectPlan = {
    ...emptyPlan(),
    items: [{ expr: { kind: 'literal', value: 1, type: 'integer' }, alias: null }],
    sources: inner.sources(),
    where: and([...on, when]),
  };
  return { predicate: { kind: 'exists', plan, negated: true }, dated };
}

export function emptyPlan(): SelectPlan {
  return {
    kind: 'select',
    distinct: false,
    items: [],
    sources: [],
    where: null,
    groupBy: [],
    having: null,
    orderBy: [],
    limit: null,
    offset: null,
  };
}

export interface DimItems {
  readonly items: SelectItem[];
  readonly groups: Expr[];
  /** False when a thing has nothing but its key to show. */
  readonly named: boolean;
}

/** Items that show one dimension, and the expressions to group by: a thing by its name and key, a column by itself. */
export function dimItems(state: Compilation, choice: Choice): DimItems {
  const { index, sources } = state;
  if (choice.kind === 'column') {
    const expr = sources.column(choice.table, choice.column);
    const readable = readableForeign(state, choice);
    if (readable !== null) return readable;
    return { items: [{ expr, alias: null }], groups: [expr], named: true };
  }
  const table = index.tables[choice.table]!;
  const labels = table.labels.map((column) => sources.column(choice.table, column));
  const keys = table.table.primaryKey.map((column) => sources.named(choice.table, column));
  if (labels.length === 0) {
    const linked = linkedLabels(state, choice.table);
    if (linked !== null) return linked;
    if (keys.length === 0) state.doubts.push({ name: 'thing-without-name', cost: 1.5 });
    return { items: keys.map((expr) => ({ expr, alias: null })), groups: keys, named: false };
  }
  const unique = table.labels.length === 1 && isUnique(state, choice.table, table.labels[0]!);
  const items = labels.map((expr) => ({ expr, alias: null }));
  return {
    items,
    named: true,
    groups:
      unique || table.table.primaryKey.length > 1
        ? labels
        : [...keys.filter((key) => !labels.some((label) => sameExpr(label, key))), ...labels],
  };
}

/** A foreign key asked for by its name shows the name of what it points at. */
function readableForeign(state: Compilation, choice: Extract<Choice, { kind: 'column' }>): DimItems | null {
  const { traits, column } = state.index.tables[choice.table]!.columns[choice.column]!;
  if (!traits.key) return null;
  const edge = state.index.joins.edges[choice.table]!.find(
    (one) => one.toOne && one.pairs.length === 1 && one.pairs[0]!.from === column.name,
  );
  if (edge === undefined || state.index.tables[edge.to]!.labels.length === 0) return null;
  if (edge.to === choice.table) {
    const alias = state.sources.selfJoin(edge);
    const table = state.index.tables[edge.to]!;
    const prefix = column.name.replace(/_?id$/i, '') || 'parent';
    const items = table.labels.map((label): SelectItem => {
      const name = table.columns[label]!.column.name;
      return { expr: { kind: 'column', source: alias, column: name }, alias: `${prefix}_${name}` };
    });
    const key = edge.pairs[0]!.to;
    return {
      items,
      named: true,
      groups: [{ kind: 'column', source: alias, column: key }, ...items.map((item) => item.expr)],
    };
  }
  if (!state.sources.require([edge.to])) return null;
  return dimItems(state, { kind: 'table', table: edge.to, weight: 1 });
}

/** A row of a linking table is known by what it links: the people behind a list of managers. */
function linkedLabels(state: Compilation, table: number): DimItems | null {
  const meta = state.index.tables[table]!.table;
  if (!meta.primaryKey.some((key) => meta.foreignKeys.some((foreign) => foreign.columns.includes(key)))) return null;
  const filtered = new Set([
    ...state.resolution.filters.map((one) => one.hits[0]?.table ?? one.column?.table),
    ...state.resolution.dims.map((one) => one.choice?.table),
  ]);
  const parents = state.index.joins.edges[table]!.filter(
    (edge) => edge.toOne && !filtered.has(edge.to) && state.index.tables[edge.to]!.labels.length > 0,
  );
  const first = parents[0];
  if (first === undefined || !state.sources.require([first.to])) return null;
  return dimItems(state, { kind: 'table', table: first.to, weight: 1 });
}

function isUnique(state: Compilation, table: number, column: number): boolean {
  const { table: meta, columns } = state.index.tables[table]!;
  const name = columns[column]!.column.name;
  if (
    meta.uniqueKeys.some((key) => key.length === 1 && key[0] === name) ||
    (meta.primaryKey.length === 1 && meta.primaryKey[0] === name)
  )
    return true;
  const values = columns[column]!.column.values;
  return values?.complete === true && meta.rowCount !== null && values.list.length === meta.rowCount;
}

function grainExpr(expr: Expr, grain: DateGrain, time: 'date' | 'year'): Expr {
  if (time === 'year') return expr;
  return grain === 'year' ? { kind: 'date-part', part: 'year', arg: expr } : { kind: 'date-trunc', grain, arg: expr };
}

function compileAggregate(state: Compilation): SelectPlan | null {
  const { frame, resolution, sources } = state;
  const dims: SelectItem[] = [];
  const groups: Expr[] = [];
  let time: Expr | null = null;
  const comparing =
    frame.compare ||
    (frame.growth !== null &&
      frame.periods.length === 1 &&
      frame.dims.every((dim) => dim.kind !== 'grain' || dim.unit?.grain == null));
  const order = resolution.order[0];
  const dimChoices = resolution.dims.flatMap((one) => (one.choice === null ? [] : [one.choice]));
  if (resolution.entity !== null && !dimChoices.some((choice) => same(choice, resolution.entity!)))
    dimChoices.unshift(resolution.entity);
  for (const choice of dimChoices) {
    const { items, groups: by } = dimItems(state, choice);
    for (const item of items) if (!dims.some((other) => sameExpr(other.expr, item.expr))) dims.push(item);
    for (const expr of by) if (!groups.some((other) => sameExpr(other, expr))) groups.push(expr);
  }
  if (groups.length === 0 && resolution.measures.length > 0 && !frame.share) {
    // "male and female employees": one row for each of the named values.
    const named = mergeFilters(resolution.filters).find(
      (one) =>
        new Set(one.hits.map((hit) => hit.value)).size > 1 && !one.filter.negated && one.filter.alternatives === 'and',
    );
    const first = named?.hits[0];
    if (first !== undefined) {
      const expr = sources.column(first.table, first.column);
      dims.push({ expr, alias: null });
      groups.push(expr);
    }
  }
  const measures: { expr: Expr; alias: string | null }[] = [];
  const slots = [...resolution.measures];
  if (slots.length === 0 && order !== undefined && order.choice !== null && order.order.by !== 'first-measure')
    slots.push({ slot: order.order.by, choice: order.choice });
  if (slots.length === 0) {
    for (const { condition, choice } of resolution.conditions)
      if (isHaving(state, condition, choice)) slots.push({ slot: condition.operand, choice });
  }
  if (slots.length === 0) {
    if (resolution.dims.length === 0) return null;
    slots.push({ slot: { kind: 'count', unit: null, distinct: false }, choice: null });
    if (!frame.dims.some((dim) => dim.kind === 'unit' && dim.unit !== null) || resolution.context.length === 0)
      state.doubts.push({ name: 'count-assumed', cost: 0.7 });
  }
  if (
    slots.some(
      (one) =>
        one.slot.kind === 'count' && one.choice?.kind === 'table' && dimChoices.some((dim) => same(dim, one.choice!)),
    )
  )
    state.doubts.push({ name: 'count-of-groups', cost: 3 });
  if (sources.fanOut > 0)
    state.doubts.push({ name: 'fan-out', cost: slots.some((one) => one.slot.kind !== 'count') ? 0.6 : 0.2 });
  if (comparing) return comparePeriods(state, dims, groups, slots, whereParts, measureExpr, dateExpr);
  for (const [i, dim] of resolution.dims.entries()) {
    if (dim.slot.kind !== 'grain') continue;
    const date = dateExpr(state, dim.slot.anchor ?? frame.periods[0]?.anchor ?? frame.anchor);
    if (date === null) return null;
    const expr = grainExpr(date.expr, dim.slot.grain, date.date.time);
    time ??= expr;
    dims.splice(Math.min(i, dims.length), 0, { expr, alias: dim.slot.grain });
    groups.splice(Math.min(i, groups.length), 0, expr);
  }
  const perThing = averagePerThing(state, slots);
  if (perThing !== null) {
    dims.length = 0;
    groups.length = 0;
  }
  const ratio = frame.share && dims.length === 0 && (resolution.filters.length > 0 || resolution.conditions.length > 0);
  for (const { slot, choice } of slots) {
    const expr = perThing ?? measureExpr(state, slot, choice);
    if (expr === null) return null;
    const twice =
      slot.kind === 'value' &&
      slot.fn === null &&
      choice !== null &&
      slots.some(
        (other) =>
          other.slot !== slot &&
          other.choice !== null &&
          same(other.choice, choice) &&
          other.slot.kind === 'value' &&
          other.slot.fn !== null,
      );
    if (twice || measures.some((other) => sameExpr(other.expr, expr))) continue;
    measures.push({ expr, alias: measureAlias(state, slot, choice, expr) });
  }
  const having: Predicate[] = [];
  for (const { condition, choice } of resolution.conditions) {
    if (!isHaving(state, condition, choice)) continue;
    const slot = condition.operand;
    const twin = slots.findIndex(
      (one) =>
        one.choice !== null &&
        choice !== null &&
        same(one.choice, choice) &&
        (slot.kind === 'count' || one.slot.kind !== 'count'),
    );
    const expr =
      twin >= 0 && (slot.kind === 'count' || (slot.kind === 'value' && slot.fn === null))
        ? measures[twin]!.expr
        : measureExpr(state, slot, choice);
    if (expr === null) return null;
    having.push(
      condition.op === 'between'
        ? {
            kind: 'between',
            arg: expr,
            low: literalFor(condition.low, null),
            high: literalFor(condition.high, null),
            negated: false,
          }
        : {
            kind: 'comparison',
            op: condition.op === 'null' || condition.op === 'not-null' ? '=' : condition.op,
            left: expr,
            right: literalFor(condition.low, null),
          },
    );
  }
  if (having.length > 0 && groups.length === 0) return countOfGroups(state, slots, having);
  if (
    resolution.order.length > 0 &&
    groups.length === 0 &&
    resolution.dims.length === 0 &&
    resolution.measures.length === 0
  )
    return null;
  const where = whereParts(state);
  if (where === null) return null;
  let items: SelectItem[] = [...dims, ...measures.map(({ expr, alias }) => ({ expr, alias }))];
  let filter = and([...where, ...state.extra]);
  if (ratio) {
    const measure = measures[0]!.expr;
    if (measure.kind !== 'aggregate') return null;
    const conditions = and([
      ...resolution.filters.map((one) => compileFilter(state, one)),
      ...resolution.conditions.map((one) => compileCondition(state, one.condition, one.choice)),
    ]);
    const rest = where.slice(
      resolution.filters.length +
        resolution.conditions.filter((one) => !isHaving(state, one.condition, one.choice)).length,
    );
    const part: Expr = { ...measure, filter: conditions };
    items = [{ expr: percent(part, measure), alias: 'percentage' }];
    filter = and([...rest, ...state.extra]);
  } else if (frame.share) {
    if (dims.length === 0) return null;
    items.push(shareItem(measures[0]!.expr));
  }
  if (frame.growth !== null && time !== null)
    items.push(
      ...growthItems(
        measures[0]!.expr,
        time,
        frame.growth,
        grainOf(frame),
        dims.filter((item) => item.expr !== time).map((item) => item.expr),
      ),
    );
  if (frame.running && time !== null) items.push(runningItem(measures[0]!.expr, time));
  const orderBy: OrderItem[] = [];
  const first = measures[0]!.expr;
  for (const one of resolution.order) {
    let expr = first;
    if (one.order.by !== 'first-measure') {
      const twin = slots.findIndex(
        (slot) => one.choice !== null && slot.choice !== null && same(slot.choice, one.choice),
      );
      if (twin >= 0) expr = measures[twin]!.expr;
      else {
        const other = measureExpr(state, one.order.by, one.choice);
        if (other === null) return null;
        expr = other;
        items.push({ expr, alias: null });
      }
    }
    if (!orderBy.some((item) => sameExpr(item.expr, expr)))
      orderBy.push({ expr, descending: one.order.descending, nulls: null });
  }
  if (groups.length === 0) orderBy.length = 0;
  if (orderBy.length === 0 && groups.length > 0)
    orderBy.push(
      time !== null ? { expr: time, descending: false, nulls: null } : { expr: first, descending: true, nulls: null },
    );
  if (time !== null && resolution.order.length === 0)
    for (const item of dims) if (item.expr !== time) orderBy.push({ expr: item.expr, descending: false, nulls: null });
  const plan: SelectPlan = {
    ...emptyPlan(),
    items,
    sources: sources.sources(),
    where: filter,
    groupBy: groups,
    having: and(having),
    orderBy,
    limit: groups.length === 0 ? null : frame.limit,
    offset: groups.length === 0 ? null : frame.offset,
  };
  const outer = resolution.dims.filter((one) => one.slot.kind === 'unit' && one.choice !== null);
  if (
    frame.limit !== null &&
    resolution.entity !== null &&
    orderBy[0] !== undefined &&
    outer.length > 0 &&
    outer.every((one) => !same(one.choice!, resolution.entity!))
  ) {
    // "top 3 products by revenue in each category".
    const partition = outer.flatMap((one) => dimItems(state, one.choice!).groups);
    return rankWithin(plan, partition, orderBy[0], frame.limit, sources.taken);
  }
  return plan;
}

/** "average revenue per customer": the total over the number of customers, not the average line. */
function averagePerThing(state: Compilation, slots: Resolution['measures']): Expr | null {
  const only = slots[0];
  const lines = only?.slot.kind === 'value' && only.slot.fn === 'avg' && only.choice?.kind === 'line-revenue';
  const counts = only?.slot.kind === 'count' && state.frame.averagePer;
  // "average freight per order" over a column of the orders themselves: the plain average.
  const one = state.resolution.dims[0]?.choice;
  if (
    slots.length === 1 &&
    state.resolution.dims.length === 1 &&
    state.resolution.order.length === 0 &&
    only?.slot.kind === 'value' &&
    only.slot.fn === 'avg' &&
    only.choice?.kind === 'column' &&
    one?.kind === 'table'
  ) {
    if (one.table === only.choice.table) return measureExpr(state, only.slot, only.choice);
    const { adds } = state.index.tables[only.choice.table]!.columns[only.choice.column]!.traits;
    const key = state.index.tables[one.table]!.table.primaryKey[0];
    const sum =
      /平均每/.test(state.text) && adds === 'sum' && key !== undefined
        ? measureExpr(state, { ...only.slot, fn: 'sum' }, only.choice)
        : null;
    if (sum !== null)
      return {
        kind: 'arithmetic',
        op: '/',
        left: sum,
        right: {
          kind: 'aggregate',
          fn: 'count',
          arg: state.sources.named(one.table, key!),
          distinct: true,
          filter: null,
        },
      };
  }
  if (slots.length !== 1 || only === undefined || (!lines && !counts)) return null;
  const { resolution, sources, index } = state;
  const dim = resolution.dims[0];
  const things = dim !== undefined && resolution.dims.length === 1 && dim.choice?.kind === 'table' ? dim.choice : null;
  const key = things === null ? undefined : index.tables[things.table]!.table.primaryKey[0];
  if (things === null || key === undefined || resolution.order.length > 0) {
    state.doubts.push({ name: 'average-of-lines', cost: counts ? 4 : 2 });
    return null;
  }
  const rows: Expr = {
    kind: 'aggregate',
    fn: 'count',
    arg: { kind: 'star', source: null },
    distinct: false,
    filter: null,
  };
  const sum = only.slot.kind === 'value' ? measureExpr(state, { ...only.slot, fn: 'sum' }, only.choice) : rows;
  if (sum === null) return null;
  return {
    kind: 'arithmetic',
    op: '/',
    left: sum,
    right: { kind: 'aggregate', fn: 'count', arg: sources.named(things.table, key), distinct: true, filter: null },
  };
}

/** "how many customers have more than 5 orders": counts the groups that meet the condition. */
function countOfGroups(
  state: Compilation,
  slots: Resolution['measures'],
  having: readonly Predicate[],
): SelectPlan | null {
  const { resolution, sources, index, frame } = state;
  const counted = slots[0];
  if (
    slots.length !== 1 ||
    counted?.slot.kind !== 'count' ||
    counted.choice?.kind !== 'table' ||
    resolution.order.length > 0 ||
    frame.share
  )
    return null;
  const key = index.tables[counted.choice.table]!.table.primaryKey.map((column) =>
    sources.named(counted.choice!.table, column),
  );
  const where = whereParts(state);
  if (key.length === 0 || where === null) return null;
  const inner: SelectPlan = {
    ...emptyPlan(),
    items: key.map((expr) => ({ expr, alias: null })),
    sources: sources.sources(),
    where: and([...where, ...state.extra]),
    groupBy: key,
    having: and(having),
  };
  const alias = freshAlias('groups', sources.taken);
  return {
    ...emptyPlan(),
    items: [
      {
        expr: { kind: 'aggregate', fn: 'count', arg: { kind: 'star', source: null }, distinct: false, filter: null },
        alias: measureAlias(state, counted.slot, counted.choice, { kind: 'star', source: null }),
      },
    ],
    sources: [{ kind: 'plan', alias, plan: inner, join: null }],
  };
}

/** "cheapest product in each category": the best rows of each group; undefined when the frame asks for no such thing. */
function rowsWithinGroups(state: Compilation): SelectPlan | null | undefined {
  const { frame, resolution, sources } = state;
  const order = resolution.order[0];
  const entity = resolution.entity;
  if (
    entity === null ||
    entity.kind !== 'table' ||
    order?.choice?.kind !== 'column' ||
    resolution.measures.length > 0 ||
    frame.limit === null
  )
    return undefined;
  if (order.choice.table !== entity.table || isAggregateOrder(order.order.by, order.choice, resolution, frame))
    return undefined;
  const dims = resolution.dims.flatMap((one) => (one.slot.kind === 'unit' && one.choice !== null ? [one.choice] : []));
  if (dims.length === 0 || dims.length !== resolution.dims.length) return undefined;
  const groups = dims.map((choice) => dimItems(state, choice));
  const own = dimItems(state, entity);
  const value = sources.column(order.choice.table, order.choice.column);
  const where = whereParts(state);
  if (where === null) return null;
  const time = state.index.tables[order.choice.table]!.columns[order.choice.column]!.traits.time;
  const descending =
    time !== null && order.order.superlative?.dateDescending !== undefined
      ? order.order.superlative.dateDescending
      : order.order.descending;
  const items = [...groups.flatMap((group) => group.items), ...own.items, { expr: value, alias: null }];
  const inner: SelectPlan = {
    ...emptyPlan(),
    items,
    sources: sources.sources(),
    where: and([...where, ...state.extra]),
  };
  return rankWithin(
    inner,
    groups.flatMap((group) => group.groups),
    { expr: value, descending, nulls: null },
    frame.limit,
    sources.taken,
  );
}

export function percent(part: Expr, whole: Expr): Expr {
  return {
    kind: 'arithmetic',
    op: '/',
    left: { kind: 'arithmetic', op: '*', left: { kind: 'literal', value: 100, type: 'integer' }, right: part },
    right: whole,
  };
}

function grainOf(frame: Frame): DateGrain {
  const dim = frame.dims.find((one) => one.kind === 'grain');
  return dim?.kind === 'grain' ? dim.grain : 'month';
}

function measureAlias(state: Compilation, slot: MeasureSlot, choice: Choice | null, expr: Expr): string | null {
  if (choice?.kind === 'measure') return state.measures[choice.measure]!.name;
  if (slot.kind === 'average-order') return 'average_order_value';
  if (choice?.kind === 'line-revenue')
    return slot.kind === 'value' && slot.fn === 'avg' ? 'average_revenue' : 'revenue';
  if (slot.kind === 'count') {
    if (choice === null) return 'count';
    const name =
      choice.kind === 'column'
        ? state.index.tables[choice.table]!.columns[choice.column]!.column.name
        : tableName(state, choice.table);
    return `${name.replace(/[^\p{L}\p{N}_]+/gu, '_').toLowerCase()}_count`;
  }
  if (choice?.kind === 'column' && expr.kind === 'aggregate') {
    const prefix = {
      sum: 'total',
      avg: 'average',
      min: 'minimum',
      max: 'maximum',
      count: 'count',
      median: 'median',
      stddev: 'stddev',
    }[expr.fn];
    const name = state.index.tables[choice.table]!.columns[choice.column]!.column.name.replace(
      /(?<=[a-z])(?=[A-Z])/g,
      '_',
    ).toLowerCase();
    return name.startsWith(prefix) ? name : `${prefix}_${name.replace(/[^\p{L}\p{N}_]+/gu, '_')}`;
  }
  return null;
}

export function same(a: Choice, b: Choice): boolean {
  if (a.kind !== b.kind || a.table !== b.table) return false;
  if (a.kind === 'column' && b.kind === 'column') return a.column === b.column;
  if (a.kind === 'measure' && b.kind === 'measure') return a.measure === b.measure;
  return true;
}

function compileList(state: Compilation): SelectPlan | null {
  if (state.frame.share || state.frame.growth !== null || state.frame.running) return null;
  const { frame, resolution, sources, index } = state;
  const items: SelectItem[] = [];
  const push = (item: SelectItem): void => {
    if (!items.some((other) => sameExpr(other.expr, item.expr))) items.push(item);
  };
  const entity = resolution.entity;
  const rootTable = index.tables[sources.root]!;
  const restricted =
    frame.filters.length +
      frame.conditions.length +
      frame.periods.length +
      frame.absent.length +
      frame.flags.length +
      frame.order.filter((one) => one.by !== 'first-measure').length +
      resolution.context.length >
    0;
  const where = whereParts(state);
  if (where === null) return null;
  const entityItems = entity === null ? null : dimItems(state, entity);
  if (
    frame.star ||
    (entity?.kind === 'table' &&
      resolution.columns.length === 0 &&
      ((!restricted && frame.entity?.names !== true && !(rootTable.labels.length === 0 && entityItems!.named)) ||
        entityItems!.items.length === 0 ||
        !entityItems!.named))
  ) {
    push({
      expr: { kind: 'star', source: sources.tables.length > 1 ? aliasOf(sources, sources.root) : null },
      alias: null,
    });
  } else {
    if (
      entity !== null &&
      (resolution.columns.length === 0 ||
        !resolution.columns.every(
          (choice) =>
            choice.kind === 'column' && choice.table === entity.table && rootTable.labels.includes(choice.column),
        ))
    ) {
      const attributesOnly =
        entity.kind === 'table' &&
        frame.entity?.names !== true &&
        resolution.columns.length > 0 &&
        isAttributeQuestion(frame);
      if (!attributesOnly) entityItems!.items.forEach(push);
    }
    for (const choice of resolution.columns) dimItems(state, choice).items.forEach(push);
  }
  const bare = items.every(
    ({ expr }) =>
      expr.kind === 'column' &&
      resolution.columns.some(
        (choice) =>
          choice.kind === 'column' &&
          index.tables[choice.table]!.columns[choice.column]!.column.name === expr.column &&
          !index.tables[choice.table]!.columns[choice.column]!.traits.text &&
          !index.tables[choice.table]!.columns[choice.column]!.traits.key,
      ),
  );
  if (entity === null && items.length > 0 && bare && /\bwho\b|谁/i.test(state.text)) {
    const labels = rootTable.labels.map((label) => ({ expr: sources.column(sources.root, label), alias: null }));
    items.unshift(...labels.filter((label) => !items.some((other) => sameExpr(other.expr, label.expr))));
  }
  if (items.length === 0) {
    if (resolution.filters.length + resolution.conditions.length === 0) return null;
    const named = rootTable.labels.length > 0 && /\bwho\b|谁/i.test(state.text);
    if (named) for (const label of rootTable.labels) push({ expr: sources.column(sources.root, label), alias: null });
    else
      push({
        expr: { kind: 'star', source: sources.tables.length > 1 ? aliasOf(sources, sources.root) : null },
        alias: null,
      });
    state.doubts.push({ name: 'nothing-asked-for', cost: named ? 0.5 : 1.5 });
  }
  const orderBy: OrderItem[] = [];
  for (const one of resolution.order) {
    let expr: Expr | null = null;
    if (one.choice !== null) {
      expr = valueExpr(state, one.choice);
      const column = one.choice.kind === 'column' ? index.tables[one.choice.table]!.columns[one.choice.column]! : null;
      const superlative = one.order.superlative;
      const descending =
        column?.traits.time != null && superlative?.dateDescending !== undefined
          ? superlative.dateDescending
          : one.order.descending;
      if (expr !== null) {
        orderBy.push({ expr, descending, nulls: null });
        if ((superlative !== null || frame.limit !== null) && items.every((item) => item.expr.kind !== 'star'))
          push({ expr, alias: null });
      }
      continue;
    }
    if (one.order.superlative !== null || /\blast\b|latest|recent/.test('')) {
      const date = dateExpr(state, null);
      if (date !== null) orderBy.push({ expr: date.expr, descending: one.order.descending, nulls: null });
      continue;
    }
    const numeric = resolution.columns.find(
      (choice) => choice.kind === 'column' && index.tables[choice.table]!.columns[choice.column]!.traits.numeric,
    );
    if (numeric !== undefined)
      orderBy.push({ expr: valueExpr(state, numeric)!, descending: one.order.descending, nulls: null });
    else if (
      !frame.guesses.includes('first-rows') &&
      frame.limit === null &&
      items[0] !== undefined &&
      items[0].expr.kind !== 'star'
    )
      orderBy.push({ expr: items[0].expr, descending: one.order.descending, nulls: null });
    else if (!frame.guesses.includes('first-rows')) state.doubts.push({ name: 'order-without-measure', cost: 2 });
  }
  // Rows of a list that another table multiplies only to show one of its columns: rarely what is meant.
  const needed = new Set([
    ...resolution.filters.map((one) => one.hits[0]?.table ?? one.column?.table),
    ...resolution.conditions.map((one) => one.choice?.table),
    ...resolution.context.map((one) => one.table),
  ]);
  if (
    sources.fanOut > 0 &&
    sources.tables.some(
      (table) =>
        table !== sources.root &&
        !sources.toOne(table) &&
        !needed.has(table) &&
        resolution.columns.some((choice) => choice.table === table),
    )
  )
    state.doubts.push({ name: 'list-multiplied', cost: 1.5 });
  const multiplied = sources.fanOut > 0;
  const onlyText = items.every((item) => item.expr.kind === 'column');
  const distinct =
    frame.distinct ||
    multiplied ||
    (entity?.kind === 'column' && onlyText && !index.tables[entity.table]!.labels.includes(entity.column)) ||
    (entity === null &&
      onlyText &&
      items.length === 1 &&
      resolution.columns.length === 1 &&
      resolution.filters.length === 0 &&
      !isLabelOnly(state));
  return {
    ...emptyPlan(),
    distinct: distinct && items.every((item) => item.expr.kind !== 'star' || multiplied),
    items,
    sources: sources.sources(),
    where: and([...where, ...state.extra]),
    orderBy,
    limit: frame.limit,
    offset: frame.offset,
  };
}

/** "titles of films": the column alone; "customers and their emails": name and column. */
function isAttributeQuestion(frame: Frame): boolean {
  const entity = frame.entity;
  const first = frame.columns[0];
  return entity !== null && first !== undefined && (first.start < entity.start || /\p{Script=Han}/u.test(first.text));
}

function isLabelOnly(state: Compilation): boolean {
  const choice = state.resolution.columns[0];
  return choice?.kind === 'column' && state.index.tables[choice.table]!.labels.includes(choice.column);
}

function aliasOf(sources: SourceBuilder, table: number): string {
  const expr = sources.named(table, '');
  return expr.kind === 'column' ? expr.source : '';
}
