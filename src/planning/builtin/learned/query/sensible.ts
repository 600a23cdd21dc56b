/** Queries that are grammatical but say the same thing twice or compare what has no meaning; nobody asks for them. */
import type { SchemaIndex } from '../schema/schema-index.ts';
import { type Condition, conditionKey, type Query, queryKey, termKey } from './query.ts';

const distinct = (keys: readonly string[]): boolean => new Set(keys).size === keys.length;

/** False for repeated select items or conditions, set operations of equal sides, and averages of identifiers. */
export function isSensible(query: Query, schema: SchemaIndex): boolean {
  if (!distinct(query.select.map(termKey)) || !distinct(query.where.map(conditionKey))) return false;
  if (!query.any && !distinct(query.where.flatMap((c) => (c.op === '=' && c.sub === null ? [termKey(c.left)] : []))))
    return false;
  if (![...query.where, ...query.having].every((c) => isSensibleCondition(c, schema))) return false;
  if (query.set === null) return true;
  const { right } = query.set;
  return (
    queryKey({ ...query, set: null, extra: [] }) !== queryKey({ ...right, extra: [] }) && isSensible(right, schema)
  );
}

function isSensibleCondition({ left, op, sub }: Condition, schema: SchemaIndex): boolean {
  if (sub === null) return true;
  const inner = sub.select[0];
  const ordered = op === '<' || op === '<=' || op === '>' || op === '>=';
  const measured = inner !== undefined && (inner.agg === 'avg' || inner.agg === 'sum' || ordered);
  if (measured && left.agg === '' && left.col >= 0) {
    const column = schema.columns[left.col]!;
    if (column.primary || column.foreign) return false;
  }
  return isSensible(sub, schema);
}
