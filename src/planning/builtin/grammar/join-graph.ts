import type { DatabaseSchema, ForeignKey, TableRef } from '../../../sql/index.ts';

/** One way to join two tables. `toOne`: a row of `from` meets at most one row of `to`. */
export interface JoinEdge {
  readonly from: number;
  readonly to: number;
  readonly pairs: readonly { readonly from: string; readonly to: string }[];
  readonly toOne: boolean;
  readonly cost: number;
  readonly key: ForeignKey;
}

export interface JoinGraph {
  readonly edges: readonly (readonly JoinEdge[])[];
}

const sameRef = (a: TableRef, b: TableRef): boolean =>
  a.name.toLowerCase() === b.name.toLowerCase() && (a.schema === b.schema || a.schema === null || b.schema === null);

/** The joins that foreign keys allow, from every table; inferred keys cost more than declared ones. */
export function joinGraph(schema: DatabaseSchema): JoinGraph {
  const edges: JoinEdge[][] = schema.tables.map(() => []);
  const byName = new Map<string, number[]>();
  schema.tables.forEach((table, i) => {
    const name = table.ref.name.toLowerCase();
    byName.set(name, [...(byName.get(name) ?? []), i]);
  });
  const mostRows = Math.log10(Math.max(0, ...schema.tables.map((table) => table.rowCount ?? 0)) + 1);
  for (const [from, table] of schema.tables.entries()) {
    for (const key of table.foreignKeys) {
      const to = (byName.get(key.referenced.name.toLowerCase()) ?? []).find((i) =>
        sameRef(schema.tables[i]!.ref, key.referenced),
      );
      if (to === undefined || key.columns.length === 0) continue;
      const referenced =
        key.referencedColumns.length === key.columns.length ? key.referencedColumns : schema.tables[to]!.primaryKey;
      const pairs = key.columns.map((column, i) => ({ from: column, to: referenced[i] ?? column }));
      const rows = Math.log10((table.rowCount ?? 0) + 1);
      const base =
        (key.origin === 'declared' ? 1 : 1.3) + (table.kind === 'view' ? 0.6 : 0) + secondary(key.columns[0]!) * 0.15;
      edges[from]!.push({ from, to, pairs, toOne: true, cost: base, key });
      const unique =
        sameSet(table.primaryKey, key.columns) || table.uniqueKeys.some((columns) => sameSet(columns, key.columns));
      edges[to]!.push({
        from: to,
        to: from,
        pairs: pairs.map((pair) => ({ from: pair.to, to: pair.from })),
        toOne: unique,
        cost: base + (unique ? 0.1 : 0.25) + (mostRows > 0 ? 0.15 * (1 - rows / mostRows) : 0),
        key,
      });
    }
  }
  return { edges };
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.length > 0 && a.every((item) => b.includes(item));
}

/** Keys with an extra role in their name (original_language_id, manager_staff_id) are second choice. */
function secondary(column: string): number {
  return Math.min(
    3,
    column.split(/_|(?<=[a-z])(?=[A-Z])/).filter((part) => !/^(?:id|no|key|code)$/i.test(part)).length - 1,
  );
}

/**
 * The cheapest edges that connect `required` tables with `root`, nearest first; null when they cannot be
 * connected. `avoid` forbids edges.
 */
export function connect(
  graph: JoinGraph,
  root: number,
  required: readonly number[],
  allow: (edge: JoinEdge) => boolean = () => true,
): JoinEdge[] | null {
  const inTree = new Set([root]);
  const result: JoinEdge[] = [];
  const missing = new Set(required.filter((table) => table !== root));
  while (missing.size > 0) {
    const path = nearest(graph, inTree, missing, allow);
    if (path === null) return null;
    for (const edge of path) {
      result.push(edge);
      inTree.add(edge.to);
      missing.delete(edge.to);
    }
  }
  return result;
}

/** Dijkstra from the tree to the nearest missing table. */
function nearest(
  graph: JoinGraph,
  tree: ReadonlySet<number>,
  missing: ReadonlySet<number>,
  allow: (edge: JoinEdge) => boolean,
): JoinEdge[] | null {
  const distance = new Map<number, number>();
  const via = new Map<number, JoinEdge>();
  const open = new Set<number>();
  for (const table of tree) {
    distance.set(table, 0);
    open.add(table);
  }
  const done = new Set<number>();
  while (open.size > 0) {
    let best = -1;
    for (const table of open) if (best < 0 || distance.get(table)! < distance.get(best)!) best = table;
    open.delete(best);
    done.add(best);
    if (missing.has(best)) {
      const path: JoinEdge[] = [];
      for (let at = best; !tree.has(at); ) {
        const edge = via.get(at)!;
        path.unshift(edge);
        at = edge.from;
      }
      return path;
    }
    if (distance.get(best)! > 8) return null;
    for (const edge of graph.edges[best] ?? []) {
      if (done.has(edge.to) || tree.has(edge.to) || !allow(edge)) continue;
      const next = distance.get(best)! + edge.cost;
      if (next < (distance.get(edge.to) ?? Number.POSITIVE_INFINITY)) {
        distance.set(edge.to, next);
        via.set(edge.to, edge);
        open.add(edge.to);
      }
    }
  }
  return null;
}
