/** Follow-ups on exactly the rows that were shown: how many they are, which of them has the most of something. */
import { EMPTY_SELECT, type Expr, type Predicate, type SelectItem, type SelectPlan } from '../../../sql/index.ts';
import type { Choice } from '../grammar/choices.ts';
import { resolveOrdinal } from '../grammar/plan-parts.ts';
import { and } from '../grammar/predicates.ts';
import { refOf, type SchemaIndex } from '../grammar/schema-index.ts';
import { freshAlias } from '../grammar/source-builder.ts';
import { COUNT_ROWS } from './plan-edits.ts';
import { JoinedSources } from './previous-frame.ts';

/** The number of rows of a plan whose rows are groups, distinct, or only the first ones; null when it is a plain list. */
export function countOfShown(plan: SelectPlan): SelectPlan | null {
  if (plan.groupBy.length === 0 && plan.limit === null && !plan.distinct) return null;
  const inner = plan.limit === null ? { ...plan, orderBy: [] } : plan;
  return {
    ...EMPTY_SELECT,
    items: [{ expr: COUNT_ROWS, alias: 'count' }],
    sources: [{ kind: 'plan', alias: 'shown', plan: inner, join: null }],
  };
}

/** "which of them has the highest price?": the things that the groups of a plan are, ordered by a column of their own. */
export function amongShown(
  plan: SelectPlan,
  choice: Extract<Choice, { kind: 'column' }>,
  descending: boolean,
  limit: number | null,
  index: SchemaIndex,
): SelectPlan | null {
  const table = index.tables[choice.table]!;
  const alias = new JoinedSources(index, plan).alias(choice.table);
  const groups = plan.groupBy.map((expr) => resolveOrdinal(expr, plan));
  const own = groups.filter((expr) => expr.kind === 'column' && expr.source === alias);
  const keys = own.filter((expr) => expr.kind === 'column' && table.table.primaryKey.includes(expr.column));
  const by = keys.length === table.table.primaryKey.length && keys.length > 0 ? keys : own;
  if (alias === null || own.length === 0 || own.length !== groups.length) return null;
  const names = by.flatMap((expr) => (expr.kind === 'column' ? [expr.column] : []));
  const taken = new Set(JSON.stringify(plan).match(/(?<="alias":")[^"]+/g) ?? []);
  const thing = freshAlias(table.table.ref.name, taken);
  const column = (name: string): Expr => ({ kind: 'column', source: thing, column: name });
  const on = names.map(
    (name): Predicate => ({
      kind: 'comparison',
      op: '=',
      left: column(name),
      right: { kind: 'column', source: 'shown', column: name },
    }),
  );
  const value = column(table.columns[choice.column]!.column.name);
  const labels = table.labels.length > 0 ? table.labels.map((at) => table.columns[at]!.column.name) : names;
  return {
    ...EMPTY_SELECT,
    items: [...labels.map((name): SelectItem => ({ expr: column(name), alias: null })), { expr: value, alias: null }],
    sources: [
      { kind: 'table', alias: thing, table: refOf(index, choice.table), join: null },
      {
        kind: 'plan',
        alias: 'shown',
        plan: {
          ...plan,
          items: by.map((expr) => ({ expr, alias: null })),
          orderBy:
            plan.limit === null ? [] : plan.orderBy.map((item) => ({ ...item, expr: resolveOrdinal(item.expr, plan) })),
        },
        join: { kind: 'inner', on: and(on) },
      },
    ],
    orderBy: [{ expr: value, descending, nulls: null }],
    limit,
  };
}
