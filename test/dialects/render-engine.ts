/** The path that a plan takes in the product: render, guard, run on the real engine. */
import { type Datasource, openDatasource } from '../../src/execution/index.ts';
import { type DatabaseSchema, guardReadOnly, type Plan, renderPlan } from '../../src/sql/index.ts';
import type { TestEngine } from '../support/engines.ts';

export interface RenderEngine {
  readonly schema: DatabaseSchema;
  render(plan: Plan): string;
  /** Rows of the plan, with values that engines type differently made alike. */
  rows(plan: Plan): Promise<unknown[][]>;
  close(): Promise<void>;
}

/** Creates a database of this kind and opens it as a datasource. */
export async function openRenderEngine(engine: TestEngine, statements: readonly string[]): Promise<RenderEngine> {
  const database = await engine.create(...statements);
  const datasource: Datasource = await openDatasource(database.config);
  const schema = await datasource.introspect();
  const render = (plan: Plan): string => renderPlan(plan, engine.dialect, { schema });
  return {
    schema,
    render,
    async rows(plan) {
      const sql = render(plan);
      const guarded = await guardReadOnly(sql, { schema, maxRows: 1_000 });
      if (!guarded.ok) throw new Error(`the guard refuses ${JSON.stringify(guarded.failure)}\n${sql}`);
      const result = await datasource.run(guarded.value.sql, { timeoutMs: 20_000, maxRows: 1_000 });
      if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}\n${sql}`);
      return result.value.rows.map((row) => row.map(alike));
    },
    async close() {
      await datasource.close();
      await database.drop();
    },
  };
}

/** Booleans as numbers, numbers rounded to what the least exact engine gives (MySQL averages with four digits). */
function alike(cell: unknown): unknown {
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  const number =
    typeof cell === 'number' || (typeof cell === 'string' && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(cell));
  if (number && !(Number.isInteger(Number(cell)) && !Number.isSafeInteger(Number(cell)))) {
    return Math.round(Number(cell) * 1_000) / 1_000;
  }
  return typeof cell === 'string' && /^\d{4}-\d{2}-\d{2} 00:00:00$/.test(cell) ? cell.slice(0, 10) : cell;
}
