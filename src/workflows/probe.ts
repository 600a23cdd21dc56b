/** The planner's only way to the database: a few read-only statements within a small budget, then nothing. */
import type { PlanOptions } from '../planning/index.ts';
import type { OpenedDatasource, RunServices } from './node.ts';
import { guardStatement } from './statement.ts';

const PROBE_ROWS = 50;

/** Null when probing is switched off by configuration. */
export function createProbe(
  source: OpenedDatasource,
  services: RunServices,
  signal: AbortSignal,
): PlanOptions['probe'] {
  let statements = services.limits.probeStatements;
  let remainingMs = services.limits.probeMs;
  if (statements === 0 || remainingMs === 0) return null;
  return async (sql) => {
    if (statements <= 0 || remainingMs <= 0) return null;
    statements -= 1;
    const guarded = await guardStatement(sql, source, { limits: { ...services.limits, rows: PROBE_ROWS } });
    if (!guarded.ok) return null;
    const started = services.now();
    const run = await source.datasource.run(guarded.value.sql, { signal, timeoutMs: remainingMs, maxRows: PROBE_ROWS });
    remainingMs -= services.now() - started;
    return run.ok ? run.value.rows : null;
  };
}
