/** Foreign keys that nobody declared: guessed from names, kept when the values agree. */
import {
  type Column,
  type ColumnExpr,
  type DatabaseSchema,
  EMPTY_SELECT,
  type Expr,
  type ForeignKey,
  type Scalar,
  type SelectPlan,
  type Table,
} from '../sql/index.ts';
import { type KeyCandidate, keyCandidates } from './key-candidates.ts';
import { type PlanRun, runPlan } from './run-plan.ts';

const CHECKED_VALUES = 500;
const CHECKED_ROWS = 20_000;
const STATEMENT_MS = 2_000;
const MOST_CHECKS = 300;
/** A key that nobody declared is only looked at in tables up to this size. */
const LARGEST_UNDECLARED = 1_000_000;

const COUNT_ALL: Expr = {
  kind: 'aggregate',
  fn: 'count',
  arg: { kind: 'star', source: null },
  distinct: false,
  filter: null,
};
const columnOf = (source: string, column: string): ColumnExpr => ({ kind: 'column', source, column });

/** How many of the first distinct values are missing from the key. */
function missingValues({ table, column, target, key }: KeyCandidate): SelectPlan {
  const first: SelectPlan = {
    ...EMPTY_SELECT,
    items: [{ expr: columnOf('r', column.name), alias: 'v' }],
    sources: [{ kind: 'table', alias: 'r', table: table.ref, join: null }],
    where: { kind: 'is-null', arg: columnOf('r', column.name), negated: true },
    limit: CHECKED_ROWS,
  };
  const distinct: SelectPlan = {
    ...EMPTY_SELECT,
    distinct: true,
    items: [{ expr: columnOf('f', 'v'), alias: 'v' }],
    sources: [{ kind: 'plan', alias: 'f', plan: first, join: null }],
    limit: CHECKED_VALUES,
  };
  return {
    ...EMPTY_SELECT,
    items: [{ expr: COUNT_ALL, alias: 'n' }],
    sources: [
      { kind: 'plan', alias: 's', plan: distinct, join: null },
      {
        kind: 'table',
        alias: 'k',
        table: target.ref,
        join: {
          kind: 'left',
          on: { kind: 'comparison', op: '=', left: columnOf('s', 'v'), right: columnOf('k', key.name) },
        },
      },
    ],
    where: { kind: 'is-null', arg: columnOf('k', key.name), negated: false },
  };
}

function duplicates(target: Table, key: Column): SelectPlan {
  const value = columnOf('k', key.name);
  return {
    ...EMPTY_SELECT,
    items: [{ expr: value, alias: 'v' }],
    sources: [{ kind: 'table', alias: 'k', table: target.ref, join: null }],
    groupBy: [value],
    having: {
      kind: 'comparison',
      op: '>',
      left: COUNT_ALL,
      right: { kind: 'literal', value: 1, type: 'integer' },
    },
    limit: 1,
  };
}

function complete(column: Column): readonly Scalar[] | null {
  return column.values?.complete ? column.values.list : null;
}

class KeyChecker {
  readonly #run: PlanRun;
  readonly #endsAt: number;
  readonly #unique = new Map<Column, Promise<boolean>>();
  #checks = 0;

  constructor(run: PlanRun, endsAt: number) {
    this.#run = run;
    this.#endsAt = endsAt;
  }

  async #rows(plan: SelectPlan, tables: readonly Table[]): Promise<readonly (readonly unknown[])[] | null> {
    const left = this.#endsAt - performance.now();
    this.#checks += 1;
    if (left <= 0 || this.#checks > MOST_CHECKS) {
      return null;
    }
    const limits = { timeoutMs: Math.min(STATEMENT_MS, Math.max(50, left)), maxRows: 1 };
    return (await runPlan(plan, tables, this.#run, limits))?.rows ?? null;
  }

  #isUnique(target: Table, key: Column): Promise<boolean> {
    const known = this.#unique.get(key);
    if (known !== undefined) {
      return known;
    }
    const check = async (): Promise<boolean> =>
      (target.rowCount ?? 0) <= LARGEST_UNDECLARED &&
      (await this.#rows(duplicates(target, key), [target]))?.length === 0;
    const result = check();
    this.#unique.set(key, result);
    return result;
  }

  async holds(candidate: KeyCandidate): Promise<boolean> {
    const { table, column, target, key } = candidate;
    if (!candidate.keyIsDeclared && !(await this.#isUnique(target, key))) {
      return false;
    }
    const values = complete(column);
    const keys = complete(key);
    if (values?.length === 0) {
      // Without values only the names speak.
      return candidate.isPlain;
    }
    if (values !== null && keys !== null) {
      const known = new Set(keys.map(String));
      return values.every((value) => known.has(String(value)));
    }
    const rows = await this.#rows(missingValues(candidate), table === target ? [table] : [table, target]);
    return rows !== null && Number(rows[0]?.[0]) === 0;
  }
}

/** The schema with inferred foreign keys in place of those inferred before. */
export async function inferForeignKeys(schema: DatabaseSchema, run: PlanRun, endsAt: number): Promise<DatabaseSchema> {
  const checker = new KeyChecker(run, endsAt);
  const found = new Map<Table, ForeignKey[]>();
  for (const candidate of keyCandidates(schema)) {
    if (await checker.holds(candidate)) {
      const { table, column, target, key } = candidate;
      const inferred: ForeignKey = {
        columns: [column.name],
        referenced: target.ref,
        referencedColumns: [key.name],
        origin: 'inferred',
      };
      found.set(table, [...(found.get(table) ?? []), inferred]);
    }
  }
  const tables = schema.tables.map((table) => {
    const inferred = found.get(table);
    return inferred === undefined ? table : { ...table, foreignKeys: [...table.foreignKeys, ...inferred] };
  });
  return { ...schema, tables };
}
