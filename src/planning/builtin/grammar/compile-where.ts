import { EMPTY_SELECT, type Expr, type Predicate, type SelectPlan } from '../../../sql/index.ts';
import type { Choice } from './choices.ts';
import { type Compilation, tableName } from './compilation.ts';
import { compileFilter, compileFlag } from './compile-filter.ts';
import { valueExpr } from './compile-measure.ts';
import { type DateColumn, dateColumns } from './date-columns.ts';
import type { Condition } from './frame.ts';
import { joinConditions, type Stated } from './join-conditions.ts';
import { and, inPeriod, literalFor } from './predicates.ts';
import { isRevenueWord, isTotalWord } from './reader.ts';
import type { ResolvedFilter } from './resolve.ts';
import { SourceBuilder } from './source-builder.ts';
import type { Unit } from './units.ts';

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

export function whereParts(state: Compilation): Predicate[] | null {
  const { frame, resolution, index } = state;
  const stated: Stated[] = [];
  for (const filter of mergeFilters(resolution.filters)) {
    const predicate = compileFilter(state, filter);
    if (predicate !== null) stated.push({ predicate, units: filter.filter.units });
  }
  for (const { condition, choice } of resolution.conditions) {
    if (isHaving(state, condition, choice)) continue;
    const predicate = compileCondition(state, condition, choice);
    if (predicate === null) return null;
    const { unit } = condition.operand;
    stated.push({ predicate, units: unit === null ? [condition.unit] : [unit, condition.unit] });
  }
  for (const { unit, value, choice } of resolution.flags) {
    const predicate = compileFlag(state, choice, value);
    if (predicate !== null) stated.push({ predicate, units: [unit] });
  }
  let insideAbsence = false;
  for (const { unit, choice } of resolution.absent) {
    const inner = absence(state, choice.table);
    if (inner === null) return null;
    stated.push({ predicate: inner.predicate, units: [unit] });
    insideAbsence ||= inner.dated;
  }
  if (!insideAbsence && !frame.compare) {
    for (const period of frame.periods) {
      const date = dateExpr(state, period.anchor);
      if (date === null) return null;
      const predicate = inPeriod(date.expr, period.period, date.date, date.type);
      if (predicate !== null) stated.push({ predicate, units: [period.unit] });
      state.mappings.push({
        unit: period.unit,
        meaning: `${tableName(state, date.date.table)}.${index.tables[date.date.table]!.columns[date.date.column]!.column.name} ${period.period.start ?? '…'} – ${period.period.end ?? '…'}`,
      });
    }
  }
  const joined = joinConditions(stated, state.text);
  if (joined === null) state.doubts.push({ name: 'some-of-several', cost: 3 });
  return joined ?? stated.map((one) => one.predicate);
}

/** Two values asked of one column cannot both hold: they are alternatives. */
export function mergeFilters(filters: readonly ResolvedFilter[]): ResolvedFilter[] {
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
export function isHaving(state: Compilation, condition: Condition, choice: Choice | null): boolean {
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

export function compileCondition(state: Compilation, condition: Condition, choice: Choice | null): Predicate | null {
  if (choice === null) return null;
  const value = valueExpr(state, choice);
  if (value === null) return null;
  if (condition.op === 'null') return { kind: 'is-null', arg: value, negated: false };
  if (condition.op === 'not-null') return { kind: 'is-null', arg: value, negated: true };
  if (condition.than !== undefined) {
    const other = condition.than.hits.find(
      (hit) =>
        hit.target.kind === 'column' &&
        hit.target.table === choice.table &&
        state.index.tables[hit.target.table]!.columns[hit.target.column]!.traits.time !== null &&
        !(choice.kind === 'column' && hit.target.column === choice.column),
    );
    if (other === undefined || condition.op === 'between') return null;
    const right = state.sources.column(choice.table, other.target.column);
    return { kind: 'comparison', op: condition.op, left: value, right };
  }
  if (condition.average && choice.kind === 'column') {
    const inner = new SourceBuilder(state.index, choice.table, state.sources.taken);
    const plan: SelectPlan = {
      ...EMPTY_SELECT,
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

export function convertUnit(state: Compilation, condition: Condition, column: string, value: number): number {
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
export function absence(state: Compilation, absent: number): { predicate: Predicate; dated: boolean } | null {
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
      ...EMPTY_SELECT,
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
    ...EMPTY_SELECT,
    items: [{ expr: { kind: 'literal', value: 1, type: 'integer' }, alias: null }],
    sources: inner.sources(),
    where: and([...on, when]),
  };
  return { predicate: { kind: 'exists', plan, negated: true }, dated };
}
