/** Guarding and running the run's statements: the only way from SQL text to the database. */
import type { RunFailure } from '../execution/index.ts';
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
  const { restricted } = source;
  const guarded = await guardReadOnly(sql, {
    schema: restricted?.whole ?? source.schema,
    maxRows: services.limits.rows,
    ...(restricted ? { rights: restricted.rights } : {}),
  });
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
      message: source.restricted ? withoutExcerpts(run.failure) : run.failure.message,
      suggestions: [],
    });
  }
  const { columns, rows, truncated, elapsedMs } = run.value;
  return ok({ rows: { columns, rows, truncated }, elapsedMs });
}

/**
 * What a caller with restricted rights is told of a failure: an engine quotes the statement that ran, and that one holds
 * the row rules and the names of hidden columns.
 */
function withoutExcerpts({ code, message }: RunFailure): string {
  const quotes = ['syntax', 'unknown-table', 'unknown-column', 'type-mismatch', 'permission', 'other'];
  return quotes.includes(code) ? `the database refused the statement (${code})` : message;
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
