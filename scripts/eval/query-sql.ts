/** SQLite text of a query form, for labelling many candidates quickly while training. */
import {
  type Arithmetic,
  type Condition,
  isScalarOp,
  type Literal,
  type Query,
  type Term,
  usedTables,
} from '../../src/planning/builtin/learned/query/query.ts';
import { joinTree } from '../../src/planning/builtin/learned/schema/join-graph.ts';
import type { SchemaIndex } from '../../src/planning/builtin/learned/schema/schema-index.ts';

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (v: Literal): string => (typeof v === 'number' ? String(v) : `'${v.replaceAll("'", "''")}'`);

/** Ratios of whole numbers have their fractions, as in rendered plans. */
const joined = (left: string, op: Arithmetic, right: string): string =>
  op === '/' ? `1.0 * ${left} / ${right}` : `${left} ${op} ${right}`;

/** Null when the tables cannot be connected. */
export function querySql(query: Query, schema: SchemaIndex, prefix = 't'): string | null {
  const tables = usedTables(query, (c) => schema.columns[c]!.table);
  const tree = joinTree(schema.graph, tables);
  if (tree === null) return null;
  const alias = new Map(tree.tables.map((t, i) => [t, `${prefix}${i}`]));
  const column = (c: number): string => {
    const { table, name, measure } = schema.columns[c]!;
    if (measure) return joined(column(measure.left), measure.op, column(measure.right));
    return `${alias.get(table)}.${quote(name)}`;
  };
  const term = (t: Term): string => {
    const first = t.col < 0 ? '*' : column(t.col);
    const arg = t.within ? joined(first, t.within.op, column(t.within.right)) : first;
    const base = t.agg === '' ? arg : `${t.agg}(${t.distinct ? 'distinct ' : ''}${arg})`;
    return t.arith ? joined(base, t.arith.op, term(t.arith.right)) : base;
  };
  let failed = false;
  const condition = (c: Condition): string => {
    if (c.op === 'null') return `${term(c.left)} is null`;
    if (c.op === 'not null') return `${term(c.left)} is not null`;
    if (c.sub) {
      const sub = querySql(c.sub, schema, `${prefix}s`);
      if (sub === null) failed = true;
      return `${term(c.left)} ${c.op} (${sub})`;
    }
    if (c.op === 'between') return `${term(c.left)} between ${literal(c.values[0]!)} and ${literal(c.values[1]!)}`;
    return `${term(c.left)} ${c.op} ${literal(c.values[0]!)}`;
  };
  const from = tree.tables.map((t, i) => {
    const name = `${quote(schema.tables[t]!.name)} as ${alias.get(t)}`;
    const edge = tree.edges[i - 1];
    return edge ? `join ${name} on ${column(edge.from)} = ${column(edge.to)}` : name;
  });
  let sql = `select ${query.distinct ? 'distinct ' : ''}${query.select.map(term).join(', ')} from ${from.join(' ')}`;
  if (query.where.length > 0) sql += ` where ${query.where.map(condition).join(query.any ? ' or ' : ' and ')}`;
  if (query.group.length > 0) sql += ` group by ${query.group.map(column).join(', ')}`;
  if (query.having.length > 0) sql += ` having ${query.having.map(condition).join(' and ')}`;
  if (query.order.length > 0)
    sql += ` order by ${query.order.map((t) => `${term(t)}${query.descending ? ' desc' : ''}`).join(', ')}`;
  if (query.limit !== null) sql += ` limit ${query.limit}`;
  if (query.set) {
    const right = querySql(query.set.right, schema, `${prefix}r`);
    if (right === null) return null;
    if (isScalarOp(query.set.op)) return failed ? null : `select (${sql}) ${query.set.op} (${right})`;
    sql = `${query.order.length > 0 ? `select * from (${sql})` : sql} ${query.set.op} ${query.set.right.order.length > 0 ? `select * from (${right})` : right}`;
  }
  return failed ? null : sql;
}
