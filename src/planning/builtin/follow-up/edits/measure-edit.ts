import type { Expr, Predicate, SelectItem, SelectPlan } from '../../../../sql/index.ts';
import type { Choice } from '../../grammar/choices.ts';
import { compileMeasure } from '../../grammar/compile.ts';
import { countedOnce } from '../../grammar/counted-once.ts';
import { dateColumns } from '../../grammar/date-columns.ts';
import type { MeasureSlot } from '../../grammar/frame.ts';
import type { GenerateRequest } from '../../grammar/generate.ts';
import { renameSources } from '../../grammar/knowledge-measure.ts';
import { columnsOf, conjuncts, isAggregated, mentions, resolveOrdinal } from '../../grammar/plan-parts.ts';
import { and, inPeriod } from '../../grammar/predicates.ts';
import type { SchemaIndex } from '../../grammar/schema-index.ts';
import { periodOf, type Span } from '../../grammar/shift-periods.ts';
import { SourceBuilder } from '../../grammar/source-builder.ts';
import { withMeasures } from '../plan/plan-edits.ts';
import type { JoinedSources } from '../plan/previous-frame.ts';
import { isKeyed } from '../plan/share-layer.ts';
import { innerAliases } from '../things/shown-things.ts';

type Asked = readonly { readonly slot: MeasureSlot; readonly choice: Choice | null }[];

/**
 * The plan with other measures, or (`beside`) with more: rebuilt on the table of the first new measure, with the groups
 * and filters it had. Null when the groups would multiply the new measure's rows.
 */
export function measureEdit(
  plan: SelectPlan,
  asked: Asked,
  request: GenerateRequest,
  sources: JoinedSources,
  beside = false,
): SelectPlan | null {
  const { index, knowledge } = request;
  if (!sources.known) return null;
  const first = asked[0]!;
  const kept = plan.items.filter((item) => !isAggregated(item.expr));
  const used = new Set<number>();
  const tableOf = (alias: string): number => sources.tables.find((table) => sources.alias(table) === alias) ?? -1;
  // A sub-query has sources of its own.
  const inside = innerAliases(plan.where);
  const note = <T>(node: T): T =>
    renameSources(node, (alias) => {
      if (!inside.has(alias)) used.add(tableOf(alias));
      return null;
    });
  const listed = !plan.items.some((item) => isAggregated(item.expr));
  const dims = listed ? [] : kept;
  const ordered = plan.orderBy.map((item) => resolveOrdinal(item.expr, plan));
  const root = first.choice?.table ?? sources.tables[0];
  if (root === undefined) return null;
  const period = periodElsewhere(plan, root, sources, index);
  const where = period === null ? plan.where : and(period.others);
  note([dims, plan.groupBy, where]);
  if (beside) note([plan.items, ordered]);
  else if (!listed) note(ordered.filter((expr) => !isAggregated(expr)));
  if (used.has(-1)) return null;
  const builder = new SourceBuilder(index, root);
  if (!builder.require([...used, ...asked.flatMap((one) => (one.choice === null ? [] : [one.choice.table]))]))
    return null;
  // Beside a measure of other rows it would have to be summed over rows that are not its own.
  if (beside && (listed || root !== sources.tables[0] || builder.fanOut > 0)) return null;
  const moved = <T>(node: T): T =>
    renameSources(node, (alias, column): Expr | null =>
      inside.has(alias) || tableOf(alias) < 0 ? null : builder.named(tableOf(alias), column),
    );
  const items: SelectItem[] = [];
  const extra: Predicate[] = [];
  for (const one of asked) {
    const compiled = compileMeasure(
      { index, measures: knowledge.measures, text: request.text, today: request.today },
      builder,
      one.slot,
      one.choice,
    );
    if (compiled === null) return null;
    const key = index.tables[root]!.table.primaryKey[0];
    const expr =
      builder.fanOut === 0
        ? compiled.expr
        : key === undefined
          ? null
          : (countedOnce(compiled.expr, builder.named(root, key)) ??
            (isMetOnce(plan, root, builder, index) ? compiled.expr : null));
    if (expr === null) return null;
    items.push({ expr, alias: compiled.alias });
    extra.push(...compiled.extra);
  }
  const base: SelectPlan = {
    ...plan,
    distinct: false,
    items: listed ? [] : moved(plan.items),
    groupBy: moved(plan.groupBy.map((expr) => resolveOrdinal(expr, plan))),
    where: moved(where),
    orderBy: listed ? [] : moved(plan.orderBy.map((item) => ({ ...item, expr: resolveOrdinal(item.expr, plan) }))),
    limit: listed ? null : plan.limit,
    sources: builder.sources(),
  };
  const result = beside ? { ...base, items: [...base.items, ...items] } : withMeasures(base, items);
  if (period !== null) {
    const again = inOwnTime(period.span, root, builder, index);
    if (again === null) return null;
    extra.push(again);
  }
  return {
    ...result,
    where: and([result.where, ...extra]),
    sources: builder.sources(),
  };
}

interface Elsewhere {
  readonly span: Span;
  readonly others: readonly Predicate[];
}

/** "this month" of cars, before the revenue: a period of facts that the rows of `root` do not have one of. */
function periodElsewhere(plan: SelectPlan, root: number, sources: JoinedSources, index: SchemaIndex): Elsewhere | null {
  const conditions = conjuncts(plan.where);
  for (const condition of conditions) {
    const [column, ...more] = columnsOf(condition);
    const table = sources.tables.find((one) => sources.alias(one) === column?.source);
    if (column === undefined || table === undefined || more.some((one) => one.source !== column.source)) continue;
    const meta = index.tables[table]!.columns.find((one) => one.column.name === column.column);
    if (meta === undefined || meta.traits.time !== 'date') continue;
    const builder = new SourceBuilder(index, root);
    if (builder.require([table]) && builder.fanOut === 0) continue;
    const expr: Expr = { kind: 'column', source: column.source, column: column.column };
    const span = periodOf(plan.where, expr);
    if (span !== null) return { span, others: conditions.filter((one) => !mentions(one, expr)) };
  }
  return null;
}

/** The same period by the date of the rows themselves. */
function inOwnTime(span: Span, root: number, builder: SourceBuilder, index: SchemaIndex): Predicate | null {
  const date = dateColumns(index, root, builder.tables, null).find((one) => one.score > 0);
  if (date === undefined || !builder.require([date.table])) return null;
  const { type } = index.tables[date.table]!.columns[date.column]!.column;
  return inPeriod(builder.column(date.table, date.column), span, date, type);
}

/** Over a table of pairs each group meets each row once: the films of each category may be added up. */
function isMetOnce(plan: SelectPlan, root: number, builder: SourceBuilder, index: SchemaIndex): boolean {
  if (builder.fanOut !== 1) return false;
  const above = builder.tables.filter((table) => table === root || builder.toOne(table));
  return above.some((table) =>
    index.joins.edges[table]!.some(
      (edge) =>
        !edge.toOne &&
        builder.has(edge.to) &&
        isPairs(edge.to, index) &&
        index.joins.edges[edge.to]!.some((one) => one.toOne && one.to !== table && isKeyed(plan, one.to, index)),
    ),
  );
}

/** A table whose rows are told apart by what they link. */
function isPairs(table: number, index: SchemaIndex): boolean {
  const { primaryKey, foreignKeys } = index.tables[table]!.table;
  return primaryKey.length > 1 && primaryKey.every((name) => foreignKeys.some((key) => key.columns.includes(name)));
}
