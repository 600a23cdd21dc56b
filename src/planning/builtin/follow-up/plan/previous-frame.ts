import type { Expr, Predicate, SelectPlan, TableSource } from '../../../../sql/index.ts';
import type { Dated } from '../../grammar/comparison.ts';
import { dateColumns } from '../../grammar/date-columns.ts';
import { connect, type JoinEdge } from '../../grammar/join-graph.ts';
import { columnsOf, conjuncts } from '../../grammar/plan-parts.ts';
import { refOf, type SchemaIndex } from '../../grammar/schema-index.ts';
import { freshAlias } from '../../grammar/source-builder.ts';
import type { Unit } from '../../grammar/units.ts';

/** The tables of a previous plan, open to further joins that lose none of its rows. */
export class JoinedSources {
  readonly #index: SchemaIndex;
  readonly #aliases = new Map<number, string>();
  readonly #added: TableSource[] = [];
  readonly #taken: Set<string>;
  readonly plan: SelectPlan;
  /** True when an added join meets many rows: what is counted must be counted once. */
  multiplied = false;

  constructor(index: SchemaIndex, plan: SelectPlan) {
    this.#index = index;
    this.plan = plan;
    this.#taken = new Set(plan.sources.map((source) => source.alias));
    for (const source of plan.sources) {
      if (source.kind !== 'table') continue;
      const table = index.tables.findIndex(
        (one) =>
          one.table.ref.name === source.table.name &&
          (one.table.ref.schema === source.table.schema ||
            source.table.schema === null ||
            one.table.ref.schema === null),
      );
      if (table >= 0 && !this.#aliases.has(table)) this.#aliases.set(table, source.alias);
    }
  }

  get tables(): readonly number[] {
    return [...this.#aliases.keys()];
  }

  /** True when every table of the plan is known and joined once. */
  get known(): boolean {
    return this.#aliases.size === this.plan.sources.length;
  }

  alias(table: number): string | null {
    return this.#aliases.get(table) ?? null;
  }

  /** A column of `table`, which is joined when it is missing; null when there is no way to it. */
  column(table: number, at: number, many = false): Expr | null {
    if (!this.require(table, many)) return null;
    return { kind: 'column', source: this.alias(table)!, column: this.#index.tables[table]!.columns[at]!.column.name };
  }

  /** Joins `table` along keys that meet at most one row, or (`many`) along any; false when there is no such path. */
  require(table: number, many = false): boolean {
    if (this.#aliases.has(table)) return true;
    const path = this.#path(table, false) ?? (many ? this.#path(table, true) : null);
    if (path === null) return false;
    for (const edge of path) {
      if (this.#aliases.has(edge.to)) continue;
      this.multiplied ||= !edge.toOne;
      const alias = freshAlias(this.#index.tables[edge.to]!.table.ref.name, this.#taken);
      this.#aliases.set(edge.to, alias);
      const pairs = edge.pairs.map((pair) => ({
        kind: 'comparison' as const,
        op: '=' as const,
        left: { kind: 'column' as const, source: this.#aliases.get(edge.from)!, column: pair.from },
        right: { kind: 'column' as const, source: alias, column: pair.to },
      }));
      const on: Predicate = pairs.length === 1 ? pairs[0]! : { kind: 'and', args: pairs };
      // A key that may be empty must not lose its rows.
      const nullable = edge.pairs.some(
        (pair) =>
          this.#index.tables[edge.from]!.columns.find((one) => one.column.name === pair.from)?.column.nullable ?? true,
      );
      const outer = nullable || !edge.toOne || this.#isOuter(this.#aliases.get(edge.from)!);
      this.#added.push({
        kind: 'table',
        alias,
        table: refOf(this.#index, edge.to),
        join: { kind: outer ? 'left' : 'inner', on },
      });
    }
    return true;
  }

  /** The row of the same table that a key points at (the manager); rows without one stay. */
  partner(edge: JoinEdge): string | null {
    const from = this.#aliases.get(edge.from);
    if (from === undefined) return null;
    const alias = freshAlias(this.#index.tables[edge.to]!.table.ref.name, this.#taken);
    const on = edge.pairs.map((pair) => ({
      kind: 'comparison' as const,
      op: '=' as const,
      left: { kind: 'column' as const, source: from, column: pair.from },
      right: { kind: 'column' as const, source: alias, column: pair.to },
    }));
    const join = { kind: 'left' as const, on: on.length === 1 ? on[0]! : ({ kind: 'and', args: on } as const) };
    this.#added.push({ kind: 'table', alias, table: refOf(this.#index, edge.to), join });
    return alias;
  }

  #isOuter(alias: string): boolean {
    return [...this.plan.sources, ...this.#added].some(
      (source) => source.alias === alias && source.join?.kind === 'left',
    );
  }

  #path(table: number, many: boolean): JoinEdge[] | null {
    let best: JoinEdge[] | null = null;
    for (const from of this.tables) {
      const path = connect(
        this.#index.joins,
        from,
        [table],
        (edge) => (many || edge.toOne) && !this.#aliases.has(edge.to),
      );
      if (path !== null && (best === null || path.length < best.length)) best = path;
    }
    return best;
  }

  /** `plan` over the tables that were there and those that were added. */
  joined(plan: SelectPlan = this.plan): SelectPlan {
    return { ...plan, sources: [...this.plan.sources, ...this.#added] };
  }

  /** The date column that the plan already speaks of, else the likeliest one of its tables. */
  dated(anchor: Unit | null): Dated | null {
    const root = this.tables[0];
    if (root === undefined) return null;
    const mentioned = conjuncts(this.plan.where).flatMap((one) => columnsOf(one));
    const candidates = dateColumns(this.#index, root, this.tables, anchor);
    const known =
      anchor === null
        ? candidates.find((one) =>
            mentioned.some(
              (other) =>
                this.alias(one.table) === other.source &&
                this.#index.tables[one.table]!.columns[one.column]!.column.name === other.column,
            ),
          )
        : undefined;
    const date = known ?? candidates[0];
    if (date === undefined) return null;
    const expr = this.column(date.table, date.column);
    const { type } = this.#index.tables[date.table]!.columns[date.column]!.column;
    return expr === null ? null : { expr, date, type };
  }
}
