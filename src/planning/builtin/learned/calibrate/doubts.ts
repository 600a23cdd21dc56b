/** Readings that are grammatical but hardly ever meant; the confidence says so whatever the scores are. */
import type { Condition, Query } from '../query/query.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';

const DOUBTFUL = 0.3;
const RANGE = new Set(['<', '<=', '>', '>=', 'between']);

/** The confidence, lowered when a comparison makes no sense: a date beyond 3, a word greater than a word. */
export function doubt(confidence: number, query: Query, schema: SchemaIndex): number {
  return strange(query, schema) ? Math.min(confidence, DOUBTFUL) : confidence;
}

function strange(query: Query, schema: SchemaIndex): boolean {
  if (query.where.some((c) => senseless(c, schema))) return true;
  if (query.where.some((c) => c.sub !== null && strange(c.sub, schema))) return true;
  return query.set !== null && strange(query.set.right, schema);
}

function senseless(c: Condition, schema: SchemaIndex): boolean {
  const column = c.left.col < 0 ? undefined : schema.columns[c.left.col];
  const [value] = c.values;
  if (column === undefined || value === undefined || !RANGE.has(c.op)) return false;
  if (typeof value === 'number') return column.kind === 'date' && value < 1000;
  return column.kind === 'text' && !/\d/.test(value);
}
