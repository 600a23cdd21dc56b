/** Runs → the task bodies of the workflow API (contract §6). */
import { type Run, rowObjects } from '../../engine/index.ts';

/** Rows of a result that a list shows; the task itself has them all. */
const PREVIEW_ROWS = 10;

/** An entry of `running_tasks`. */
export const runningTask = (run: Run) => ({
  task_id: run.id,
  status: run.status,
  created_at: run.createdAt.toISOString(),
  type: taskType(run),
  client: run.owner,
});

/** An entry of `recent_tasks`. */
export function recentTask(run: Run) {
  const rows = run.result?.rows ? rowObjects(run.result.rows) : null;
  return {
    task_id: run.id,
    task_query: run.request.question,
    sql_query: run.result?.sql ?? null,
    sql_result: rows === null ? null : rows.slice(0, PREVIEW_ROWS),
    row_count: rows?.length ?? null,
    status: run.status,
    type: taskType(run),
    user_feedback: run.feedback?.status ?? null,
    created_at: run.createdAt.toISOString(),
    recorded_at: run.feedback ? wireMoment(run.feedback.recordedAt) : null,
  };
}

/** One task: what was asked while it runs, what came of it afterwards. */
export function taskDetail(run: Run) {
  if (run.status === 'running') {
    return {
      ...runningTask(run),
      is_running: true,
      request: requestBody(run),
      waiting_for: run.waiting && {
        node_id: run.waiting.nodeId,
        prompt: run.waiting.prompt,
        actions: run.waiting.actions,
      },
    };
  }
  const { result } = run;
  return {
    task_id: run.id,
    status: run.status,
    created_at: run.createdAt.toISOString(),
    type: taskType(run),
    is_running: false,
    task_query: run.request.question,
    sql_query: result?.sql ?? null,
    sql_result: result?.rows ? rowObjects(result.rows) : null,
    error: result?.problem?.message ?? null,
    user_feedback: run.feedback?.status ?? null,
    execution_time: result ? result.elapsedMs / 1000 : null,
    tokens_used: result?.usage?.tokens ?? 0,
    cost: result?.usage?.cost ?? null,
  };
}

const taskType = (run: Run): string => (run.channel === 'ask' ? 'unknown' : run.channel);

/** The request as the client might have sent it. */
function requestBody({ request, channel }: Run) {
  return {
    workflow: request.workflow,
    namespace: request.namespace,
    task: request.question,
    mode: channel === 'workflow_sync' ? 'sync' : 'async',
    database_name: request.database,
    schema_name: request.schemaName,
    current_date: request.today,
    subject_path: request.subjectPath,
    ext_knowledges: request.notes,
    plan_mode: request.planMode,
  };
}

/** ISO-8601 in UTC, to the second, ending in `Z`. */
export const wireMoment = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
