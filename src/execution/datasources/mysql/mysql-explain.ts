import type { ExplainNode } from '../../datasource.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function numberIn(object: Json, ...keys: string[]): number | null {
  for (const key of keys) {
    const value = object[key];
    if (value !== undefined && !Number.isNaN(Number(value))) {
      return Number(value);
    }
  }
  return null;
}

/** MySQL and MariaDB name their steps by the object's key; lists hold several of the same. */
function toNode(operation: string, object: Json): ExplainNode {
  const children: ExplainNode[] = [];
  const details: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    const parts = (Array.isArray(value) ? value : [value]).filter(isObject);
    if (parts.length > 0 && key !== 'cost_info') {
      children.push(...parts.map((part) => toNode(key, part)));
    } else if (!isObject(value)) {
      details.push(`${key}: ${Array.isArray(value) ? value.join(', ') : String(value)}`);
    }
  }
  const cost = isObject(object.cost_info) ? object.cost_info : object;
  return {
    operation: typeof object.access_type === 'string' ? `${operation} (${object.access_type})` : operation,
    table: typeof object.table_name === 'string' ? object.table_name : null,
    index: typeof object.key === 'string' ? object.key : null,
    estimatedRows: numberIn(object, 'rows', 'rows_examined_per_scan', 'rows_produced_per_join'),
    estimatedCost: numberIn(cost, 'query_cost', 'prefix_cost', 'cost'),
    detail: details.join('; '),
    children,
  };
}

/** Parses the output of `EXPLAIN FORMAT=JSON`. */
export function parseMysqlExplain(text: string): ExplainNode | null {
  const parsed: unknown = JSON.parse(text);
  if (!isObject(parsed)) {
    return null;
  }
  return toNode('query_block', isObject(parsed.query_block) ? parsed.query_block : parsed);
}
