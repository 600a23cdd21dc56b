import { type SelectItem, sameExpr } from '../../../../sql/index.ts';
import { firstMeasure } from '../../grammar/plan-parts.ts';
import type { Step } from './draft.ts';
import { isShown } from './edit-measure.ts';
import { namedByKey } from './named-key.ts';

/** Columns of a list: beside those that are shown, or instead of them. */
export const editColumns: Step = (draft, { resolution, cues, attributes, things }, request) => {
  const { plan, sources } = draft;
  const shown = resolution.measures.filter((one) => isShown(plan, one)).flatMap((one) => one.choice ?? []);
  // The thing itself, named as what is asked: shown already.
  const columns = [...resolution.columns.filter((one) => one.kind === 'column'), ...shown, ...attributes];
  if (draft.edited || firstMeasure(plan) !== undefined || columns.length === 0) return true;
  const extra: SelectItem[] = [];
  for (const choice of columns) {
    if (choice.kind !== 'column' && choice.kind !== 'table') continue;
    const role = choice.kind === 'column' ? namedByKey(sources, choice, request.index) : null;
    if (role !== null) {
      extra.push(...role);
      continue;
    }
    for (const at of choice.kind === 'column' ? [choice.column] : request.index.tables[choice.table]!.labels) {
      const expr = sources.column(choice.table, at);
      if (expr === null) return false;
      extra.push({ expr, alias: null });
    }
  }
  // Where each of them is says nothing without what they are.
  const named = attributes.length > 0 || cues.each;
  if (named && things !== null && sources.alias(things.table) !== null)
    for (const at of request.index.tables[things.table]!.labels.toReversed())
      extra.unshift({ expr: sources.column(things.table, at)!, alias: null });
  const fresh = extra.filter(
    (item, i) =>
      (named || !plan.items.some((other) => sameExpr(other.expr, item.expr))) &&
      extra.findIndex((other) => sameExpr(other.expr, item.expr)) === i,
  );
  const instead = (cues.pointing || cues.each) && !cues.beside;
  if (fresh.length > 0 && (instead || plan.items.every((item) => item.expr.kind !== 'star'))) {
    draft.plan = { ...plan, items: instead ? fresh : [...plan.items, ...fresh] };
    draft.edited = true;
  }
  return true;
};
