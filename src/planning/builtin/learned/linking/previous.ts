/** What a follow-up question can lean on: the columns and comparisons of the previous answer. */
import type { Condition, Query } from '../query/query.ts';
import { usedTables, visitColumns } from '../query/query.ts';
import { type Sketch, sketchOf } from '../query/sketch.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';
import type { ValueMention } from './values.ts';

export interface Previous {
  readonly query: Query;
  readonly sketch: Sketch;
  readonly selected: ReadonlySet<number>;
  readonly filtered: ReadonlySet<number>;
  readonly grouped: ReadonlySet<number>;
  readonly ordered: ReadonlySet<number>;
  /** Columns used anywhere, sub-queries included. */
  readonly used: ReadonlySet<number>;
  readonly tables: ReadonlySet<number>;
}

export function previousOf(query: Query, schema: SchemaIndex): Previous {
  const used = new Set<number>();
  const tables = new Set<number>();
  const walk = (q: Query): void => {
    visitColumns(q, (c) => used.add(c));
    for (const t of usedTables(q, (c) => schema.columns[c]!.table)) tables.add(t);
    for (const c of [...q.where, ...q.having]) if (c.sub) walk(c.sub);
    if (q.set) walk(q.set.right);
  };
  walk(query);
  return {
    query,
    sketch: sketchOf(query),
    selected: new Set(query.select.map((t) => t.col)),
    filtered: new Set(query.where.map((c) => c.left.col)),
    grouped: new Set(query.group),
    ordered: new Set(query.order.map((t) => t.col)),
    used,
    tables,
  };
}

/** All conditions with values, also those of sub-queries and right sides. */
function valueConditions(q: Query): Condition[] {
  return [
    ...q.where.filter((c) => c.values.length > 0),
    ...q.where.flatMap((c) => (c.sub ? valueConditions(c.sub) : [])),
    ...(q.set ? valueConditions(q.set.right) : []),
  ];
}

const MAX_CARRIED = 5;

/** The previous comparisons as value mentions without a place in the question. */
export function carriedValues(previous: Previous): ValueMention[] {
  return valueConditions(previous.query)
    .slice(0, MAX_CARRIED)
    .map((c) => ({
      start: 0,
      end: 0,
      text: String(c.values[0]),
      number: null,
      cells: c.left.col < 0 ? [] : [{ column: c.left.col, literal: c.values[0]!, quality: 1 }],
      quoted: false,
      capital: false,
      strong: false,
      carried: c,
    }));
}
