/** Turns the compact query form into a plan: sources and joins from the tables in use, sub-queries as sub-plans. */
import type { Expr, Plan, Predicate, SelectPlan, Source } from '../../../../sql/index.ts';
import { joinTree } from '../schema/join-graph.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';
import { type Condition, isScalarOp, type Literal, type Query, type Term, usedTables } from './query.ts';

/** Null when the tables in use cannot be connected. */
export function toPlan(query: Query, schema: SchemaIndex): Plan | null {
  return new Writer(schema).plan(query);
}

class Writer {
  private next = 1;
  private readonly schema: SchemaIndex;

  constructor(schema: SchemaIndex) {
    this.schema = schema;
  }

  plan(query: Query): Plan | null {
    const left = this.select(query);
    if (left === null || query.set === null) return left;
    const right = this.plan(query.set.right);
    if (right && isScalarOp(query.set.op)) return scalarPlan(query.set.op, left, right);
    const { op } = query.set;
    if (right === null || isScalarOp(op)) return null;
    return { kind: 'set', op, left, right, orderBy: [], limit: null, offset: null };
  }

  private select(query: Query): SelectPlan | null {
    const wanted = usedTables(query, (c) => this.schema.columns[c]!.table);
    const tree = joinTree(this.schema.graph, wanted);
    if (tree === null) return null;
    const alias = new Map<number, string>();
    for (const t of tree.tables) alias.set(t, `t${this.next++}`);
    const column = (c: number): Expr => {
      const { table, name, measure } = this.schema.columns[c]!;
      if (measure)
        return { kind: 'arithmetic', op: measure.op, left: column(measure.left), right: column(measure.right) };
      return { kind: 'column', source: alias.get(table)!, column: name };
    };
    const sources = tree.tables.map((t, i): Source => {
      const { name, schema } = this.schema.tables[t]!;
      const edge = tree.edges[i - 1];
      return {
        kind: 'table',
        alias: alias.get(t)!,
        table: { schema, name },
        join: edge
          ? { kind: 'inner', on: { kind: 'comparison', op: '=', left: column(edge.from), right: column(edge.to) } }
          : null,
      };
    });
    const where = query.where.map((c) => this.condition(c, column));
    const having = query.having.map((c) => this.condition(c, column));
    if (where.includes(null) || having.includes(null)) return null;
    return {
      kind: 'select',
      distinct: query.distinct,
      items: query.select.map((t) => ({ expr: this.term(t, column), alias: null })),
      sources,
      where: combine(where as Predicate[], query.any ? 'or' : 'and'),
      groupBy: query.group.map(column),
      having: combine(having as Predicate[], 'and'),
      orderBy: query.order.map((t) => ({ expr: this.term(t, column), descending: query.descending, nulls: null })),
      limit: query.limit,
      offset: null,
    };
  }

  private term(t: Term, column: (c: number) => Expr): Expr {
    const first: Expr = t.col < 0 ? { kind: 'star', source: null } : column(t.col);
    const arg: Expr = t.within
      ? { kind: 'arithmetic', op: t.within.op, left: first, right: column(t.within.right) }
      : first;
    const left: Expr = t.agg === '' ? arg : { kind: 'aggregate', fn: t.agg, arg, distinct: t.distinct, filter: null };
    return t.arith ? { kind: 'arithmetic', op: t.arith.op, left, right: this.term(t.arith.right, column) } : left;
  }

  private condition(c: Condition, column: (c: number) => Expr): Predicate | null {
    const left = this.term(c.left, column);
    if (c.op === 'null' || c.op === 'not null') return { kind: 'is-null', arg: left, negated: c.op === 'not null' };
    if (c.sub !== null) {
      const plan = this.plan(c.sub);
      if (plan === null) return null;
      if (c.op === 'in' || c.op === 'not in') return { kind: 'in-plan', arg: left, plan, negated: c.op === 'not in' };
      if (c.op === 'between' || c.op === 'like' || c.op === 'not like') return null;
      return { kind: 'comparison', op: c.op, left, right: { kind: 'scalar-plan', plan } };
    }
    const literal = (v: Literal): Expr => ({
      kind: 'literal',
      value: v,
      type: typeof v === 'string' ? 'text' : Number.isInteger(v) ? 'integer' : 'decimal',
    });
    if (c.op === 'between') {
      return { kind: 'between', arg: left, low: literal(c.values[0]!), high: literal(c.values[1]!), negated: false };
    }
    if (c.op === 'like' || c.op === 'not like') {
      return {
        kind: 'like',
        arg: left,
        pattern: String(c.values[0]),
        negated: c.op === 'not like',
        caseInsensitive: true,
      };
    }
    if (c.op === 'in' || c.op === 'not in') {
      return { kind: 'in', arg: left, values: c.values.map(literal), negated: c.op === 'not in' };
    }
    return { kind: 'comparison', op: c.op, left, right: literal(c.values[0]!) };
  }
}

/** The difference or ratio of two plans' only values. */
function scalarPlan(op: '-' | '/', left: Plan, right: Plan): SelectPlan {
  const side = (plan: Plan): Expr => ({ kind: 'scalar-plan', plan });
  const expr: Expr = { kind: 'arithmetic', op, left: side(left), right: side(right) };
  return {
    kind: 'select',
    distinct: false,
    items: [{ expr, alias: null }],
    sources: [],
    where: null,
    groupBy: [],
    having: null,
    orderBy: [],
    limit: null,
    offset: null,
  };
}

function combine(parts: readonly Predicate[], kind: 'and' | 'or'): Predicate | null {
  return parts.length === 0 ? null : parts.length === 1 ? parts[0]! : { kind, args: parts };
}
