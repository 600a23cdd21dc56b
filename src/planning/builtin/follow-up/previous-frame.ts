import type { SelectPlan, TableSource } from '../../../sql/index.ts';
import { connect, type JoinEdge } from '../grammar/join-graph.ts';
import { refOf, type SchemaIndex } from '../grammar/schema-index.ts';
import { freshAlias } from '../grammar/source-builder.ts';

/** The tables of a previous plan, open to further joins that neither lose nor multiply its rows. */
export class JoinedSources {
  readonly #index: SchemaIndex;
  readonly #aliases = new Map<number, string>();
  readonly #added: TableSource[] = [];
  readonly #taken: Set<string>;
  readonly plan: SelectPlan;

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

  /** Joins `table` along keys that meet at most one row; false when there is no such path. */
  require(table: number): boolean {
    if (this.#aliases.has(table)) return true;
    const path = this.#path(table);
    if (path === null) return false;
    for (const edge of path) {
      if (this.#aliases.has(edge.to)) continue;
      const alias = freshAlias(this.#index.tables[edge.to]!.table.ref.name, this.#taken);
      this.#aliases.set(edge.to, alias);
      const pairs = edge.pairs.map((pair) => ({
        kind: 'comparison' as const,
        op: '=' as const,
        left: { kind: 'column' as const, source: this.#aliases.get(edge.from)!, column: pair.from },
        right: { kind: 'column' as const, source: alias, column: pair.to },
      }));
      const on = pairs.length === 1 ? pairs[0]! : { kind: 'and' as const, args: pairs };
      // A key that may be empty must not lose its rows.
      const nullable = edge.pairs.some(
        (pair) =>
          this.#index.tables[edge.from]!.columns.find((one) => one.column.name === pair.from)?.column.nullable ?? true,
      );
      const outer = nullable || this.#isOuter(this.#aliases.get(edge.from)!);
      this.#added.push({
        kind: 'table',
        alias,
        table: refOf(this.#index, edge.to),
        join: { kind: outer ? 'left' : 'inner', on },
      });
    }
    return true;
  }

  #isOuter(alias: string): boolean {
    return [...this.plan.sources, ...this.#added].some(
      (source) => source.alias === alias && source.join?.kind === 'left',
    );
  }

  #path(table: number): JoinEdge[] | null {
    let best: JoinEdge[] | null = null;
    for (const from of this.tables) {
      const path = connect(this.#index.joins, from, [table], (edge) => edge.toOne && !this.#aliases.has(edge.to));
      if (path !== null && (best === null || path.length < best.length)) best = path;
    }
    return best;
  }

  /** The plan with the added joins. */
  joined(): SelectPlan {
    return { ...this.plan, sources: [...this.plan.sources, ...this.#added] };
  }
}
