/** The statements on `tasks`, `task_events` and `task_inputs`. Each is one round trip; writes of a run are fenced by its attempt. */
import type { Row, State, StateSession } from '../storage/index.ts';
import type { FinalStatus, Json, NewEvent, StoredEvent, Task, TaskError } from './task.ts';

/** NOTIFY channel: `<instance> <what> <task id or kind>`. */
export const CHANNEL = 'querent_tasks';

/** Which attempt writes. */
export interface Attempt {
  readonly taskId: string;
  readonly attempt: number;
}

export interface PendingEvent extends NewEvent {
  readonly durable: boolean;
  readonly at: Date;
}

export interface NewTask {
  readonly id: string;
  readonly kind: string;
  readonly owner: string;
  readonly payload: Json;
  readonly priority: number;
  readonly now: Date;
}

export interface Claim {
  readonly task: Task;
  readonly losses: number;
}

/** Renewed every few seconds; a process that ends is noticed sooner by other means. */
const LEASE_END = "now() + interval '30 seconds'";

const TASK_COLUMNS = `id, kind, owner, status, priority, payload, progress, result, error, feedback, attempt,
  last_sequence, cancel_requested_at, created_at, started_at, finished_at, losses`;

/** Waits in the queue. False when the id is taken. */
export async function insertQueued(session: StateSession, task: NewTask, jobId: string): Promise<boolean> {
  const rows = await session.execute(
    `INSERT INTO querent.tasks (id, kind, owner, priority, payload, created_at, status, job_id)
     VALUES ($1, $2, $3, $4, $5, $6, 'queued', $7) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [...newTaskValues(task), jobId],
  );
  return rows.length === 1;
}

/** Begins its first attempt at once, in this process. False when the id is taken. */
export async function insertRunning(session: StateSession, task: NewTask, worker: string): Promise<boolean> {
  const rows = await session.execute(
    `INSERT INTO querent.tasks (id, kind, owner, priority, payload, created_at, status, attempt, worker, started_at, lease_until)
     VALUES ($1, $2, $3, $4, $5, $6, 'running', 1, $7, $6, ${LEASE_END}) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [...newTaskValues(task), worker],
  );
  return rows.length === 1;
}

function newTaskValues({ id, kind, owner, priority, payload, now }: NewTask): unknown[] {
  return [id, kind, owner, priority, JSON.stringify(payload), now];
}

/** Starts the next attempt of a queued task; null when it is over, runs, or has a newer job. */
export async function claimTask(
  state: State,
  { taskId, jobId, worker, now }: { taskId: string; jobId: string; worker: string; now: Date },
): Promise<Claim | null> {
  const [row] = await state.execute(
    `UPDATE querent.tasks SET status = 'running', attempt = attempt + 1, worker = $3, job_id = NULL,
       started_at = COALESCE(started_at, $4), lease_until = ${LEASE_END}
     WHERE id = $1 AND job_id = $2 AND status = 'queued' RETURNING ${TASK_COLUMNS}`,
    [taskId, jobId, worker, now],
  );
  return row ? { task: taskOf(row), losses: Number(row.losses) } : null;
}

/** Keeps running tasks from being taken over; those that are still this process's own. */
export async function extendLeases(state: State, taskIds: readonly string[], worker: string): Promise<Attempt[]> {
  const rows = await state.execute(
    `UPDATE querent.tasks SET lease_until = ${LEASE_END} WHERE id = ANY($1) AND worker = $2 AND status = 'running'
     RETURNING id, attempt`,
    [taskIds, worker],
  );
  return rows.map(({ id, attempt }) => ({ taskId: String(id), attempt: Number(attempt) }));
}

export interface LeaseRow {
  readonly id: string;
  readonly kind: string;
  readonly priority: number;
  readonly attempt: number;
  readonly worker: string;
  readonly expired: boolean;
}

/** What runs, anywhere. */
export async function readLeases(state: State): Promise<LeaseRow[]> {
  const rows = await state.execute(
    `SELECT id, kind, priority, attempt, worker, lease_until < now() AS expired
     FROM querent.tasks WHERE status = 'running'`,
  );
  return rows as unknown as LeaseRow[];
}

/**
 * Puts an interrupted attempt back, under a new job; a failure or a lost process counts against the task. With
 * `unlessHeld` an attempt that is writing right now is left alone.
 */
export async function requeueTask(
  session: StateSession,
  { taskId, attempt }: Attempt,
  { jobId, counts, unlessHeld }: { jobId: string; counts: boolean; unlessHeld: boolean },
): Promise<{ losses: number } | null> {
  const [row] = await session.execute(
    `UPDATE querent.tasks SET status = 'queued', worker = NULL, lease_until = NULL, job_id = $3, losses = losses + $4
     WHERE id = (SELECT id FROM querent.tasks WHERE id = $1 AND attempt = $2 AND status = 'running'
       FOR UPDATE ${unlessHeld ? 'SKIP LOCKED' : ''}) RETURNING losses`,
    [taskId, attempt, jobId, counts ? 1 : 0],
  );
  return row ? { losses: Number(row.losses) } : null;
}

/** Stores events and tells the other processes; null when this attempt is no longer the current one. */
export async function appendEvents(
  state: State,
  { taskId, attempt }: Attempt,
  events: readonly PendingEvent[],
  sender: string,
): Promise<StoredEvent[] | null> {
  const numbers = durableNumbers(events);
  const durable = events.filter((event) => event.durable).length;
  const texts = events.map(({ data }) => JSON.stringify(data));
  const [base] = await state.execute(
    `WITH task AS (
       UPDATE querent.tasks SET last_position = last_position + $3, last_sequence = last_sequence + $4,
         has_deltas = has_deltas OR $3 > $4
       WHERE id = $1 AND attempt = $2 AND status = 'running'
       RETURNING last_position - $3 AS position, last_sequence - $4 AS sequence),
     stored AS (
       INSERT INTO querent.task_events (task_id, position, sequence, type, data, at)
       SELECT $1, task.position + e.n, task.sequence + e.durable, e.type, e.data::json, e.at
       FROM task, unnest($5::int[], $6::text[], $7::text[], $8::timestamptz[])
         WITH ORDINALITY AS e (durable, type, data, at, n))
     SELECT position, sequence, pg_notify('${CHANNEL}', $9)::text FROM task`,
    [
      taskId,
      attempt,
      events.length,
      durable,
      numbers,
      events.map(({ type }) => type),
      texts,
      events.map(({ at }) => at),
      `${sender} events ${taskId}`,
    ],
  );
  if (!base) return null;
  return events.map((event, index) => ({
    kind: 'event',
    position: Number(base.position) + index + 1,
    sequence: numbers[index] == null ? null : Number(base.sequence) + numbers[index],
    type: event.type,
    data: JSON.parse(texts[index]!) as Json,
    terminal: false,
    at: event.at,
  }));
}

/** 1, 2, 3… for the durable ones, null for the deltas. */
function durableNumbers(events: readonly PendingEvent[]): (number | null)[] {
  let count = 0;
  return events.map(({ durable }) => {
    if (durable) count += 1;
    return durable ? count : null;
  });
}

/** Ends a task and stores its terminal event, at once; null when it has ended or another attempt has it. */
export async function finishTask(
  state: State,
  { taskId, attempt }: Attempt,
  end: { status: FinalStatus; result: Json; error: TaskError | null; event: NewEvent; now: Date },
  from: 'queued' | 'running',
  sender: string,
): Promise<StoredEvent | null> {
  const text = JSON.stringify(end.event.data);
  const [row] = await state.execute(
    `WITH task AS (
       UPDATE querent.tasks SET status = $3, result = $4, error = $5, finished_at = $6, worker = NULL,
         lease_until = NULL,
         last_position = last_position + 1, last_sequence = last_sequence + 1
       WHERE id = $1 AND attempt = $2 AND status = $10 RETURNING last_position, last_sequence),
     stored AS (
       INSERT INTO querent.task_events (task_id, position, sequence, type, data, at, terminal)
       SELECT $1, last_position, last_sequence, $7, $8::json, $6, true FROM task)
     SELECT last_position, last_sequence, pg_notify('${CHANNEL}', $9)::text FROM task`,
    [
      taskId,
      attempt,
      end.status,
      end.result === null ? null : JSON.stringify(end.result),
      end.error === null ? null : JSON.stringify(end.error),
      end.now,
      end.event.type,
      text,
      `${sender} events ${taskId}`,
      from,
    ],
  );
  if (!row) return null;
  return {
    kind: 'event',
    position: Number(row.last_position),
    sequence: Number(row.last_sequence),
    type: end.event.type,
    data: JSON.parse(text) as Json,
    terminal: true,
    at: end.now,
  };
}

/** Keeps every other attempt from beginning until the transaction ends; false when this one is not the current one. */
export async function holdAttempt(session: StateSession, { taskId, attempt }: Attempt): Promise<boolean> {
  const rows = await session.execute(
    `SELECT id FROM querent.tasks WHERE id = $1 AND attempt = $2 AND status = 'running' FOR UPDATE`,
    [taskId, attempt],
  );
  return rows.length === 1;
}

export async function saveProgress(
  state: StateSession,
  { taskId, attempt }: Attempt,
  progress: Json,
): Promise<boolean> {
  const rows = await state.execute(
    `UPDATE querent.tasks SET progress = $3 WHERE id = $1 AND attempt = $2 AND status = 'running' RETURNING id`,
    [taskId, attempt, JSON.stringify(progress)],
  );
  return rows.length === 1;
}

export async function readTask(state: State, id: string): Promise<Task | null> {
  const [row] = await state.execute(`SELECT ${TASK_COLUMNS} FROM querent.tasks WHERE id = $1`, [id]);
  return row ? taskOf(row) : null;
}

/** Asks for the end of a task; the status it has now, or null when it is over already. */
export async function requestCancel(
  state: State,
  id: string,
  now: Date,
  sender: string,
): Promise<{ status: 'queued' | 'running'; attempt: number; task: Task } | null> {
  const [row] = await state.execute(
    `WITH task AS (
       UPDATE querent.tasks SET cancel_requested_at = COALESCE(cancel_requested_at, $2)
       WHERE id = $1 AND status IN ('queued', 'running') RETURNING ${TASK_COLUMNS})
     SELECT task.*, pg_notify('${CHANNEL}', $3)::text AS notified FROM task`,
    [id, now, `${sender} cancel ${id}`],
  );
  if (!row) return null;
  const task = taskOf(row);
  return { status: task.status as 'queued' | 'running', attempt: task.attempt, task };
}

/** A part of a task's log, with what a reader has to know about the task. */
export interface LogPage {
  readonly events: readonly StoredEvent[];
  /** Everything up to this position has been read. */
  readonly end: number;
  /** True when more is stored. */
  readonly more: boolean;
  /** True when the task is over and nothing follows. */
  readonly complete: boolean;
  readonly trimmedThrough: number;
}

/**
 * The events after a durable event's number, or after a position; null when there is no such task. A page is a range of
 * positions, so that its cost does not depend on what the planner knows about the table.
 */
export async function readLog(
  state: State,
  taskId: string,
  from: { readonly after: number } | { readonly position: number },
  size: number,
): Promise<LogPage | null> {
  const start =
    'position' in from
      ? '$2'
      : `CASE WHEN $2 = 0 AND t.trimmed_through = 0 THEN 0
           WHEN $2 <= t.trimmed_through THEN t.last_position - 1
           ELSE COALESCE((SELECT min(position) FROM querent.task_events s
             WHERE s.task_id = t.id AND s.position >= $2 AND s.sequence = $2), t.last_position) END`;
  const rows = await state.execute(
    `WITH task AS MATERIALIZED (
       SELECT id, trimmed_through, last_position, finished_at, (${start})::int AS start
       FROM querent.tasks t WHERE id = $1)
     SELECT task.trimmed_through, task.last_position, task.finished_at, task.start,
       e.position, e.sequence, e.type, e.data, e.terminal, e.at
     FROM task LEFT JOIN querent.task_events e
       ON e.task_id = task.id AND e.position > task.start AND e.position <= task.start + $3
     ORDER BY e.position`,
    [taskId, 'position' in from ? from.position : from.after, size],
  );
  const [first] = rows;
  if (first === undefined) return null;
  const last = Number(first.last_position);
  const end = Math.min(Number(first.start) + size, last);
  return {
    events: first.position === null ? [] : rows.map(eventOf),
    end,
    more: end < last,
    complete: first.finished_at !== null && end >= last,
    trimmedThrough: Number(first.trimmed_through),
  };
}

/** All durable events, in order. */
export async function readDurableEvents(state: State, taskId: string): Promise<StoredEvent[]> {
  const rows = await state.execute(
    `SELECT position, sequence, type, data, terminal, at FROM querent.task_events
     WHERE task_id = $1 AND sequence IS NOT NULL ORDER BY position`,
    [taskId],
  );
  return rows.map(eventOf);
}

function eventOf(row: Row): StoredEvent {
  return {
    kind: 'event',
    position: Number(row.position),
    sequence: row.sequence === null ? null : Number(row.sequence),
    type: String(row.type),
    data: (row.data ?? null) as Json,
    terminal: row.terminal === true,
    at: row.at as Date,
  };
}

/** False when the task is over, or `unless` refuses the input for those that were stored before it. */
export async function insertInput(
  state: State,
  taskId: string,
  { data, unless }: { readonly data: Json; readonly unless: ((earlier: readonly Json[]) => boolean) | null },
  now: Date,
  sender: string,
): Promise<boolean> {
  // The lock is its own statement: who waited for it must see the inputs that were stored meanwhile.
  return state.transaction(async (tx) => {
    const [task] = await tx.execute(
      `SELECT id FROM querent.tasks WHERE id = $1 AND status IN ('queued', 'running') FOR UPDATE`,
      [taskId],
    );
    if (!task) return false;
    const earlier = await tx.execute('SELECT data FROM querent.task_inputs WHERE task_id = $1 ORDER BY number', [
      taskId,
    ]);
    if (unless?.(earlier.map((row) => (row.data ?? null) as Json))) return false;
    await tx.execute('INSERT INTO querent.task_inputs (task_id, number, data, at) VALUES ($1, $2, $3::json, $4)', [
      taskId,
      earlier.length + 1,
      JSON.stringify(data),
      now,
    ]);
    await tx.notify(CHANNEL, `${sender} input ${taskId}`);
    return true;
  });
}

export async function readInput(state: State, taskId: string, number: number): Promise<{ data: Json } | null> {
  const [row] = await state.execute('SELECT data FROM querent.task_inputs WHERE task_id = $1 AND number = $2', [
    taskId,
    number,
  ]);
  return row ? { data: (row.data ?? null) as Json } : null;
}

export function taskOf(row: Row): Task {
  return {
    id: String(row.id),
    kind: String(row.kind),
    owner: String(row.owner),
    status: row.status as Task['status'],
    priority: Number(row.priority),
    payload: (row.payload ?? null) as Json,
    progress: (row.progress ?? null) as Json,
    result: (row.result ?? null) as Json,
    error: (row.error ?? null) as TaskError | null,
    feedback: (row.feedback ?? null) as Json,
    attempt: Number(row.attempt),
    lastSequence: Number(row.last_sequence),
    cancelRequested: row.cancel_requested_at !== null,
    createdAt: row.created_at as Date,
    startedAt: (row.started_at ?? null) as Date | null,
    finishedAt: (row.finished_at ?? null) as Date | null,
  };
}
