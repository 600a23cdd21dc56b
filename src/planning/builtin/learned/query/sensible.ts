/** Queries that are grammatical but say the same thing twice or compare what has no meaning; nobody asks for them. */
import type { SchemaIndex } from '../schema/schema-index.ts';
import { type Condition, conditionKey, isScalarOp, type Query, queryKey, type Term, termKey } from './query.ts';

const distinct = (keys: readonly string[]): boolean => new Set(keys).size === keys.length;

/** False for repeated select items or conditions, set operations of equal sides, and figures of identifiers. */
export function isSensible(query: Query, schema: SchemaIndex): boolean {
  if (!distinct(query.select.map(termKey)) || !distinct(query.where.map(conditionKey))) return false;
  if ([...query.select, ...query.order].some((t) => countsKeys(t, schema) || isNamedMeasure(t, schema))) return false;
  if (!query.any && !distinct(query.where.flatMap((c) => (c.op === '=' && c.sub === null ? [termKey(c.left)] : []))))
    return false;
  if (![...query.where, ...query.having].every((c) => isSensibleCondition(c, schema))) return false;
  if (query.set === null) return true;
  const { right } = query.set;
  if (isScalarOp(query.set.op) && ![query, right].every((side) => side.select.every((t) => isFigure(t, schema))))
    return false;
  return (
    queryKey({ ...query, set: null, extra: [] }) !== queryKey({ ...right, extra: [] }) && isSensible(right, schema)
  );
}

const isFigure = (t: Term, schema: SchemaIndex): boolean =>
  t.agg === 'count' || (t.col >= 0 && schema.columns[t.col]!.kind !== 'text' && schema.columns[t.col]!.kind !== 'flag');

/** Arithmetic of two columns that the question names as one figure: the column made for it says the same. */
function isNamedMeasure(t: Term, schema: SchemaIndex): boolean {
  const pair =
    t.within ??
    (t.arith && t.agg === '' && t.arith.right.agg === '' ? { op: t.arith.op, right: t.arith.right.col } : null);
  if (pair === null) return false;
  return schema.columns.some(
    ({ measure: m }) => m !== undefined && m.op === pair.op && m.left === t.col && m.right === pair.right,
  );
}

/** A sum, an average or arithmetic of identifiers. */
function countsKeys(t: Term, schema: SchemaIndex): boolean {
  const isKey = (col: number): boolean => {
    const column = schema.columns[col];
    return column !== undefined && (column.primary || column.foreign);
  };
  if (t.within) return isKey(t.col) || isKey(t.within.right);
  if (t.arith && t.agg === '') return isKey(t.col) || isKey(t.arith.right.col);
  return (t.agg === 'sum' || t.agg === 'avg') && isKey(t.col);
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
