/**
 * Reads the distinct values of a table's columns with a bounded number of bounded statements. A small table is read once and
 * wholly. Of a big one only the first rows are read, and of these the values are counted by the database, so that a table of
 * a hundred million rows costs no more than one of some hundred thousand.
 */
import { type Cell, observedType } from '../execution/index.ts';
import {
  type Column,
  type ColumnExpr,
  type ColumnValues,
  EMPTY_SELECT,
  type Expr,
  type SelectPlan,
  type Table,
  type TableSource,
} from '../sql/index.ts';
import { distinctValues, isRanged, isSampled } from './column-values.ts';
import { type PlanRun, runPlan } from './run-plan.ts';

/** Up to this many rows a table is small: all its values are read. */
const SMALL_TABLE = 3_000;
/** Rows that show what a big table's columns are like. */
const FIRST_LOOK = 1_000;
/** Rows of a big table that values are counted in. */
const COUNTED_ROWS = 200_000;
/** Rows of a table of unknown size are counted up to here. */
const MOST_COUNTED = 1_000_000;
const COLUMNS_PER_STATEMENT = 60;
const STATEMENT_MS = 3_000;
/** A text column whose texts are longer on average holds prose, not names. */
const PROSE_LENGTH = 80;

export interface SampleBudget {
  /** `performance.now()` when sampling must be over. */
  readonly endsAt: number;
  /** Values that may still be kept. */
  values: number;
}

export interface SampleCaps {
  /** Distinct values per column of a small or middling table. */
  readonly small: number;
  /** Distinct values per column of a big table. */
  readonly big: number;
}

/** From this many rows on a table counts as big for {@link SampleCaps}. */
const BIG_TABLE = 100_000;

const sourceOf = (table: Table): TableSource => ({ kind: 'table', alias: 't', table: table.ref, join: null });
const columnOf = (source: string, name: string): ColumnExpr => ({ kind: 'column', source, column: name });

/** Output names are ours: a sub-query's columns must differ in any case and spelling. */
const firstRows = (table: Table, columns: readonly Column[], limit: number): SelectPlan => ({
  ...EMPTY_SELECT,
  items: columns.map((column, i) => ({ expr: columnOf('t', column.name), alias: `c${i}` })),
  sources: [sourceOf(table)],
  limit,
});

const COUNT_ALL: Expr = {
  kind: 'aggregate',
  fn: 'count',
  arg: { kind: 'star', source: null },
  distinct: false,
  filter: null,
};

const countedValues = (table: Table, column: Column, limit: number): SelectPlan => {
  const value = columnOf('s', 'c0');
  return {
    ...EMPTY_SELECT,
    items: [
      { expr: value, alias: null },
      { expr: COUNT_ALL, alias: 'n' },
    ],
    sources: [{ kind: 'plan', alias: 's', plan: firstRows(table, [column], COUNTED_ROWS), join: null }],
    where: { kind: 'is-null', arg: value, negated: true },
    groupBy: [value],
    orderBy: [{ expr: COUNT_ALL, descending: true, nulls: null }],
    limit,
  };
};

const ranges = (table: Table, columns: readonly Column[]): SelectPlan => ({
  ...EMPTY_SELECT,
  items: columns.flatMap((_, i) =>
    (['min', 'max'] as const).map((fn) => ({
      expr: { kind: 'aggregate', fn, arg: columnOf('s', `c${i}`), distinct: false, filter: null } as const,
      alias: `${fn}${i}`,
    })),
  ),
  sources: [{ kind: 'plan', alias: 's', plan: firstRows(table, columns, COUNTED_ROWS), join: null }],
});

/** Rows up to a bound; beyond it the number stays unknown. */
const countUpTo = (table: Table, column: Column, limit: number): SelectPlan => ({
  ...EMPTY_SELECT,
  items: [{ expr: COUNT_ALL, alias: 'n' }],
  sources: [{ kind: 'plan', alias: 's', plan: firstRows(table, [column], limit), join: null }],
});

function averageLength(values: readonly Cell[]): number {
  const texts = values.filter((value) => typeof value === 'string');
  return texts.length === 0 ? 0 : texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
}

/** What values say about a type that the database does not enforce. */
function refinedType(table: Table, column: Column, values: readonly Cell[], dialect: string): Column['type'] {
  if (dialect === 'mysql' && column.type === 'boolean' && values.some((value) => typeof value === 'number')) {
    return 'integer';
  }
  return dialect === 'sqlite' && table.kind === 'view' ? observedType(column.nativeType, values) : column.type;
}

function scalar(cell: Cell | undefined): ColumnValues['min'] {
  return cell === undefined || (cell !== null && typeof cell === 'object') ? null : cell;
}

class TableSampler {
  readonly #table: Table;
  readonly #run: PlanRun;
  readonly #budget: SampleBudget;
  readonly #caps: SampleCaps;

  constructor(table: Table, run: PlanRun, budget: SampleBudget, caps: SampleCaps) {
    this.#table = table;
    this.#run = run;
    this.#budget = budget;
    this.#caps = caps;
  }

  async #rows(plan: SelectPlan, maxRows: number): Promise<readonly (readonly Cell[])[] | null> {
    const left = this.#budget.endsAt - performance.now();
    if (left <= 0) {
      return null;
    }
    const limits = { timeoutMs: Math.min(STATEMENT_MS, Math.max(50, left)), maxRows };
    const result = await runPlan(plan, [this.#table], this.#run, limits);
    return result?.rows ?? null;
  }

  #cap(): number {
    const size = this.#table.rowCount ?? SMALL_TABLE;
    const cap = size < BIG_TABLE && this.#budget.values > 50_000 ? this.#caps.small : this.#caps.big;
    return Math.max(0, Math.min(cap, this.#budget.values));
  }

  #spend(values: ColumnValues): ColumnValues {
    this.#budget.values -= values.list.length;
    return values;
  }

  /** The number of rows of a table whose database does not tell; null when there are too many to count. */
  async rowCount(column: Column): Promise<number | null> {
    const rows = await this.#rows(countUpTo(this.#table, column, MOST_COUNTED + 1), 1);
    const count = Number(rows?.[0]?.[0] ?? Number.NaN);
    return count <= MOST_COUNTED ? count : null;
  }

  /** Some columns of the table, with values where they could be read. */
  async sample(columns: readonly Column[]): Promise<Map<string, Column>> {
    const isSmall = (this.#table.rowCount ?? 0) <= SMALL_TABLE;
    const limit = isSmall ? SMALL_TABLE + 1 : FIRST_LOOK;
    const rows = await this.#rows(firstRows(this.#table, columns, limit), limit);
    const sampled = new Map<string, Column>();
    if (rows === null) {
      return sampled;
    }
    const complete = isSmall && rows.length <= SMALL_TABLE;
    for (const [i, column] of columns.entries()) {
      const values = rows.map((row) => row[i] ?? null);
      const type = refinedType(this.#table, column, values, this.#run.schema.dialect);
      const first = distinctValues(values, { type, cap: this.#cap(), complete });
      const better = complete ? null : await this.#counted({ ...column, type }, values);
      sampled.set(column.name, { ...column, type, values: this.#spend(better ?? first) });
    }
    return complete ? sampled : this.#withRanges(sampled);
  }

  /** The values of a text or boolean column as the database counts them. */
  async #counted(column: Column, seen: readonly Cell[]): Promise<ColumnValues | null> {
    if (isRanged(column.type) || averageLength(seen) > PROSE_LENGTH) {
      return null;
    }
    const cap = this.#cap();
    const rows = cap === 0 ? null : await this.#rows(countedValues(this.#table, column, cap + 1), cap + 1);
    if (rows === null) {
      return null;
    }
    const whole = this.#table.rowCount !== null && this.#table.rowCount <= COUNTED_ROWS && rows.length <= cap;
    const values = rows.slice(0, cap).map((row) => row[0] ?? null);
    return distinctValues(values, { type: column.type, cap, complete: whole });
  }

  async #withRanges(sampled: Map<string, Column>): Promise<Map<string, Column>> {
    const ranged = [...sampled.values()].filter((column) => isRanged(column.type));
    const rows = ranged.length === 0 ? null : await this.#rows(ranges(this.#table, ranged), 1);
    const row = rows?.[0];
    if (row !== undefined) {
      for (const [i, column] of ranged.entries()) {
        const { list = [], complete = false } = column.values ?? {};
        const values = { list, complete, min: scalar(row[2 * i]), max: scalar(row[2 * i + 1]) };
        sampled.set(column.name, { ...column, values });
      }
    }
    return sampled;
  }
}

async function withRowCount(table: Table, run: PlanRun, budget: SampleBudget, caps: SampleCaps): Promise<Table> {
  const [first] = table.columns;
  if (table.rowCount !== null || table.kind === 'view' || first === undefined) {
    return table;
  }
  return { ...table, rowCount: await new TableSampler(table, run, budget, caps).rowCount(first) };
}

/** The table with values in its columns; what could not be read in the budget stays as it was. */
export async function sampleTable(
  introspected: Table,
  run: PlanRun,
  budget: SampleBudget,
  caps: SampleCaps,
): Promise<Table> {
  const table = await withRowCount(introspected, run, budget, caps);
  const columns = table.columns.filter((column) => isSampled(column.type) || run.schema.dialect === 'sqlite');
  const sampler = new TableSampler(table, run, budget, caps);
  const sampled = new Map<string, Column>();
  for (let from = 0; from < columns.length; from += COLUMNS_PER_STATEMENT) {
    for (const [name, column] of await sampler.sample(columns.slice(from, from + COLUMNS_PER_STATEMENT))) {
      sampled.set(name, isSampled(column.type) ? column : { ...column, values: null });
    }
  }
  return { ...table, columns: table.columns.map((column) => sampled.get(column.name) ?? column) };
}
