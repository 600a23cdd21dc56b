import type { Expr, Join, Predicate, Source, TableSource } from '../../../sql/index.ts';
import { splitIdentifier } from '../text/identifier.ts';
import { connect, type JoinEdge } from './join-graph.ts';
import { refOf, type SchemaIndex } from './schema-index.ts';

const RESERVED = new Set(
  'as at by do go if in is it no of on or to us all and any asc end for not old new set top use add'.split(' '),
);

/** Collects the tables of one SELECT, rooted at one of them, with short aliases unique in the whole plan. */
export class SourceBuilder {
  readonly #index: SchemaIndex;
  readonly #aliases = new Map<number, string>();
  readonly #taken: Set<string>;
  readonly #edges: JoinEdge[] = [];
  readonly #extra: TableSource[] = [];
  readonly #partners = new Map<JoinEdge, string>();
  readonly root: number;
  /** Joins that meet many rows on the other side: they multiply the root's rows. */
  fanOut = 0;
  cost = 0;

  constructor(index: SchemaIndex, root: number, taken: Set<string> = new Set()) {
    this.#index = index;
    this.root = root;
    this.#taken = taken;
    this.#alias(root);
  }

  #alias(table: number): string {
    const known = this.#aliases.get(table);
    if (known !== undefined) return known;
    const alias = freshAlias(this.#index.tables[table]!.table.ref.name, this.#taken);
    this.#aliases.set(table, alias);
    return alias;
  }

  has(table: number): boolean {
    return this.#aliases.has(table);
  }

  get tables(): readonly number[] {
    return [...this.#aliases.keys()];
  }

  get taken(): Set<string> {
    return this.#taken;
  }

  /** Joins `tables` by the cheapest keys; false when they cannot be reached. */
  require(tables: readonly number[]): boolean {
    const missing = tables.filter((table) => !this.has(table));
    if (missing.length === 0) return true;
    // To-one paths first: they change no row count.
    for (const table of missing) {
      if (this.has(table)) continue;
      const path = this.#path(table, true) ?? this.#path(table, false);
      if (path === null) return false;
      for (const edge of path) {
        if (this.has(edge.to)) continue;
        this.#edges.push(edge);
        this.#alias(edge.to);
        this.cost += edge.cost;
        if (!edge.toOne) this.fanOut += 1;
      }
    }
    return true;
  }

  #path(table: number, toOneOnly: boolean): JoinEdge[] | null {
    let best: JoinEdge[] | null = null;
    let bestCost = Number.POSITIVE_INFINITY;
    for (const from of this.tables) {
      const path = connect(
        this.#index.joins,
        from,
        [table],
        (edge) => (!toOneOnly || edge.toOne) && !this.has(edge.to),
      );
      if (path === null) continue;
      const cost = path.reduce((sum, edge) => sum + edge.cost, 0);
      if (cost < bestCost) {
        best = path;
        bestCost = cost;
      }
    }
    // A to-one path that wanders far is no better than a direct to-many one.
    return toOneOnly && bestCost > 5 ? null : best;
  }

  column(table: number, column: number): Expr {
    return {
      kind: 'column',
      source: this.#alias(table),
      column: this.#index.tables[table]!.columns[column]!.column.name,
    };
  }

  named(table: number, column: string): Expr {
    return { kind: 'column', source: this.#alias(table), column };
  }

  /** Joins a table with itself by one of its keys (an employee's manager); rows without a partner stay. */
  selfJoin(edge: JoinEdge): string {
    const known = this.#partners.get(edge);
    if (known !== undefined) return known;
    const alias = freshAlias(this.#index.tables[edge.to]!.table.ref.name, this.#taken);
    const on: Predicate[] = edge.pairs.map((pair) => ({
      kind: 'comparison',
      op: '=',
      left: { kind: 'column', source: this.#alias(edge.from), column: pair.from },
      right: { kind: 'column', source: alias, column: pair.to },
    }));
    this.#partners.set(edge, alias);
    this.#extra.push({
      kind: 'table',
      alias,
      table: refOf(this.#index, edge.to),
      join: { kind: 'left', on: on.length === 1 ? on[0]! : { kind: 'and', args: on } },
    });
    return alias;
  }

  /** True when `table` is reached from the root without multiplying rows. */
  toOne(table: number): boolean {
    let at = table;
    while (at !== this.root) {
      const edge = this.#edges.find((one) => one.to === at);
      if (edge === undefined || !edge.toOne) return false;
      at = edge.from;
    }
    return true;
  }

  sources(): Source[] {
    const first: TableSource = {
      kind: 'table',
      alias: this.#alias(this.root),
      table: refOf(this.#index, this.root),
      join: null,
    };
    const joined = this.#edges.map(
      (edge): TableSource => ({
        kind: 'table',
        alias: this.#alias(edge.to),
        table: refOf(this.#index, edge.to),
        join: this.#join(edge),
      }),
    );
    return [first, ...joined, ...this.#extra];
  }

  #join(edge: JoinEdge): Join {
    const parts: Predicate[] = edge.pairs.map((pair) => ({
      kind: 'comparison',
      op: '=',
      left: { kind: 'column', source: this.#alias(edge.from), column: pair.from },
      right: { kind: 'column', source: this.#alias(edge.to), column: pair.to },
    }));
    return { kind: 'inner', on: parts.length === 1 ? parts[0]! : { kind: 'and', args: parts } };
  }
}

/** Initials of a table name, made unique and kept off reserved words. */
export function freshAlias(name: string, taken: Set<string>): string {
  const initials =
    splitIdentifier(name)
      .map((word) => word[0])
      .join('')
      .replace(/[^a-z]/g, '')
      .slice(0, 4) || 't';
  let alias = RESERVED.has(initials) ? `${initials}1` : initials;
  for (let i = 2; taken.has(alias); i += 1) alias = `${initials}${i}`;
  taken.add(alias);
  return alias;
}
