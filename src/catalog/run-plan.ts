/** The catalog's own statements: a plan, rendered, guarded and run like anybody's. */
import type { Cell, Datasource } from '../execution/index.ts';
import { type DatabaseSchema, guardReadOnly, type SelectPlan, safeRenderPlan, type Table } from '../sql/index.ts';

export interface PlanRun {
  readonly datasource: Datasource;
  readonly schema: DatabaseSchema;
}

export interface PlanRows {
  readonly rows: readonly (readonly Cell[])[];
  readonly truncated: boolean;
}

export interface PlanLimits {
  readonly timeoutMs: number;
  readonly maxRows: number;
}

const MAX_BYTES = 8 * 1024 * 1024;

/** Runs a plan over the given tables; null when the database does not answer it in time or at all. */
export async function runPlan(
  plan: SelectPlan,
  tables: readonly Table[],
  { datasource, schema }: PlanRun,
  limits: PlanLimits,
): Promise<PlanRows | null> {
  // The guard binds names to these tables only, which keeps it quick on a database of a thousand.
  const bound: DatabaseSchema = { ...schema, tables };
  const rendered = safeRenderPlan(plan, schema.dialect, { schema: bound, pretty: false });
  if (!rendered.ok) {
    return null;
  }
  const guarded = await guardReadOnly(rendered.value, { schema: bound, maxRows: limits.maxRows });
  if (!guarded.ok) {
    return null;
  }
  const outcome = await datasource.run(guarded.value.sql, { ...limits, maxBytes: MAX_BYTES });
  return outcome.ok ? { rows: outcome.value.rows, truncated: outcome.value.truncated } : null;
}
