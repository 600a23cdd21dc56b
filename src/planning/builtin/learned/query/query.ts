/**
 * The learned planner's own compact query form. Columns are indexes into a {@link SchemaIndex}; joins are not
 * written down but inferred from the tables in use. It covers what the sketches can express; `to-plan.ts` turns
 * it into a plan.
 */

export type Agg = '' | 'count' | 'sum' | 'avg' | 'min' | 'max';

export type Arithmetic = '+' | '-' | '*' | '/';

/** An aggregate over a column; `col` is -1 for `*`. */
export interface Term {
  readonly agg: Agg;
  readonly distinct: boolean;
  readonly col: number;
  /** The aggregate is taken over `col op right`, row by row: the sum of price times quantity. */
  readonly within?: { readonly op: Arithmetic; readonly right: number };
  /** Second operand of `term op other`, for arithmetic between two columns or aggregates. */
  readonly arith?: { readonly op: Arithmetic; readonly right: Term };
}

export type Op =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'like'
  | 'not like'
  | 'between'
  | 'in'
  | 'not in'
  | 'null'
  | 'not null';

export type Literal = string | number;

export interface Condition {
  readonly left: Term;
  readonly op: Op;
  /** One value, two for `between`, none for null tests and sub-queries. */
  readonly values: readonly Literal[];
  readonly sub: Query | null;
}

/** `-` and `/` compare two queries of one value each: their difference and their ratio. */
export type SetOp = 'intersect' | 'except' | 'union' | '-' | '/';

export const isScalarOp = (op: string): op is '-' | '/' => op === '-' || op === '/';

export interface Query {
  readonly select: readonly Term[];
  readonly distinct: boolean;
  readonly where: readonly Condition[];
  /** The conditions are joined by OR instead of AND. */
  readonly any: boolean;
  readonly group: readonly number[];
  readonly having: readonly Condition[];
  readonly order: readonly Term[];
  readonly descending: boolean;
  readonly limit: number | null;
  /** Tables that must be joined although no column of theirs is used. */
  readonly extra: readonly number[];
  readonly set: { readonly op: SetOp; readonly right: Query } | null;
}

export const EMPTY_QUERY: Query = {
  select: [],
  distinct: false,
  where: [],
  any: false,
  group: [],
  having: [],
  order: [],
  descending: false,
  limit: null,
  extra: [],
  set: null,
};

/** Calls `visit` for every column used at this level of the query, outside sub-queries. */
export function visitColumns(query: Query, visit: (col: number) => void): void {
  const term = (t: Term): void => {
    if (t.col >= 0) visit(t.col);
    if (t.within) visit(t.within.right);
    if (t.arith) term(t.arith.right);
  };
  for (const t of query.select) term(t);
  for (const c of query.where) term(c.left);
  for (const g of query.group) visit(g);
  for (const c of query.having) term(c.left);
  for (const t of query.order) term(t);
}

/** Tables that the columns of this level belong to, with the extra ones, in order of first use. */
export function usedTables(query: Query, tableOf: (col: number) => number): number[] {
  const tables: number[] = [];
  const add = (t: number): void => {
    if (!tables.includes(t)) tables.push(t);
  };
  visitColumns(query, (col) => add(tableOf(col)));
  for (const t of query.extra) add(t);
  return tables;
}

/** Tables of this level and of all sub-queries and set operands. */
export function allTables(query: Query, tableOf: (col: number) => number): Set<number> {
  const out = new Set(usedTables(query, tableOf));
  const inner = [...query.where, ...query.having].flatMap((c) => (c.sub ? [c.sub] : []));
  for (const one of query.set ? [...inner, query.set.right] : inner)
    for (const t of allTables(one, tableOf)) out.add(t);
  return out;
}

/** Equal for equal terms. */
export function termKey(t: Term): string {
  const base = `${t.agg}${t.distinct ? '!' : ''}:${t.col}${t.within ? `${t.within.op}${t.within.right}` : ''}`;
  return t.arith ? `(${base}${t.arith.op}${termKey(t.arith.right)})` : base;
}

/** Equal for equal conditions. */
export function conditionKey(c: Condition): string {
  return `${termKey(c.left)}${c.op}${c.values.map((v) => String(v).toLowerCase()).join('~')}${c.sub ? `(${queryKey(c.sub)})` : ''}`;
}

/** The query clause by clause: each text is equal for queries that are equal in that clause, up to the order of conditions. */
export function queryClauses(q: Query): string[] {
  return [
    `${q.distinct ? 'D' : ''}|${q.select.map(termKey).join(',')}`,
    `${q.any ? 'or' : ''}${q.where.map(conditionKey).sort().join('&')}`,
    `${q.group.join(',')}|${q.having.map(conditionKey).join('&')}`,
    `${q.order.map(termKey).join(',')}${q.order.length > 0 && q.descending ? '-' : ''}|${q.limit ?? ''}`,
    [...q.extra].sort((a, b) => a - b).join(','),
    q.set ? `${q.set.op}(${queryKey(q.set.right)})` : '',
  ];
}

/** Equal for queries that are the same up to the order of conditions. */
export const queryKey = (q: Query): string => queryClauses(q).join('|');
