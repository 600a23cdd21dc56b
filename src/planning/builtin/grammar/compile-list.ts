import {
  EMPTY_SELECT,
  type Expr,
  type OrderItem,
  type SelectItem,
  type SelectPlan,
  sameExpr,
} from '../../../sql/index.ts';
import { isAggregateOrder } from './aggregate-order.ts';
import type { Compilation } from './compilation.ts';
import { valueExpr } from './compile-measure.ts';
import { dateExpr, whereParts } from './compile-where.ts';
import { dimItems } from './dim-items.ts';
import type { Frame } from './frame.ts';
import { and } from './predicates.ts';
import { rankWithin } from './rank-within.ts';
import type { SourceBuilder } from './source-builder.ts';

/** "cheapest product in each category": the best rows of each group; undefined when the frame asks for no such thing. */
export function rowsWithinGroups(state: Compilation): SelectPlan | null | undefined {
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
    ...EMPTY_SELECT,
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

export function compileList(state: Compilation): SelectPlan | null {
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
    ...EMPTY_SELECT,
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
export function isAttributeQuestion(frame: Frame): boolean {
  const entity = frame.entity;
  const first = frame.columns[0];
  return entity !== null && first !== undefined && (first.start < entity.start || /\p{Script=Han}/u.test(first.text));
}

export function isLabelOnly(state: Compilation): boolean {
  const choice = state.resolution.columns[0];
  return choice?.kind === 'column' && state.index.tables[choice.table]!.labels.includes(choice.column);
}

export function aliasOf(sources: SourceBuilder, table: number): string {
  const expr = sources.named(table, '');
  return expr.kind === 'column' ? expr.source : '';
}
