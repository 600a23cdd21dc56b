import type { Expr, Predicate, SelectItem, SelectPlan } from '../../../sql/index.ts';
import type { Choice } from '../grammar/choices.ts';
import { compileMeasure } from '../grammar/compile.ts';
import type { MeasureSlot } from '../grammar/frame.ts';
import type { GenerateRequest } from '../grammar/generate.ts';
import { renameSources } from '../grammar/knowledge-measure.ts';
import { isAggregated, resolveOrdinal } from '../grammar/plan-parts.ts';
import { SourceBuilder } from '../grammar/source-builder.ts';
import { countedOnce, withMeasures } from './plan-edits.ts';
import type { JoinedSources } from './previous-frame.ts';
import { innerAliases } from './shown-things.ts';

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
  note([dims, plan.groupBy, plan.where]);
  if (beside) note([plan.items, ordered]);
  else if (!listed) note(ordered.filter((expr) => !isAggregated(expr)));
  const root = first.choice?.table ?? sources.tables[0];
  if (root === undefined || used.has(-1)) return null;
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
          : countedOnce(compiled.expr, builder.named(root, key));
    if (expr === null) return null;
    items.push({ expr, alias: compiled.alias });
    extra.push(...compiled.extra);
  }
  const base: SelectPlan = {
    ...plan,
    distinct: false,
    items: listed ? [] : moved(plan.items),
    groupBy: moved(plan.groupBy.map((expr) => resolveOrdinal(expr, plan))),
    where: moved(plan.where),
    orderBy: listed ? [] : moved(plan.orderBy.map((item) => ({ ...item, expr: resolveOrdinal(item.expr, plan) }))),
    limit: listed ? null : plan.limit,
    sources: builder.sources(),
  };
  const result = beside ? { ...base, items: [...base.items, ...items] } : withMeasures(base, items);
  const where = [result.where, ...extra].filter((one) => one !== null);
  return {
    ...result,
    where: where.length > 1 ? { kind: 'and', args: where } : (where[0] ?? null),
    sources: builder.sources(),
  };
}
