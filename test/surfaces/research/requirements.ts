/** What the deep-research stream promises, row by row of its contract; every id has a test that names it. */
export interface ResearchRequirement {
  readonly id: string;
  readonly behaviour: string;
  /** Section of the contract of `POST /workflows/chat_research`. */
  readonly source: string;
}

const row = (id: string, source: string, behaviour: string): ResearchRequirement => ({ id, source, behaviour });

export const RESEARCH_REQUIREMENTS: readonly ResearchRequirement[] = [
  row('request', '§1', 'fields with their defaults; null is as good as absent; wrong types are 422'),
  row('prompt-mode', '§1', 'prompt_mode is append or replace, else 422'),
  row('token', '§1', 'no token is 401'),
  row('accept', '§1', 'an Accept header without text/event-stream is 400 with the contract’s text'),
  row('duplicate', '§1', 'a task id used before is 409'),
  row('task-id', '§1, §3.2', 'generated ids are research_{client}_{stamp}; X-Task-Id tells them'),
  row('reattach', '§3', 'a repeated request with Last-Event-ID goes on where the client stopped'),
  row('modes', '§2', 'the four modes and the workflow names choose what runs'),
  row('auto-detect', '§2', 'without a mode, or with an unknown one, the task’s words decide'),
  row('explicit-plan', '§2', 'an explicit plan_mode or auto_execute_plan wins over the mode'),
  row('wire', '§3', 'data-only frames, ids on durable ones, field order id, planId, timestamp, event'),
  row('events', '§3.2', 'each of the eleven events has exactly its fields'),
  row('sql-family', '§3.3', 'execute_sql call, start, 0.1, 0.7, result, tool result; rows as objects'),
  row('sql-error', '§3.3', 'a failing statement tells error type, suggestions and whether a retry helps'),
  row('virtual-plan', '§4', 'six exact steps, all pending first, one active, all completed last'),
  row('virtual-plan-failure', '§4', 'the failing step is failed before the error'),
  row('text2sql-order', '§5.1', 'notes, tools and SQL in the contract’s order'),
  row('text2sql-tools', '§2', 'search_table, describe_table, search_reference_sql, parse_temporal_expressions'),
  row('review-tools', '§2, §5.2', 'the seven tools in order; a failing one does not stop the run'),
  row('review-report', '§5.2', 'eight exact headings in Chinese, English ones for an English task'),
  row('analysis', '§5.3', 'todo_write, plan, SQL family for each query, findings from cells, report, complete'),
  row('deep-analysis', '§5.3, §8', 'the plan is presented and waits; revise changes it, execute runs it'),
  row('report', '§6', 'six parts of the SQL report, Chinese and English'),
  row('cancel', '§5.4', 'a cancelled run ends with one error that says so'),
  row('failure', '§5.1, §5.5', 'one error with suggestions and detail, no complete; the stored task is failed'),
  row('terminal', '§3', 'exactly one terminal frame, the last one'),
  row('replay', '§3', 'stored events replayed equal the stream: ids, names, payloads'),
];
