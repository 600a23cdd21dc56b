import type { Expr, Predicate } from '../../../sql/index.ts';
import { isAggregateOrder } from './aggregate-order.ts';
import type { Choice } from './choices.ts';
import type { Compilation, CompileContext, Compiled } from './compilation.ts';
import { compileAggregate } from './compile-aggregate.ts';
import { compileList, rowsWithinGroups } from './compile-list.ts';
import { measureAlias, measureExpr } from './compile-measure.ts';
import { isHaving } from './compile-where.ts';
import { emptyFrame, type Frame, type MeasureSlot } from './frame.ts';
import { isRevenueWord } from './reader.ts';
import type { Resolution } from './resolve.ts';
import { SourceBuilder } from './source-builder.ts';

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

/** The table whose rows are counted or summed; for lists, the thing listed. */
export function rootTable(frame: Frame, resolution: Resolution, context: CompileContext): number | null {
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

export function requiredTables(frame: Frame, resolution: Resolution): number[] {
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
