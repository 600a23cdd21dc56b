/** Reads a plan back into the compact query form, so that a follow-up can start from the previous answer. */
import type { Expr, Plan, Predicate, SelectPlan } from '../../../../sql/index.ts';
import { joinTree } from '../schema/join-graph.ts';
import type { SchemaIndex } from '../schema/schema-index.ts';
import { type Condition, EMPTY_QUERY, type Literal, type Query, type Term, usedTables } from './query.ts';

/** Null for plans that the query form cannot express. */
export function fromPlan(plan: Plan, schema: SchemaIndex): Query | null {
  return new Reader(schema).read(plan);
}

class Reader {
  private readonly tables = new Map<string, number>();
  private readonly schema: SchemaIndex;

  constructor(schema: SchemaIndex) {
    this.schema = schema;
  }

  read(plan: Plan): Query | null {
    if (plan.kind === 'select') return this.select(plan);
    if (plan.op === 'union-all' || plan.left.kind !== 'select') return null;
    const left = this.select(plan.left);
    const right = this.read(plan.right);
    return left && right && right.set === null ? { ...left, set: { op: plan.op, right } } : null;
  }

  private select(plan: SelectPlan): Query | null {
    const tables: number[] = [];
    for (const s of plan.sources) {
      if (s.kind !== 'table') return null;
      const name = s.table.name.toLowerCase();
      const id = this.schema.tables.findIndex((t) => t.name.toLowerCase() === name);
      if (id < 0) return null;
      this.tables.set(s.alias, id);
      tables.push(id);
    }
    const select = plan.items.map((i) => this.term(i.expr));
    const order = plan.orderBy.map((o) =>
      o.expr.kind === 'ordinal' ? (select[o.expr.index] ?? null) : this.term(o.expr),
    );
    const group = plan.groupBy.map((g) => this.term(g)?.col ?? -1);
    const where = this.conditions(plan.where);
    const having = this.conditions(plan.having);
    if (select.includes(null) || order.includes(null) || group.includes(-1) || where === null || having === null)
      return null;
    if (having.list.length > 1) return null;
    const query: Query = {
      ...EMPTY_QUERY,
      distinct: plan.distinct,
      select: select as Term[],
      where: where.list,
      any: where.any,
      group,
      having: having.list,
      order: order as Term[],
      descending: plan.orderBy[0]?.descending ?? false,
      limit: plan.limit,
    };
    return { ...query, extra: this.extra(query, tables) };
  }

  /** Tables that the joins of the used columns would not bring in by themselves. */
  private extra(query: Query, tables: readonly number[]): number[] {
    const used = usedTables(query, (c) => this.schema.columns[c]!.table);
    const extra: number[] = [];
    const reaches = (from: readonly number[], t: number): boolean =>
      from.length > 0 && (joinTree(this.schema.graph, from)?.tables.includes(t) ?? false);
    for (const t of [...tables].reverse()) {
      if (used.includes(t) || reaches([...used, ...extra], t)) continue;
      const others = tables.filter((x) => x !== t && !used.includes(x));
      if (used.length === 0 || !reaches([...used, ...others], t)) extra.push(t);
    }
    return extra;
  }

  private column(e: Expr): number {
    if (e.kind !== 'column') return -1;
    const table = this.tables.get(e.source);
    if (table === undefined) return -1;
    const name = e.column.toLowerCase();
    return this.schema.tables[table]!.columns.find((c) => this.schema.columns[c]!.name.toLowerCase() === name) ?? -1;
  }

  private term(e: Expr): Term | null {
    if (e.kind === 'star') return { agg: '', distinct: false, col: -1 };
    if (e.kind === 'column') {
      const col = this.column(e);
      return col < 0 ? null : { agg: '', distinct: false, col };
    }
    if (e.kind === 'arithmetic' && e.op !== '%' && e.op !== 'div') {
      const left = this.term(e.left);
      const right = this.term(e.right);
      return left && right && !left.arith ? { ...left, arith: { op: e.op, right } } : null;
    }
    if (e.kind !== 'aggregate' || e.fn === 'median' || e.fn === 'stddev' || e.filter !== null) return null;
    if (e.fn === 'count' && !e.distinct) return { agg: 'count', distinct: false, col: -1 };
    if (e.arg.kind === 'arithmetic' && e.arg.op !== '%' && e.arg.op !== 'div') {
      const [left, right] = [this.column(e.arg.left), this.column(e.arg.right)];
      return left < 0 || right < 0 || e.fn === 'count'
        ? null
        : { agg: e.fn, distinct: e.distinct, col: left, within: { op: e.arg.op, right } };
    }
    const col = this.column(e.arg);
    return col < 0 ? null : { agg: e.fn, distinct: e.distinct, col };
  }

  private conditions(p: Predicate | null): { list: Condition[]; any: boolean } | null {
    if (p === null) return { list: [], any: false };
    const parts = p.kind === 'and' || p.kind === 'or' ? p.args : [p];
    const list = parts.map((x) => this.condition(x));
    return list.includes(null) ? null : { list: list as Condition[], any: p.kind === 'or' };
  }

  private condition(p: Predicate): Condition | null {
    const literal = (e: Expr): Literal | null =>
      e.kind === 'literal' && (typeof e.value === 'string' || typeof e.value === 'number') ? e.value : null;
    switch (p.kind) {
      case 'comparison': {
        const left = this.term(p.left);
        if (left === null) return null;
        if (p.right.kind === 'scalar-plan') {
          const sub = this.read(p.right.plan);
          return sub && { left, op: p.op, values: [], sub };
        }
        const value = literal(p.right);
        return value === null ? null : { left, op: p.op, values: [value], sub: null };
      }
      case 'between': {
        const left = this.term(p.arg);
        const low = literal(p.low);
        const high = literal(p.high);
        return left === null || low === null || high === null || p.negated
          ? null
          : { left, op: 'between', values: [low, high], sub: null };
      }
      case 'like': {
        const left = this.term(p.arg);
        return left && { left, op: p.negated ? 'not like' : 'like', values: [p.pattern], sub: null };
      }
      case 'is-null': {
        const left = this.term(p.arg);
        return left && { left, op: p.negated ? 'not null' : 'null', values: [], sub: null };
      }
      case 'in-plan': {
        const left = this.term(p.arg);
        const sub = this.read(p.plan);
        return left && sub && { left, op: p.negated ? 'not in' : 'in', values: [], sub };
      }
      default:
        return null;
    }
  }
}
