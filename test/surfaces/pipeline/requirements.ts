/**
 * What the data pipeline API promises, row by row of its contract. Every id has at least one test that names it
 * (`verifies('id', …)`); `requirements.test.ts` finds the ones that have none.
 */
export interface Requirement {
  readonly id: string;
  readonly behaviour: string;
  /** Section of the data pipeline API's contract. */
  readonly source: string;
}

const row = (id: string, source: string, behaviour: string): Requirement => ({ id, source, behaviour });

export const REQUIREMENTS: readonly Requirement[] = [
  row('root', '§1', 'GET / and /health on the port of the pipeline'),
  row('ports', '§1', 'the same API on the main port and on a port of its own'),
  row('access-loopback', '§1', 'no key on loopback unless one is configured; a header is ignored'),
  row('access-key', '§1', 'with a key configured a wrong or missing one is 401'),
  row('access-foreign', '§1', 'what a proxy or a page of another site sends needs a key or a token'),
  row('times', '§1', 'local ISO times without zone, in seconds'),
  row('envelope', '§2', 'success, code = HTTP status, specific message, data with response and timestamp'),
  row('envelope-error', '§2', 'error{type, code, details, timestamp} and data{response, error_type, timestamp}'),
  row('error-task-not-found', '§2', 'TASK_NOT_FOUND 404 on every endpoint with a task'),
  row('error-running', '§2, §3.6', 'TASK_ALREADY_RUNNING 409 while a job is live, not between steps'),
  row(
    'error-mode',
    '§2',
    'INVALID_EXECUTION_MODE, MISSING_STEP_NAME, INVALID_STEP_NAME 400, in this order, before the task',
  ),
  row('error-file', '§2', 'FILE_NOT_FOUND 404'),
  row('error-database', '§2', 'DATABASE_CONNECTION_ERROR 500 without the password'),
  row('error-vector-backup', '§2', 'VECTOR_BACKUP_FAILED 500, and in the task, data untouched'),
  row('error-vector-truncate', '§2', 'VECTOR_TRUNCATE_FAILED in the task, data untouched'),
  row('error-body', '§2', 'bodies that are not JSON, or have wrong types, are 400 and name the parameter'),
  row('create', '§3.1', 'all fields, defaults, four pending steps, vector flags stored'),
  row('create-id', '§3.1', 'task_YYYYMMDD_HHMMSS; several within a second get different ones'),
  row('create-list-file', '§3.1', 'a list on the server; a missing or outside one is 400'),
  row('create-no-list', '§3.1', 'without a list: file_upload_mode and next_step'),
  row('create-mask', '§3.1', 'a connection is stored encrypted and never shown'),
  row('execute', '§3.2', '202 with an empty body; complete mode runs the four steps and writes results'),
  row('execute-step', '§3.2, §3.6', 'step mode: in_progress between steps, completed after every enabled one'),
  row(
    'execute-vector-flags',
    '§3.2',
    'vector flags are ignored with a warning for other steps; truncate turns backup on',
  ),
  row('execute-disabled', '§3.2', 'disabled steps stay pending and are logged as skipped'),
  row('execute-archive', '§3.2', 'a complete run moves earlier files to file_bak_<ts>/ with backup_info.json'),
  row('execute-fail', '§3.2', 'a failing step stops the run: failed, error_message, log line'),
  row('execute-lost', '§3.2', 'killed processes: the running step starts again, finished ones do not, one pair file'),
  row('workers', '§3, §8', 'the same with several server processes, on both kinds of state'),
  row('execute-concurrent', '§3', 'twenty tasks created and executed at once'),
  row('status', '§3.3', 'all fields of the status, progress of the running step'),
  row('cancel', '§3.6', 'a running task is cancelled'),
  row('list', '§3.4', 'limit, offset, status, newest first, total of all matches'),
  row('query', '§3.5', 'filters, order, pagination, filters_applied, sort_applied; broken ones 400'),
  row('delete', '§3.7', 'confirm, directories, records, failures by task'),
  row('files', '§4.1', 'all fields of both shapes, primary file, totals, vector backups listed'),
  row('download', '§4.2', 'attachment with its type, streamed, ranges'),
  row('path-safety', '§4.2, §7.7', 'no parameter leaves the directory of the task'),
  row('upload-list', '§4.3', 'UTF-8 and GBK, comments, commas; limits and bad names are 400'),
  row('list-info', '§4.4', 'both shapes, with and without a list'),
  row('set-list', '§4.5', 'both names and forms, business_context updates the task'),
  row('upload-file', '§4.6', 'backup, replace, skip; extensions and size limited'),
  row('logs', '§5.1', 'last entries after the filter, oldest first'),
  row('logs-query', '§5.2', 'every filter, order and page; broken ones 400'),
  row('logs-large', '§5.2', 'a log of 500 MB answers its last page in a second without being loaded'),
  row('log-format', '§5.3', 'task and API log lines in the documented format'),
  row('tables', '§6.1', 'schemas, pattern, sorted qualified names'),
  row('table-ddl', '§6.2', 'ddl, md and both, with both field shapes'),
  row('connection-policy', '§6, §8', 'configured databases and loopback; others by pipeline.allowed_connections'),
  row('vector-backup', '§7.7', 'of a task or global, never truncates'),
  row('vector-list', '§7.7', 'locations and sets'),
  row('vector-restore', '§7.7', 'restores a set, with or without truncating'),
  row('default-database', '§3.1', 'without db_connection: the highway demo'),
  row('loaded-answers', '§7.6', 'what training_load loaded answers the same question at once'),
  row('seed-shell', 'seed §8', 'the documented shell examples as printed'),
  row('seed-javascript', 'seed §8.5', 'the documented JavaScript client as printed'),
  row('seed-python', 'seed §8.6', 'the documented Python client as printed'),
  row('examples', '–', 'our own examples'),
];
