/** Guarding and running the run's statements: the only way from SQL text to the database. */
import { fail, type Outcome, ok } from '../kernel/index.ts';
import { guardReadOnly } from '../sql/index.ts';
import type { RunProblem, RunRows } from './events.ts';
import type { GuardedStatement, NodeContext, OpenedDatasource, RunServices } from './node.ts';

/** Guards SQL text for a datasource; the failure is ready to be shown. */
export async function guardStatement(
  sql: string,
  source: OpenedDatasource,
  services: Pick<RunServices, 'limits'>,
): Promise<Outcome<GuardedStatement, RunProblem>> {
  const guarded = await guardReadOnly(sql, { schema: source.schema, maxRows: services.limits.rows });
  if (!guarded.ok) {
    return fail({ kind: 'failure', code: guarded.failure.code, message: guarded.failure.message, suggestions: [] });
  }
  return ok({ sql: guarded.value.sql, text: sql });
}

/** Runs a guarded statement under the run's limits, without events. */
export async function runStatement(
  statement: GuardedStatement,
  source: OpenedDatasource,
  services: Pick<RunServices, 'limits'>,
  signal: AbortSignal,
): Promise<Outcome<{ rows: RunRows; elapsedMs: number }, RunProblem>> {
  const run = await source.datasource.run(statement.sql, {
    signal,
    timeoutMs: services.limits.statementTimeoutMs,
    maxRows: services.limits.rows,
    maxBytes: services.limits.resultBytes,
  });
  if (!run.ok) {
    return fail({
      kind: run.failure.code === 'cancelled' ? 'cancelled' : 'failure',
      code: run.failure.code,
      message: run.failure.message,
      suggestions: [],
    });
  }
  const { columns, rows, truncated, elapsedMs } = run.value;
  return ok({ rows: { columns, rows, truncated }, elapsedMs });
}

/** Runs a guarded statement and tells the stream: start, then result or error. */
export async function runAnnounced(
  statement: GuardedStatement,
  source: OpenedDatasource,
  context: NodeContext,
  options: { readonly callId: string; readonly todoId?: string | null },
): Promise<Outcome<{ rows: RunRows; elapsedMs: number }, RunProblem>> {
  const common = {
    nodeId: context.nodeId,
    todoId: options.todoId ?? null,
    callId: options.callId,
    sql: statement.text,
  };
  await context.emit({ type: 'sql-start', ...common, datasource: source.name, estimatedRows: null });
  const run = await runStatement(statement, source, context.services, context.signal);
  await context.emit(
    run.ok
      ? { type: 'sql-result', ...common, result: run.value.rows, elapsedMs: run.value.elapsedMs }
      : { type: 'sql-error', ...common, code: run.failure.code, message: run.failure.message },
  );
  return run;
}
