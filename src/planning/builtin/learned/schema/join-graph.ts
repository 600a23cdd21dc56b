/** The foreign-key graph: distances between tables and the cheapest tree that connects a set of them. */
import type { DatabaseSchema } from '../../../../sql/index.ts';
import type { IndexedColumn, IndexedTable } from './schema-index.ts';

/** A join condition between two columns (ids); composite keys become several edges of one `group`. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly fromTable: number;
  readonly toTable: number;
  readonly cost: number;
}

export interface Graph {
  readonly edges: readonly Edge[];
  readonly byTable: readonly (readonly Edge[])[];
  /** Row-major table × table distances; Infinity where unconnected. */
  readonly distance: Float32Array;
  readonly size: number;
}

export interface JoinTree {
  /** Tables in join order; the first one is the root. */
  readonly tables: readonly number[];
  /** edges[i] connects tables[i + 1] to an earlier one. */
  readonly edges: readonly Edge[];
}

export function buildGraph(
  schema: DatabaseSchema,
  tables: readonly IndexedTable[],
  columns: readonly IndexedColumn[],
  byName: ReadonlyMap<string, number>,
): Graph {
  const edges: Edge[] = [];
  const seen = new Set<string>();
  const tableByName = new Map<string, number>();
  for (const t of tables) tableByName.set(t.name.toLowerCase(), t.id);
  const add = (from: number, to: number, cost: number): void => {
    const a = columns[from]!;
    const b = columns[to]!;
    const key = from < to ? `${from}-${to}` : `${to}-${from}`;
    if (a.table === b.table || seen.has(key)) return;
    seen.add(key);
    edges.push({ from, to, fromTable: a.table, toTable: b.table, cost });
  };
  schema.tables.forEach((table, t) => {
    for (const fk of table.foreignKeys) {
      const target = tableByName.get(fk.referenced.name.toLowerCase());
      if (target === undefined) continue;
      fk.columns.forEach((name, i) => {
        const from = byName.get(`${t}.${name.toLowerCase()}`);
        const referenced = fk.referencedColumns[i];
        const to =
          referenced === undefined ? tables[target]!.primary[i] : byName.get(`${target}.${referenced.toLowerCase()}`);
        if (from !== undefined && to !== undefined) add(from, to, fk.origin === 'declared' ? 1 : 1.2);
      });
    }
  });
  inferEdges(tables, columns, add);
  const byTable: Edge[][] = tables.map(() => []);
  for (const e of edges) {
    byTable[e.fromTable]!.push(e);
    byTable[e.toTable]!.push(e);
  }
  return { edges, byTable, distance: distances(tables.length, byTable), size: tables.length };
}

/** Columns named like another table's key, where no key is declared. */
function inferEdges(
  tables: readonly IndexedTable[],
  columns: readonly IndexedColumn[],
  add: (from: number, to: number, cost: number) => void,
): void {
  const keys = new Map<string, number[]>();
  for (const t of tables) {
    const own = t.primary.length === 1 ? t.primary[0]! : undefined;
    if (own === undefined) continue;
    const name = columns[own]!.name.toLowerCase();
    const names = name === 'id' ? [`${t.name.toLowerCase()}_id`, `${t.name.toLowerCase()}id`] : [name];
    for (const n of names) keys.set(n, [...(keys.get(n) ?? []), own]);
  }
  for (const c of columns) {
    if (c.foreign || GENERIC.has(c.name.toLowerCase())) continue;
    for (const key of keys.get(c.name.toLowerCase()) ?? []) {
      if (columns[key]!.table !== c.table && (!c.primary || columns[key]!.id < c.id) && compatible(c, columns[key]!))
        add(c.id, key, 1.6);
    }
  }
}

const GENERIC = new Set(['id', 'name', 'year', 'date', 'type', 'code', 'title', 'rank']);

function compatible(a: IndexedColumn, b: IndexedColumn): boolean {
  if (a.values.length === 0 || b.values.length === 0)
    return a.kind === b.kind || a.values.length + b.values.length === 0;
  const known = new Set(b.values.map((v) => String(v)));
  const sample = a.values.slice(0, 100);
  return sample.filter((v) => known.has(String(v))).length >= sample.length * 0.5;
}

function distances(n: number, byTable: readonly (readonly Edge[])[]): Float32Array {
  const d = new Float32Array(n * n).fill(Number.POSITIVE_INFINITY);
  for (let source = 0; source < n; source++) {
    d[source * n + source] = 0;
    let frontier = [source];
    while (frontier.length > 0) {
      const next: number[] = [];
      for (const t of frontier)
        for (const e of byTable[t]!) {
          const other = e.fromTable === t ? e.toTable : e.fromTable;
          const cost = d[source * n + t]! + e.cost;
          if (cost < d[source * n + other]! - 1e-6) {
            d[source * n + other] = cost;
            next.push(other);
          }
        }
      frontier = next;
    }
  }
  return d;
}

/** Tables farther apart than this are not joined: such a chain of keys means nothing any more. */
const FARTHEST = 9;

/** Connects the tables by repeatedly joining the nearest missing one; null when they are not connected. */
export function joinTree(graph: Graph, wanted: readonly number[], edgeBonus?: (edge: Edge) => number): JoinTree | null {
  if (wanted.length === 0) return null;
  const tables = [wanted[0]!];
  const edges: Edge[] = [];
  const missing = new Set(wanted.slice(1));
  missing.delete(tables[0]!);
  while (missing.size > 0) {
    let target = -1;
    let best = Number.POSITIVE_INFINITY;
    for (const m of missing)
      for (const t of tables) {
        const d = graph.distance[t * graph.size + m]!;
        if (d < best) {
          best = d;
          target = m;
        }
      }
    if (target < 0 || best > FARTHEST) return null;
    const path = shortestPath(graph, tables, target, edgeBonus);
    if (path === null) return null;
    for (const step of path) {
      tables.push(step.table);
      edges.push(step.edge);
      missing.delete(step.table);
    }
  }
  return { tables, edges };
}

function shortestPath(
  graph: Graph,
  from: readonly number[],
  target: number,
  edgeBonus?: (edge: Edge) => number,
): { table: number; edge: Edge }[] | null {
  const cost = new Map<number, number>(from.map((t) => [t, 0]));
  const via = new Map<number, { table: number; edge: Edge }>();
  const open = new Set(from);
  while (open.size > 0) {
    let current = -1;
    for (const t of open) if (current < 0 || cost.get(t)! < cost.get(current)!) current = t;
    open.delete(current);
    if (current === target) break;
    for (const edge of graph.byTable[current]!) {
      const other = edge.fromTable === current ? edge.toTable : edge.fromTable;
      const c = cost.get(current)! + edge.cost - (edgeBonus?.(edge) ?? 0);
      if (c < (cost.get(other) ?? Number.POSITIVE_INFINITY) - 1e-6) {
        cost.set(other, c);
        via.set(other, { table: current, edge });
        open.add(other);
      }
    }
  }
  const path: { table: number; edge: Edge }[] = [];
  for (let t = target; !from.includes(t); ) {
    const step = via.get(t);
    if (step === undefined) return null;
    path.push({ table: t, edge: step.edge });
    t = step.table;
  }
  return path.reverse();
}
